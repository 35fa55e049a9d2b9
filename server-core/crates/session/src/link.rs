//! The way to one client, as the session manager sees it.
//!
//! The gateway implements [`ClientLink`] over Socket.IO; the session manager's tests implement it
//! with a recorder. Nothing here blocks: a link that cannot take a frame says so.

use std::ops::Range;
use std::time::Duration;

use super::announcements::Announcements;
use super::frame::{Frame, FrameGroup, Updates};
use transport::TransportHandle;

/// Waiting bytes above which a websocket takes no updates: what follows replaces them.
pub const UPDATES_WAITING: usize = 64 * 1024;

/// Why a frame was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// There is no room now.
    #[error("the channel to the client is full")]
    Full,
    /// There never will be again.
    #[error("the connection is closed")]
    Closed,
}

/// The way out to one client.
pub trait ClientLink: Send + Sync + 'static {
    /// Hands a frame over, or says why not. Frames arrive in the order they were taken.
    ///
    /// # Errors
    /// [`LinkError`].
    fn send(&self, frame: &Frame) -> Result<(), LinkError>;

    /// Hands over the updates of `range`, all or none.
    ///
    /// # Errors
    /// [`LinkError`].
    fn send_updates(&self, updates: &Updates, range: Range<usize>) -> Result<(), LinkError>;

    /// Hands over a group of frames, all or none; a link that takes them one by one takes none.
    ///
    /// # Errors
    /// [`LinkError`].
    fn send_group(&self, _: &FrameGroup) -> Result<(), LinkError> {
        Err(LinkError::Full)
    }

    /// Hands over the announcements of `range`, or as many of them as there is room for. Returns how many.
    ///
    /// # Errors
    /// [`LinkError`], when not even the first was taken.
    fn send_announced(
        &self,
        announced: &Announcements,
        range: Range<usize>,
    ) -> Result<usize, LinkError> {
        send_each(self, announced, range)
    }

    /// The transport that takes frames as bytes, once they go there: then and for good, frames that
    /// are encoded already need not pass this link.
    fn transport(&self) -> Option<TransportHandle> {
        None
    }

    /// Sends on its way what was handed over, without waiting: now, in the caller's time.
    fn flush_now(&self);

    /// As [`Self::flush_now`], but in somebody else's time: for callers that hold a lock.
    fn flush_soon(&self);

    /// Whether `packets` more updates had better be handed over now, rather than combined with what
    /// follows. Less than [`Self::send`] would take, so that answers always find room.
    fn has_room(&self, packets: usize) -> bool;

    /// Whether everything handed over has reached the operating system (or, on the polling
    /// transport, an answered poll).
    fn is_drained(&self) -> bool;

    /// How long nothing has moved towards the client though something waits for it here, or was not
    /// taken for want of a poll; `None` when nothing does.
    fn stalled_for(&self) -> Option<Duration>;

    /// Ends the Socket.IO session. The client does not reconnect by itself; the transport stays.
    ///
    /// # Errors
    /// [`LinkError::Full`] when even the goodbye finds no room.
    fn disconnect(&self) -> Result<(), LinkError>;

    /// Aborts the transport at once. A client sees a network failure and may reconnect.
    fn abort(&self);

    /// Whether frames go over a websocket now, and not by polling.
    fn is_websocket(&self) -> bool;

    /// The round trip of the last heartbeat, where that is known.
    fn round_trip(&self) -> Option<Duration>;
}

/// Hands over announcements one by one, for a link that takes them no other way. Returns how many.
///
/// # Errors
/// [`LinkError`], when not even the first was taken.
pub fn send_each(
    link: &(impl ClientLink + ?Sized),
    announced: &Announcements,
    range: Range<usize>,
) -> Result<usize, LinkError> {
    let mut taken = 0;
    for frame in announced.frames(range) {
        match link.send(frame) {
            Ok(()) => taken += 1,
            Err(LinkError::Full) if taken > 0 => break,
            Err(error) => return Err(error),
        }
    }
    Ok(taken)
}
