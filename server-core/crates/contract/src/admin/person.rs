//! People as moderation remembers them: an account, or a guest by a digest of its secret.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::action::Actor;
use super::person_ref::PersonKind;
use crate::Metadata;
use crate::TerminationCode;
use crate::rest::present;

/// The layers of a look that a player chose. One that is missing was not chosen and follows from the
/// player's id; `null` is off.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Worn {
    /// Hair or hat.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(extend("x-nullable" = true))]
    pub hair: Option<Option<String>>,
    /// The face.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(extend("x-nullable" = true))]
    pub face: Option<Option<String>>,
    /// The clothes.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(extend("x-nullable" = true))]
    pub outfit: Option<Option<String>>,
    /// The shoes.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(extend("x-nullable" = true))]
    pub shoes: Option<Option<String>>,
}

impl Worn {
    /// Longest name of a layer that is kept, in characters; those of the pages have half of that.
    const LAYER_CHARS: usize = 100;

    /// What `metadata.appearance` says, as far as it can be worn; `None` when nothing was chosen.
    #[must_use]
    pub fn of(metadata: &Metadata) -> Option<Self> {
        let chosen = metadata.get("appearance")?.as_object()?;
        let layer = |key: &str| match chosen.get(key)? {
            Value::Null => Some(None),
            Value::String(layer) => Some(Some(layer.chars().take(Self::LAYER_CHARS).collect())),
            _ => None,
        };
        let worn = Self {
            hair: layer("hair"),
            face: layer("face"),
            outfit: layer("outfit"),
            shoes: layer("shoes"),
        };
        (worn != Self::default()).then_some(worn)
    }
}

/// What somebody looks like, or looked like when they were last seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Face {
    /// What the person is known by.
    pub kind: PersonKind,
    /// An account's id or a guest's digest.
    pub subject: String,
    /// The player they are or were: what was not chosen follows from its id.
    pub player_id: String,
    /// What was chosen.
    pub appearance: Option<Worn>,
}

/// `GET /admin/faces?people=guest:<digest>,account:<id>`: those that are known, of at most 100.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FaceList {
    /// In no particular order.
    pub faces: Vec<Face>,
}

/// A moderator's note about a person, seen by the administration only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// A UUID.
    pub id: String,
    /// ISO 8601.
    pub at: String,
    /// Who wrote it.
    pub author: Actor,
    /// 1 to 2000 characters.
    pub text: String,
}

/// `{note}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NoteAnswer {
    /// As it is now.
    pub note: Note,
}

/// Body of `POST /admin/people/{kind}/{subject}/notes`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct NoteBody {
    /// 1 to 2000 characters.
    #[schemars(required)]
    pub text: Option<String>,
}

/// A warning somebody got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Warning {
    /// A UUID.
    pub id: String,
    /// ISO 8601.
    pub at: String,
    /// What the person read.
    pub message: String,
    /// Who warned.
    pub by: Actor,
    /// When the person said that they read it, ISO 8601; `null` as long as they did not.
    pub read_at: Option<String>,
}

/// The end of one of a person's sessions by a moderator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Kick {
    /// A UUID.
    pub id: String,
    /// ISO 8601.
    pub at: String,
    /// What the person read; may be empty.
    pub reason: String,
    /// Who kicked.
    pub by: Actor,
}

/// How a visit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VisitEnd {
    /// The player left by itself, or the page was closed.
    Left,
    /// The connection was gone.
    Lost,
    /// The same player came in from another window.
    Elsewhere,
    /// A moderator asked the player to leave.
    Kicked,
    /// A ban.
    Banned,
    /// The connection could not keep up.
    Slow,
    /// The client sent far more than allowed.
    Flooding,
    /// Nothing came from the player for a long time.
    Idle,
    /// The host closed the world.
    Closed,
}

impl VisitEnd {
    /// Every end.
    pub const ALL: [Self; 9] = [
        Self::Left,
        Self::Lost,
        Self::Elsewhere,
        Self::Kicked,
        Self::Banned,
        Self::Slow,
        Self::Flooding,
        Self::Idle,
        Self::Closed,
    ];

    /// The word on the wire and in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Lost => "lost",
            Self::Elsewhere => "elsewhere",
            Self::Kicked => "kicked",
            Self::Banned => "banned",
            Self::Slow => "slow",
            Self::Flooding => "flooding",
            Self::Idle => "idle",
            Self::Closed => "closed",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|end| end.as_str() == text)
    }
}

impl From<TerminationCode> for VisitEnd {
    fn from(code: TerminationCode) -> Self {
        match code {
            TerminationCode::Duplicate => Self::Elsewhere,
            TerminationCode::Kicked => Self::Kicked,
            TerminationCode::Banned => Self::Banned,
            TerminationCode::Shutdown => Self::Closed,
            TerminationCode::SlowConsumer => Self::Slow,
            TerminationCode::Flooding => Self::Flooding,
            TerminationCode::Idle => Self::Idle,
        }
    }
}

/// A visit of a person that is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Visit {
    /// A UUID.
    pub id: String,
    /// When it began, ISO 8601.
    pub began_at: String,
    /// When it ended, ISO 8601.
    pub ended_at: String,
    /// The name the player had.
    pub name: String,
    /// How it ended.
    pub how: VisitEnd,
}

/// All visits that are over, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct VisitTotals {
    /// How many there were.
    pub count: u64,
    /// How long they were together, in milliseconds.
    pub total_ms: u64,
}

/// A name somebody had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KnownName {
    /// The name.
    pub name: String,
    /// When they were last seen under it, ISO 8601.
    pub last_seen_at: String,
}

/// Something that was said before an act of moderation, as it was then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EvidenceLine {
    /// The message, which the archive may have forgotten since.
    pub id: String,
    /// ISO 8601.
    pub at: String,
    /// Who said it.
    pub player_id: String,
    /// Under which name.
    pub author: String,
    /// What was said.
    pub content: String,
    /// Whether the person said it whom the act is about.
    pub about: bool,
}

/// `GET /admin/evidence/{act}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EvidenceAnswer {
    /// Oldest first; empty when nothing was said, `null` when nothing is kept with that act, or no longer.
    pub lines: Option<Vec<EvidenceLine>>,
}

/// Somebody else who was seen under an address of this person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SameAddress {
    /// What they are known by.
    pub kind: PersonKind,
    /// An account's id or a guest's digest.
    pub subject: String,
    /// The last name they had.
    pub name: String,
    /// ISO 8601.
    pub last_seen_at: String,
    /// Whether one of their sockets is open now.
    pub online: bool,
}
