//! Who is shown what happens in the world. Outside a closed world a socket gets `world:state` with a
//! count in place of people and chat, and no event about either (contract, "In a closed world").
//!
//! The world is closed to banned people, and in a world with a PIN to everybody who has not shown it
//! on this socket; who looks after the world, and who is in when the PIN comes, is inside.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;

use super::SessionManager;
use super::connection::Connection;
use super::frame::Frame;
use super::live::Live;
use super::outbox::{Overflow, Pumped};
use contract::{Refusal, RefusalCode, events};
use identity::Secret;
use identity::Visitor;

/// Whether one connection is shown the world.
#[derive(Debug, Default)]
pub(crate) struct WorldAccess {
    // Changed under the world's lock only; read without it where nothing about people is decided.
    inside: AtomicBool,
    /// The PIN that was in force when it was let in. Another one closes it again.
    opened_under: Mutex<Option<Secret>>,
}

impl WorldAccess {
    pub(crate) fn is_inside(&self) -> bool {
        self.inside.load(Ordering::Acquire)
    }

    /// Returns whether this is a change.
    pub(super) fn set_inside(&self, inside: bool) -> bool {
        self.inside.swap(inside, Ordering::AcqRel) != inside
    }

    fn open_under(&self, pin: Option<Secret>) {
        *self.opened_under.lock() = pin;
    }

    fn was_opened_under(&self, pin: &Secret) -> bool {
        self.opened_under.lock().as_ref() == Some(pin)
    }
}

/// The two forms of `world:state` at one moment, each made when the first connection needs it.
#[derive(Default)]
pub(super) struct WorldViews {
    inside: Option<Frame>,
    outside: Option<Frame>,
}

impl WorldViews {
    /// Sends a connection the form for its access.
    pub(super) fn show(
        &mut self,
        live: &mut Live,
        connection: &Connection,
    ) -> Result<Pumped, Overflow> {
        let frame = match connection.access.is_inside() {
            true => self
                .inside
                .get_or_insert_with(|| Frame::event(events::WORLD_STATE, live.world.snapshot())),
            false => self.outside.get_or_insert_with(|| {
                Frame::event(events::WORLD_STATE, live.world.closed_snapshot())
            }),
        };
        connection.send_snapshot(frame.clone(), live.world.revision())
    }
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
        let overflow = {
            let mut live = self.shared.live.lock();
            if !self.belongs_inside(&live, connection, self.shared.directory.pin().as_ref()) {
                let sentence = "The PIN has just changed. Ask the host for the new one.";
                return Err(Refusal::new(RefusalCode::WrongPin, sentence));
            }
            connection.access.set_inside(true)
                && WorldViews::default().show(&mut live, connection).is_err()
        };
        if overflow {
            self.abort_slow(vec![connection.clone()]);
        }
        Ok(())
    }

    /// Looks again at who belongs inside, after the PIN, bans or who somebody is have changed. Who
    /// changes sides gets a fresh `world:state`.
    pub fn review_access(&self) {
        let slow = {
            let mut live = self.shared.live.lock();
            let in_force = self.shared.directory.pin();
            let mut views = WorldViews::default();
            let mut slow = Vec::new();
            for connection in live.roster().iter() {
                if live.world.held_by(connection.id).is_some() && in_force.is_some() {
                    // It stays inside also after it leaves.
                    connection.access.open_under(in_force.clone());
                }
                let inside = self.belongs_inside(&live, connection, in_force.as_ref());
                if connection.access.set_inside(inside)
                    && views.show(&mut live, connection).is_err()
                {
                    slow.push(connection.clone());
                }
            }
            slow
        };
        self.abort_slow(slow);
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
