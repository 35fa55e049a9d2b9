//! The part of the session manager that its lock protects.

use std::sync::Arc;

use indexmap::IndexMap;
use tokio::time::Instant;

use super::announcements::{AnnouncedEvent, Announcements};
use super::connection::Connection;
use super::directory::ReportPerson;
use super::flush::{Audience, Flush};
use super::forwarding::Forwarding;
use super::frame::Frame;
use super::pacer::FlushPacer;
use super::sights::Sights;
use super::stream::UpdateStream;
use super::tick::Tick;
use contract::batch::UpdateForm;
use contract::events::PlayerLeft;
use contract::{PlayerId, events};
use world::{ConnectionId, Released, WorldState};

/// Every connection that hears of the world, in no particular order.
pub(crate) type Subscribers = Arc<[Arc<Connection>]>;

/// The world and who hears of it. An event is queued while this is locked, so every client sees
/// the world change in the order in which it changed.
pub(crate) struct Live {
    pub(crate) world: WorldState,
    connections: IndexMap<ConnectionId, Arc<Connection>>,
    roster: Option<Subscribers>,
    pub(crate) stream: UpdateStream,
    readers: Readers,
    /// What everybody has been told, while distance decides how often that is.
    pub(crate) distance: Option<Sights>,
    pub(crate) forwarding: Forwarding,
    /// `false` while the server is closing: nobody may join any more.
    pub(crate) accepting: bool,
    pub(crate) pacer: FlushPacer,
    tick: Arc<Tick>,
    /// What a crowd is told on the tick.
    announced: Vec<AnnouncedEvent>,
    /// Everybody gets a fresh snapshot on the tick.
    pub(crate) shows_world: bool,
}

/// How many connections read updates in which form.
#[derive(Debug, Default)]
struct Readers {
    single: usize,
    batch: usize,
    stream: usize,
    /// And how many of them read packed events.
    packed: usize,
}

impl Readers {
    fn of(&mut self, form: UpdateForm) -> &mut usize {
        match form {
            UpdateForm::Single => &mut self.single,
            UpdateForm::Batch => &mut self.batch,
            UpdateForm::Stream => &mut self.stream,
        }
    }
}

impl Live {
    pub(crate) fn new(world: WorldState, pacer: FlushPacer, tick: Arc<Tick>) -> Self {
        tick.set(pacer.is_ticking().then_some(0));
        Self {
            world,
            connections: IndexMap::new(),
            roster: None,
            stream: UpdateStream::new(),
            readers: Readers::default(),
            distance: None,
            forwarding: Forwarding::default(),
            accepting: true,
            pacer,
            tick,
            announced: Vec::new(),
            shows_world: false,
        }
    }

    /// Whether events wait for the tick now.
    pub(crate) fn is_crowd(&self) -> bool {
        self.tick.position().is_some()
    }

    /// Something else than an announcement waits for the tick.
    pub(crate) fn wake_flusher(&self) {
        self.tick.wake();
    }

    /// Notes what a flush or a broadcast cost, from which follows whether the next one waits.
    pub(crate) fn charge(&mut self, now: Instant, deliveries: u64) {
        self.pacer.charge(now, deliveries);
        let waiting = self.announced.len();
        self.tick
            .set((waiting > 0 || self.pacer.is_ticking()).then_some(waiting));
    }

    /// Takes what the crowd is to be told on this tick; `None` when there is nothing.
    pub(crate) fn take_announced(&mut self) -> Option<Arc<Announcements>> {
        let announced = std::mem::take(&mut self.announced);
        (!announced.is_empty()).then(|| Arc::new(Announcements::new(announced)))
    }

    pub(crate) fn subscribe(&mut self, connection: Arc<Connection>) {
        *self.readers.of(connection.updates) += 1;
        self.readers.packed += usize::from(connection.packed);
        self.connections.insert(connection.id, connection);
        self.roster = None;
    }

    pub(crate) fn unsubscribe(&mut self, id: ConnectionId) {
        if let Some(connection) = self.connections.swap_remove(&id) {
            *self.readers.of(connection.updates) -= 1;
            self.readers.packed -= usize::from(connection.packed);
            self.roster = None;
            if let Some(distance) = &mut self.distance {
                distance.forget(id);
            }
        }
    }

    pub(crate) fn get(&self, id: ConnectionId) -> Option<&Arc<Connection>> {
        self.connections.get(&id)
    }

    pub(crate) fn roster(&mut self) -> Subscribers {
        self.roster
            .get_or_insert_with(|| self.connections.values().cloned().collect())
            .clone()
    }

