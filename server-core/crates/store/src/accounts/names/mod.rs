//! The names of all accounts as far as a guest may not bear them, in memory, so that a change of name
//! never waits for the database. Accounts made on other nodes or on the command line are noticed a
//! moment later.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::RwLock;
use sqlx::Row;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::storage::{Database, StoreError, is_unique_violation};
use contract::names::{likeness, likenesses};

/// How often new accounts are looked for.
const LOOK_AGAIN: Duration = Duration::from_secs(10);
/// Clocks of two nodes may differ by so much, in milliseconds, without an account being missed.
const CLOCKS_APART_MS: i64 = 600_000;

/// The names; cheap to clone.
#[derive(Debug, Clone)]
pub struct AccountNames {
    database: Database,
    /// Its lock is held for a few set operations.
    index: Arc<RwLock<LikenessIndex>>,
}

/// Keyed hashes of likenesses: a stranger cannot make two meet, and chance does not.
#[derive(Debug, Default)]
struct LikenessIndex {
    keys: RandomState,
    likenesses: HashSet<u64>,
    accounts: i64,
    newest: i64,
}

impl AccountNames {
    /// No names yet; [`Self::open`] reads them.
    pub(super) fn new(database: Database) -> Self {
        Self {
            database,
            index: Arc::default(),
        }
    }

    /// Reads all names, and gives accounts from before names were compared by their look a likeness.
    /// Of those that look alike the oldest gets it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub(super) async fn open(&self) -> Result<(), StoreError> {
        self.fill_in().await?;
        self.reload().await
    }

    /// Whether a name looks like that of an account.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        let index = self.index.read();
        let key = index.keys.hash_one(likeness(name));
        index.likenesses.contains(&key)
    }

    /// An account was made here.
    pub(super) fn add(&self, name: &str, created_at: i64) {
        let mut index = self.index.write();
        index.accounts += 1;
        index.add(name, created_at);
    }

    /// Looks for accounts that were made or deleted elsewhere until `stop`, and says when there were.
    pub async fn keep_fresh(self, stop: CancellationToken, changed: impl Fn()) {
        let mut ticks = interval(LOOK_AGAIN);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        while stop.run_until_cancelled(ticks.tick()).await.is_some() {
            let refreshed = stop.run_until_cancelled(self.refresh()).await;
            match refreshed {
                Some(Ok(true)) => changed(),
                Some(Err(error)) => {
                    tracing::debug!(%error, "names of accounts could not be read again");
                }
                Some(Ok(false)) | None => {}
            }
        }
    }

    async fn fill_in(&self) -> Result<(), StoreError> {
        let pool = self.database.pool();
        let rows = sqlx::query(
            "SELECT id, username FROM users WHERE username_likeness IS NULL ORDER BY created_at, id",
        )
        .fetch_all(pool)
        .await?;
        for row in rows {
            let (id, username): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            let filled = sqlx::query(
                "UPDATE users SET username_likeness = $2 WHERE id = $1 \
                 AND NOT EXISTS (SELECT 1 FROM users other WHERE other.username_likeness = $2)",
            )
            .bind(id)
            .bind(likeness(&username))
            .execute(pool)
            .await;
            if let Err(error) = filled
                // Another node was faster with a name that looks like it.
                && !is_unique_violation(&error)
            {
                return Err(error.into());
            }
        }
        Ok(())
    }

    async fn reload(&self) -> Result<(), StoreError> {
        let found = self.made_since(0).await?;
        let mut fresh = LikenessIndex::default();
        for (name, created_at) in &found {
            fresh.add(name, *created_at);
        }
        fresh.accounts = i64::try_from(found.len()).unwrap_or(i64::MAX);
        *self.index.write() = fresh;
        Ok(())
    }

    /// Reads what is new, and everything when accounts are gone. Returns whether there was a change.
    pub(super) async fn refresh(&self) -> Result<bool, StoreError> {
        let row = sqlx::query("SELECT COUNT(*), MAX(created_at) FROM users")
            .fetch_one(self.database.pool())
            .await?;
        let (count, latest): (i64, Option<i64>) = (row.try_get(0)?, row.try_get(1)?);
        let (accounts, newest) = {
            let index = self.index.read();
            (index.accounts, index.newest)
        };
        if count == accounts && latest.unwrap_or_default() == newest {
            return Ok(false);
        }
        // Also where as many were made as are gone.
        if count <= accounts {
            return self.reload().await.map(|()| true);
        }
        let found = self.made_since(newest - CLOCKS_APART_MS).await?;
        let mut index = self.index.write();
        for (name, created_at) in &found {
            index.add(name, *created_at);
        }
        index.accounts = count;
        Ok(true)
    }

    async fn made_since(&self, since: i64) -> Result<Vec<(String, i64)>, StoreError> {
        let rows = sqlx::query("SELECT username, created_at FROM users WHERE created_at >= $1")
            .bind(since)
            .fetch_all(self.database.pool())
            .await?;
        let mut found = Vec::with_capacity(rows.len());
        for row in &rows {
            found.push((row.try_get(0)?, row.try_get(1)?));
        }
        Ok(found)
    }
}

impl LikenessIndex {
    fn add(&mut self, name: &str, created_at: i64) {
        for likeness in likenesses(name) {
            self.likenesses.insert(self.keys.hash_one(likeness));
        }
        self.newest = self.newest.max(created_at);
    }
}

#[cfg(test)]
mod tests;
