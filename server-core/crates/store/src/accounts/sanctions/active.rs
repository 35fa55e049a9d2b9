//! A sanction while it holds: why, and until when.

use runtime::clock::iso;

/// A sanction as it concerns the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActiveSanction {
    /// What the moderator wrote; may be empty.
    pub reason: String,
    /// Milliseconds since 1970; `None` for good.
    pub until: Option<i64>,
}

impl ActiveSanction {
    /// Its end in ISO 8601; `None` for good.
    #[must_use]
    pub fn until_iso(&self) -> Option<String> {
        self.until.map(iso)
    }

    /// Whether it is not over at `now` (milliseconds since 1970).
    #[must_use]
    pub fn holds(&self, now: i64) -> bool {
        self.until.is_none_or(|until| until > now)
    }

    /// Its end, where "for good" is the latest there is: to find the one that lasts longest.
    pub(super) fn end(&self) -> i64 {
        self.until.unwrap_or(i64::MAX)
    }
}
