//! Whatever happens in a crowd, and however a client reads: its picture becomes the server's, and it is told
//! everything once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;
use proptest::prelude::*;

use super::*;
use crate::announcements::{AnnouncedEvent, Announcements};
use crate::flush::{Audience, catch_up};
use crate::frame::JoinAnswer;
use crate::link::LinkError;
use crate::scripted_link::ScriptedLink;
use crate::stream::UpdateStream;
use contract::batch::stream::StreamDecoder;
use contract::batch::{self, stream};
use contract::payload::{PlayerPatch, PositionPatch};
use contract::{ChatMessage, MessageId, PayloadLimits, SpriteAtlas, WorldInfo, events, packed};
use world::{Holder, WorldState, new_player};

#[derive(Debug, Clone, Copy)]
enum ReaderStep {
    Join(u8),
    Leave(u8),
    Say,
    /// The client asked for something.
    Ask,
    /// The client joined anew, and its answer brings the world.
    Rejoin,
    /// A player moves.
    Move(u8),
    Tick,
    /// The client takes no more, takes some, has taken everything.
    Stop,
    Go,
    Drain,
}

fn steps() -> impl Strategy<Value = Vec<ReaderStep>> {
    let step = prop_oneof![
        3 => (0..6u8).prop_map(ReaderStep::Join),
        2 => (0..6u8).prop_map(ReaderStep::Leave),
        3 => Just(ReaderStep::Say),
        1 => Just(ReaderStep::Ask),
        1 => Just(ReaderStep::Rejoin),
        4 => (0..6u8).prop_map(ReaderStep::Move),
        4 => Just(ReaderStep::Tick),
        1 => Just(ReaderStep::Stop),
        1 => Just(ReaderStep::Go),
        1 => Just(ReaderStep::Drain),
    ];
    proptest::collection::vec(step, 0..120)
}

#[derive(Default)]
struct ReadingLink {
    told: Mutex<Vec<Frame>>,
    stopped: AtomicBool,
    drained: AtomicBool,
}

impl ScriptedLink for ReadingLink {
    fn take(&self, frame: &Frame) -> Result<(), LinkError> {
        if self.stopped.load(Ordering::Relaxed) {
            return Err(LinkError::Full);
        }
        self.drained.store(false, Ordering::Relaxed);
        self.told.lock().push(frame.clone());
        Ok(())
    }
    fn room_for(&self, _: usize) -> bool {
        !self.stopped.load(Ordering::Relaxed)
    }
    fn all_sent(&self) -> bool {
        self.drained.load(Ordering::Relaxed)
    }
}

/// The session manager's part, for one client.
struct ReaderCrowd {
    world: WorldState,
    announced: Vec<AnnouncedEvent>,
    stream: UpdateStream,
    form: UpdateForm,
    outbox: Outbox,
    reader: ReadingLink,
    /// Events so far, by which each is numbered.
    happened: usize,
    answers: i64,
}

impl ReaderCrowd {
    fn new(form: UpdateForm, packed: bool) -> Self {
        let atlas = SpriteAtlas::new(0, String::new(), Vec::new());
        let recipient = Recipient {
            id: ConnectionId(1),
            updates: form,
            packed,
        };
        let mut outbox = Outbox::new(recipient, 1500);
        outbox.await_snapshot();
        Self {
            world: WorldState::new(&WorldInfo::default(), &atlas, 3, PayloadLimits::default()),
            announced: Vec::new(),
            stream: UpdateStream::new(),
            form,
            outbox,
            reader: ReadingLink::default(),
            happened: 0,
            answers: 0,
        }
    }

    fn announce(&mut self, name: &'static str, of: &serde_json::Value) {
        let payload = serde_json::json!({ "number": self.happened, "of": of });
        self.happened += 1;
        self.announced.push(AnnouncedEvent {
            frame: Frame::event(name, crate::to_json(&payload)),
            except: None,
            outside: false,
        });
    }

