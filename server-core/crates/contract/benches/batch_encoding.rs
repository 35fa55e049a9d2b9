//! What one flush costs: encoding and reading a batch of 200 and of 1000 moving players.
//!
//! Positions use all bits of a double, the dearest case, unless the name says rounded (to hundredths).

use std::hint::black_box;

use contract::batch::stream::{StreamDecoder, StreamEncoder};
use contract::batch::{BatchEncoder, Changes, PlayerChange};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

mod walks;

use walks::{CROWD, Crowd, Walk, bytes_per_step};

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

fn streams(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("stream");
    for walk in Walk::ROUNDED.into_iter().chain([Walk::EveryBit]) {
        let mut crowd = Crowd::new(walk, CROWD);
        let mut encoder = StreamEncoder::new(1);
        let bytes = bytes_per_step(walk, CROWD, 60);
        let parameter = format!("{}, {bytes:.2} bytes a step", walk.name());
        group.throughput(Throughput::Elements(CROWD as u64 / 2));
        group.bench_function(BenchmarkId::new("encode", &parameter), |bencher| {
            bencher.iter(|| {
                crowd.tick(|step| encoder.push(step));
                encoder.finish(|_| true)
            });
        });
        let mut decoder = StreamDecoder::default();
        let mut frames = frames(walk);
        let keyframe = frames.remove(0);
        group.bench_function(BenchmarkId::new("decode", &parameter), |bencher| {
            bencher.iter(|| {
                let keyframe = decoder.read(&keyframe).map(|steps| steps.len());
                let read = frames.iter().map(|frame| decoder.read(black_box(frame)));
                (keyframe, read.filter(Result::is_ok).count())
            });
        });
    }
    group.finish();
}

/// A keyframe of a crowd that walks, and a second of frames after it.
fn frames(walk: Walk) -> Vec<bytes::Bytes> {
    let mut crowd = Crowd::new(walk, CROWD);
    let mut encoder = StreamEncoder::new(1);
    let mut frame = |encoder: &mut StreamEncoder| {
        crowd.tick(|step| encoder.push(step));
        encoder.finish(|_| true)
    };
    frame(&mut encoder);
    frame(&mut encoder);
    let keyframe = encoder.keyframe();
    let second = (0..20).map(|_| frame(&mut encoder));
    std::iter::once(keyframe).chain(second).collect()
}

criterion_group!(benches, batches, streams);
criterion_main!(benches);
