//! One line of chat.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ids::MessageId;

/// The player id and author of messages the server writes itself; no player may use the id.
pub const SYSTEM_PLAYER_ID: &str = "system";
/// The author shown for [`SYSTEM_PLAYER_ID`].
pub const SYSTEM_AUTHOR: &str = "System";

/// How many of the last messages a client keeps: what is older, nobody misses.
pub const KEPT_BY_CLIENTS: usize = 200;

/// A chat message as sent to every socket, the sender included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChatMessage {
    /// Unique across restarts.
    pub id: MessageId,
    /// Who said it, from the session and never from the payload.
    pub player_id: String,
    /// The speaker's name at that moment.
    pub author: String,
    /// 1 to 500 characters, trimmed, without control characters.
    pub content: String,
    /// When the server received it, ISO 8601 in UTC with milliseconds.
    pub timestamp: String,
}

impl ChatMessage {
    /// What orders lines by time: those of one millisecond are told apart by their ids, which grow with time.
    pub fn moment(&self) -> (&str, &str) {
        (&self.timestamp, &self.id.0)
    }
}
