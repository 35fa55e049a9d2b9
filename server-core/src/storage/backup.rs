//! Copies a database while it is in use.

use std::io;
use std::path::{Path, PathBuf};

use super::location::create_private;
use super::{Database, StoreError};

/// A backup could not be made. `Display` says what to do.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Backups never replace anything.
    #[error("the file {} exists already; choose another name", .0.display())]
    Exists(PathBuf),
    /// The file cannot be written.
    #[error("the file {} cannot be written: {source}", .path.display())]
    Io {
        /// Where the backup was to go.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Postgres brings a tool of its own.
    #[error("only a SQLite database is backed up by this program; use pg_dump for Postgres")]
    NotSqlite,
    /// The database failed; the unfinished file is removed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Database {
    /// Writes a consistent copy of a SQLite database to `path`, a new file that only its owner can
    /// read. Writers go on meanwhile; what they commit after the start is not in the copy.
    ///
    /// # Errors
    /// See [`BackupError`]; nothing is left behind then.
    pub async fn backup_to(&self, path: &Path) -> Result<(), BackupError> {
        if !self.pool.is_sqlite() {
            return Err(BackupError::NotSqlite);
        }
        // `VACUUM INTO` accepts an empty file. Making it first settles its mode, and that of two
        // backups to one name only one wins.
        let file = create_private(path).map_err(|source| match source.kind() {
            io::ErrorKind::AlreadyExists => BackupError::Exists(path.to_owned()),
            _ => failed(path, source),
        })?;
        let copied = self.vacuum_into(path).await;
        let copied = copied.and_then(|()| file.sync_all().map_err(|source| failed(path, source)));
        if copied.is_err() {
            // The error above matters more than a leftover.
            let _ = std::fs::remove_file(path);
        }
        copied
    }

    async fn vacuum_into(&self, path: &Path) -> Result<(), BackupError> {
        let name = path.to_str().ok_or_else(|| {
            let reason = "SQLite takes only names in Unicode";
            failed(path, io::Error::new(io::ErrorKind::InvalidFilename, reason))
        })?;
        sqlx::query("VACUUM INTO $1")
            .bind(name.to_owned())
            .execute(&self.pool)
            .await
            .map_err(StoreError::from)?;
        Ok(())
    }
}

fn failed(path: &Path, source: io::Error) -> BackupError {
    BackupError::Io {
        path: path.to_owned(),
        source,
    }
}
