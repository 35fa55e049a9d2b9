//! Whether all servers of this database are nodes of one group, linked by one Redis.
//!
//! The row lives as long as servers hold the database: who comes to a database that no server holds
//! takes an old one away (see `use_lock`), and the first that is linked writes its own. So a Redis that
//! was emptied or exchanged while nothing ran locks nobody out.

use sqlx::Row as _;

use super::{Database, Neighbours, StoreError};

/// The row of `settings` that holds the id of the group.
const KEY: &str = "database.group";

impl Database {
    /// Says that this server belongs to the group `id`, and finds out whether the others do.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn meet(&self, id: &str) -> Result<Neighbours, StoreError> {
        let mut known = self.group().await?;
        if known.is_none() {
            sqlx::query(
                "INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING",
            )
            .bind(KEY)
            .bind(id)
            .execute(self.pool())
            .await?;
            known = self.group().await?;
        }
        Ok(match known.as_deref() == Some(id) {
            true => Neighbours::Expected,
            false => Neighbours::Strangers,
        })
    }

    async fn group(&self) -> Result<Option<String>, StoreError> {
        let row = sqlx::query("SELECT value FROM settings WHERE key = $1")
            .bind(KEY)
            .fetch_optional(self.pool())
            .await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }

    /// No server holds the database, so no group does.
    pub(super) async fn forget_group(&self) -> Result<(), StoreError> {
        if self.group().await?.is_some() {
            sqlx::query("DELETE FROM settings WHERE key = $1")
                .bind(KEY)
                .execute(self.pool())
                .await?;
        }
        Ok(())
    }
}
