//! Under which names people were here.

use sqlx::Row;

use super::People;
use crate::storage::{Lease, StoreError};
use contract::admin::PersonRef;

/// Names of one person that are kept.
const KEPT: i64 = 50;

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

/// That somebody was seen under a name.
pub(super) async fn write_name(
    connection: &mut Lease,
    person: &PersonRef,
    name: &str,
    seen: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO people_names (kind, subject, name, last_seen_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (kind, subject, name) DO UPDATE SET last_seen_at = excluded.last_seen_at \
         WHERE people_names.last_seen_at < excluded.last_seen_at",
    )
    .bind(person.kind.as_str())
    .bind(person.subject.clone())
    .bind(name.to_owned())
    .bind(seen)
    .execute(connection)
    .await?;
    Ok(())
}

/// Keeps the newest names of a person alone: whoever takes a new one every second fills no disk.
pub(super) async fn forget_oldest(
    connection: &mut Lease,
    person: &PersonRef,
) -> Result<(), StoreError> {
    sqlx::query(
        "DELETE FROM people_names WHERE kind = $1 AND subject = $2 AND last_seen_at < \
         (SELECT last_seen_at FROM people_names WHERE kind = $1 AND subject = $2 \
          ORDER BY last_seen_at DESC LIMIT 1 OFFSET $3)",
    )
    .bind(person.kind.as_str())
    .bind(person.subject.clone())
    .bind(KEPT)
    .execute(connection)
    .await?;
    Ok(())
}
