//! Keeps a restore away from a database in use, and two servers from one world.
//!
//! Every process that has a SQLite database open holds a shared lock on a file beside it; a restore
//! takes the lock for itself. A server holds a second one: alone when it has no other nodes, else
//! together with them. The system releases the locks of a process that dies, so nothing is ever left
//! locked; the empty files stay. SQLite's own locks do not serve: an idle server holds none.
//!
//! The lock of a server says "I have other nodes", not which: for that the nodes compare the id of
//! their group (see `group`), which the first one here begins anew.
//!
//! Postgres has such locks itself. It may keep that of a machine which is gone for hours, so there a
//! server that is not alone is told about and not refused.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::time::Duration;

use sqlx::{AnyConnection, ConnectOptions as _};
use tokio::time::{Instant, sleep};

use super::location::beside;
use super::{Database, OpenError, StoreError};

/// How long a server that is not the first one waits for the lock: who is first holds it alone for the
/// time of one write.
const PATIENCE: Duration = Duration::from_secs(1);
/// Time between two tries.
const TRY_EVERY: Duration = Duration::from_millis(20);

/// Whoever may open such a file may hold its lock, and with it keep the world closed.
#[cfg(unix)]
const PRIVATE: u32 = 0o600;

/// A lock that ends when it is dropped.
#[derive(Debug)]
pub(super) struct UseLock(#[expect(dead_code, reason = "open as long as the lock holds")] File);

/// Which servers a server shares its database with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Company {
    /// With none.
    Alone,
    /// With the other nodes of its world.
    Nodes,
}

/// What is known of the other servers of a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Neighbours {
    /// None, or nodes of the same world.
    Expected,
    /// A server that knows nothing of this one: alone, or linked by another Redis.
    Strangers,
}

/// Takes the lock of a server in a Postgres database (<https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS>),
/// for as long as the connection lives. Worlds in schemas of their own have locks of their own.
pub(super) async fn server_of_postgres(
    database: &Database,
    company: Company,
) -> Result<(AnyConnection, Neighbours), StoreError> {
    let options = database.pool.connections().connect_options();
    let mut connection = options.connect().await?;
    let deadline = Instant::now() + PATIENCE;
    loop {
        let is_first = ask_postgres(&mut connection, "pg_try_advisory_lock").await?;
        if is_first {
            begin_anew(database).await?;
        }
        let taken = match company {
            Company::Alone => is_first,
            Company::Nodes => ask_postgres(&mut connection, "pg_try_advisory_lock_shared").await?,
        };
        if is_first && company == Company::Nodes {
            ask_postgres(&mut connection, "pg_advisory_unlock").await?;
        }
        if taken {
            return Ok((connection, Neighbours::Expected));
        }
        if Instant::now() >= deadline {
            return Ok((connection, Neighbours::Strangers));
        }
        sleep(TRY_EVERY).await;
    }
}

/// No server holds the database: what the last ones shared is over.
async fn begin_anew(database: &Database) -> Result<(), StoreError> {
    database.forget_group().await?;
    database.forget_setup_seed().await
}

async fn ask_postgres(
    connection: &mut AnyConnection,
    function: &'static str,
) -> Result<bool, sqlx::Error> {
    let query =
        format!("SELECT {function}(hashtext('comutiny server'), hashtext(current_schema()))");
    // The names are those above.
    sqlx::query_scalar(sqlx::AssertSqlSafe(query))
        .fetch_one(connection)
        .await
}

/// Takes the lock of a server beside the database in `file`.
pub(super) async fn server_of_sqlite(
    database: &Database,
    file: &Path,
    company: Company,
) -> Result<UseLock, OpenError> {
    let path = beside(file, ".server");
    let deadline = Instant::now() + PATIENCE;
    loop {
        let alone = UseLock::take(&path, File::try_lock).map_err(OpenError::file(&path))?;
        if alone.is_some() {
            begin_anew(database).await?;
        }
        let taken = match company {
            Company::Alone => alone,
            Company::Nodes => {
                // One lock does not become the other in one step everywhere. Who comes in between is
                // the first one as well, and has found no group yet either.
                drop(alone);
                UseLock::take(&path, File::try_lock_shared).map_err(OpenError::file(&path))?
            }
        };
        if let Some(lock) = taken {
            return Ok(lock);
        }
        if Instant::now() >= deadline {
            return Err(OpenError::Served(file.to_owned()));
        }
        sleep(TRY_EVERY).await;
    }
}

/// Gives the lock back. A connection that failed has lost it already.
pub(super) async fn leave_postgres(mut connection: AnyConnection) {
    let left = sqlx::query("SELECT pg_advisory_unlock_all()")
        .execute(&mut connection)
        .await;
    if let Err(error) = left {
        tracing::debug!(%error, "the lock of this server ended with its connection");
    }
}

impl UseLock {
    /// "I use this database", together with others.
    pub(super) fn shared(database: &Path) -> Result<Self, OpenError> {
        let path = beside(database, ".lock");
        let taken = Self::take(&path, File::try_lock_shared);
        taken
            .map_err(OpenError::file(&path))?
            .ok_or_else(|| OpenError::Restoring(database.to_owned()))
    }

    /// "Nobody else uses this database." `None` when somebody does.
    pub(super) fn alone(database: &Path) -> io::Result<Option<Self>> {
        Self::take(&beside(database, ".lock"), File::try_lock)
    }

    fn take(path: &Path, lock: fn(&File) -> Result<(), TryLockError>) -> io::Result<Option<Self>> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, PRIVATE);
        let file = options.open(path)?;
        // One that an earlier version made. Where it is somebody else's, its owner decides.
        #[cfg(unix)]
        let _ = file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(PRIVATE));
        match lock(&file) {
            Ok(()) => Ok(Some(Self(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            // Some network file systems know no locks. SQLite is not safe there either, but that is
            // not for this lock to decide.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                Ok(Some(Self(file)))
            }
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}
