//! Keeps a restore away from a database in use.
//!
//! Every process that has a SQLite database open holds a shared lock on a file beside it; a restore
//! takes the lock for itself. The system releases the locks of a process that dies, so nothing is
//! ever left locked; the empty file stays. SQLite's own locks do not serve: an idle server holds none.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

use super::location::beside;

/// A lock that ends when it is dropped.
#[derive(Debug)]
pub(super) struct UseLock(#[expect(dead_code, reason = "open as long as the lock holds")] File);

impl UseLock {
    /// "I use this database", together with others.
    pub(super) fn shared(database: &Path) -> io::Result<Self> {
        Self::take(
            database,
            File::try_lock_shared,
            "a backup is being restored over this database",
        )
    }

    /// "Nobody else uses this database."
    pub(super) fn alone(database: &Path) -> io::Result<Self> {
        Self::take(database, File::try_lock, "the database is in use")
    }

    fn take(
        database: &Path,
        lock: fn(&File) -> Result<(), TryLockError>,
        refusal: &'static str,
    ) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        let file = options.open(beside(database, ".lock"))?;
        match lock(&file) {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => {
                Err(io::Error::new(io::ErrorKind::ResourceBusy, refusal))
            }
            // Some network file systems know no locks. SQLite is not safe there either, but that is
            // not for this lock to decide.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                Ok(Self(file))
            }
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}
