//! Who stays when the library lets go of a connection, and comes back to it.

use std::sync::Arc;

use bytes::Bytes;
use http::request::Parts;
use parking_lot::Mutex;
use socketioxide::socket::Socket;

use super::super::adapter::Adapter;

/// A player's part of a connection, which stays while the library is away. Its end is that of the session.
pub(in crate::gateway) trait Resident: Send + Sync {
    /// The library has let go; its socket is none any more.
    fn library_left(&self);
    /// A new gate.
    fn gate(&self) -> Option<Gate>;
    /// The library has this socket for it from now on.
    fn enter(self: Arc<Self>, socket: &Socket<Adapter>);
}

/// Marks in what the library writes where its client may hear it again.
pub(in crate::gateway) struct Gate {
    /// Its one argument.
    pub(in crate::gateway) number: u64,
    /// The event as the library writes it.
    pub(in crate::gateway) frame: Bytes,
}

/// Request extension: who enters the world again.
#[derive(Clone)]
pub(in crate::gateway) struct Resumption(Arc<ResumptionInner>);

struct ResumptionInner {
    // Held to take it.
    resident: Mutex<Option<Arc<dyn Resident>>>,
    gate: u64,
}

impl Resumption {
    /// Of `resident`, whose client hears the library again behind the gate of this number.
    pub(super) fn new(resident: Arc<dyn Resident>, gate: u64) -> Self {
        Self(Arc::new(ResumptionInner {
            resident: Mutex::new(Some(resident)),
            gate,
        }))
    }

    /// Who enters the world again on the transport that was opened with this request; once.
    pub(in crate::gateway) fn take(request: &Parts) -> Option<Arc<dyn Resident>> {
        let resumption: &Self = request.extensions.get()?;
        resumption.0.resident.lock().take()
    }

    /// The number of the gate.
    pub(in crate::gateway) fn gate(request: &Parts) -> Option<u64> {
        request.extensions.get().map(|it: &Self| it.0.gate)
    }
}
