//! Who is shown what happens in the world. Outside a closed world a socket gets `world:state` with a
//! count in place of people and chat, and no event about either (contract, "In a closed world").
//!
//! The world is closed to banned people, and in a world with a PIN to everybody who has not shown it
//! on this socket; who looks after the world, and who is in when the PIN comes, is inside.

use std::sync::Arc;

use super::SessionManager;
use super::connection::Connection;
use super::frame::Frame;
use super::live::Live;
use super::outbox::{Overflow, Pumped};
use contract::batch::UpdateForm;
use contract::{Refusal, RefusalCode};
use identity::Secret;
use identity::Visitor;
use world::SharedSnapshot;

/// Bytes of JSON that are packed under the world's lock, at most.
const PACKED_AT_ONCE: usize = 64 * 1024;

/// The forms of `world:state` at one moment, each made when the first connection needs it.
#[derive(Default)]
pub(super) struct WorldViews {
    inside: Option<Arc<SharedSnapshot>>,
    /// As `inside`, with more chat.
    long: Option<Arc<SharedSnapshot>>,
    outside: Option<Arc<SharedSnapshot>>,
}

impl WorldViews {
    /// Sends a connection the form for its access, and what it takes to read the stream from here on.
    pub(super) fn show(&mut self, live: &mut Live, connection: &Connection) -> Pumped {
        let keyframe = keyframe_for(live, connection);
        let snapshot = self.form_for(live, connection);
        let pumped = connection.send_snapshot(snapshot.clone(), live.world.revision(), keyframe);
        live.note_seen(connection);
        pumped
    }

    /// As [`Self::show`], on the tick, whose flush hands it over.
    pub(super) fn queue(
        &mut self,
        live: &mut Live,
        connection: &Connection,
    ) -> Result<(), Overflow> {
        let keyframe = keyframe_for(live, connection);
        let snapshot = self.form_for(live, connection);
        connection.queue_snapshot(snapshot, live.world.revision(), keyframe)?;
        live.note_seen(connection);
        Ok(())
    }

    /// The form for those who are inside.
    pub(super) fn inside(&mut self, live: &mut Live) -> &Arc<SharedSnapshot> {
        self.inside.get_or_insert_with(|| live.world.snapshot())
    }

    fn form_for(&mut self, live: &mut Live, connection: &Connection) -> &Arc<SharedSnapshot> {
        if !connection.access.is_inside() {
            let closed = self
                .outside
                .get_or_insert_with(|| live.world.closed_snapshot());
            connection.make_room(closed);
            return closed;
        }
        let lines = connection.make_room(self.inside(live));
        match live.world.snapshot_reaches(lines) {
            true => self.inside(live),
            false => self
                .long
                .get_or_insert_with(|| live.world.snapshot_with(lines)),
        }
    }
}

/// What it takes to read the stream from here on, for who reads it.
fn keyframe_for(live: &mut Live, connection: &Connection) -> Option<Frame> {
    let reads = connection.access.is_inside() && connection.updates == UpdateForm::Stream;
    reads.then(|| live.keyframe())
}

impl SessionManager {
    /// A PIN that came with the handshake gives access before the first `world:state`.
    pub(super) fn apply_handshake_pin(&self, connection: &Connection) {
        let Some(in_force) = self.shared.directory.pin() else {
            return;
        };
        let visitor = connection.visitor.lock().clone();
        let Some(shown) = visitor.pin.as_deref() else {
            return;
        };
        let directory = &self.shared.directory;
        if directory.ban(&visitor).is_none() && directory.check_pin(&visitor, Some(shown)).is_ok() {
            connection.access.open_under(Some(in_force));
        }
    }

    /// A join needs access: it is refused, or access is given from now on and a
    /// connection that stood outside gets the whole world.
    ///
    /// # Errors
    /// `banned`, or what [`super::Directory::check_pin`] says about the PIN.
    pub(super) fn require_access(
        &self,
        connection: &Arc<Connection>,
        visitor: &Visitor,
        pin: Option<&str>,
    ) -> Result<(), Refusal> {
        if let Some(ban) = self.shared.directory.ban(visitor) {
            let sentence = "You cannot come in.";
            let code = RefusalCode::Banned;
            return Err(Refusal::by_moderator(code, sentence, ban.reason, ban.until));
        }
        let in_force = self.shared.directory.pin();
        let is_inside = {
            let live = self.shared.live.lock();
            self.belongs_inside(&live, connection, in_force.as_ref())
        };
        if !is_inside {
            let pin = pin.or(visitor.pin.as_deref());
            self.shared.directory.check_pin(visitor, pin)?;
            connection.access.open_under(in_force);
        }
        self.let_in(connection)
    }

    fn let_in(&self, connection: &Arc<Connection>) -> Result<(), Refusal> {
        let mut live = self.shared.live.lock();
        if !self.belongs_inside(&live, connection, self.shared.directory.pin().as_ref()) {
            let sentence = "The PIN has just changed. Ask the host for the new one.";
            return Err(Refusal::new(RefusalCode::WrongPin, sentence));
        }
        if connection.access.set_inside(true) {
            self.show_world(&mut live, connection, &mut WorldViews::default());
        }
        Ok(())
    }

    /// Looks again at who belongs inside, after the PIN, bans or who somebody is have changed. Who
    /// changes sides gets a fresh `world:state`.
    pub fn review_access(&self) {
        let mut live = self.shared.live.lock();
        let in_force = self.shared.directory.pin();
        let mut views = WorldViews::default();
        for connection in live.roster().iter() {
            if live.world.held_by(connection.id).is_some() && in_force.is_some() {
                // It stays inside also after it leaves.
                connection.access.open_under(in_force.clone());
            }
            let inside = self.belongs_inside(&live, connection, in_force.as_ref());
            if connection.access.set_inside(inside) {
                self.show_world(&mut live, connection, &mut views);
            }
        }
    }

    /// Sends a connection the world as it is now; in a crowd, and where packing takes time, as it is at the next
    /// flush, and nothing before that.
    pub(super) fn show_world(
        &self,
        live: &mut Live,
        connection: &Connection,
        views: &mut WorldViews,
    ) {
        // In a crowd no snapshot is taken to ask how large it would be: each newcomer would cost the whole world.
        let waits =
            live.is_crowd() || connection.packed && live.world.snapshot().size() > PACKED_AT_ONCE;
        if waits {
            connection.await_snapshot();
            live.wake_flusher();
        } else {
            self.count(views.show(live, connection));
        }
    }

    /// Which side a connection belongs on, with the PIN that is in force.
    pub(super) fn belongs_inside(
        &self,
        live: &Live,
        connection: &Connection,
        in_force: Option<&Secret>,
    ) -> bool {
        if live.world.held_by(connection.id).is_some() {
            return true;
        }
        let visitor = connection.visitor.lock();
        if self.shared.directory.ban(&visitor).is_some() {
            return false;
        }
        visitor.is_staff()
            || visitor.is_bot()
            || in_force.is_none_or(|pin| connection.access.was_opened_under(pin))
    }
}
