//! One Engine.IO connection, whatever carries it.

use bytes::Bytes;

use crate::polling::PollingClient;
use crate::websocket::WebSocket;

/// One Engine.IO packet. Text begins with the packet's digit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnginePacket {
    /// `0{...}`, `2`, `42[...]` and the like.
    Text(String),
    /// An attachment.
    Binary(Bytes),
}

impl From<&str> for EnginePacket {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// The connection is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Gone;

pub(crate) enum ClientWire {
    WebSocket(Box<WebSocket>),
    Polling(Box<PollingClient>),
}

impl ClientWire {
    /// Sends all frames in one breath. What arrives meanwhile is added to `arrived`, so that a
    /// long breath never waits for itself.
    pub(crate) async fn send(
        &mut self,
        frames: Vec<EnginePacket>,
        arrived: &mut Vec<EnginePacket>,
    ) -> Result<(), Gone> {
        match self {
            Self::WebSocket(socket) => socket.send(frames, arrived).await,
            Self::Polling(polling) => polling.send(&frames).await,
        }
    }

    /// The next frame; `None` when the connection is closed.
    pub(crate) async fn receive(&mut self) -> Option<EnginePacket> {
        match self {
            Self::WebSocket(socket) => socket.receive().await,
            Self::Polling(polling) => polling.receive().await,
        }
    }
}
