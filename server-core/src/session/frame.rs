//! What can be handed to a client, ready to send and shared between recipients.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;

use contract::PlayerId;
use contract::SharedJson;

/// The bytes a link made of a frame, kept for its next recipient. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Encoded(Arc<OnceLock<Bytes>>);

impl Encoded {
    /// What was kept, or what `encode` makes now.
    pub fn get_or_encode(&self, encode: impl FnOnce() -> Bytes) -> &Bytes {
        self.0.get_or_init(encode)
    }

    /// What was kept, if anything.
    #[must_use]
    pub fn get(&self) -> Option<&Bytes> {
        self.0.get()
    }
}

/// One outgoing packet. Cloning copies pointers only.
#[derive(Debug, Clone)]
pub enum Frame {
    /// A named event with one JSON argument.
    Event {
        /// One of [`contract::events`].
        name: &'static str,
        /// Its argument.
        payload: SharedJson,
        /// The player whose pending update this event makes obsolete (`joined`, `left`).
        supersedes: Option<PlayerId>,
        /// Shared by all recipients.
        encoded: Encoded,
    },
    /// A named event with one binary attachment.
    Binary {
        /// One of [`contract::events`].
        name: &'static str,
        /// The attachment.
        payload: Bytes,
        /// Shared by all recipients.
        encoded: Encoded,
    },
    /// The answer to a client's event.
    Ack {
        /// The number the client gave its event.
        id: i64,
        /// The answer.
        payload: SharedJson,
    },
}

impl Frame {
    /// An event about the world.
    pub fn event(name: &'static str, payload: SharedJson) -> Self {
        Self::Event {
            name,
            payload,
            supersedes: None,
            encoded: Encoded::default(),
        }
    }

    /// An event with one attachment.
    pub fn binary(name: &'static str, payload: Bytes) -> Self {
        Self::Binary {
            name,
            payload,
            encoded: Encoded::default(),
        }
    }

    /// An event that makes a pending update of `player` obsolete.
    pub fn about(name: &'static str, payload: SharedJson, player: PlayerId) -> Self {
        Self::Event {
            name,
            payload,
            supersedes: Some(player),
            encoded: Encoded::default(),
        }
    }

    /// The frame as a transport takes it, once some recipient's link has encoded it.
    #[must_use]
    pub fn encoded(&self) -> Option<&Bytes> {
        match self {
            Self::Event { encoded, .. } | Self::Binary { encoded, .. } => encoded.get(),
            Self::Ack { .. } => None,
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

/// The updates of one flush for clients that read them one by one. They are encoded once, one after
/// the other, so that a recipient gets all that concern it as one piece, or two around its own.
#[derive(Debug, Default)]
pub struct Updates {
    players: Vec<SharedJson>,
    encoded: OnceLock<EncodedUpdates>,
}

#[derive(Debug)]
struct EncodedUpdates {
    bytes: Bytes,
    /// Where each update ends in `bytes`.
    ends: Vec<usize>,
}

impl Updates {
    /// The updates that carry these whole players.
    #[must_use]
    pub fn new(players: Vec<SharedJson>) -> Self {
        Self {
            players,
            encoded: OnceLock::new(),
        }
    }

    /// The players of a part of them.
    ///
    /// # Panics
    /// When `range` reaches beyond the last one.
    #[must_use]
    pub fn players(&self, range: Range<usize>) -> &[SharedJson] {
        &self.players[range]
    }

    /// A part of them as bytes; `encode` appends one player's update and is asked once for each.
    ///
    /// # Panics
    /// When `range` reaches beyond the last one.
    pub fn encoded(
        &self,
        range: Range<usize>,
        encode: impl Fn(&mut Vec<u8>, &SharedJson),
    ) -> Bytes {
        let encoded = self.encoded.get_or_init(|| {
            let mut bytes = Vec::new();
            let mut ends = Vec::with_capacity(self.players.len());
            for player in &self.players {
                encode(&mut bytes, player);
                ends.push(bytes.len());
            }
            EncodedUpdates {
                bytes: bytes.into(),
                ends,
            }
        });
        let end_of = |count: usize| match count {
            0 => 0,
            count => encoded.ends[count - 1],
        };
        encoded.bytes.slice(end_of(range.start)..end_of(range.end))
    }
}