    fn tick(&mut self) -> Result<(), Overflow> {
        let announced = std::mem::take(&mut self.announced);
        let announced = (!announced.is_empty()).then(|| Arc::new(Announcements::new(announced)));
        let audience = Audience {
            plain: false,
            batch: self.form == UpdateForm::Batch,
            stream: self.form == UpdateForm::Stream,
            peers: false,
        };
        let flush = Flush::take(&mut self.world, &mut self.stream, audience).map(Arc::new);
        let missed = self.outbox.take_missed(&self.reader, flush.as_deref());
        if let Some(missed) = missed {
            self.outbox.offer(announced.as_ref(), None, true)?;
            if let Some(frame) = catch_up(&mut self.world, &missed) {
                self.outbox.push(frame)?;
            }
            if let Some(keyframe) = self.keyframe() {
                self.outbox.push(keyframe)?;
            }
            self.outbox.pump(&self.reader);
            return Ok(());
        }
        self.outbox
            .offer(announced.as_ref(), flush.as_ref(), true)?;
        if self.outbox.awaits_snapshot(&self.reader) {
            let weight = self.outbox.weight_of(&self.world.snapshot());
            let lines = self.outbox.make_room(weight);
            let snapshot = self.world.snapshot_with(lines);
            let keyframe = self.keyframe();
            self.outbox
                .push_snapshot(snapshot.clone(), self.world.revision(), keyframe);
            self.outbox.answer_joins(&snapshot)?;
        } else if self.outbox.awaits_state() {
            self.outbox.answer_joins(&self.world.snapshot())?;
        }
        self.outbox.pump(&self.reader);
        Ok(())
    }

    fn keyframe(&mut self) -> Option<Frame> {
        let reads = self.form == UpdateForm::Stream;
        reads.then(|| self.stream.keyframe())
    }

    fn take(&mut self, step: ReaderStep) -> Result<(), Overflow> {
        let player = |n: u8| PlayerId::trusted(format!("p{n}"));
        let connection = |n: u8| ConnectionId(10 + u64::from(n));
        match step {
            ReaderStep::Join(n) if self.world.player(&player(n)).is_none() => {
                let limits = PayloadLimits::default();
                let fresh = new_player(player(n), PlayerPatch::default(), &limits).unwrap();
                let holder = Holder {
                    connection: Some(connection(n)),
                    fence: 1,
                };
                self.world.join(fresh, holder).unwrap();
                self.announce(events::PLAYER_JOINED, &player(n).as_str().into());
            }
            ReaderStep::Leave(n) if self.world.leave(connection(n)).is_some() => {
                self.announce(events::PLAYER_LEFT, &player(n).as_str().into());
            }
            ReaderStep::Join(_) | ReaderStep::Leave(_) => {}
            ReaderStep::Move(n) => {
                self.happened += 1;
                let patch = PlayerPatch {
                    position: PositionPatch {
                        x: Some(self.happened as f64),
                        ..PositionPatch::default()
                    },
                    ..PlayerPatch::default()
                };
                // Nobody moves who is not there.
                let _ = self.world.update(connection(n), patch);
            }
            ReaderStep::Say => {
                self.world.append_chat(&ChatMessage {
                    id: MessageId(self.happened.to_string()),
                    player_id: String::new(),
                    author: String::new(),
                    content: String::new(),
                    timestamp: String::new(),
                });
                self.announce(events::CHAT_MESSAGE, &self.happened.to_string().into());
            }
            ReaderStep::Ask => {
                self.answers += 1;
                let frame = Frame::Ack {
                    id: self.answers,
                    payload: crate::to_json(&self.happened),
                };
                self.outbox.hold(self.announced.len(), frame)?;
            }
            ReaderStep::Rejoin => {
                self.answers += 1;
                let answer = JoinAnswer {
                    state: None,
                    player: crate::to_json(&self.happened),
                    guest_token: None,
                };
                self.outbox.hold_join(self.answers, answer)?;
            }
            ReaderStep::Tick => self.tick()?,
            ReaderStep::Stop => self.reader.stopped.store(true, Ordering::Relaxed),
            ReaderStep::Go => self.reader.stopped.store(false, Ordering::Relaxed),
            ReaderStep::Drain => self.reader.drained.store(true, Ordering::Relaxed),
        }
        Ok(())
    }
}

