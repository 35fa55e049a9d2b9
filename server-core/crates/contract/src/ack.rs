//! Answers to a client's event.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::player::Player;
use super::{ChatMessage, Snapshot};

/// Why an event was refused, in kebab case on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RefusalCode {
    /// The payload is missing, of the wrong type, or a field is.
    InvalidPayload,
    /// No usable player id.
    InvalidPlayerId,
    /// The id belongs to an account that this socket is not logged in to, or is reserved.
    ReservedId,
    /// Another visitor holds the id now.
    IdInUse,
    /// The metadata is too large or nested too deep after merging.
    MetadataTooLarge,
    /// The whole event is too large.
    TooLarge,
    /// Only joined players may do this.
    NotJoined,
    /// Nothing was left of the message after trimming.
    EmptyMessage,
    /// Too many events of this kind in a short time.
    RateLimited,
    /// The account, the guest or the address is banned or suspended.
    Banned,
    /// A moderator muted this player.
    Muted,
    /// A word of the line is not allowed in this world.
    NotAllowed,
    /// A moderator looks at the line first; it is shown when they let it through.
    Held,
    /// This world admits no guests.
    GuestsNotAllowed,
    /// The join PIN is missing.
    PinRequired,
    /// The join PIN is wrong.
    WrongPin,
    /// The world is full.
    WorldFull,
    /// The role does not allow it; in the administration only.
    Forbidden,
    /// The server is closing or cannot decide right now.
    Unavailable,
    /// No such event.
    UnknownEvent,
}

impl RefusalCode {
    /// Every code, in the order of the contract.
    pub const ALL: [Self; 20] = [
        Self::InvalidPayload,
        Self::InvalidPlayerId,
        Self::ReservedId,
        Self::IdInUse,
        Self::MetadataTooLarge,
        Self::TooLarge,
        Self::NotJoined,
        Self::EmptyMessage,
        Self::RateLimited,
        Self::Banned,
        Self::Muted,
        Self::NotAllowed,
        Self::Held,
        Self::GuestsNotAllowed,
        Self::PinRequired,
        Self::WrongPin,
        Self::WorldFull,
        Self::Forbidden,
        Self::Unavailable,
        Self::UnknownEvent,
    ];

    /// The code as it appears on the wire and in metrics.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidPayload => "invalid-payload",
            Self::InvalidPlayerId => "invalid-player-id",
            Self::ReservedId => "reserved-id",
            Self::IdInUse => "id-in-use",
            Self::MetadataTooLarge => "metadata-too-large",
            Self::TooLarge => "too-large",
            Self::NotJoined => "not-joined",
            Self::EmptyMessage => "empty-message",
            Self::RateLimited => "rate-limited",
            Self::Banned => "banned",
            Self::Muted => "muted",
            Self::NotAllowed => "not-allowed",
            Self::Held => "held",
            Self::GuestsNotAllowed => "guests-not-allowed",
            Self::PinRequired => "pin-required",
            Self::WrongPin => "wrong-pin",
            Self::WorldFull => "world-full",
            Self::Forbidden => "forbidden",
            Self::Unavailable => "unavailable",
            Self::UnknownEvent => "unknown-event",
        }
    }
}

/// `{ok:false, message, code}`: a refusal, with a sentence meant for the player.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// For programs.
    pub code: RefusalCode,
    /// For the player; never an echo of the input.
    pub message: String,
    /// The moderator's words alone, where there are any (bans and mutes).
    pub reason: Option<String>,
    /// Until when it holds, ISO 8601, where that is known (bans and mutes).
    pub until: Option<String>,
}

impl Refusal {
    /// A refusal without an end.
    pub fn new(code: RefusalCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            reason: None,
            until: None,
        }
    }

    /// A moderator's, until it ends. `sentence` is what the player reads, followed by the `reason` if
    /// one was given.
    pub fn by_moderator(
        code: RefusalCode,
        sentence: &str,
        reason: String,
        until: Option<String>,
    ) -> Self {
        let reason = Some(reason).filter(|words| !words.is_empty());
        let message = reason.as_ref().map_or_else(
            || sentence.to_owned(),
            |words| format!("{sentence} Reason: {words}"),
        );
        Self {
            code,
            message,
            reason,
            until,
        }
    }
}

impl Serialize for Refusal {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RefusalAck {
            ok: False,
            message: &self.message,
            code: self.code,
            reason: self.reason.as_deref(),
            until: self.until.as_deref(),
        }
        .serialize(serializer)
    }
}

/// Always `false` on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct False;
/// Always `true` on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct True;

impl Serialize for False {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bool(false)
    }
}
impl Serialize for True {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bool(true)
    }
}

impl JsonSchema for False {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "False".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "const": false })
    }
}
impl JsonSchema for True {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "True".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "const": true })
    }
}

/// Wire form of [`Refusal`].
#[derive(Debug, Serialize, JsonSchema)]
pub struct RefusalAck<'a> {
    /// `false`.
    pub ok: False,
    /// A sentence for the player.
    pub message: &'a str,
    /// For programs.
    pub code: RefusalCode,
    /// The moderator's words alone, where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'a str>,
    /// Until when it holds, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<&'a str>,
}

/// Ack of `player:join`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct JoinAck {
    /// `true`.
    pub ok: True,
    /// The world right after the join; absent for a client with the feature `lean`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<Snapshot>,
    /// The player as it now is.
    pub player: Player,
    /// The guest's secret, for clients that keep no cookies; only ever sent to its owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guest_token: Option<String>,
}

/// Ack of `player:update`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct UpdateAck {
    /// `true`.
    pub ok: True,
    /// The player as it now is.
    pub player: Player,
}

/// Ack of `chat:message`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChatAck {
    /// `true`.
    pub ok: True,
    /// The message as everybody gets it.
    pub message: ChatMessage,
}

/// Ack of `player:leave` and `player:report`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DoneAck {
    /// `true`.
    pub ok: True,
}

/// Ack of `session:ticket`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TicketAck {
    /// `true`.
    pub ok: True,
    /// Good for one login, as `socketTicket`; the next one asked for replaces it.
    pub ticket: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_spelled_as_on_the_wire() {
        for (index, code) in RefusalCode::ALL.into_iter().enumerate() {
            assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
            assert_eq!(code as usize, index);
        }
    }
}
