//! What the world costs by itself: one update, the drain of a flush, and a snapshot.

use std::hint::black_box;

use contract::payload::{PlayerPatch, PositionPatch};
use contract::{PayloadLimits, PlayerId, SpriteAtlas, WorldInfo};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use serde_json::json;
use world::{ConnectionId, Holder, WorldState, new_player};

/// A world with this many players, all dressed as the player page dresses them.
fn crowd(players: u64) -> WorldState {
    let info = WorldInfo {
        id: "main".to_owned(),
        name: "Harbour".to_owned(),
        description: "A place to meet.".to_owned(),
        ..WorldInfo::default()
    };
    let atlas = SpriteAtlas::new(1, String::new(), Vec::new());
    let mut world = WorldState::new(&info, &atlas, 50, PayloadLimits::default());
    let metadata = json!({"mapId": "harbour", "heading": 1.57,
        "appearance": {"hair": "bob", "face": "dots", "outfit": "coat", "shoes": "boots"}});
    for number in 0..players {
        let patch = PlayerPatch {
            metadata: metadata.as_object().cloned(),
            ..step(number)
        };
        let id = PlayerId::trusted(format!("load-0000-{number:04}"));
        let holder = Holder {
            connection: Some(ConnectionId(number)),
            fence: number,
        };
        let player = new_player(id, patch, &PayloadLimits::default());
        let joined = player.map(|player| world.join(player, holder).is_ok());
        assert!(matches!(joined, Ok(true)), "nobody was there before");
    }
    world
}

fn step(number: u64) -> PlayerPatch {
    let coordinate = |number: u64| Some((number * 7919 % 60_000) as f64 / 1000.0);
    PlayerPatch {
        position: PositionPatch {
            x: coordinate(number),
            y: Some(0.0),
            z: coordinate(number + 1),
        },
        ..PlayerPatch::default()
    }
}

fn move_all(world: &mut WorldState, players: u64, round: u64) {
    for number in 0..players {
        let moved = world.update(ConnectionId(number), step(number + round));
        assert!(moved.is_ok(), "everybody joined");
    }
}

fn worlds(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("world");
    for players in [200, 1000] {
        let mut world = crowd(players);
        let mut round = 0;
        group.throughput(Throughput::Elements(players));
        group.bench_function(BenchmarkId::new("update", players), |bencher| {
            bencher.iter(|| {
                round += 1;
                move_all(&mut world, players, round);
                world.drain_changes(|_| {});
            });
        });
        group.bench_function(BenchmarkId::new("update and JSON", players), |bencher| {
            bencher.iter(|| {
                round += 1;
                move_all(&mut world, players, round);
                world.drain_changes(|mut delta| drop(black_box(delta.json())));
            });
        });
        // Something changed since the last one, as it always has when somebody joins a crowd.
        group.bench_function(BenchmarkId::new("snapshot", players), |bencher| {
            bencher.iter(|| {
                round += 1;
                let moved = world.update(ConnectionId(0), step(round));
                assert!(moved.is_ok(), "the first one joined");
                black_box(world.snapshot())
            });
        });
    }
    group.finish();
}

criterion_group!(benches, worlds);
criterion_main!(benches);
