//! The heartbeat of websockets that the library knows nothing of; its own is the same.

use std::time::Duration;

/// How often it is sent, and how long its answer may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heartbeat {
    pub(super) interval: Duration,
    pub(super) timeout: Duration,
}

impl Heartbeat {
    /// How long after the beginning of a websocket, or its last heartbeat, the next one is due. When a session
    /// has polled, the last one may have gone by a poll an interval before; its client waits for an interval
    /// and a timeout.
    pub(super) fn first_period(self, has_polled: bool) -> Duration {
        match has_polled {
            true => self.interval.min(self.timeout / 2),
            false => self.interval,
        }
    }
}
