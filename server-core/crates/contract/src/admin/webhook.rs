//! Webhooks: other programs are told what happens here.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ActionEntry, Actor};

/// What a hook may be told of.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum HookEvent {
    /// A player reported somebody.
    Report,
    /// Somebody was banned.
    Ban,
    /// Somebody's session was ended.
    Kick,
    /// More players are here than the setting `WEBHOOK_CROWD` says.
    Crowd,
    /// The server does not work as it should, or does again.
    Trouble,
    /// A host tried the hook out.
    Test,
}

impl HookEvent {
    /// Those that a hook may want. A test comes when it is asked for.
    pub const WANTED: [Self; 5] = [
        Self::Report,
        Self::Ban,
        Self::Kick,
        Self::Crowd,
        Self::Trouble,
    ];

    /// The word on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Ban => "ban",
            Self::Kick => "kick",
            Self::Crowd => "crowd",
            Self::Trouble => "trouble",
            Self::Test => "test",
        }
    }

    /// Reads one that a hook may want.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::WANTED
            .into_iter()
            .find(|event| event.as_str() == text.trim())
    }

    /// The words with a blank between them.
    #[must_use]
    pub fn to_text(events: &[Self]) -> String {
        let words: Vec<_> = events.iter().map(|event| event.as_str()).collect();
        words.join(" ")
    }

    /// Reads [`Self::to_text`]; what is none is left out.
    #[must_use]
    pub fn read(text: &str) -> Vec<Self> {
        text.split(' ').filter_map(Self::parse).collect()
    }
}

/// A hook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Webhook {
    /// A UUID.
    pub id: String,
    /// How hosts call it.
    pub name: String,
    /// Where it is told.
    pub url: String,
    /// Of what.
    pub events: Vec<HookEvent>,
    /// Who made it.
    pub created_by: Actor,
    /// Whether that one is a host still, and let in. Whoever made a hook may have kept its secret.
    pub maker_is_host: bool,
    /// ISO 8601.
    pub created_at: String,
    /// Failures since the last delivery that was taken.
    pub failures: u32,
    /// Since when it is paused for too many, ISO 8601; what waits goes on waiting.
    pub paused_at: Option<String>,
    /// When it last took something, a trial included, ISO 8601; `null` when it never has.
    pub told_at: Option<String>,
}

/// `GET /admin/webhooks`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WebhookList {
    /// All of them, newest first.
    pub webhooks: Vec<Webhook>,
    /// How many there may be.
    pub most: u32,
}

/// Body of `POST /admin/webhooks`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct WebhookBody {
    /// 1 to 40 characters.
    pub name: Option<String>,
    /// An http or https address of the internet, or of a host that `WEBHOOK_PRIVATE_HOSTS` names.
    pub url: Option<String>,
    /// One or more of `report`, `ban`, `kick`, `crowd`, `trouble`.
    pub events: Option<Vec<String>>,
}

/// Answer of making a hook: `{webhook, secret, action}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WebhookAnswer {
    /// As it is now.
    pub webhook: Webhook,
    /// Signs what is sent. It is in this answer and nowhere else.
    pub secret: String,
    /// The line it left in the audit log.
    pub action: ActionEntry,
}

/// Something that was or is to be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Delivery {
    /// A UUID, the same in every attempt.
    pub id: String,
    /// Of which kind.
    pub event: String,
    /// When it happened, ISO 8601.
    pub at: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was tried last.
    pub tried_at: Option<String>,
    /// The status of the last answer.
    pub status: Option<u16>,
    /// Why the last attempt does not count.
    pub problem: Option<String>,
    /// When it is tried again; `null` when it was told, or was refused for good.
    pub next_at: Option<String>,
    /// When it was told.
    pub delivered_at: Option<String>,
}

/// `GET /admin/webhooks/{id}/deliveries`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeliveryList {
    /// The last ones, newest first.
    pub deliveries: Vec<Delivery>,
}
