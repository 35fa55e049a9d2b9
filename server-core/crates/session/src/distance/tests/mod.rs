//! Clients of every form in one large world: each shows everybody where they stand.

mod two_nodes;

use std::collections::BTreeMap;
use std::sync::Arc;

use parking_lot::Mutex;

use super::*;
use crate::link::LinkError;
use crate::pacer::FlushPacer;
use crate::scripted_client::{self, guest};
use crate::scripted_link::ScriptedLink;
use crate::tick::Tick;
use contract::batch::stream::{self, StreamDecoder};
use contract::payload::{PlayerPatch, PositionPatch};
use contract::{PayloadLimits, SpriteAtlas, WorldInfo};
use identity::Visitor;
use world::nearness::BEAT_MS;
use world::{ConnectionId, Holder, new_player};

const PLAYERS: u64 = 200;

#[derive(Default)]
struct TakingLink(Mutex<Vec<Frame>>);

impl ScriptedLink for TakingLink {
    fn take(&self, frame: &Frame) -> Result<(), LinkError> {
        self.0.lock().push(frame.clone());
        Ok(())
    }
}

struct CrowdReader {
    connection: Arc<Connection>,
    link: Arc<TakingLink>,
    shown: BTreeMap<String, f64>,
    stream: StreamDecoder,
    bytes: usize,
}

impl CrowdReader {
    fn open(id: u64, updates: UpdateForm, tick: &Arc<Tick>) -> Self {
        let link = Arc::new(TakingLink::default());
        let visitor = Visitor { updates, ..guest() };
        let connection = scripted_client::connection(id, visitor, tick.clone(), link.clone());
        connection.access.set_inside(true);
        Self {
            connection: Arc::new(connection),
            link,
            shown: BTreeMap::new(),
            stream: StreamDecoder::default(),
            bytes: 0,
        }
    }

    fn read(&mut self) {
        for frame in std::mem::take(&mut *self.link.0.lock()) {
            self.bytes += frame.weight();
            match frame {
                Frame::Binary { payload, .. } if payload.first() == Some(&stream::VERSION) => {
                    for step in self.stream.read(&payload).expect("a frame that follows") {
                        self.shown.insert(step.id.to_string(), step.position[0]);
                    }
                }
                Frame::Binary { payload, .. } => {
                    for change in batch::decode(&payload).expect("a batch") {
                        let [x, ..] = change.position.expect("only places change");
                        self.shown.insert(change.id.to_string(), x);
                    }
                }
                Frame::Event { payload, .. } => {
                    let player: serde_json::Value = serde_json::from_str(payload.get()).unwrap();
                    let (id, x) = (&player["id"], &player["position"]["x"]);
                    let id = id.as_str().unwrap().to_owned();
                    self.shown.insert(id, x.as_f64().unwrap());
                }
                other => panic!("{other:?} is no update"),
            }
        }
    }
}

fn empty_world() -> (WorldState, PayloadLimits) {
    let atlas = SpriteAtlas::new(0, String::new(), Vec::new());
    let limits = PayloadLimits::default();
    let world = WorldState::new(&WorldInfo::default(), &atlas, 3, limits.clone());
    (world, limits)
}

fn live() -> (Live, Arc<Tick>) {
    let (mut world, limits) = empty_world();
    for n in 0..PLAYERS {
        let id = PlayerId::trusted(format!("p{n}"));
        let position = PositionPatch {
            x: Some((n % 20) as f64),
            z: Some((n / 20) as f64),
            ..PositionPatch::default()
        };
        let patch = PlayerPatch {
            position,
            ..PlayerPatch::default()
        };
        let holder = Holder {
            connection: Some(ConnectionId(n)),
            fence: 1,
        };
        world
            .join(new_player(id, patch, &limits).unwrap(), holder)
            .unwrap();
    }
    let tick = Arc::new(Tick::new(Arc::default()));
    let pacer = FlushPacer::new(Duration::from_millis(50), 2000, Instant::now());
    (Live::new(world, pacer, tick.clone()), tick)
}

fn shift(world: &mut WorldState, n: u64, x: f64) {
    let position = PositionPatch {
        x: Some(x),
        ..PositionPatch::default()
    };
    let patch = PlayerPatch {
        position,
        ..PlayerPatch::default()
    };
    world.update(ConnectionId(n), patch).unwrap();
}

#[test]
fn everybody_shows_everybody_where_they_stand() {
    let (mut live, tick) = live();
    let forms = [UpdateForm::Single, UpdateForm::Batch, UpdateForm::Stream];
    let session = SessionConfig {
        nearness_from: 100,
        ..SessionConfig::default()
    };
    let mut readers: Vec<CrowdReader> = forms
        .into_iter()
        .zip([3, 77, 150])
        .map(|(form, id)| CrowdReader::open(id, form, &tick))
        .collect();
    for reader in &readers {
        live.subscribe(reader.connection.clone());
    }
    let start = Instant::now();
    live.review_distance(&session, start);
    assert!(live.distance.is_some());
    assert!(live.pacer.is_ticking());
    let standing = 20 * 20;
    for beat in 1..=200 + standing {
        if beat <= 200 {
            for n in 0..PLAYERS {
                shift(
                    &mut live.world,
                    n,
                    (n % 20) as f64 + f64::from(beat) / 100.0,
                );
            }
        }
        let now = start + Duration::from_millis(BEAT_MS) * beat;
        let mut near_flush = live.begin_near_flush(now, false).unwrap();
        for (number, reader) in readers.iter_mut().enumerate() {
            // The reader of the stream misses some.
            let misses = number == 2 && beat % 50 < 3;
            if reader.connection.takes_more() && !misses {
                live.queue_near(&mut near_flush, &reader.connection, 10_000);
            }
            reader.connection.pump();
            reader.read();
        }
        live.review_distance(&session, now);
    }
    for (reader, own) in readers.iter_mut().zip([3, 77, 150]) {
        assert!(reader.bytes > 0);
        for n in (0..PLAYERS).filter(|n| *n != own) {
            let shown = reader.shown.get(&format!("p{n}"));
            let is = (n % 20) as f64 + 2.0;
            assert_eq!(shown, Some(&is), "p{n} for {:?}", reader.connection.updates);
        }
    }
}

#[test]
fn a_world_that_empties_owes_nobody_anything() {
    let (mut live, tick) = live();
    let mut session = SessionConfig {
        nearness_from: 100,
        ..SessionConfig::default()
    };
    let reader = CrowdReader::open(3, UpdateForm::Batch, &tick);
    live.subscribe(reader.connection.clone());
    let start = Instant::now();
    live.review_distance(&session, start);
    shift(&mut live.world, 199, 0.5);
    shift(&mut live.world, 4, 0.5);
    let near_flush = live.begin_near_flush(start + Duration::from_millis(50), false);
    assert_eq!(near_flush.unwrap().changed, 2);
    session.nearness_from = 1000;
    live.review_distance(&session, start);
    assert!(live.distance.is_none());
    assert!(reader.connection.is_behind(), "it has to catch up");
}
