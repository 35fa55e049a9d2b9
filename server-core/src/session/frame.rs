//! What can be handed to a client, ready to send and shared between recipients.

use bytes::Bytes;

use crate::protocol::PlayerId;
use crate::world::Json;

/// One outgoing packet. Cloning copies pointers only.
#[derive(Debug, Clone)]
pub enum Frame {
    /// A named event with one JSON argument.
    Event {
        /// One of [`crate::protocol::events`].
        name: &'static str,
        /// Its argument.
        payload: Json,
        /// The player whose pending update this event makes obsolete (`joined`, `left`).
        supersedes: Option<PlayerId>,
    },
    /// A named event with one binary attachment.
    Binary {
        /// One of [`crate::protocol::events`].
        name: &'static str,
        /// The attachment.
        payload: Bytes,
    },
    /// The answer to a client's event.
    Ack {
        /// The number the client gave its event.
        id: i64,
        /// The answer.
        payload: Json,
    },
}

impl Frame {
    /// An event about the world.
    pub fn event(name: &'static str, payload: Json) -> Self {
        Self::Event {
            name,
            payload,
            supersedes: None,
        }
    }

    /// An event that makes a pending update of `player` obsolete.
    pub fn about(name: &'static str, payload: Json, player: PlayerId) -> Self {
        Self::Event {
            name,
            payload,
            supersedes: Some(player),
        }
    }

    /// Bytes this frame keeps alive while it waits; used to bound an outbox.
    #[must_use]
    pub fn weight(&self) -> usize {
        const OVERHEAD: usize = 64;
        OVERHEAD
            + match self {
                Self::Event { payload, .. } | Self::Ack { payload, .. } => payload.get().len(),
                Self::Binary { payload, .. } => payload.len(),
            }
    }
}
