//! Words from the server to a player about their session.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::StaffRole;

/// Why a session was ended by the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TerminationCode {
    /// The same player came in from another window.
    Duplicate,
    /// A moderator asked the player to leave.
    Kicked,
    /// A moderator banned the person for a time or for good.
    Banned,
    /// The host stopped the world.
    Shutdown,
    /// The connection could not keep up.
    SlowConsumer,
    /// The client sent far more than allowed.
    Flooding,
    /// Nothing came from the player for a long time.
    Idle,
}

impl TerminationCode {
    /// Every code, in the order of the contract.
    pub const ALL: [Self; 7] = [
        Self::Duplicate,
        Self::Kicked,
        Self::Banned,
        Self::Shutdown,
        Self::SlowConsumer,
        Self::Flooding,
        Self::Idle,
    ];

    /// The code as it appears on the wire and in metrics.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Duplicate => "duplicate",
            Self::Kicked => "kicked",
            Self::Banned => "banned",
            Self::Shutdown => "shutdown",
            Self::SlowConsumer => "slow-consumer",
            Self::Flooding => "flooding",
            Self::Idle => "idle",
        }
    }

    /// The sentence a player reads when nobody wrote a better one.
    #[must_use]
    pub fn default_message(self) -> &'static str {
        match self {
            Self::Duplicate => "You are in from another window.",
            Self::Kicked => "You were asked to leave.",
            Self::Banned => "You cannot come in.",
            Self::Shutdown => "The host closed this world.",
            Self::SlowConsumer => "Your connection could not keep up with this world.",
            Self::Flooding => "Your program sent far too many messages.",
            Self::Idle => "You were away for a long time.",
        }
    }
}

/// `session:terminated`: the last event of a session; the connection closes next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SessionTerminated {
    /// What a moderator wrote, or the same sentence as `message`.
    pub reason: String,
    /// For programs.
    pub code: TerminationCode,
    /// A sentence for the player.
    pub message: String,
    /// Until when the ban lasts, ISO 8601; absent when that is not known or for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

impl SessionTerminated {
    /// A termination nobody had to explain.
    #[must_use]
    pub fn plain(code: TerminationCode) -> Self {
        Self::because(code, code.default_message(), None)
    }

    /// A termination with the reason a person gave.
    pub fn because(
        code: TerminationCode,
        reason: impl Into<String>,
        until: Option<String>,
    ) -> Self {
        Self {
            reason: reason.into(),
            code,
            message: code.default_message().to_owned(),
            until,
        }
    }
}

/// What a [`ModerationNotice`] is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    /// A moderator warned this player.
    Warned,
    /// This player may not speak for a while.
    Muted,
    /// This player may speak again.
    Unmuted,
    /// A word to everybody, or from a person to this player alone.
    Announcement,
    /// A moderator did not let a held line of this player through.
    Refused,
    /// No moderator decided about a held line of this player in time.
    Lapsed,
}

/// `moderation:notice`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ModerationNotice {
    /// What it is about.
    pub kind: NoticeKind,
    /// A sentence for the player.
    pub message: String,
    /// Until when a mute holds, ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Names a warning, so that the player can say that they read it (`moderation:read`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Who says it to this player alone; absent where it is for everybody, and in every other kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NoticeAuthor>,
    /// What a moderator gave as the reason of a mute, empty for none; absent in every other kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The line that was not let through, or that nobody decided about; absent in every other kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
}

impl ModerationNotice {
    /// A notice without anything but its words.
    #[must_use]
    pub fn new(kind: NoticeKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            until: None,
            id: None,
            from: None,
            reason: None,
            content: None,
        }
    }
}

/// Who looks after the world and speaks to one player.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NoticeAuthor {
    /// The name people see.
    pub name: String,
    /// As what.
    pub role: StaffRole,
}
