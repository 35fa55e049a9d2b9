//! What travels on an Engine.IO connection.

use bytes::Bytes;

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
