//! Which database this is: nodes of one world have to share one.

use sqlx::Row;

use super::{Database, StoreError, same_file};

/// The row of `settings` that holds the id.
const KEY: &str = "database.id";

impl Database {
    /// A text that is equal on every node that uses this very database. A copy of a SQLite file is
    /// another database, although it holds the same id.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn identity(&self) -> Result<String, StoreError> {
        let id = self.made_once(KEY).await?;
        Ok(match &self.file {
            // Tells the file from its copies.
            Some(file) => format!("{id}-{}", same_file::identity(file).unwrap_or_default()),
            None => id,
        })
    }

    /// A random text under a key of `settings` that the first server here has made, for all of them.
    pub(super) async fn made_once(&self, key: &str) -> Result<String, StoreError> {
        sqlx::query(
            "INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING",
        )
        .bind(key.to_owned())
        .bind(uuid::Uuid::new_v4().to_string())
        .execute(self.pool())
        .await?;
        let row = sqlx::query("SELECT value FROM settings WHERE key = $1")
            .bind(key.to_owned())
            .fetch_one(self.pool())
            .await?;
        Ok(row.try_get(0)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn handles_on_one_file_agree_and_a_copy_is_another_database() {
        let dir = tempfile::tempdir().unwrap();
        let url = |name: &str| format!("sqlite:{}", dir.path().join(name).display());
        let one = Database::open(&url("a.db")).await.unwrap();
        let two = Database::open(&url("a.db")).await.unwrap();
        let identity = one.identity().await.unwrap();
        assert_eq!(two.identity().await.unwrap(), identity);
        one.pool().close().await;
        two.pool().close().await;
        std::fs::copy(dir.path().join("a.db"), dir.path().join("b.db")).unwrap();
        let copy = Database::open(&url("b.db")).await.unwrap();
        assert_ne!(copy.identity().await.unwrap(), identity);
    }
}
