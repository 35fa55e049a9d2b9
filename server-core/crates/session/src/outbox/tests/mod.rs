//! One client's queue, against a link that records.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use bytes::Bytes;
use parking_lot::Mutex;

use super::*;
use crate::announcements::{AnnouncedEvent, Announcements};
use crate::flush::Audience;
use crate::frame::{JoinAnswer, Updates};
use crate::link::LinkError;
use crate::scripted_link::ScriptedLink;
use crate::stream::UpdateStream;
use contract::events;
use contract::payload::{PlayerPatch, PositionPatch};
use contract::{ChatMessage, MessageId, PayloadLimits, SpriteAtlas, WorldInfo};
use world::{Holder, WorldState, new_player};

#[derive(Default)]
struct RecordingLink {
    sent: Mutex<Vec<String>>,
    full: AtomicBool,
    busy: AtomicBool,
    /// Updates taken while busy.
    taken: AtomicUsize,
}

/// How many updates a busy link still takes.
const ROOM: usize = 3;

impl RecordingLink {
    fn sent(&self) -> Vec<String> {
        std::mem::take(&mut self.sent.lock())
    }
}

impl ScriptedLink for RecordingLink {
    fn take(&self, frame: &Frame) -> Result<(), LinkError> {
        if self.full.load(Ordering::Relaxed) {
            return Err(LinkError::Full);
        }
        self.sent.lock().push(match frame {
            Frame::Event { name, payload, .. } => {
                let value: serde_json::Value = serde_json::from_str(payload.get()).unwrap();
                format!(
                    "{name} {}",
                    value.pointer("/position/x").unwrap_or(&value["id"])
                )
            }
            Frame::Binary {
                keyframe: Some(_), ..
            } => "keyframe".to_owned(),
            Frame::Binary { name, .. } => (*name).to_owned(),
            Frame::World(snapshot) | Frame::PackedWorld(snapshot) => {
                let value: serde_json::Value = serde_json::from_str(snapshot.json().get()).unwrap();
                format!("world:state {}", value["chat"].as_array().unwrap().len())
            }
            Frame::Ack { id, .. } | Frame::JoinAck { id, .. } => format!("ack {id}"),
        });
        Ok(())
    }
    fn take_updates(&self, updates: &Updates, range: Range<usize>) -> Result<(), LinkError> {
        for player in updates.players(range) {
            self.take(&Frame::event(events::PLAYER_UPDATED, player.clone()))?;
            self.taken.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    }
    fn room_for(&self, packets: usize) -> bool {
        self.all_sent() || self.taken.load(Ordering::Relaxed) + packets <= ROOM
    }
    fn all_sent(&self) -> bool {
        !self.busy.load(Ordering::Relaxed)
    }
}

const MOVER: ConnectionId = ConnectionId(1);
const READER: ConnectionId = ConnectionId(2);

fn world() -> WorldState {
    let info = WorldInfo {
        id: "w".into(),
        name: "W".into(),
        description: String::new(),
        ..WorldInfo::default()
    };
    let atlas = SpriteAtlas::new(1, String::new(), Vec::new());
    let mut world = WorldState::new(&info, &atlas, 5, PayloadLimits::default());
    let id = PlayerId::trusted("ana");
    let player = new_player(id, PlayerPatch::default(), &PayloadLimits::default()).unwrap();
    world
        .join(
            player,
            Holder {
                connection: Some(MOVER),
                fence: 1,
            },
        )
        .unwrap();
    world
}

/// A world, and a client of it that has nothing yet.
fn scene(form: UpdateForm) -> (WorldState, RecordingLink, Outbox) {
    (world(), RecordingLink::default(), outbox(form))
}

/// The same with a client that has read its snapshot.
fn joined() -> (WorldState, RecordingLink, Outbox) {
    let (mut world, link, mut outbox) = scene(UpdateForm::Single);
    outbox.push_snapshot(world.snapshot(), world.revision(), None);
    outbox.pump(&link);
    outbox.pump(&link);
    (world, link, outbox)
}

fn moved(world: &mut WorldState, x: f64) -> Arc<Flush> {
    step(world, x);
    Arc::new(pending(world))
}

fn pending(world: &mut WorldState) -> Flush {
    let audience = Audience {
        plain: true,
        batch: true,
        stream: false,
        peers: false,
    };
    Flush::take(world, &mut UpdateStream::new(), audience).unwrap()
}

fn step(world: &mut WorldState, x: f64) {
    let position = PositionPatch {
        x: Some(x),
        ..PositionPatch::default()
    };
    world
        .update(
            MOVER,
            PlayerPatch {
                position,
                ..PlayerPatch::default()
            },
        )
        .unwrap();
}

fn outbox(updates: UpdateForm) -> Outbox {
    Outbox::new(
        Recipient {
            id: READER,
            updates,
            packed: false,
        },
        1000,
    )
}

fn packed_outbox() -> Outbox {
    let reader = Recipient {
        id: READER,
        updates: UpdateForm::Single,
        packed: true,
    };
    Outbox::new(reader, 10_000)
}

/// So many lines of chat, each caused by somebody.
fn announced(causers: &[ConnectionId]) -> Arc<Announcements> {
    let said = causers.iter().map(|causer| AnnouncedEvent {
        frame: said(),
        except: Some(*causer),
        outside: false,
    });
    Arc::new(Announcements::new(said.collect()))
}

#[test]
fn who_reads_packed_events_gets_those_of_a_tick_in_one() {
    let (mut world, link, mut outbox) = (world(), RecordingLink::default(), packed_outbox());
    outbox.push_snapshot(world.snapshot(), world.revision(), None);
    outbox.pump(&link);
    assert_eq!(link.sent(), ["world:state 0"]);
    let all = announced(&[MOVER; 8]);
    outbox.offer(Some(&all), None, true).unwrap();
    outbox.pump(&link);
    assert_eq!(link.sent(), ["events:packed"]);
    assert!(!outbox.is_behind());
}

#[test]
fn who_caused_some_of_them_gets_the_others_as_they_are() {
    let (link, mut outbox) = (RecordingLink::default(), packed_outbox());
    let around = announced(&[MOVER, MOVER, MOVER, READER, MOVER]);
    outbox.offer(Some(&around), None, true).unwrap();
    outbox.pump(&link);
    assert_eq!(link.sent().len(), 4);
}

#[test]
fn who_moves_and_is_answered_reads_a_tick_packed_all_the_same() {
    let (link, mut outbox) = (RecordingLink::default(), packed_outbox());
    outbox.hold(0, answer(1)).unwrap();
    outbox.hold(2, answer(2)).unwrap();
    outbox
        .offer(Some(&announced(&[MOVER; 5])), None, true)
        .unwrap();
    outbox.pump(&link);
    assert_eq!(link.sent(), ["events:packed", "ack 1", "ack 2"]);
    outbox.hold(1, answer(3)).unwrap();
    outbox
        .offer(Some(&announced(&[MOVER; 2])), None, true)
        .unwrap();
    outbox.pump(&link);
    let few = ["chat:message null", "ack 3", "chat:message null"];
    assert_eq!(link.sent(), few, "too few to be packed");
}

fn left() -> Frame {
    let payload = crate::to_json(&serde_json::json!({"id": "ana"}));
    Frame::about(events::PLAYER_LEFT, payload, PlayerId::trusted("ana"))
}

#[test]
fn a_busy_plain_client_gets_the_newest_state_once_it_has_drained() {
    let (mut world, link, mut outbox) = scene(UpdateForm::Single);
    outbox.push_flush(&moved(&mut world, 1.0));
    outbox.pump(&link);
    assert_eq!(link.sent(), ["player:updated 1.0"]);
    link.taken.store(0, Ordering::Relaxed);
    link.busy.store(true, Ordering::Relaxed);
    for x in [2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0] {
        outbox.push_flush(&moved(&mut world, x));
        outbox.pump(&link);
    }
    assert_eq!(link.sent().len(), ROOM, "while there is room, then no more");
    assert!(outbox.is_behind());
    link.busy.store(false, Ordering::Relaxed);
    outbox.pump(&link);
    assert_eq!(link.sent(), ["player:updated 8.0"]);
    assert!(!outbox.is_behind());
}

#[test]
fn who_left_is_not_updated_afterwards() {
    let (mut world, link, mut outbox) = scene(UpdateForm::Single);
    link.full.store(true, Ordering::Relaxed);
    outbox.push_flush(&moved(&mut world, 1.0));
    outbox.push(left()).unwrap();
    assert_eq!(outbox.pump(&link).blocked, 1);
    link.full.store(false, Ordering::Relaxed);
    outbox.pump(&link);
    assert_eq!(link.sent(), ["player:left \"ana\""]);
}

#[test]
fn a_batch_client_that_missed_one_waits_for_full_players() {
    let (mut world, link, mut outbox) =
        (world(), RecordingLink::default(), outbox(UpdateForm::Batch));
    link.full.store(true, Ordering::Relaxed);
    outbox.push_flush(&moved(&mut world, 1.0));
    outbox.pump(&link);
    link.full.store(false, Ordering::Relaxed);
    outbox.push_flush(&moved(&mut world, 2.0));
    outbox.pump(&link);
    assert_eq!(
        link.sent(),
        Vec::<String>::new(),
        "a delta on a missed one would leave holes"
    );
    let next = moved(&mut world, 3.0);
    assert_eq!(
        outbox.take_missed(&link, Some(&next)),
        Some(vec![PlayerId::trusted("ana")])
    );
    assert!(
        !outbox.is_behind(),
        "the flush it took the place of is in it"
    );
    outbox.push_flush(&moved(&mut world, 4.0));
    outbox.pump(&link);
    assert_eq!(link.sent(), ["players:updated"]);
}

#[test]
fn a_batch_is_written_at_once_only_when_nothing_else_waits() {
    let (mut world, link, mut outbox) =
        (world(), RecordingLink::default(), outbox(UpdateForm::Batch));
    let mut next = 0.0;
    let mut encoded = || {
        next += 1.0;
        let flush = moved(&mut world, next);
        if let Some(Frame::Binary { encoded, .. }) = &flush.batch {
            encoded.get_or_encode(|| Bytes::from_static(b"batch"));
        }
        flush
    };
    let takes = |bytes: &Bytes| bytes == "batch";
    assert_eq!(outbox.write_only_batch(takes), None, "nothing waits");
    outbox.push_flush(&encoded());
    let pumped = outbox.write_only_batch(takes).unwrap();
    assert_eq!(pumped.delivered, 1);
    assert!(!outbox.is_behind());
    outbox.push_flush(&encoded());
    outbox.push(left()).unwrap();
    assert_eq!(outbox.write_only_batch(takes), None, "more waits");
    outbox.pump(&link);
    assert_eq!(link.sent(), ["players:updated", "player:left \"ana\""]);
    outbox.push_flush(&encoded());
    assert_eq!(outbox.write_only_batch(|_| false), None, "there is no room");
    outbox.pump(&link);
    assert_eq!(link.sent(), ["players:updated"]);
}

#[test]
fn a_batch_nobody_has_encoded_takes_the_link() {
    let (mut world, mut outbox) = (world(), outbox(UpdateForm::Batch));
    outbox.push_flush(&moved(&mut world, 1.0));
    assert_eq!(outbox.write_only_batch(|_| true), None);
    assert!(outbox.is_behind());
}

#[test]
fn what_the_snapshot_contains_is_not_told_again() {
    for form in [UpdateForm::Single, UpdateForm::Batch] {
        let (mut world, link, mut outbox) = scene(form);
        step(&mut world, 1.0);
        outbox.push_snapshot(world.snapshot(), world.revision(), None);
        outbox.push_flush(&Arc::new(pending(&mut world)));
        outbox.pump(&link);
        assert_eq!(link.sent().len(), 1, "the snapshot alone");
        assert!(!outbox.is_behind());
        outbox.push_flush(&moved(&mut world, 2.0));
        outbox.pump(&link);
        assert_eq!(link.sent().len(), 1, "newer changes arrive");
    }
}

#[test]
fn reliable_frames_are_bounded_by_bytes_but_one_may_be_large() {
    let mut outbox = outbox(UpdateForm::Single);
    let large = serde_json::value::to_raw_value(&"x".repeat(5000)).unwrap();
    let large = Frame::event(events::WORLD_STATE, Arc::from(large));
    assert_eq!(outbox.push(large), Ok(()));
    assert_eq!(outbox.push(left()), Err(Overflow));
}

#[test]
fn nobody_hears_an_echo_of_itself() {
    let (mut world, link) = (world(), RecordingLink::default());
    let mover = Recipient {
        id: MOVER,
        updates: UpdateForm::Single,
        packed: false,
    };
    let mut outbox = Outbox::new(mover, 1000);
    outbox.push_flush(&moved(&mut world, 1.0));
    outbox.pump(&link);
    assert_eq!(link.sent(), Vec::<String>::new());
    assert!(!outbox.is_behind());
}

fn said() -> Frame {
    Frame::event(events::CHAT_MESSAGE, crate::to_json(&"x".repeat(300)))
}

fn answer(id: i64) -> Frame {
    let payload = crate::to_json(&serde_json::json!({"ok": true}));
    Frame::Ack { id, payload }
}

#[test]
fn who_still_receives_a_snapshot_gets_a_fresh_one_for_what_cannot_wait() {
    let (mut world, link, mut outbox) = scene(UpdateForm::Single);
    link.busy.store(true, Ordering::Relaxed);
    outbox.push_snapshot(world.snapshot(), world.revision(), None);
    outbox.pump(&link);
    link.full.store(true, Ordering::Relaxed);
    outbox.push(said()).unwrap();
    outbox.push(answer(1)).unwrap();
    outbox.push_flush(&moved(&mut world, 1.0));
    for _ in 0..5 {
        outbox.push(said()).unwrap();
    }
    outbox.push(left()).unwrap();
    outbox.push(answer(2)).unwrap();
    outbox.pump(&link);
    assert!(outbox.is_behind());
    assert!(!outbox.awaits_snapshot(&link), "it has not read the first");
    link.full.store(false, Ordering::Relaxed);
    outbox.pump(&link);
    assert_eq!(link.sent(), ["world:state 0", "ack 1", "ack 2"]);
    link.busy.store(false, Ordering::Relaxed);
    assert!(outbox.awaits_snapshot(&link));
    assert_eq!(outbox.make_room(0), 6, "the lines it has to hold");
    outbox.push_snapshot(world.snapshot(), world.revision(), None);
    outbox.push_flush(&moved(&mut world, 2.0));
    outbox.pump(&link);
    assert_eq!(link.sent(), ["world:state 0", "player:updated 2.0"]);
    assert_eq!(outbox.make_room(0), 0);
}

#[test]
fn who_has_read_its_snapshot_has_to_keep_up() {
    let (_, link, mut outbox) = joined();
    link.full.store(true, Ordering::Relaxed);
    for _ in 0..2 {
        outbox.push(said()).unwrap();
    }
    assert_eq!(outbox.push(said()), Err(Overflow));
}

/// The answer to a join with the world in it, of more bytes than may wait.
fn large_answer(id: i64, world: &mut WorldState) -> Frame {
    world.append_chat(&ChatMessage {
        id: MessageId(id.to_string()),
        player_id: String::new(),
        author: String::new(),
        content: "x".repeat(2000),
        timestamp: String::new(),
    });
    let answer = JoinAnswer {
        state: Some(world.snapshot()),
        player: crate::to_json(&"ana"),
        guest_token: None,
    };
    Frame::JoinAck {
        id,
        answer: Arc::new(answer),
    }
}

#[test]
fn who_still_receives_the_answer_to_its_join_gets_a_fresh_snapshot_as_well() {
    let (mut world, link, mut outbox) = joined();
    outbox.push(large_answer(1, &mut world)).unwrap();
    link.busy.store(true, Ordering::Relaxed);
    outbox.pump(&link);
    link.full.store(true, Ordering::Relaxed);
    for _ in 0..5 {
        outbox.push(said()).unwrap();
    }
    link.full.store(false, Ordering::Relaxed);
    link.busy.store(false, Ordering::Relaxed);
    assert!(outbox.awaits_snapshot(&link));
    assert_eq!(outbox.make_room(0), 5);
}

#[test]
fn an_answer_with_the_world_may_be_held_beside_others() {
    let (mut world, mut outbox) = (world(), outbox(UpdateForm::Single));
    for frame in [answer(1), large_answer(2, &mut world), answer(3)] {
        assert_eq!(outbox.hold(0, frame), Ok(()));
    }
}

#[test]
fn answers_do_not_give_way() {
    let (mut world, mut outbox) = (world(), outbox(UpdateForm::Single));
    outbox.push_snapshot(world.snapshot(), world.revision(), None);
    for id in 0..8 {
        outbox.push(answer(id)).unwrap();
    }
    let overflow = (8..20).find(|id| outbox.push(answer(*id)).is_err());
    assert!(overflow.is_some(), "they are bounded all the same");
}

#[test]
fn of_two_large_snapshots_the_older_one_gives_way() {
    let (mut world, link, mut outbox) = scene(UpdateForm::Single);
    link.full.store(true, Ordering::Relaxed);
    outbox.push_snapshot(world.snapshot(), world.revision(), None);
    outbox.push(said()).unwrap();
    assert_eq!(outbox.make_room(100), 0, "both may wait");
    assert!(outbox.make_room(2000) > 200, "all lines that clients keep");
    outbox.push_snapshot(world.snapshot(), world.revision(), None);
    link.full.store(false, Ordering::Relaxed);
    outbox.pump(&link);
    assert_eq!(link.sent(), ["world:state 0"]);
}

mod groups;
mod stream;
