//! The one database that accounts, bans, audit, sprites and chat share.
//!
//! SQLite by default, Postgres when nodes on several machines share accounts. Both are reached
//! through sqlx's `Any` driver, so every query is written once: placeholders `$1`, ids and times as
//! `TEXT` and `BIGINT` (milliseconds since 1970, UTC), flags as `BIGINT` 0/1, JSON as `TEXT`.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::migrate::Migrator;
use sqlx::{AnyPool, Executor};

mod backup;
mod identity;
mod location;
mod probe;
mod restore;
#[cfg(test)]
pub(crate) mod stories;
mod use_lock;

pub use backup::BackupError;
pub use location::Location;
pub use probe::Probe;
pub use restore::{RestoreError, Restored, restore};

use use_lock::UseLock;

/// The tables of SQLite, in order; also what tells a database of ours from any other.
static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("./migrations/sqlite");

/// The same tables for Postgres.
static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("./migrations/postgres");

/// A cheap handle on the database's connection pool.
#[derive(Debug, Clone)]
pub struct Database {
    pool: AnyPool,
    /// The SQLite file; `None` for Postgres.
    file: Option<std::path::PathBuf>,
    /// Held until [`Self::close`], or as long as any handle lives: nobody restores over a database in
    /// use. A std lock, held to take what is in it.
    in_use: Arc<Mutex<Option<UseLock>>>,
}

/// The database could not do what was asked. The text is for the log, never for a client.
#[derive(Debug, thiserror::Error)]
#[error("the database failed: {0}")]
pub struct StoreError(#[from] pub sqlx::Error);

/// How long a query waits for a free connection before the store counts as unavailable. Opening the
/// first one counts too, which takes seconds on a machine that is busy building.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);

impl Database {
    /// Opens the database at `url`, creates the SQLite file (readable by its owner only) and its
    /// directory when they are absent, and migrates it.
    ///
    /// # Errors
    /// When the address is not usable, the file cannot be opened, a backup is being restored over
    /// it, or a migration fails.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        install_default_drivers();
        let location = Location::parse(url)?;
        let sqlite = location.is_sqlite();
        let in_use = match location.file() {
            Some(file) => {
                location::prepare(file).map_err(sqlx::Error::from)?;
                let lock = UseLock::shared(file).map_err(sqlx::Error::from)?;
                Some(lock)
            }
            None => None,
        };
        let pool = AnyPoolOptions::new()
            .max_connections(if sqlite { 4 } else { 10 })
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    if sqlite {
                        connection
                            .execute("PRAGMA journal_mode=WAL; PRAGMA busy_timeout=2000; PRAGMA foreign_keys=ON; PRAGMA synchronous=NORMAL;")
                            .await?;
                    }
                    Ok(())
                })
            })
            .connect(url)
            .await?;
        let migrations = if sqlite {
            &SQLITE_MIGRATIONS
        } else {
            &POSTGRES_MIGRATIONS
        };
        migrations.run(&pool).await.map_err(sqlx::Error::from)?;
        Ok(Self {
            pool,
            file: location.file().map(std::path::Path::to_owned),
            in_use: Arc::new(Mutex::new(in_use)),
        })
    }

    /// Closes every connection, whoever holds one, and gives the database free for a restore. What is
    /// asked of any handle afterwards fails.
    pub async fn close(&self) {
        self.pool.close().await;
        let mut in_use = self.in_use.lock().unwrap_or_else(PoisonError::into_inner);
        *in_use = None;
    }

    /// The pool, for the modules that own tables.
    #[must_use]
    pub fn pool(&self) -> &AnyPool {
        &self.pool
    }
}

#[cfg(test)]
mod backup_tests;
