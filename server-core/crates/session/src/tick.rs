//! Whether a crowd's events wait for the tick, and where among them an answer stands.
//!
//! While a world is small every event leaves at once. In a crowd, which is when the deliveries of the running
//! interval are above the budget, what everybody is told is written down once
//! ([`Announcements`](crate::announcements::Announcements)) and leaves with the flush, in one write for each
//! client. A client's own answers wait with it, each behind what happened before it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Notify;

/// See the module. Changed under the world's lock; read also without it.
#[derive(Debug)]
pub(crate) struct Tick {
    /// One more than the announcements that wait; zero while nothing has to.
    open: AtomicUsize,
    flusher: Arc<Notify>,
}

impl Tick {
    pub(crate) fn new(flusher: Arc<Notify>) -> Self {
        Self {
            open: AtomicUsize::new(0),
            flusher,
        }
    }

    /// How many announcements come before what is said now; `None` while everything leaves at once.
    ///
    /// Without the world's lock there may be more by now. Whatever its caller itself has announced is counted.
    pub(crate) fn position(&self) -> Option<usize> {
        self.open.load(Ordering::Acquire).checked_sub(1)
    }

    /// Has what follows wait behind so many announcements, or for nothing.
    pub(crate) fn set(&self, position: Option<usize>) {
        let open = position.map_or(0, |waiting| waiting + 1);
        self.open.store(open, Ordering::Release);
    }

    /// Something waits for the flush.
    pub(crate) fn wake(&self) {
        self.flusher.notify_one();
    }
}
