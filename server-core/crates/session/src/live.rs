//! The part of the session manager that its lock protects.

use std::sync::Arc;

use indexmap::IndexMap;

use super::connection::Connection;
use super::directory::ReportPerson;
use super::frame::Frame;
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
    batch_readers: usize,
    /// `false` while the server is closing: nobody may join any more.
    pub(crate) accepting: bool,
}

impl Live {
    pub(crate) fn new(world: WorldState) -> Self {
        Self {
            world,
            connections: IndexMap::new(),
            roster: None,
            batch_readers: 0,
            accepting: true,
        }
    }

    pub(crate) fn subscribe(&mut self, connection: Arc<Connection>) {
        self.batch_readers += usize::from(connection.batch);
        self.connections.insert(connection.id, connection);
        self.roster = None;
    }

    pub(crate) fn unsubscribe(&mut self, id: ConnectionId) {
        if let Some(connection) = self.connections.swap_remove(&id) {
            self.batch_readers -= usize::from(connection.batch);
            self.roster = None;
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

    pub(crate) fn batch_readers(&self) -> usize {
        self.batch_readers
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
        &self,
        frame: &Frame,
        except: Option<ConnectionId>,
    ) -> Vec<Arc<Connection>> {
        self.send_where(frame, |it| it.access.is_inside() && Some(it.id) != except)
    }

    /// As [`Self::broadcast`], also for those outside a closed world: nothing about people or chat.
    #[must_use]
    pub(crate) fn broadcast_to_all(&self, frame: &Frame) -> Vec<Arc<Connection>> {
        self.send_where(frame, |_| true)
    }

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

    /// Tells everybody but `causer` that a player left.
    #[must_use]
    pub(crate) fn announce_left(
        &mut self,
        released: &Released,
        causer: Option<ConnectionId>,
    ) -> Vec<Arc<Connection>> {
        let payload = super::to_json(&PlayerLeft { id: &released.id });
        let mut slow = self.broadcast(
            &Frame::about(events::PLAYER_LEFT, payload, released.id.clone()),
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
            Some(payload) => self.broadcast(&Frame::event(events::WORLD_STAFF, payload), None),
            None => Vec::new(),
        }
    }
}
