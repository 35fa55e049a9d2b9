//! Links of tests: each says what it does otherwise than one that takes every frame and no updates, at once.

use std::ops::Range;
use std::time::Duration;

use crate::frame::{Frame, Updates};
use crate::link::{ClientLink, LinkError};

/// What a test has a [`ClientLink`] do.
pub(crate) trait ScriptedLink: Send + Sync + 'static {
    fn take(&self, frame: &Frame) -> Result<(), LinkError>;

    fn take_updates(&self, _: &Updates, _: Range<usize>) -> Result<(), LinkError> {
        Err(LinkError::Full)
    }

    fn room_for(&self, _: usize) -> bool {
        true
    }

    fn all_sent(&self) -> bool {
        true
    }

    fn stalled(&self) -> Option<Duration> {
        None
    }

    /// What it took leaves.
    fn flushed(&self) {}
}

impl<T: ScriptedLink> ClientLink for T {
    fn send(&self, frame: &Frame) -> Result<(), LinkError> {
        self.take(frame)
    }

    fn send_updates(&self, updates: &Updates, range: Range<usize>) -> Result<(), LinkError> {
        self.take_updates(updates, range)
    }

    fn flush_now(&self) {
        self.flushed();
    }

    fn flush_soon(&self) {}

    fn has_room(&self, packets: usize) -> bool {
        self.room_for(packets)
    }

    fn is_drained(&self) -> bool {
        self.all_sent()
    }

    fn stalled_for(&self) -> Option<Duration> {
        self.stalled()
    }

    fn disconnect(&self) -> Result<(), LinkError> {
        Ok(())
    }

    fn abort(&self) {}

    fn is_websocket(&self) -> bool {
        true
    }

    fn round_trip(&self) -> Option<Duration> {
        None
    }
}
