//! What a connection knows about its other end before anybody says anything.

use std::net::SocketAddr;

/// Request extension: the other end of the connection, put there by the listener.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeerAddress(pub SocketAddr);
