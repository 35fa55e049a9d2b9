//! One Engine.IO connection, whatever carries it.

use crate::packet::{EnginePacket, Gone};
use crate::polling::PollingClient;
use crate::websocket::WebSocket;

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
