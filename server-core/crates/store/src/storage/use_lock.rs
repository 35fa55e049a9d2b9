//! Keeps a restore away from a database in use, and two servers from one world.
//!
//! Every process that has a SQLite database open holds a shared lock on a file beside it; a restore
//! takes the lock for itself. A server holds a second one: alone when it has no other nodes, else
//! together with them. The system releases the locks of a process that dies, so nothing is ever left
//! locked; the empty files stay. SQLite's own locks do not serve: an idle server holds none.
//!
//! Postgres has such locks itself. It may keep that of a machine which is gone for hours, so there a
//! server that is not alone is told about and not refused.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

use sqlx::{AnyConnection, AnyPool, ConnectOptions as _};

use super::OpenError;
use super::location::beside;

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
    /// A server that knows nothing of this one.
    Strangers,
}

/// Takes the lock of a server in a Postgres database (<https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS>),
/// for as long as the connection lives. Worlds in schemas of their own have locks of their own.
pub(super) async fn server_of_postgres(
    pool: &AnyPool,
    company: Company,
) -> Result<(AnyConnection, Neighbours), sqlx::Error> {
    let mut connection = pool.connect_options().connect().await?;
    let query = match company {
        Company::Alone => {
            "SELECT pg_try_advisory_lock(hashtext('comutiny server'), hashtext(current_schema()))"
        }
        Company::Nodes => {
            "SELECT pg_try_advisory_lock_shared(hashtext('comutiny server'), \
             hashtext(current_schema()))"
        }
    };
    let taken: bool = sqlx::query_scalar(query).fetch_one(&mut connection).await?;
    let neighbours = match taken {
        true => Neighbours::Expected,
        false => Neighbours::Strangers,
    };
    Ok((connection, neighbours))
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

    /// "I am the server of this database."
    pub(super) fn server(database: &Path, company: Company) -> Result<Self, OpenError> {
        let path = beside(database, ".server");
        let taken = match company {
            Company::Alone => Self::take(&path, File::try_lock),
            Company::Nodes => Self::take(&path, File::try_lock_shared),
        };
        taken
            .map_err(OpenError::file(&path))?
            .ok_or_else(|| OpenError::Served(database.to_owned()))
    }

    fn take(path: &Path, lock: fn(&File) -> Result<(), TryLockError>) -> io::Result<Option<Self>> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        let file = options.open(path)?;
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
