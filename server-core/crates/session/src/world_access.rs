//! Which side of a closed world one connection is on; [`access`](super::access) decides.

use std::sync::atomic::{AtomicBool, Ordering};

use identity::Secret;
use parking_lot::Mutex;

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

    pub(super) fn open_under(&self, pin: Option<Secret>) {
        *self.opened_under.lock() = pin;
    }

    pub(super) fn was_opened_under(&self, pin: &Secret) -> bool {
        self.opened_under.lock().as_ref() == Some(pin)
    }
}
