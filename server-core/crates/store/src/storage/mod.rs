//! The one database that accounts, bans, audit, sprites and chat share.
//!
//! SQLite by default, Postgres when nodes on several machines share accounts. Both are reached
//! through sqlx's `Any` driver, so every query is written once: placeholders `$1`, ids and times as
//! `TEXT` and `BIGINT` (milliseconds since 1970, UTC), flags as `BIGINT` 0/1, JSON as `TEXT`.

use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};
use sqlx::AnyConnection;
use sqlx::any::install_default_drivers;

mod backup;
mod config;
mod contents;
mod daily;
mod error;
mod folder;
mod group;
mod health;
mod identity;
mod listing;
mod location;
mod migrations;
mod pool;
mod postgres;
mod postgres_address;
mod postgres_files;
mod restore;
pub(crate) mod row;
mod same_file;
mod schema;
mod setup_seed;
#[cfg(test)]
pub(crate) mod stories;
mod text;
mod unique;
mod use_lock;

pub use backup::{BackupError, Existing};
pub use config::StorageConfig;
pub use contents::Contents;
pub use daily::keep_daily_backups;
pub use error::{OpenError, StoreError};
pub use listing::Cursor;
pub(crate) use listing::{Listed, Listing};
pub use location::Location;
pub use pool::{Change, Lease, Pool};
pub use postgres::PostgresError;
pub use restore::{RestoreError, Restored, inspect, restore};
pub use same_file::{is_same_file, touches};
pub(crate) use setup_seed::spend_setup_seed;
pub use text::fold;
pub(crate) use text::{begins, contains, contains_lower, searched};
pub(crate) use unique::is_unique_violation;
pub use use_lock::{Company, Neighbours};

use use_lock::UseLock;

/// A cheap handle on the database.
#[derive(Debug, Clone)]
pub struct Database {
    pool: Pool,
    /// The SQLite file; `None` for Postgres.
    file: Option<std::path::PathBuf>,
    /// Held until [`Self::close`], or as long as any handle lives: nobody restores over a database in
    /// use. Its lock is held to take or put what is in it.
    in_use: Arc<Mutex<InUse>>,
}

/// What tells others that a database is in use.
#[derive(Debug, Default)]
struct InUse {
    locks: Vec<UseLock>,
    /// Holds the lock of a server of a Postgres database.
    connection: Option<AnyConnection>,
}

impl Database {
    /// Opens the database at `url`, creates the SQLite file (readable by its owner only) and its
    /// directory when they are absent, and migrates it.
    ///
    /// # Errors
    /// See [`OpenError`]; also when a migration fails.
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        install_default_drivers();
        let location = Location::parse(url)?;
        let sqlite = location.is_sqlite();
        let mut in_use = InUse::default();
        if let Some(file) = location.file() {
            location::prepare(file).map_err(OpenError::file(file))?;
            in_use.locks.push(UseLock::shared(file)?);
            location::probe(file).await?;
        }
        let url = match sqlite {
            true => url.to_owned(),
            false => postgres_address::for_sqlx(url),
        };
        if !sqlite {
            postgres::reach(&url).await?;
        }
        let connected = Pool::connect(&url, sqlite).await;
        let pool =
            connected.map_err(|error| OpenError::store(location.file(), StoreError(error)))?;
        let migrations = if sqlite {
            &migrations::SQLITE
        } else {
            &migrations::POSTGRES
        };
        let made = migrations.run(pool.connections()).await;
        made.map_err(|error| OpenError::migration(location.file(), error))?;
        Ok(Self {
            pool,
            file: location.file().map(std::path::Path::to_owned),
            in_use: Arc::new(Mutex::new(in_use)),
        })
    }

    /// Says that this process serves the world in this database, until [`Self::close`].
    ///
    /// # Errors
    /// [`OpenError::Served`] when a server has the file that is no node of the same world; anything
    /// else when the database does not answer.
    pub async fn serve(&self, company: Company) -> Result<Neighbours, OpenError> {
        if let Some(file) = &self.file {
            let lock = use_lock::server_of_sqlite(self, file, company).await?;
            self.in_use().locks.push(lock);
        } else if !self.pool.is_sqlite() {
            let (connection, neighbours) = use_lock::server_of_postgres(self, company).await?;
            self.in_use().connection = Some(connection);
            return Ok(neighbours);
        }
        Ok(Neighbours::Expected)
    }

    /// Closes every connection, whoever holds one, and gives the database free for a restore. What is
    /// asked of any handle afterwards fails.
    pub async fn close(&self) {
        self.pool.close().await;
        let in_use = std::mem::take(&mut *self.in_use());
        if let Some(connection) = in_use.connection {
            use_lock::leave_postgres(connection).await;
        }
    }

    fn in_use(&self) -> MutexGuard<'_, InUse> {
        self.in_use.lock()
    }

    /// The SQLite file; `None` for Postgres and for a database in memory.
    #[must_use]
    pub fn file(&self) -> Option<&std::path::Path> {
        self.file.as_deref()
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
mod open_tests;
#[cfg(test)]
mod postgres_tests;
