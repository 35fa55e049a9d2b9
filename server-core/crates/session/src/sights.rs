//! What everybody has been told, where distance decides how often that is; see `docs/nearness.md`.

use std::time::Duration;

use foldhash::{HashMap, HashMapExt as _};
use tokio::time::Instant;

use super::pacer::CrowdTick;
use world::ConnectionId;
use world::nearness::{BEAT_MS, Beat, CellView, PlainView};

/// How long after the last change somebody may be owed something.
const OWED_FOR: Duration = Duration::from_secs(25);

/// What one client has been told.
#[derive(Debug)]
pub(crate) enum ClientSight {
    Single(PlainView),
    Batched(CellView),
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Sights {
    started: Instant,
    last_change: Instant,
    tick: CrowdTick,
    clients: HashMap<ConnectionId, ClientSight>,
    /// What the stream has said.
    pub(crate) stream: CellView,
}

impl Sights {
    pub(crate) fn new(stream: CellView, now: Instant) -> Self {
        Self {
            started: now,
            last_change: now,
            tick: CrowdTick::default(),
            clients: HashMap::new(),
            stream,
        }
    }

    pub(crate) fn of(&mut self, id: ConnectionId) -> Option<&mut ClientSight> {
        self.clients.get_mut(&id)
    }

    pub(crate) fn note(&mut self, id: ConnectionId, sight: ClientSight) {
        self.clients.insert(id, sight);
    }

    pub(crate) fn forget(&mut self, id: ConnectionId) {
        self.clients.remove(&id);
    }

    pub(crate) fn into_clients(self) -> impl Iterator<Item = (ConnectionId, ClientSight)> {
        self.clients.into_iter()
    }

    /// Length of its tick, in beats.
    pub(crate) fn beats(&self) -> Beat {
        self.tick.beats()
    }

    pub(crate) fn tick(&self) -> Duration {
        Duration::from_millis(BEAT_MS) * self.beats()
    }

    /// A flush took so long.
    pub(crate) fn follow_load(&mut self, took: Duration) {
        let beat = Duration::from_millis(BEAT_MS);
        self.tick.follow(took.as_secs_f64() / beat.as_secs_f64());
    }

    /// Something has changed.
    pub(crate) fn note_change(&mut self, now: Instant) {
        self.last_change = now;
    }

    /// Whether somebody may be owed something though nothing changes.
    pub(crate) fn owes(&self, now: Instant) -> bool {
        now.duration_since(self.last_change) < OWED_FOR
    }

    pub(crate) fn beat_at(&self, now: Instant) -> Beat {
        let beats = now.duration_since(self.started).as_millis() / u128::from(BEAT_MS);
        Beat::try_from(beats).unwrap_or(Beat::MAX)
    }
}
