use super::*;
use crate::announcements::AnnouncedEvent;
use crate::link::LinkError;
use crate::scripted_client::{self, guest};
use crate::scripted_link::ScriptedLink;
use contract::{PayloadLimits, SpriteAtlas, WorldInfo, events};
use world::WorldState;

/// Takes nothing, and nothing has moved for an hour.
struct Stuck {
    drained: bool,
}

const HOUR: Duration = Duration::from_secs(3600);

impl ScriptedLink for Stuck {
    fn take(&self, _: &Frame) -> Result<(), LinkError> {
        Err(LinkError::Full)
    }
    fn room_for(&self, _: usize) -> bool {
        false
    }
    fn all_sent(&self) -> bool {
        self.drained
    }
    fn stalled(&self) -> Option<Duration> {
        (!self.drained).then_some(HOUR)
    }
}

/// Takes everything, packed, until it is full. What it took waits until it is flushed.
#[derive(Default)]
struct Recording {
    taken: Mutex<Vec<&'static str>>,
    waits: AtomicBool,
    full: AtomicBool,
}

impl ScriptedLink for Recording {
    fn take(&self, frame: &Frame) -> Result<(), LinkError> {
        if self.full.load(Ordering::Relaxed) {
            return Err(LinkError::Full);
        }
        self.waits.store(true, Ordering::Relaxed);
        self.taken.lock().push(match frame {
            Frame::PackedWorld(snapshot) if snapshot.is_packed() => "a packed world",
            Frame::World(snapshot) if snapshot.has_json() => "a world",
            Frame::JoinAck { answer, .. } => match &answer.state {
                Some(state) if state.has_json() => "an answer",
                _ => "something else",
            },
            Frame::Binary { name, .. } => *name,
            Frame::Event { name, .. } => *name,
            _ => "something else",
        });
        Ok(())
    }
    fn all_sent(&self) -> bool {
        !self.waits.load(Ordering::Relaxed)
    }
    fn flushed(&self) {
        self.waits.store(false, Ordering::Relaxed);
    }
}

fn connection(link: Arc<dyn ClientLink>, packed: bool) -> Connection {
    let visitor = Visitor { packed, ..guest() };
    scripted_client::connection(1, visitor, Arc::new(Tick::new(Arc::default())), link)
}

#[test]
fn only_what_the_link_holds_can_be_stalled() {
    let payload = crate::to_json(&serde_json::json!({"id": "ana"}));
    let frame = Frame::event(events::PLAYER_LEFT, payload);
    let waiting_here = connection(Arc::new(Stuck { drained: true }), false);
    assert!(waiting_here.send(frame.clone()).is_ok());
    assert!(waiting_here.is_behind());
    assert_eq!(waiting_here.stalled_for(), None);
    let waiting_there = connection(Arc::new(Stuck { drained: false }), false);
    assert_eq!(waiting_there.stalled_for(), Some(HOUR));
    waiting_there.detach();
    assert_eq!(waiting_there.stalled_for(), None);
}

fn empty_world() -> Arc<SharedSnapshot> {
    let atlas = SpriteAtlas::new(1, String::new(), Vec::new());
    let limits = PayloadLimits::default();
    WorldState::new(&WorldInfo::default(), &atlas, 5, limits).snapshot()
}

#[test]
fn whoever_has_taken_its_snapshot_has_to_keep_up_though_every_tick_brings_more() {
    let link = Arc::new(Recording::default());
    let reader = connection(link.clone(), false);
    assert!(reader.queue_snapshot(&empty_world(), 1, None).is_ok());
    let payload = crate::to_json(&serde_json::json!({"id": "a".repeat(100_000)}));
    let left = Frame::event(events::PLAYER_LEFT, payload);
    let event = AnnouncedEvent {
        frame: left.clone(),
        except: None,
        outside: true,
    };
    let announced = Arc::new(Announcements::new(vec![event]));
    for _ in 0..2 {
        reader.pump();
        assert!(reader.offer(Some(&announced), None, true).is_ok());
    }
    reader.pump();
    link.full.store(true, Ordering::Relaxed);
    let limit = SessionConfig::default().outbox_bytes;
    let mut sent = (0..limit / 50_000).map(|_| reader.send(left.clone()));
    assert!(sent.any(|it| it.is_err()), "nothing gives way any more");
}

#[test]
fn nobody_is_ended_for_how_much_a_crowd_does() {
    let limit = SessionConfig::default().outbox_bytes;
    let payload = crate::to_json(&serde_json::json!({"id": "a".repeat(limit / 2)}));
    let left = Frame::event(events::PLAYER_LEFT, payload);
    let events = [left.clone(), left].map(|frame| AnnouncedEvent {
        frame,
        except: None,
        outside: true,
    });
    let tick = Arc::new(Announcements::new(events.into()));
    let link = Arc::new(Recording::default());
    let reader = connection(link.clone(), false);
    assert!(reader.queue_snapshot(&empty_world(), 1, None).is_ok());
    reader.pump();
    // It has read its snapshot.
    link.full.store(true, Ordering::Relaxed);
    for _ in 0..3 {
        assert!(reader.offer(Some(&tick), None, true).is_ok());
    }
    link.full.store(false, Ordering::Relaxed);
    reader.pump();
    assert_eq!(*link.taken.lock(), ["a world"], "a fresh one has it all");
    assert_eq!(reader.offer(None, None, true), Ok(Owed::World));
}

#[test]
fn nothing_that_is_one_for_all_is_made_under_a_clients_lock() {
    let link = Arc::new(Recording::default());
    let newcomer = connection(link.clone(), false);
    let world = empty_world();
    let answer = JoinAnswer {
        state: None,
        player: crate::to_json(&"ana"),
        guest_token: None,
    };
    assert!(newcomer.hold_join(1, answer).is_ok());
    assert!(newcomer.queue_snapshot(&world, 1, None).is_ok());
    assert!(matches!(newcomer.pump_at_once(), Err(Unmade::Json(_))));
    assert!(!world.has_json());
    newcomer.pump();
    assert_eq!(*link.taken.lock(), ["a world", "an answer"]);

    let link = Arc::new(Recording::default());
    let inside = connection(link.clone(), true);
    inside.access.set_inside(true);
    let said = || AnnouncedEvent {
        frame: Frame::event(events::CHAT_MESSAGE, crate::to_json(&"x".repeat(300))),
        except: None,
        outside: false,
    };
    let announced = Arc::new(Announcements::new((0..8).map(|_| said()).collect()));
    assert!(inside.offer(Some(&announced), None, false).is_ok());
    assert!(matches!(inside.pump_at_once(), Err(Unmade::Announced(_))));
    assert!(!announced.is_packed());
    inside.pump();
    assert_eq!(*link.taken.lock(), [events::EVENTS_PACKED]);
}

#[test]
fn whoever_may_hold_the_worlds_lock_packs_no_snapshot() {
    let link = Arc::new(Recording::default());
    let newcomer = connection(link.clone(), true);
    let snapshot = empty_world();
    assert!(newcomer.queue_snapshot(&snapshot, 1, None).is_ok());
    let payload = crate::to_json(&serde_json::json!({"id": "ana"}));
    let frame = Frame::event(events::PLAYER_LEFT, payload);
    assert!(newcomer.send(frame).is_ok());
    assert!(newcomer.pump_at_once().is_err());
    assert!(!snapshot.is_packed());
    assert_eq!(*link.taken.lock(), [""; 0]);
    let (_, is_behind) = newcomer.pump();
    assert!(!is_behind);
    assert_eq!(*link.taken.lock(), ["a packed world", events::PLAYER_LEFT]);
}
