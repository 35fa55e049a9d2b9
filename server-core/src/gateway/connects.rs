//! How often one transport may enter a namespace.
//!
//! Each CONNECT costs a session and a snapshot of the world, so a client that connects again and again
//! is answered with a refusal instead. The bucket travels with the request that opened the Engine.IO
//! session, so it is the same for websockets and for clients that poll.

use std::sync::Arc;

use http::request::Parts;
use parking_lot::Mutex;
use tokio::time::Instant;

use crate::config::Rate;
use crate::session::TokenBucket;

/// Request extension: what a transport may still connect.
#[derive(Debug, Clone)]
pub(super) struct Connects {
    rate: Rate,
    // Held for an addition.
    bucket: Arc<Mutex<TokenBucket>>,
}

/// Too many CONNECTs; what `connect_error` carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("That was too many in a short time. Wait a moment.")]
pub(super) struct TooManyConnects;

impl Connects {
    pub(super) fn new(rate: Rate, now: Instant) -> Self {
        Self {
            rate,
            bucket: Arc::new(Mutex::new(TokenBucket::full(rate, now))),
        }
    }

    /// Counts a CONNECT on the transport that was opened with this request.
    ///
    /// # Errors
    /// [`TooManyConnects`].
    pub(super) fn count(request: &Parts, now: Instant) -> Result<(), TooManyConnects> {
        let Some(Self { rate, bucket }) = request.extensions.get() else {
            return Ok(());
        };
        match bucket.lock().take(*rate, now) {
            true => Ok(()),
            false => Err(TooManyConnects),
        }
    }
}
