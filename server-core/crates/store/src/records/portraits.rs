//! What people looked like when they were last seen.

use sqlx::Row;

use super::People;
use crate::storage::StoreError;
use contract::admin::PersonRef;
use contract::admin::person::Worn;

/// What a face is drawn from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portrait {
    /// The player they were: whatever was not chosen follows from its id.
    pub player_id: String,
    /// What it wore.
    pub appearance: Option<Worn>,
}

impl People {
    /// A person as last seen; `None` when never, or before this was kept.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn portrait(&self, person: &PersonRef) -> Result<Option<Portrait>, StoreError> {
        let row = sqlx::query(
            "SELECT player_id, appearance FROM people WHERE kind = $1 AND subject = $2",
        )
        .bind(person.kind.as_str())
        .bind(person.subject.clone())
        .fetch_optional(self.database.pool())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let player_id: Option<String> = row.try_get("player_id")?;
        let appearance: Option<String> = row.try_get("appearance")?;
        Ok(player_id.map(|player_id| Portrait {
            player_id,
            appearance: appearance.and_then(|json| serde_json::from_str(&json).ok()),
        }))
    }
}
