//! Every Socket.IO event, declared once (contract: wire contract, tables of events).
//!
//! A row has the name on the wire, the payload, and for a client's event its answer and what it counts
//! as. From these rows come the names that the server sends by, [`ClientEvent`] by which it tells what
//! arrives, the event maps of the pages, `asyncapi.json` and the tables of `PROTOCOL.md`.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;

// What only the generators want of the declarations: names of types.
#[cfg(test)]
use crate::{
    ChatMessage, Player, SessionTerminated, Snapshot, SpriteAtlas, WorldMood, WorldPinned,
    WorldStaff,
    ack::{ChatAck, DoneAck, JoinAck, TicketAck, UpdateAck},
    client_payload::{
        ChatPayload, EmotePayload, JoinPayload, ReadPayload, ReportPayload, UpdatePayload,
    },
    moderation::ModerationNotice,
};
use crate::{MessageId, PlayerId};

/// Declares the events of a namespace: an enum of what clients send, and a constant for the name of
/// each event that the server sends.
macro_rules! declare_events {
    (
        $(#[$about:meta])*
        client $client:ident counted as $bucket:ident {
            $( $(#[doc = $doc:literal])+ $event:ident $name:literal ($($payload:ty)?) -> $ack:ty, $counted:ident; )+
        }
        server {
            $( $(#[doc = $told_doc:literal])+ $told:ident $told_name:literal ($told_payload:ty) to $to:literal; )+
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $client {
            $( $(#[doc = $doc])+ $event, )+
        }

        impl $client {
            /// The event of this name.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                match name {
                    $( $name => Some(Self::$event), )+
                    _ => None,
                }
            }

            /// Its name on the wire.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $( Self::$event => $name, )+
                }
            }

            /// What it counts as.
            #[must_use]
            pub fn bucket(self) -> $bucket {
                match self {
                    $( Self::$event => $bucket::$counted, )+
                }
            }
        }

        $( $(#[doc = $told_doc])+ pub const $told: &str = $told_name; )+

        /// What clients send, row by row.
        #[cfg(test)]
        pub(crate) const CLIENT_ROWS: &[crate::generate::ClientRow] = &[
            $( crate::generate::ClientRow {
                name: $name,
                docs: &[$($doc),+],
                payload: crate::generate::payload!($($payload)?),
                ack: crate::generate::type_of::<$ack>,
                counted: stringify!($counted),
            }, )+
        ];
        /// What the server sends, row by row.
        #[cfg(test)]
        pub(crate) const SERVER_ROWS: &[crate::generate::ServerRow] = &[
            $( crate::generate::ServerRow {
                name: $told_name,
                docs: &[$($told_doc),+],
                payload: crate::generate::type_of::<$told_payload>,
                to: $to,
            }, )+
        ];
    };
}
pub(crate) use declare_events;

/// Hands every bucket that hosts can set to the macro `$with`, a row each: its name, the field of its rate,
/// the name of its setting (that of its burst ends with `_BURST`), the tokens of one person per second and
/// in one breath unless the host says otherwise, and what the two settings say of themselves.
#[macro_export]
macro_rules! for_rate_buckets {
    ($with:ident) => {
        $with! {
            /// Movement and looks, and whatever the server does not know.
            Updates updates "RATE_UPDATES" 100.0, 200.0,
                "Updates per second of one person, on all their connections.",
                "Updates in one breath.";
            /// Whatever people read.
            Chat chat "RATE_CHAT" 5.0, 20.0,
                "Chat messages and reports per second of one person.",
                "Chat messages and reports in one breath.";
            /// Who comes in.
            Joins joins "RATE_JOINS" 10.0, 60.0,
                "Joins per second of one person.",
                "Joins in one breath.";
            /// Feelings shown for a moment.
            Emotes emotes "RATE_EMOTES" 2.0, 10.0,
                "Emotes per second of one person.",
                "Emotes in one breath.";
        }
    };
}

macro_rules! declare_buckets {
    ($( $(#[doc = $doc:literal])+ $bucket:ident $field:ident $env:literal $rate:literal, $burst:literal, $help:literal, $burst_help:literal; )+) => {
        /// What events are counted by; each bucket has a rate of its own.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum RateBucket {
            $( $(#[doc = $doc])+ $bucket, )+
            /// Who goes: only a flood is refused.
            Leaves,
        }

        impl RateBucket {
            /// Every bucket; a bucket's place here is its number.
            pub const ALL: &'static [Self] = &[ $( Self::$bucket, )+ Self::Leaves ];
        }
    };
}
for_rate_buckets!(declare_buckets);

impl RateBucket {
    /// What an event counts as; `None` is an event the server does not know.
    #[must_use]
    pub fn of(event: Option<ClientEvent>) -> Self {
        event.map_or(Self::Updates, ClientEvent::bucket)
    }
}

declare_events! {
    /// An event that a client may send.
    client ClientEvent counted as RateBucket {
        /// Become a player, or refresh the one this socket already is.
        Join "player:join" (JoinPayload) -> JoinAck, Joins;
        /// Change some of the own player's fields.
        Update "player:update" (UpdatePayload) -> UpdateAck, Updates;
        /// Show a feeling over the own player's head for a moment; nothing is kept of it.
        Emote "player:emote" (EmotePayload) -> DoneAck, Emotes;
        /// Say something.
        Chat "chat:message" (ChatPayload) -> ChatAck, Chat;
        /// Give the player up and stay as an onlooker.
        Leave "player:leave" () -> DoneAck, Leaves;
        /// Ask for the ticket by which a login takes this socket along.
        Ticket "session:ticket" () -> TicketAck, Joins;
        /// Ask for the whole world again, because what this client knows of it cannot be right.
        Resync "world:resync" () -> DoneAck, Joins;
        /// Tell the moderators about another player.
        Report "player:report" (ReportPayload) -> DoneAck, Chat;
        /// Say that the player read a warning.
        Read "moderation:read" (ReadPayload) -> DoneAck, Chat;
    }
    server {
        /// The whole world, which replaces what a client knows.
        WORLD_STATE "world:state" (Snapshot)
            to "every socket, as its first event; again when the world as a whole changed";
        /// Who looks after the world, of those who are in: somebody of them came or went, or has another role.
        WORLD_STAFF "world:staff" (WorldStaff<'static>) to "every socket";
        /// The light the world is in changed, for everybody at once.
        WORLD_MOOD "world:mood" (WorldMood) to "every socket";
        /// Another announcement stands for a while, or none any more. Whoever comes in later finds it in `world:state`.
        WORLD_PINNED "world:pinned" (WorldPinned) to "every socket";
        /// Somebody came in, or took over from their other window.
        PLAYER_JOINED "player:joined" (Player) to "every other socket";
        /// One player's newest state, whole.
        PLAYER_UPDATED "player:updated" (Player) to "every other socket without the features `batch` and `batch2`";
        /// Somebody shows a feeling. A client that does not know the name shows nothing.
        PLAYER_EMOTED "player:emoted" (PlayerEmoted<'static>) to "every other socket";
        /// What changed since the last one, as one binary attachment; see [batched](#batched-updates) and [streamed](#streamed-updates) updates.
        PLAYERS_UPDATED "players:updated" (Attachment) to "every socket with the feature `batch` or `batch2`";
        /// Events that everybody gets, one or many, as one binary attachment; see [packed events](#packed-events).
        EVENTS_PACKED "events:packed" (Attachment) to "every socket with the feature `packed`, in place of those events";
        /// Somebody left.
        PLAYER_LEFT "player:left" (PlayerLeft<'static>) to "every other socket";
        /// Something was said.
        CHAT_MESSAGE "chat:message" (ChatMessage) to "every socket, the sender too";
        /// A moderator removed a message.
        CHAT_REMOVED "chat:removed" (ChatRemoved<'static>) to "every socket";
        /// A removed message is back; put it in its place by its timestamp.
        CHAT_RESTORED "chat:restored" (ChatMessage) to "every socket";
        /// The set of sprites changed.
        SPRITES_ATLAS_UPDATED "sprites:atlasUpdated" (SpriteAtlas) to "every socket";
        /// A word from a moderator to one player or to all. Kinds: `warned` (with the `id` for [`moderation:read`](#moderationread)), `muted`, `unmuted`, `announcement` (to everybody, or with `from` to this player alone), `refused` (a moderator did not let a held line through, which is in `content`), `lapsed` (no moderator decided about a held line in time; it is in `content`). A client that does not know a kind shows the `message`, or nothing.
        MODERATION_NOTICE "moderation:notice" (ModerationNotice) to "those it concerns";
        /// This session is over and why; the connection closes next.
        SESSION_TERMINATED "session:terminated" (SessionTerminated)
            to "the socket whose session [ends](#the-end-of-a-session)";
    }
}

/// The number of the protocol that is declared here. It rises when something that clients rely on means something else;
/// what only comes along does not raise it. See "Newer and older" in `PROTOCOL.md`.
pub const PROTOCOL: u32 = 1;

/// Handshake feature: receive [`PLAYERS_UPDATED`] instead of single [`PLAYER_UPDATED`] events.
pub const FEATURE_BATCH: &str = "batch";

/// Handshake feature: announcements are read in the chat, where they stand anyway, and come as no
/// [`MODERATION_NOTICE`] of their own.
pub const FEATURE_LOG: &str = "log";

/// Handshake feature: the answer to a join carries no `state`; [`WORLD_STATE`] brought it.
pub const FEATURE_LEAN: &str = "lean";
/// Handshake feature: as [`FEATURE_BATCH`], each going on from the one before.
pub const FEATURE_BATCH2: &str = "batch2";
/// Handshake feature: what everybody gets may come as [`EVENTS_PACKED`]; [`WORLD_STATE`] does.
pub const FEATURE_PACKED: &str = "packed";

/// `player:left`.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct PlayerLeft<'a> {
    /// Who left.
    pub id: &'a PlayerId,
}

/// `player:emoted`.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct PlayerEmoted<'a> {
    /// Who shows it.
    pub id: &'a PlayerId,
    /// What is shown.
    pub name: &'a str,
}

/// `chat:removed`.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct ChatRemoved<'a> {
    /// The message that is gone.
    pub id: &'a MessageId,
}

/// A payload that is one binary attachment, in the format of [`batch`](crate::batch) or [`packed`](crate::packed).
#[derive(Debug, Clone, Copy)]
pub struct Attachment;

impl JsonSchema for Attachment {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Attachment".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "format": "binary",
            "description": "One binary attachment; see \"Batched updates\", \"Streamed updates\" and \"Packed events\" in PROTOCOL.md.",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_known_by_its_name() {
        for row in CLIENT_ROWS {
            assert_eq!(
                ClientEvent::named(row.name).map(ClientEvent::name),
                Some(row.name)
            );
        }
        assert_eq!(ClientEvent::named("world:state"), None);
    }

    #[test]
    fn a_bucket_has_its_number() {
        for (index, bucket) in RateBucket::ALL.iter().enumerate() {
            assert_eq!(*bucket as usize, index);
        }
    }
}