    pub(crate) fn connection_count(&self) -> usize {
        self.connections.len()
    }

    /// Whether somebody reads packed events.
    pub(crate) fn reads_packed(&self) -> bool {
        self.readers.packed > 0
    }

    /// In which forms somebody reads updates.
    pub(crate) fn audience(&self, peers: bool) -> Audience {
        Audience {
            plain: self.readers.single > 0,
            batch: self.readers.batch > 0,
            stream: self.readers.stream > 0,
            peers,
        }
    }

    /// Takes all pending changes out of the world. `None` when there are none.
    pub(crate) fn take_flush(&mut self, peers: bool) -> Option<Flush> {
        let audience = self.audience(peers);
        Flush::take(&mut self.world, &mut self.stream, audience)
    }

    /// As [`Self::take_flush`], of the player alone that a connection holds.
    pub(crate) fn take_flush_of(&mut self, connection: ConnectionId, peers: bool) -> Option<Flush> {
        let audience = self.audience(peers);
        Flush::take_of(&mut self.world, &mut self.stream, connection, audience)
    }

    /// What a reader of the stream has to know before the next flush.
    pub(crate) fn keyframe(&mut self) -> Frame {
        // What was said last nobody has heard, and a newcomer is not among the readers yet.
        if self.readers.stream == 0 {
            self.stream.restart();
        }
        self.stream.keyframe()
    }

    /// A player as a report names it.
    pub(crate) fn party(&self, player_id: PlayerId) -> ReportPerson {
        let name = self.world.name_of(&player_id);
        let name = name.unwrap_or(player_id.as_str()).to_owned();
        let holder = self.world.holder_of(&player_id);
        let connection = holder.and_then(|holder| self.get(holder.connection?));
        let visitor = connection.map(|connection| connection.visitor.lock().clone());
        ReportPerson {
            player_id,
            name,
            visitor,
        }
    }

    /// Queues a reliable frame about people or chat for everybody inside but `except`. Returns those
    /// it was too much for.
    #[must_use]
    pub(crate) fn broadcast(
        &mut self,
        frame: Frame,
        except: Option<ConnectionId>,
    ) -> Vec<Arc<Connection>> {
        self.announce(AnnouncedEvent {
            frame,
            except,
            outside: false,
        })
    }

    /// As [`Self::broadcast`], also for those outside a closed world: nothing about people or chat.
    #[must_use]
    pub(crate) fn broadcast_to_all(&mut self, frame: Frame) -> Vec<Arc<Connection>> {
        self.announce(AnnouncedEvent {
            frame,
            except: None,
            outside: true,
        })
    }

    /// Sends a frame at once, or on the tick behind what was announced before it, to those it `concerns`.
    #[must_use]
    pub(crate) fn send_where(
        &self,
        frame: &Frame,
        concerns: impl Fn(&Connection) -> bool,
    ) -> Vec<Arc<Connection>> {
        self.connections
            .values()
            .filter(|connection| concerns(connection))
            .filter(|connection| connection.send(frame.clone()).is_err())
            .cloned()
            .collect()
    }

    /// At once, or on the tick.
    fn announce(&mut self, announcement: AnnouncedEvent) -> Vec<Arc<Connection>> {
        if self.is_crowd() {
            self.announced.push(announcement);
            self.tick.set(Some(self.announced.len()));
            self.tick.wake();
            return Vec::new();
        }
        let mut told = 0;
        let concerned = self
            .connections
            .values()
            .filter(|it| announcement.concerns(it.id, it.access.is_inside()));
        let slow = concerned
            .inspect(|_| told += 1)
            .filter(|connection| connection.send(announcement.frame.clone()).is_err())
            .cloned()
            .collect();
        self.charge(Instant::now(), told);
        slow
    }

    /// Tells everybody but `causer` that a player left.
    #[must_use]
    pub(crate) fn announce_left(
        &mut self,
        released: &Released,
        causer: Option<ConnectionId>,
    ) -> Vec<Arc<Connection>> {
        let payload = super::to_json(&PlayerLeft { id: &released.id });
        let mut slow = self.broadcast(
            Frame::about(events::PLAYER_LEFT, payload, released.id.clone()),
            causer,
        );
        slow.extend(self.announce_staff());
        slow
    }

    /// Tells everybody who looks after the world, if that is news since somebody came or went or has
    /// another role.
    #[must_use]
    pub(crate) fn announce_staff(&mut self) -> Vec<Arc<Connection>> {
        match self.world.staff_change() {
            Some(payload) => self.broadcast(Frame::event(events::WORLD_STAFF, payload), None),
            None => Vec::new(),
        }
    }
}
