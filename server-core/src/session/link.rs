//! The way to one client, as the session manager sees it.
//!
//! The gateway implements [`ClientLink`] over Socket.IO; the session manager's tests implement it
//! with a recorder. Nothing here blocks: a link that cannot take a frame says so.

use std::time::Duration;

use super::frame::Frame;

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

/// A one-way road to a client.
pub trait ClientLink: Send + Sync + 'static {
    /// Hands a frame over, or says why not. Frames arrive in the order they were taken.
    ///
    /// # Errors
    /// [`LinkError`].
    fn send(&self, frame: &Frame) -> Result<(), LinkError>;

    /// Whether everything handed over before the last call of [`Self::expect_drain`] has reached
    /// the operating system (or, on the polling transport, an answered poll).
    fn is_drained(&self) -> bool;

    /// Announces that frames are about to be handed over.
    fn expect_drain(&self);

    /// How long nothing has moved towards the client.
    fn idle_for(&self) -> Duration;

    /// Ends the Socket.IO session. The client does not reconnect by itself; the transport stays.
    ///
    /// # Errors
    /// [`LinkError::Full`] when even the goodbye finds no room.
    fn disconnect(&self) -> Result<(), LinkError>;

    /// Cuts the transport at once. A client sees a network failure and may reconnect.
    fn cut(&self);

    /// Whether frames go over a websocket now, and not by polling.
    fn is_websocket(&self) -> bool;

    /// The round trip time the operating system measures on this connection, where it does.
    fn round_trip(&self) -> Option<Duration> {
        None
    }
}
