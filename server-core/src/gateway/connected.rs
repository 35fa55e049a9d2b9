//! A namespace's socket at the end of its CONNECT.

use std::sync::Arc;

use socketioxide::handler::FromConnectParts;
use socketioxide::socket::Socket;
use socketioxide_core::Value;

use super::adapter::Adapter;

/// The socket itself: acks can be sent through it long after the event's handler returned.
pub(super) struct ConnectedSocket(pub(super) Arc<Socket<Adapter>>);

impl FromConnectParts<Adapter> for ConnectedSocket {
    type Error = std::convert::Infallible;

    fn from_connect_parts(
        socket: &Arc<Socket<Adapter>>,
        _auth: &Option<Value>,
    ) -> Result<Self, Self::Error> {
        Ok(Self(socket.clone()))
    }
}
