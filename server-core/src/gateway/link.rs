//! The road to one client, over Socket.IO.

use std::sync::Arc;
use std::time::Duration;

use socketioxide::SocketError;
use socketioxide::adapter::LocalAdapter;
use socketioxide::extract::AckSender;
use socketioxide::handler::{FromConnectParts, FromMessageParts};
use socketioxide::socket::{Sid, Socket};
use socketioxide_core::Value;

use super::sockets::{LiveSockets, Road};
use crate::session::frame::Frame;
use crate::session::link::{ClientLink, LinkError};

/// The socket itself: acks can be sent through it long after the event's handler returned.
pub(super) struct ConnectedSocket(pub(super) Arc<Socket<LocalAdapter>>);

impl FromConnectParts<LocalAdapter> for ConnectedSocket {
    type Error = std::convert::Infallible;

    fn from_connect_parts(
        socket: &Arc<Socket<LocalAdapter>>,
        _auth: &Option<Value>,
    ) -> Result<Self, Self::Error> {
        Ok(Self(socket.clone()))
    }
}

/// See the module.
pub(super) struct SocketLink {
    socket: Arc<Socket<LocalAdapter>>,
    sid: Sid,
    road: Arc<Road>,
    sockets: LiveSockets,
}

impl SocketLink {
    pub(super) fn new(ConnectedSocket(socket): ConnectedSocket, sockets: &LiveSockets) -> Self {
        let sid = socket.id;
        let road = sockets.register(sid, socket.req_parts());
        Self {
            socket,
            sid,
            road,
            sockets: sockets.clone(),
        }
    }
}

impl Drop for SocketLink {
    fn drop(&mut self) {
        self.sockets.forget(self.sid, &self.road);
    }
}

impl ClientLink for SocketLink {
    fn send(&self, frame: &Frame) -> Result<(), LinkError> {
        let sent = match frame {
            Frame::Event { name, payload, .. } => self.socket.emit(name, payload.as_ref()),
            Frame::Binary { name, payload } => self.socket.emit(name, payload),
            Frame::Ack { id, payload } => {
                let mut unused = Value::Bytes(bytes::Bytes::new());
                let Ok(sender) =
                    AckSender::from_message_parts(&self.socket, &mut unused, &Some(*id));
                sender.send(payload.as_ref())
            }
        };
        sent.map_err(|error| match error {
            socketioxide::SendError::Socket(SocketError::InternalChannelFull) => LinkError::Full,
            socketioxide::SendError::Socket(SocketError::Closed)
            | socketioxide::SendError::Serialize(_) => LinkError::Closed,
        })
    }

    fn is_drained(&self) -> bool {
        self.road.is_drained()
    }

    fn expect_drain(&self) {
        self.road.expect_drain();
    }

    fn idle_for(&self) -> Duration {
        self.road.idle_for()
    }

    fn is_websocket(&self) -> bool {
        self.road.is_websocket()
    }

    fn disconnect(&self) -> Result<(), LinkError> {
        self.road.expect_drain();
        match self.socket.clone().disconnect() {
            Err(SocketError::InternalChannelFull) => Err(LinkError::Full),
            Ok(()) | Err(SocketError::Closed) => Ok(()),
        }
    }

    fn cut(&self) {
        self.road.cut();
    }
}
