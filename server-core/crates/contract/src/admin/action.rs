//! The audit log as the administration reads it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::rest::{ArchivedMessage, UserView};

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Actor {
    /// A user id, `local-host` for the desktop window, `system` for the server itself, or a player
    /// id for what a player did.
    pub id: String,
    /// The name at the time of reading; the id when the account is gone.
    pub name: String,
}

/// What an action is called: area and verb. None but those declared here is ever noted; an old log may
/// hold others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActionName(&'static str);

macro_rules! declare_actions {
    ($($action:ident $name:literal;)+) => {
        impl ActionName {
            $( #[doc = concat!("`", $name, "`.")] pub const $action: Self = Self($name); )+

            /// Every action.
            pub const ALL: &[Self] = &[$(Self::$action),+];
        }
    };
}

declare_actions! {
    SESSION_KICK "session.kick";
    SESSION_KICK_ALL "session.kick-all";
    SESSION_WARN "session.warn";
    SESSION_TELL "session.tell";
    ANNOUNCEMENT "announcement";
    ANNOUNCEMENT_UNPIN "announcement.unpin";
    BAN_CREATE "ban.create";
    BAN_LIFT "ban.lift";
    BAN_UNDO "ban.undo";
    MUTE_CREATE "mute.create";
    MUTE_LIFT "mute.lift";
    MUTE_UNDO "mute.undo";
    CHAT_REMOVE "chat.remove";
    CHAT_RESTORE "chat.restore";
    CHAT_UNDO "chat.undo";
    HELD_ALLOW "held.allow";
    HELD_REFUSE "held.refuse";
    NOTE_ADD "note.add";
    NOTE_DELETE "note.delete";
    REPORT_RESOLVE "report.resolve";
    REPORT_DISMISS "report.dismiss";
    REPORT_REOPEN "report.reopen";
    USER_CREATE "user.create";
    USER_UPDATE "user.update";
    USER_DELETE "user.delete";
    USER_PASSWORD "user.password";
    SERVICE_ADD "service.add";
    SERVICE_REVOKE "service.revoke";
    WEBHOOK_ADD "webhook.add";
    WEBHOOK_DELETE "webhook.delete";
    SPRITE_UPLOAD "sprite.upload";
    SPRITE_GENERATE "sprite.generate";
    SPRITE_CHANGE "sprite.change";
    SPRITE_DELETE "sprite.delete";
    SETTINGS_UPDATE "settings.update";
    LOAD_TEST_START "load-test.start";
    LOAD_TEST_STOP "load-test.stop";
    LOAD_TEST_DELETE "load-test.delete";
    HOST_SETUP "host.setup";
}

impl ActionName {
    /// The name on the wire and in the log.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// The action of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.0 == name)
    }
}

/// One line of the audit log.
///
/// ```json
/// {"id":"0190...","at":"2025-01-02T03:04:05.678Z","actor":{"id":"0b9f...","name":"Ana"},
///  "action":"session.kick","subject":"7","subjectName":"Bo","details":{"reason":"shouting"},
///  "undoable":false,"undoneAt":null}
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
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
    #[schemars(with = "serde_json::Map<String, Value>")]
    pub details: Value,
    /// Whether `POST /admin/audit/{id}/undo` can take it back now.
    pub undoable: bool,
    /// When it was taken back, ISO 8601.
    pub undone_at: Option<String>,
    /// Who took it back, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undone_by: Option<Actor>,
}

/// `{action}`: what an action answers when there is nothing more to say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ActionAnswer {
    /// The line it left in the audit log.
    pub action: ActionEntry,
}

/// Answer of kick all: `{action, count}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CountAnswer {
    /// The line it left in the audit log.
    pub action: ActionEntry,
    /// Sessions it concerned, on all nodes.
    pub count: u64,
}

/// Answer of an announcement: `{action, recipients}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AnnouncementAnswer {
    /// The line it left in the audit log.
    pub action: ActionEntry,
    /// Sockets it was sent to, on all nodes.
    pub recipients: u64,
}

/// Answer of changing and of making an account: `{user, action}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangedUserAnswer {
    /// As it is now.
    pub user: UserView,
    /// The line it left in the audit log.
    pub action: ActionEntry,
}

/// Answer of restoring a message: `{action, message}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MessageAnswer {
    /// The line it left in the audit log.
    pub action: ActionEntry,
    /// As it is now.
    pub message: ArchivedMessage,
}

/// `GET /admin/audit`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ActionList {
    /// How many match.
    pub total: u64,
    /// The page size in force.
    pub limit: u32,
    /// How many were skipped.
    pub offset: u32,
    /// Days after which entries are deleted; 0 keeps them for good.
    pub kept_days: u32,
    /// Newest first.
    pub actions: Vec<ActionEntry>,
}
