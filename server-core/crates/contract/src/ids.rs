//! Identifiers that cross the wire.

use std::fmt;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The public name of one player in the world, unique while it is held.
///
/// Trimmed, 1 to 128 characters, free of control and zero-width characters; constructed by
/// `payload::player_id` from a client's text or by
/// [`PlayerId::trusted`] from a value the server made itself. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct PlayerId(Arc<str>);

impl PlayerId {
    /// Wraps an id that the server made or already checked.
    pub fn trusted(id: impl Into<Arc<str>>) -> Self {
        Self(id.into())
    }

    /// The id as sent on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which ids are compared with account ids: trimmed and lower case.
    #[must_use]
    pub fn folded(&self) -> String {
        self.0.trim().to_lowercase()
    }
}

impl fmt::Display for PlayerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for PlayerId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// Identifies one chat message, unique across restarts and nodes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct MessageId(pub String);

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
