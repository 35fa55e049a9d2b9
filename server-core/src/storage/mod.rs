//! The one database that accounts, bans, audit, sprites and chat share.
//!
//! SQLite by default, Postgres when nodes on several machines share accounts. Both are reached
//! through sqlx's `Any` driver, so every query is written once: placeholders `$1`, ids and times as
//! `TEXT` and `BIGINT` (milliseconds since 1970, UTC), flags as `BIGINT` 0/1, JSON as `TEXT`.

use std::sync::{Arc, Mutex, PoisonError};

use sqlx::any::install_default_drivers;
use sqlx::migrate::Migrator;

mod backup;
mod error;
mod health;
mod identity;
mod location;
mod pool;
mod postgres;
mod restore;
#[cfg(test)]
pub(crate) mod stories;
mod use_lock;

pub use backup::BackupError;
pub use error::{OpenError, StoreError};
pub use location::Location;
pub use pool::{Change, Lease, Pool};
pub use postgres::PostgresError;
pub use restore::{RestoreError, Restored, restore};

use use_lock::UseLock;

/// The tables of SQLite, in order; also what tells a database of ours from any other.
static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("./migrations/sqlite");

/// The same tables for Postgres.
static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("./migrations/postgres");

/// A cheap handle on the database.
#[derive(Debug, Clone)]
pub struct Database {
    pool: Pool,
    /// The SQLite file; `None` for Postgres.
    file: Option<std::path::PathBuf>,
    /// Held until [`Self::close`], or as long as any handle lives: nobody restores over a database in
    /// use. A std lock, held to take what is in it.
    in_use: Arc<Mutex<Option<UseLock>>>,
}

impl Database {
    /// Opens the database at `url`, creates the SQLite file (readable by its owner only) and its
    /// directory when they are absent, and migrates it.
    ///
    /// # Errors
    /// When the address is not usable, the file cannot be opened, a backup is being restored over
    /// it, or a migration fails.
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        install_default_drivers();
        let location = Location::parse(url)?;
        let sqlite = location.is_sqlite();
        let in_use = match location.file() {
            Some(file) => {
                location::prepare(file).map_err(|error| StoreError(error.into()))?;
                let lock = UseLock::shared(file).map_err(|error| StoreError(error.into()))?;
                Some(lock)
            }
            None => None,
        };
        if !sqlite {
            postgres::reach(url).await?;
        }
        let pool = Pool::connect(url, sqlite).await.map_err(StoreError)?;
        let migrations = if sqlite {
            &SQLITE_MIGRATIONS
        } else {
            &POSTGRES_MIGRATIONS
        };
        migrations
            .run(pool.connections())
            .await
            .map_err(|error| StoreError(error.into()))?;
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

    /// Whether [`Self::close`] was called.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.pool.connections().is_closed()
    }

    /// The connections, for the modules that own tables.
    #[must_use]
    pub fn pool(&self) -> &Pool {
        &self.pool
    }
}

#[cfg(test)]
mod backup_tests;
#[cfg(test)]
mod fault_tests;
#[cfg(test)]
mod postgres_tests;
