//! Puts a backup in the place of a database that nobody uses.

use std::io;
use std::path::{Path, PathBuf};

use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection as _, Row as _};
use tempfile::NamedTempFile;

use super::backup::DRAFT;
use super::contents::open_at_rest;
use super::folder::{folder_of, sync_folder};
use super::location::{beside, prepare};
use super::same_file::touches;
use super::use_lock::UseLock;
use super::{Contents, StoreError, migrations, schema};

/// A backup could not be restored; the database is as it was. `Display` says what to do.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The file is no SQLite database, or not one of this program.
    #[error("the file {} is not a backup made by this program", .0.display())]
    NotOurs(PathBuf),
    /// The file was made by a newer version.
    #[error("the file {} was made by a newer version of this program; install that version first", .0.display())]
    Newer(PathBuf),
    /// The file is damaged.
    #[error("the file {} is damaged; restore another backup", .0.display())]
    Damaged(PathBuf),
    /// Another program has changed the file's tables, or put something to work on them.
    #[error("the file {} was changed by another program: {what}; restore another backup", .path.display())]
    Changed {
        /// The backup.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The backup is the very database that it should replace.
    #[error("the file {} is the world itself, not a backup of it", .0.display())]
    Itself(PathBuf),
    /// The file is a database with unfinished business beside it, not a backup.
    #[error("the file {} is a database in use, not a backup; make one with `comutiny-server backup FILE`", .0.display())]
    Live(PathBuf),
    /// A server, or another program of ours, has the database open.
    #[error("the database is in use; stop the server first")]
    InUse,
    /// A file cannot be read, written or moved.
    #[error("the file {} cannot be read or replaced: {source}", .path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file's tables cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a restore did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// Where the replaced database is kept now; `None` when there was none.
    pub kept: Option<PathBuf>,
    /// What the backup holds.
    pub contents: Contents,
}