#[derive(Debug, Default, PartialEq)]
struct Picture {
    /// Everybody, and where they are from west to east.
    players: BTreeMap<String, String>,
    lines: BTreeSet<usize>,
}

fn value(json: &SharedJson) -> serde_json::Value {
    serde_json::from_str(json.get()).unwrap()
}

fn texts(list: &serde_json::Value) -> impl Iterator<Item = String> {
    let list = list.as_array().unwrap().iter();
    list.map(|it| it["id"].as_str().unwrap().to_owned())
}

fn place(x: f64) -> String {
    x.to_string()
}

impl Picture {
    fn moved(&mut self, id: &str, x: f64) {
        if let Some(at) = self.players.get_mut(id) {
            *at = place(x);
        }
    }

    fn of(snapshot: &SharedSnapshot) -> Self {
        let snapshot = value(snapshot.json());
        Self {
            players: texts(&snapshot["players"])
                .zip(snapshot["players"].as_array().unwrap())
                .map(|(id, player)| (id, place(player["position"]["x"].as_f64().unwrap())))
                .collect(),
            lines: texts(&snapshot["chat"])
                .map(|id| id.parse().unwrap())
                .collect(),
        }
    }

    fn apply(&mut self, name: &str, event: &serde_json::Value) {
        let of = event["of"].as_str().unwrap().to_owned();
        match name {
            events::PLAYER_JOINED => {
                assert!(self.players.insert(of, place(0.0)).is_none(), "told twice");
            }
            events::PLAYER_LEFT => assert!(self.players.remove(&of).is_some(), "nobody there"),
            _ => assert!(self.lines.insert(of.parse().unwrap()), "a doubled line"),
        }
    }
}

/// What a frame announces: one event, or all that it packs.
fn announced(frame: &Frame) -> Vec<(String, serde_json::Value)> {
    match frame {
        Frame::Event { name, payload, .. } => vec![((*name).to_owned(), value(payload))],
        Frame::Binary { payload, .. } => {
            let text = packed::unpack(payload).expect("packed events");
            let events = packed::events(&text).expect("packed events");
            let each = events.iter().map(|event| {
                let payload = serde_json::from_str(event.payload()).unwrap();
                (event.name().to_owned(), payload)
            });
            each.collect()
        }
        _ => Vec::new(),
    }
}

/// What a client makes of what it was told.
fn read(told: &[Frame]) -> (Picture, i64) {
    let mut picture: Option<Picture> = None;
    let (mut next, mut answers, mut before) = (0, 0, 0);
    let mut decoder = StreamDecoder::default();
    for frame in told {
        match frame {
            Frame::World(snapshot) | Frame::PackedWorld(snapshot) => {
                let mut fresh = Picture::of(snapshot);
                fresh
                    .lines
                    .extend(picture.take().into_iter().flat_map(|it| it.lines));
                picture = Some(fresh);
            }
            Frame::Event { .. }
            | Frame::Binary {
                name: events::EVENTS_PACKED,
                ..
            } => {
                for (name, event) in announced(frame) {
                    let number = event["number"].as_u64().unwrap();
                    assert!(number >= next, "out of order");
                    assert!(number >= before, "an answer overtook it");
                    next = number + 1;
                    let picture = picture.as_mut().expect("a snapshot comes first");
                    picture.apply(&name, &event);
                }
            }
            Frame::Ack { id, payload } => {
                assert_eq!(*id, answers + 1, "an answer is missing");
                answers = *id;
                before = value(payload).as_u64().unwrap();
            }
            Frame::JoinAck { id, answer } => {
                assert_eq!(*id, answers + 1, "an answer is missing");
                answers = *id;
                before = value(&answer.player).as_u64().unwrap();
                assert!(answer.state.is_some());
            }
            Frame::Binary { payload, .. } if payload.first() == Some(&stream::VERSION) => {
                for step in decoder.read(payload).expect("a frame that follows") {
                    let picture = picture.as_mut().expect("a snapshot comes first");
                    picture.moved(&step.id, step.position[0]);
                }
            }
            Frame::Binary { payload, .. } => {
                for change in batch::decode(payload).expect("a batch") {
                    let picture = picture.as_mut().expect("a snapshot comes first");
                    let position = change.position.expect("only places change");
                    picture.moved(&change.id, position[0]);
                }
            }
        }
    }
    (picture.expect("a snapshot"), answers)
}

