//! Lines that wait for a moderator, and trying out the word list that holds them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::PersonRef;
use crate::MessageId;

/// A line of chat that nobody has read but moderators, until one of them lets it through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HeldLine {
    /// The id that the message has once it is let through.
    pub id: MessageId,
    /// When it was said, ISO 8601.
    pub at: String,
    /// When it goes away by itself, ISO 8601.
    pub until: String,
    /// Who said it.
    pub player_id: String,
    /// The speaker's name at that moment.
    pub author: String,
    /// What was said.
    pub content: String,
    /// Who it is, for a sanction.
    pub person: PersonRef,
    /// The word of the list, as the host wrote it.
    pub word: String,
}

/// `GET /admin/held`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HeldList {
    /// How many there are.
    pub total: u64,
    /// The page size in force.
    pub limit: u32,
    /// How many were skipped.
    pub offset: u32,
    /// Oldest first.
    pub held: Vec<HeldLine>,
}

/// Body of `POST /admin/words/try`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct WordTrial {
    /// What somebody might say, at most 500 characters.
    #[schemars(required)]
    pub text: Option<String>,
    /// A word list to try, its words between commas; absent for the one in force.
    pub words: Option<String>,
}

/// `{exact, folded}`: what a word list would find in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WordTrialAnswer {
    /// The first word found as it is written; `null` for none.
    pub exact: Option<String>,
    /// The first word found where letters that look alike count as the same; `null` for none.
    pub folded: Option<String>,
}