/// Replaces the SQLite database `database` with a copy of `backup`, after checking that the backup
/// is one of ours and sound. The old database moves aside, to its name with the time
/// `2025-01-02T03-04-05Z` appended, companions included.
///
/// # Errors
/// See [`RestoreError`].
pub async fn restore(
    backup: &Path,
    database: &Path,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Restored, RestoreError> {
    if touches(database, backup) {
        return Err(RestoreError::Itself(backup.to_owned()));
    }
    let contents = inspect(backup).await?;
    prepare_directory(database)?;
    let alone = UseLock::alone(database).map_err(|source| failed(database, source))?;
    let _alone = alone.ok_or(RestoreError::InUse)?;
    let draft = copy(backup, folder_of(database)).map_err(|source| failed(database, source))?;
    let kept = move_aside(database, now).map_err(|source| failed(database, source))?;
    draft
        .persist(database)
        .map_err(|refused| refused.error)
        .and_then(|_| sync_folder(folder_of(database)))
        .map_err(|source| failed(database, source))?;
    Ok(Restored { kept, contents })
}

/// The directory must be there for the lock; a new, empty database is not worth keeping aside.
fn prepare_directory(database: &Path) -> Result<(), RestoreError> {
    let existed = database.exists();
    prepare(database).map_err(|source| failed(database, source))?;
    if !existed {
        std::fs::remove_file(database).map_err(|source| failed(database, source))?;
    }
    Ok(())
}

/// Checks that a file is a backup made by this program, whole and unchanged, and says what is in it.
///
/// # Errors
/// See [`RestoreError`].
pub async fn inspect(backup: &Path) -> Result<Contents, RestoreError> {
    let size = std::fs::metadata(backup)
        .map_err(|source| failed(backup, source))?
        .len();
    let wal = std::fs::metadata(beside(backup, "-wal")).map_or(0, |wal| wal.len());
    if wal > 0 {
        return Err(RestoreError::Live(backup.to_owned()));
    }
    if size == 0 {
        return Err(RestoreError::NotOurs(backup.to_owned()));
    }
    let not_ours = |_| RestoreError::NotOurs(backup.to_owned());
    let mut connection = open_at_rest(backup).await.map_err(not_ours)?;
    let checked = check(backup, &mut connection).await;
    connection.close().await.map_err(StoreError::from)?;
    checked
}

async fn check(backup: &Path, connection: &mut SqliteConnection) -> Result<Contents, RestoreError> {
    let applied = applied_migrations(backup, connection).await?;
    let verdict: Result<String, _> = sqlx::query_scalar("PRAGMA integrity_check(1)")
        .fetch_one(&mut *connection)
        .await;
    if !matches!(verdict.as_deref(), Ok("ok")) {
        return Err(RestoreError::Damaged(backup.to_owned()));
    }
    let difference = schema::difference(connection, &applied).await;
    if let Some(what) = difference.map_err(StoreError::from)? {
        let path = backup.to_owned();
        return Err(RestoreError::Changed { path, what });
    }
    Ok(Contents::read(connection).await?)
}

/// The versions of the migrations that made the file, all of them known here.
async fn applied_migrations(
    backup: &Path,
    connection: &mut SqliteConnection,
) -> Result<Vec<i64>, RestoreError> {
    let not_ours = || RestoreError::NotOurs(backup.to_owned());
    let applied = sqlx::query("SELECT version, checksum FROM _sqlx_migrations WHERE success")
        .fetch_all(&mut *connection)
        .await
        .map_err(|_| not_ours())?;
    let newest = migrations::SQLITE
        .iter()
        .map(|migration| migration.version)
        .max();
    let mut versions = Vec::new();
    for row in &applied {
        let version: i64 = row.try_get(0).map_err(StoreError::from)?;
        let checksum: Vec<u8> = row.try_get(1).map_err(StoreError::from)?;
        let mut known = migrations::SQLITE.iter();
        match known.find(|migration| migration.version == version) {
            Some(migration) if migration.checksum.as_ref() == checksum => versions.push(version),
            None if Some(version) > newest => return Err(RestoreError::Newer(backup.to_owned())),
            Some(_) | None => return Err(not_ours()),
        }
    }
    match versions.is_empty() {
        true => Err(not_ours()),
        false => Ok(versions),
    }
}

/// Copies into the folder of the database and flushes, so that the final move is one step. What is
/// not finished goes away by itself.
fn copy(backup: &Path, folder: &Path) -> io::Result<NamedTempFile> {
    let mut from = std::fs::File::open(backup)?;
    let mut draft = tempfile::Builder::new().prefix(DRAFT).tempfile_in(folder)?;
    io::copy(&mut from, draft.as_file_mut())?;
    draft.as_file().sync_all()?;
    Ok(draft)
}

/// The companion `-wal` holds the newest commits and belongs to the old database: left behind, it
/// would be applied to the new one.
fn move_aside(database: &Path, now: chrono::DateTime<chrono::Utc>) -> io::Result<Option<PathBuf>> {
    let aside = beside(
        database,
        &now.format(".replaced-%Y-%m-%dT%H-%M-%SZ").to_string(),
    );
    if aside.exists() {
        return Err(io::Error::new(
            io::ErrorKind::AlreadyExists,
            format!("{} is there already", aside.display()),
        ));
    }
    let moved = [("", true), ("-wal", true), ("-shm", false)].map(|(companion, keep)| {
        let from = beside(database, companion);
        match (from.exists(), keep) {
            (false, _) => Ok(false),
            (true, true) => std::fs::rename(from, beside(&aside, companion)).map(|()| true),
            (true, false) => std::fs::remove_file(from).map(|()| false),
        }
    });
    let [database_moved, wal_moved, shm_removed] = moved;
    wal_moved?;
    shm_removed?;
    Ok(database_moved?.then_some(aside))
}

fn failed(path: &Path, source: io::Error) -> RestoreError {
    RestoreError::Io {
        path: path.to_owned(),
        source,
    }
}
