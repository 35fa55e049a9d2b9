//! How one person is named among all that were here.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What somebody is known by.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum PersonKind {
    /// An account; the subject is its id.
    Account,
    /// A guest; the subject is a digest of its secret, 32 hexadecimal digits.
    Guest,
}

impl PersonKind {
    /// The word on the wire and in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Guest => "guest",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "account" => Some(Self::Account),
            "guest" => Some(Self::Guest),
            _ => None,
        }
    }
}

/// Names one person, as in `/admin/people/{kind}/{subject}`.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct PersonRef {
    /// What the person is known by.
    pub kind: PersonKind,
    /// An account's id or a guest's digest.
    pub subject: String,
}
