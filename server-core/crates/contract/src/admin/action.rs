//! The audit log as the administration reads it.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::rest::{ArchivedMessage, UserView};

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Actor {
    /// A user id, `local-host` for the desktop window, `system` for the server itself, or a player
    /// id for what a player did.
    pub id: String,
    /// The name at the time of reading; the id when the account is gone.
    pub name: String,
}

/// One line of the audit log.
///
/// ```json
/// {"id":"0190...","at":"2025-01-02T03:04:05.678Z","actor":{"id":"0b9f...","name":"Ana"},
///  "action":"session.kick","subject":"7","subjectName":"Bo","details":{"reason":"shouting"},
///  "undoable":false,"undoneAt":null}
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ActionEntry {
    /// A UUID.
    pub id: String,
    /// ISO 8601.
    pub at: String,
    /// Who did it.
    pub actor: Actor,
    /// Area and verb, such as `session.kick` or `ban.create`.
    pub action: String,
    /// Whom or what it concerns: an id.
    pub subject: String,
    /// How people call the subject.
    pub subject_name: Option<String>,
    /// What the action noted.
    #[ts(type = "Record<string, unknown>")]
    pub details: Value,
    /// Whether `POST /admin/audit/{id}/undo` can take it back now.
    pub undoable: bool,
    /// When it was taken back, ISO 8601.
    pub undone_at: Option<String>,
}

/// `{action}`: what an action answers when there is nothing more to say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ActionAnswer {
    /// The line it left in the audit log.
    pub action: ActionEntry,
}

/// Answer of kick all: `{action, count}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CountAnswer {
    /// The line it left in the audit log.
    pub action: ActionEntry,
    /// Sessions it concerned, on all nodes.
    #[ts(type = "number")]
    pub count: u64,
}

/// Answer of an announcement: `{action, recipients}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct AnnouncementAnswer {
    /// The line it left in the audit log.
    pub action: ActionEntry,
    /// Sockets it was sent to, on all nodes.
    #[ts(type = "number")]
    pub recipients: u64,
}

/// Answer of changing and of making an account: `{user, action}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ChangedUserAnswer {
    /// As it is now.
    pub user: UserView,
    /// The line it left in the audit log.
    pub action: ActionEntry,
}

/// Answer of restoring a message: `{action, message}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct MessageAnswer {
    /// The line it left in the audit log.
    pub action: ActionEntry,
    /// As it is now.
    pub message: ArchivedMessage,
}

/// `GET /admin/audit`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ActionList {
    /// How many match.
    #[ts(type = "number")]
    pub total: u64,
    /// The page size in force.
    pub limit: u32,
    /// How many were skipped.
    pub offset: u32,
    /// Newest first.
    pub actions: Vec<ActionEntry>,
}
