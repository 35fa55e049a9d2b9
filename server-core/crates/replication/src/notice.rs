//! What nodes publish to each other besides players and chat.

use serde::{Deserialize, Serialize};

use contract::MessageId;
use contract::rest::Role;

/// Something that happened on one node and concerns all. The node where it happened has acted on
/// it already; what needs to last is in the database the nodes share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "about",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Notice {
    /// The sprite atlas has a new version in the database.
    AtlasChanged {
        /// The version it has now.
        version: u64,
    },
    /// A login or registration.
    LoggedIn {
        /// Digest of what proves a socket to be the page that logged in: a ticket, or a guest secret
        /// with the address it was shown from.
        guest: String,
        /// The account's id.
        account: String,
        /// Its name.
        username: String,
        /// Its role.
        role: Role,
        /// What the browser's new guest secret is made of, by a key that only nodes have.
        #[serde(default)]
        seed: String,
    },
    /// A logout.
    LoggedOut {
        /// The account's id.
        account: String,
        /// Digest of the secret of the one browser it is about; `None` for all.
        guest: Option<String>,
    },
    /// A player shows a feeling; told once, and only to who listens now.
    Emoted {
        /// Who.
        player: String,
        /// What.
        name: String,
    },
    /// A moderator did something: an event of the moderation module, which alone can read it.
    Moderation {
        /// The event as JSON.
        event: serde_json::Value,
        /// The chat message it takes down.
        #[serde(skip_serializing_if = "Option::is_none")]
        removes: Option<MessageId>,
    },
}
