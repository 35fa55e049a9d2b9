//! What one flush costs: encoding and reading a batch of 200 and of 1000 moving players.
//!
//! Positions use all bits of a double, the dearest case, unless the name says rounded (to hundredths).

use std::hint::black_box;

use contract::batch::{BatchEncoder, Changes, PlayerChange};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

struct Mover {
    id: String,
    position: [f64; 3],
}

fn movers(count: usize, rounded: bool) -> Vec<Mover> {
    (0..count)
        .map(|index| {
            let angle = index as f64 * 0.7;
            let position = [32.0 + 20.0 * angle.cos(), 0.0, 24.0 + 20.0 * angle.sin()];
            Mover {
                id: uuid::Uuid::from_u64_pair(
                    index as u64 * 0x9e37_79b9_7f4a_7c15,
                    !(index as u64),
                )
                .to_string(),
                position: position.map(|n| {
                    if rounded {
                        (n * 100.0).round() / 100.0
                    } else {
                        n
                    }
                }),
            }
        })
        .collect()
}

fn encode(encoder: &mut BatchEncoder, movers: &[Mover]) -> bytes::Bytes {
    for mover in movers {
        encoder.push(&PlayerChange {
            id: &mover.id,
            position: Some(mover.position),
            ..PlayerChange::default()
        });
    }
    encoder.finish()
}

fn batches(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("batch");
    for (count, rounded) in [(200, false), (200, true), (1000, false), (1000, true)] {
        let movers = movers(count, rounded);
        let mut encoder = BatchEncoder::default();
        let batch = encode(&mut encoder, &movers);
        let form = if rounded { "rounded" } else { "raw" };
        let parameter = format!("{count} {form}, {} bytes", batch.len());
        group.throughput(Throughput::Elements(count as u64));
        group.bench_function(BenchmarkId::new("encode", &parameter), |bencher| {
            bencher.iter(|| encode(&mut encoder, black_box(&movers)));
        });
        group.bench_function(BenchmarkId::new("decode", &parameter), |bencher| {
            bencher.iter(|| {
                Changes::new(black_box(&batch))
                    .filter(Result::is_ok)
                    .count()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, batches);
criterion_main!(benches);
