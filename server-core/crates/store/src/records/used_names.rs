//! Under which names people were here.

use sqlx::Row;

use super::People;
use crate::storage::StoreError;
use contract::admin::PersonRef;

/// A name somebody had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedName {
    /// The name.
    pub name: String,
    /// When they were last seen under it, in milliseconds since 1970.
    pub last_seen_at: i64,
}

impl People {
    /// The last `limit` names of a person, newest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn names(&self, person: &PersonRef, limit: u32) -> Result<Vec<UsedName>, StoreError> {
        let rows = sqlx::query(
            "SELECT name, last_seen_at FROM people_names WHERE kind = $1 AND subject = $2 \
             ORDER BY last_seen_at DESC, name LIMIT $3",
        )
        .bind(person.kind.as_str())
        .bind(person.subject.clone())
        .bind(i64::from(limit))
        .fetch_all(self.database.pool())
        .await?;
        let names = rows.iter().map(|row| {
            Ok(UsedName {
                name: row.try_get("name")?,
                last_seen_at: row.try_get("last_seen_at")?,
            })
        });
        Ok(names.collect::<Result<_, sqlx::Error>>()?)
    }

    /// Forgets names last used before `before` (milliseconds since 1970).
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn forget_names(&self, before: i64) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM people_names WHERE last_seen_at < $1")
            .bind(before)
            .execute(self.database.pool())
            .await?;
        Ok(())
    }
}
