//! What was said before an act of moderation, kept with the act.
//!
//! The archive forgets by its own rule; an act that somebody may have to answer for keeps its lines
//! as they were then.

use sqlx::Row;

use crate::storage::{Database, StoreError};
use contract::admin::person::EvidenceLine;
use runtime::clock::now_ms;

/// The evidence; cheap to clone.
#[derive(Debug, Clone)]
pub struct Evidence {
    database: Database,
}

impl Evidence {
    pub(super) fn new(database: Database) -> Self {
        Self { database }
    }

    /// Keeps lines with an act, by the act's id. What is kept already stays as it is.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn keep(&self, act: &str, lines: &[EvidenceLine]) -> Result<(), StoreError> {
        let json = serde_json::to_string(lines).unwrap_or_else(|_| "[]".to_owned());
        sqlx::query(
            "INSERT INTO evidence (act, at, lines) VALUES ($1, $2, $3) ON CONFLICT (act) DO NOTHING",
        )
        .bind(act.to_owned())
        .bind(now_ms())
        .bind(json)
        .execute(self.database.pool())
        .await?;
        Ok(())
    }

    /// The lines kept with an act, oldest first; `None` for one without, or whose time is over.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn of(&self, act: &str) -> Result<Option<Vec<EvidenceLine>>, StoreError> {
        let row = sqlx::query("SELECT lines FROM evidence WHERE act = $1")
            .bind(act.to_owned())
            .fetch_optional(self.database.pool())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let json: String = row.try_get("lines")?;
        // What another version wrote and this one cannot read is no evidence.
        Ok(serde_json::from_str(&json).ok())
    }

    /// Forgets what was kept before `before` (milliseconds since 1970). Returns of how many acts.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn forget_before(&self, before: i64) -> Result<u64, StoreError> {
        let done = sqlx::query("DELETE FROM evidence WHERE at < $1")
            .bind(before)
            .execute(self.database.pool())
            .await?;
        Ok(done.rows_affected())
    }
}
