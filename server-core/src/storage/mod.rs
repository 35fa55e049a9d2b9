//! The one database that accounts, bans, audit, sprites and chat share.
//!
//! SQLite by default, Postgres when nodes on several machines share accounts. Both are reached
//! through sqlx's `Any` driver, so every query is written once: placeholders `$1`, ids and times as
//! `TEXT` and `BIGINT` (milliseconds since 1970, UTC), flags as `BIGINT` 0/1, JSON as `TEXT`.

use std::time::Duration;

use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::{AnyPool, Executor};

/// A cheap handle on the database's connection pool.
#[derive(Debug, Clone)]
pub struct Database {
    pool: AnyPool,
}

/// The database could not do what was asked. The text is for the log, never for a client.
#[derive(Debug, thiserror::Error)]
#[error("the database failed: {0}")]
pub struct StoreError(#[from] pub sqlx::Error);

/// How long a query waits for a free connection before the store counts as unavailable.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(2);

impl Database {
    /// Opens the database at `url`, creates the SQLite file when it is absent, and migrates it.
    ///
    /// # Errors
    /// When the address is not usable, the file cannot be opened or a migration fails.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        install_default_drivers();
        let sqlite = url.starts_with("sqlite:");
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
            sqlx::migrate!("./migrations/sqlite")
        } else {
            sqlx::migrate!("./migrations/postgres")
        };
        migrations.run(&pool).await.map_err(sqlx::Error::from)?;
        Ok(Self { pool })
    }

    /// The pool, for the modules that own tables.
    #[must_use]
    pub fn pool(&self) -> &AnyPool {
        &self.pool
    }
}
