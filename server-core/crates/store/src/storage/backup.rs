//! Copies a database while it is in use.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::error::is_full;
use super::folder::{folder_of, sync_folder};
use super::location::beside;
use super::same_file::touches;
use super::use_lock::UseLock;
use super::{Contents, Database, StoreError};

/// What every SQLite database begins with (<https://sqlite.org/fileformat.html>, section 1.3).
pub(super) const SQLITE_MAGIC: &[u8; 16] = b"SQLite format 3\0";
/// Files of a world beside its database: a start reads a backup under such a name as settings or as a key.
const READ_AT_START: [&str; 3] = ["comutiny.toml", "desktop.toml", "jwt_secret"];
/// Begins the names of unfinished copies.
pub(super) const DRAFT: &str = ".unfinished-";

/// What becomes of a file that has the backup's name already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and no backup is made.
    Keep,
    /// It is replaced in one step once the new backup is whole. Only an older backup is.
    Replace,
}

/// A backup could not be made; every file is as it was. `Display` says what to do.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Somebody's file is there.
    #[error("the file {} exists already; choose another name", .0.display())]
    Exists(PathBuf),
    /// The backup would have gone over its own database.
    #[error("the file {} is the world itself; choose another name", .0.display())]
    Itself(PathBuf),
    /// A start would read it as something else.
    #[error("the name {} is kept for a world's settings or key; choose another name", .0.display())]
    Kept(PathBuf),
    /// Another program of ours uses the file.
    #[error("the file {} is a world in use; choose another name", .0.display())]
    InUse(PathBuf),
    /// The file in the way is something else.
    #[error("the file {} is no backup and stays as it is; choose another name", .0.display())]
    NotABackup(PathBuf),
    /// The file cannot be written.
    #[error("the file {} cannot be written: {source}", .path.display())]
    Io {
        /// Where the backup was to go.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// There is no room for it.
    #[error("the disk of {} is full; make room there, or choose another place", .0.display())]
    Full(PathBuf),
    /// SQLite cannot write the copy.
    #[error("the backup {} cannot be written: {source}", .path.display())]
    Sqlite {
        /// Where the backup was to go.
        path: PathBuf,
        /// What SQLite says.
        source: StoreError,
    },
    /// Postgres brings a tool of its own.
    #[error("only a SQLite database is backed up by this program; use pg_dump for Postgres")]
    NotSqlite,
    /// The database is damaged; the unfinished file is removed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Database {
    /// Writes a consistent copy of a SQLite database to `path`, a file that only its owner can read,
    /// and says what is in it. Writers go on meanwhile; what they commit after the start is not in
    /// the copy. The file has its name only when it is whole and on the disk.
    ///
    /// # Errors
    /// See [`BackupError`]; nothing is left behind then.
    pub async fn backup_to(
        &self,
        path: &Path,
        existing: Existing,
    ) -> Result<Contents, BackupError> {
        if !self.pool.is_sqlite() {
            return Err(BackupError::NotSqlite);
        }
        self.check_target(path, existing)?;
        let failed = |source| failed(path, source);
        let folder = folder_of(path);
        // `VACUUM INTO` accepts an empty file. Making it first settles its mode.
        let draft = tempfile::Builder::new()
            .prefix(DRAFT)
            .tempfile_in(folder)
            .map_err(failed)?;
        let copied = self.vacuum_into(draft.path()).await;
        copied.map_err(|error| copy_failed(path, error))?;
        draft.as_file().sync_all().map_err(failed)?;
        let contents = Contents::of(draft.path()).await;
        let contents = contents.map_err(|error| copy_failed(path, error))?;
        // Asked again: copying a large world takes its time.
        self.check_target(path, existing)?;
        put_in_place(draft, path, existing)?;
        sync_folder(folder).map_err(failed)?;
        Ok(contents)
    }

    fn check_target(&self, path: &Path, existing: Existing) -> Result<(), BackupError> {
        if let Some(database) = &self.file
            && touches(database, path)
        {
            return Err(BackupError::Itself(path.to_owned()));
        }
        let is_kept = |name: &std::ffi::OsStr| READ_AT_START.iter().any(|it| name == *it);
        if path.file_name().is_some_and(is_kept) {
            return Err(BackupError::Kept(path.to_owned()));
        }
        match (path.exists(), existing) {
            (false, _) => Ok(()),
            (true, Existing::Keep) => Err(BackupError::Exists(path.to_owned())),
            (true, Existing::Replace) => check_replaceable(path),
        }
    }

    async fn vacuum_into(&self, draft: &Path) -> Result<(), StoreError> {
        let name = draft.to_str().ok_or_else(|| {
            let reason = "SQLite takes only names in Unicode";
            sqlx::Error::Io(io::Error::new(io::ErrorKind::InvalidFilename, reason))
        })?;
        sqlx::query("VACUUM INTO $1")
            .bind(name.to_owned())
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}

/// A backup is a SQLite database that nobody has open and that has no commits waiting beside it,
/// which the new one would be given.
fn check_replaceable(path: &Path) -> Result<(), BackupError> {
    let failed = |source| failed(path, source);
    let waiting = std::fs::metadata(beside(path, "-wal")).is_ok_and(|wal| wal.len() > 0);
    let lock = beside(path, ".lock");
    if waiting || lock.exists() && UseLock::alone(path).map_err(failed)?.is_none() {
        return Err(BackupError::InUse(path.to_owned()));
    }
    let mut head = Vec::new();
    let file = std::fs::File::open(path).map_err(failed)?;
    file.take(SQLITE_MAGIC.len() as u64)
        .read_to_end(&mut head)
        .map_err(failed)?;
    match head.is_empty() || head == SQLITE_MAGIC {
        true => Ok(()),
        false => Err(BackupError::NotABackup(path.to_owned())),
    }
}

fn put_in_place(draft: NamedTempFile, path: &Path, existing: Existing) -> Result<(), BackupError> {
    let placed = match existing {
        Existing::Keep => draft.persist_noclobber(path),
        Existing::Replace => draft.persist(path),
    };
    placed
        .map(drop)
        .map_err(|refused| match refused.error.kind() {
            io::ErrorKind::AlreadyExists => BackupError::Exists(path.to_owned()),
            _ => failed(path, refused.error),
        })
}

fn failed(path: &Path, source: io::Error) -> BackupError {
    match source.kind() {
        io::ErrorKind::StorageFull => BackupError::Full(folder_of(path).to_owned()),
        _ => BackupError::Io {
            path: path.to_owned(),
            source,
        },
    }
}

/// Why SQLite made no copy, asked while what it has made still takes its room.
fn copy_failed(path: &Path, error: StoreError) -> BackupError {
    match error {
        error if error.is_damage() => BackupError::Store(error),
        _ if is_full(folder_of(path)) => BackupError::Full(folder_of(path).to_owned()),
        source => BackupError::Sqlite {
            path: path.to_owned(),
            source,
        },
    }
}
