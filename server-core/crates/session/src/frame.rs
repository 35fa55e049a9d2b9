//! What can be handed to a client, ready to send and shared between recipients.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use contract::ack::True;
use contract::{PlayerId, SharedJson, events};
use world::SharedSnapshot;

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

/// The answer to a join. The world in it is shared with whoever else gets it.
#[derive(Debug)]
pub struct JoinAnswer {
    /// The world right after the join; `None` for a client that needs none.
    pub state: Option<Arc<SharedSnapshot>>,
    /// The player as it now is.
    pub player: SharedJson,
    /// The guest secret, for a client that has it from nowhere else.
    pub guest_token: Option<String>,
}

/// The same shape as [`contract::ack::JoinAck`], over parts that are JSON already.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JoinAckView<'a> {
    ok: True,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'a RawValue>,
    player: &'a RawValue,
    #[serde(skip_serializing_if = "Option::is_none")]
    guest_token: Option<&'a str>,
}

impl JoinAnswer {
    fn view<'a>(&'a self, state: Option<&'a RawValue>) -> JoinAckView<'a> {
        JoinAckView {
            ok: True,
            state,
            player: &self.player,
            guest_token: self.guest_token.as_deref(),
        }
    }

    /// What stands before and behind the JSON of its state; one behind the other, the whole without one.
    #[must_use]
    pub fn around_state(&self) -> (String, String) {
        const BEFORE: &str = "{\"ok\":true";
        let whole = crate::to_json(&self.view(None));
        let after = whole.get().strip_prefix(BEFORE).unwrap_or_default();
        match self.state {
            Some(_) => (format!("{BEFORE},\"state\":"), after.to_owned()),
            None => (BEFORE.to_owned(), after.to_owned()),
        }
    }
}

impl Serialize for JoinAnswer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let state = self.state.as_ref().map(|state| state.json().as_ref());
        self.view(state).serialize(serializer)
    }
}

/// A frame with a whole world in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorldCarrier {
    /// `world:state`.
    Event,
    /// The answer to a join.
    Ack,
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
        /// The number of the keyframe that this is, if it is one.
        keyframe: Option<u32>,
        /// Shared by all recipients.
        encoded: Encoded,
    },
    /// `world:state`, with its argument.
    World(Arc<SharedSnapshot>),
    /// The same within `events:packed`, unless it is too large for that.
    PackedWorld(Arc<SharedSnapshot>),
    /// The answer to a client's event.
    Ack {
        /// The number the client gave its event.
        id: i64,
        /// The answer.
        payload: SharedJson,
    },
    /// The answer to `player:join`.
    JoinAck {
        /// The number the client gave its event.
        id: i64,
        /// The answer.
        answer: Arc<JoinAnswer>,
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
            keyframe: None,
            encoded: Encoded::default(),
        }
    }

    /// What a client has to know before it reads the frame after this `number`.
    pub fn keyframe(number: u32, payload: Bytes) -> Self {
        Self::Binary {
            name: events::PLAYERS_UPDATED,
            payload,
            keyframe: Some(number),
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

    /// Which of the two frames it is that carry a whole world, and so may be of any size.
    #[must_use]
    pub fn carries_world(&self) -> Option<WorldCarrier> {
        match self {
            Self::World(_) | Self::PackedWorld(_) => Some(WorldCarrier::Event),
            Self::JoinAck { answer, .. } if answer.state.is_some() => Some(WorldCarrier::Ack),
            _ => None,
        }
    }

    /// Whether a `world:state` that follows makes this needless: what happened is in it. Words of moderators
    /// and answers are in none, nor is it in there that a line of chat is gone, of which clients keep more.
    #[must_use]
    pub fn is_in_snapshot(&self) -> bool {
        match self {
            Self::World(_) | Self::PackedWorld(_) | Self::Binary { .. } => true,
            Self::Ack { .. } | Self::JoinAck { .. } => false,
            Self::Event { name, .. } => matches!(
                *name,
                events::PLAYER_JOINED
                    | events::PLAYER_LEFT
                    | events::PLAYER_UPDATED
                    | events::PLAYER_EMOTED
                    | events::CHAT_MESSAGE
                    | events::SPRITES_ATLAS_UPDATED
                    | events::WORLD_STAFF
                    | events::WORLD_MOOD
                    | events::WORLD_PINNED
            ),
        }
    }

    /// The frame as a transport takes it, once some recipient's link has encoded it.
    #[must_use]
    pub fn encoded(&self) -> Option<&Bytes> {
        match self {
            Self::Event { encoded, .. } | Self::Binary { encoded, .. } => encoded.get(),
            Self::World(_) | Self::PackedWorld(_) | Self::Ack { .. } | Self::JoinAck { .. } => None,
        }
    }

    /// Whether this is a keyframe of the stream.
    #[must_use]
    pub fn is_keyframe(&self) -> bool {
        matches!(
            self,
            Self::Binary {
                keyframe: Some(_),
                ..
            }
        )
    }

    /// Bytes this frame keeps alive while it waits; used to bound an outbox.
    #[must_use]
    pub fn weight(&self) -> usize {
        const OVERHEAD: usize = 64;
        OVERHEAD
            + match self {
                Self::Event { payload, .. } | Self::Ack { payload, .. } => payload.get().len(),
                Self::Binary { payload, .. } => payload.len(),
                Self::World(snapshot) => snapshot.size(),
                // Asked under the world's lock, where nothing is packed.
                Self::PackedWorld(snapshot) => snapshot.packed_size(),
                Self::JoinAck { answer, .. } => {
                    let state = answer.state.as_ref().map_or(0, |state| state.size());
                    answer.player.get().len() + state
                }
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

/// Frames that leave together, the same for several recipients.
#[derive(Debug)]
pub struct FrameGroup {
    frames: Vec<Frame>,
    /// One behind the other.
    encoded: OnceLock<Bytes>,
}

impl FrameGroup {
    /// These frames, in their order.
    #[must_use]
    pub fn new(frames: Vec<Frame>) -> Self {
        Self {
            frames,
            encoded: OnceLock::new(),
        }
    }

    /// The frames, in their order.
    #[must_use]
    pub fn frames(&self) -> &[Frame] {
        &self.frames
    }

    /// All of them as a transport takes them, once some recipient's link has encoded them.
    #[must_use]
    pub fn encoded(&self) -> Option<&Bytes> {
        match &self.frames[..] {
            [frame] => frame.encoded(),
            _ => self.encoded.get(),
        }
    }

    /// As [`Self::encoded`], with each frame encoded by `encode` if nobody has.
    pub fn get_or_encode(&self, encode: impl Fn(&Frame) -> Bytes) -> Bytes {
        if let [frame] = &self.frames[..] {
            return encode(frame);
        }
        let joined = self.encoded.get_or_init(|| {
            let parts: Vec<Bytes> = self.frames.iter().map(encode).collect();
            parts.concat().into()
        });
        joined.clone()
    }
}

#[cfg(test)]
#[path = "frame_tests.rs"]
mod tests;
