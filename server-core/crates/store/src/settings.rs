//! Settings that hosts changed while a server runs, on top of those it started with.

use std::collections::BTreeMap;

use sqlx::Row as _;

use crate::storage::{Database, StoreError};

/// The table of settings; cheap to clone.
#[derive(Debug, Clone)]
pub struct ChangedSettings {
    database: Database,
}

impl ChangedSettings {
    /// The settings in a database.
    #[must_use]
    pub fn new(database: Database) -> Self {
        Self { database }
    }

    /// Every changed setting by its key.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn all(&self) -> Result<BTreeMap<String, String>, StoreError> {
        let rows = sqlx::query("SELECT key, value FROM settings")
            .fetch_all(self.database.pool())
            .await?;
        let pairs = rows
            .iter()
            .map(|row| Ok((row.try_get("key")?, row.try_get("value")?)));
        Ok(pairs.collect::<Result<_, sqlx::Error>>()?)
    }

    /// Stores values by key, all or none; `None` forgets that a setting was changed.
    ///
    /// # Errors
    /// See [`StoreError`]; then nothing changed.
    pub async fn change(
        &self,
        values: &BTreeMap<String, Option<String>>,
    ) -> Result<(), StoreError> {
        let mut transaction = self.database.pool().begin().await?;
        for (key, value) in values {
            let query = match value {
                None => sqlx::query("DELETE FROM settings WHERE key = $1").bind(key.clone()),
                Some(value) => sqlx::query(
                    "INSERT INTO settings (key, value) VALUES ($1, $2) \
                     ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                )
                .bind(key.clone())
                .bind(value.clone()),
            };
            query.execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}