fn check(steps: Vec<ReaderStep>, form: UpdateForm, packed: bool) -> Result<(), TestCaseError> {
    let mut crowd = ReaderCrowd::new(form, packed);
    for step in steps {
        // Who has read its snapshot and takes no more is ended, and owed nothing.
        if crowd.take(step).is_err() {
            return Ok(());
        }
    }
    use ReaderStep::{Drain, Go, Tick};
    for step in [Go, Drain, Tick, Drain, Tick, Drain, Tick] {
        if crowd.take(step).is_err() {
            return Ok(());
        }
    }
    prop_assert!(!crowd.outbox.is_behind());
    let (picture, answers) = read(&crowd.reader.told.lock());
    let shown = Picture::of(&crowd.world.snapshot());
    prop_assert_eq!(&picture.players, &shown.players);
    prop_assert!(picture.lines.is_superset(&shown.lines));
    let all: BTreeSet<usize> = Picture::of(&crowd.world.snapshot_with(200)).lines;
    let first = picture.lines.first().copied().unwrap_or_default();
    let owed: BTreeSet<usize> = all.into_iter().filter(|line| *line >= first).collect();
    prop_assert_eq!(picture.lines, owed, "a lost line");
    prop_assert_eq!(answers, crowd.answers);
    Ok(())
}

proptest! {
    #[test]
    fn every_picture_becomes_the_worlds(steps in steps(), streamed: bool, packed: bool) {
        let form = if streamed { UpdateForm::Stream } else { UpdateForm::Batch };
        check(steps, form, packed)?;
    }
}

/// So much in one tick that whoever reads it packed gets it so.
#[test]
fn what_a_tick_announces_is_told_once_when_it_is_packed() {
    use ReaderStep::{Join, Leave, Say, Tick};
    let tick = (0..6).flat_map(|n| [Join(n), Say, Leave(n), Join(n)]);
    let steps: Vec<_> = [Tick].into_iter().chain(tick).collect();
    let mut crowd = ReaderCrowd::new(UpdateForm::Batch, true);
    for step in steps.iter().copied().chain([Tick]) {
        crowd.take(step).unwrap();
    }
    let told = crowd.reader.told.lock();
    let is_packed = |it: &Frame| {
        matches!(
            it,
            Frame::Binary {
                name: events::EVENTS_PACKED,
                ..
            }
        )
    };
    assert!(told.iter().any(is_packed), "{told:?}");
    drop(told);
    check(steps, UpdateForm::Batch, true).unwrap();
}

/// A client that missed a frame of the stream, and then so much that it waits for a snapshot.
#[test]
fn who_is_out_of_step_with_the_stream_still_gets_its_snapshot() {
    use ReaderStep::{Join, Leave, Move, Rejoin, Say, Stop, Tick};
    let missed = [Join(4), Tick, Stop, Move(4), Tick];
    let stale = [
        Rejoin,
        Say,
        Join(2),
        Join(5),
        Say,
        Say,
        Rejoin,
        Join(3),
        Tick,
    ];
    let after = [Leave(2), Join(0), Join(1)];
    let steps = [&missed[..], &stale, &after].concat();
    check(steps, UpdateForm::Stream, false).unwrap();
}
