//! Why a database cannot be opened or does not answer.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use sqlx::migrate::MigrateError;

use super::folder::folder_of;
use super::postgres::PostgresError;

/// What a disk must have room for, in bytes, before something else than a full disk is to blame: more
/// than SQLite needs beside a small database.
const ROOM: usize = 256 * 1024;

/// The database could not do what was asked: it is away, too slow, full, read-only, or refuses the
/// statement. The text is for the log, never for a client.
///
/// A call that fails with it may be made again: it has changed nothing, or what it changed the next
/// try changes alike. Whether a commit happened during which the connection broke, nobody can know. An
/// edge answers that the server cannot do it now; what is mirrored in memory goes on as it was last
/// read.
#[derive(Debug, thiserror::Error)]
#[error("the database failed: {0}")]
pub struct StoreError(#[from] pub sqlx::Error);

impl StoreError {
    /// Whether the file holds something else than SQLite wrote there, which no second try mends.
    #[must_use]
    pub fn is_damage(&self) -> bool {
        is_damage(&self.0)
    }
}

/// `SQLITE_CORRUPT` with whatever it is more exactly (<https://sqlite.org/rescode.html#corrupt>).
fn is_damage(error: &sqlx::Error) -> bool {
    const CORRUPT: u32 = 11;
    match error {
        sqlx::Error::Migrate(error) => match error.as_ref() {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
                is_damage(error)
            }
            _ => false,
        },
        error => {
            let code = error
                .as_database_error()
                .and_then(sqlx::error::DatabaseError::code);
            let code = code.and_then(|code| code.parse::<u32>().ok());
            code.is_some_and(|code| code & 0xff == CORRUPT)
        }
    }
}

/// Whether a folder's disk is full, found out by writing there: what SQLite says of it differs by what
/// it was about to do ("disk I/O error", "unable to open database file").
pub(super) fn is_full(folder: &Path) -> bool {
    let filled = tempfile::tempfile_in(folder).and_then(|mut file| {
        file.write_all(&vec![0; ROOM])?;
        file.sync_all()
    });
    filled.is_err_and(|error| is_about_room(&error))
}

fn is_about_room(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
    )
}

/// The database cannot be opened. `Display` names the file and what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A file or its directory cannot be read, made or written.
    #[error("the file {} cannot be read and written: {source}", .path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file is something else.
    #[error("the file {} is not a database; move it away, or restore a backup", .0.display())]
    NotADatabase(PathBuf),
    /// The file was a database, and parts of it are something else now.
    #[error("the database {} is damaged; restore a backup: comutiny-server restore FILE", .0.display())]
    Damaged(PathBuf),
    /// A newer version has changed its tables. The name is a file's, or says that it is Postgres.
    #[error(
        "the database {0} was used by a newer version of CoMutiNy; start that one, or restore a backup \
         from before"
    )]
    Newer(String),
    /// A step that made its tables is not the one that every release has. Named as in [`Self::Newer`].
    #[error(
        "the database {name} was made by something else than a release of CoMutiNy (its step \
         {migration} differs); restore a backup, or start with another one"
    )]
    Different {
        /// Which database.
        name: String,
        /// Which migration.
        migration: i64,
    },
    /// There is no room on the disk.
    #[error(
        "the disk of {} is full; make room there and try again, or choose another folder with \
         DATA_DIR", .0.display()
    )]
    Full(PathBuf),
    /// SQLite does not get along with the file.
    #[error("the database {} cannot be used: {source}", .path.display())]
    Sqlite {
        /// Which file.
        path: PathBuf,
        /// What SQLite says.
        source: sqlx::Error,
    },
    /// A restore is replacing the file.
    #[error("a backup is being restored over the database {}; try again when it is done", .0.display())]
    Restoring(PathBuf),
    /// Two servers on one file would each believe to be alone: a ban on one does not hold on the
    /// other.
    #[error(
        "another server uses the database {}; stop that one first, or give both the same REDIS_URL, \
         which makes them nodes of one world", .0.display()
    )]
    Served(PathBuf),
    /// Two servers on one file that both have a Redis, and not the same one: alike.
    #[error(
        "another server uses the database {} and is linked with another Redis than this one; give both \
         the same REDIS_URL and REDIS_PREFIX. If they have the same, Redis was emptied meanwhile: stop \
         all servers of this database, then start them again", .0.display()
    )]
    ServedElsewhere(PathBuf),
    /// A Postgres database cannot be reached.
    #[error(transparent)]
    Postgres(#[from] PostgresError),
    /// Anything else.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl OpenError {
    pub(super) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        |source| match is_about_room(&source) {
            true => Self::Full(folder_of(&path).to_owned()),
            false => Self::File { path, source },
        }
    }

    /// What a step of the tables' making says; `file` is SQLite's.
    pub(super) fn migration(file: Option<&Path>, error: MigrateError) -> Self {
        let name = || {
            file.map_or_else(
                || "in Postgres".to_owned(),
                |file| file.display().to_string(),
            )
        };
        match error {
            MigrateError::VersionMissing(_) => Self::Newer(name()),
            MigrateError::VersionMismatch(migration) | MigrateError::Dirty(migration) => {
                let name = name();
                Self::Different { name, migration }
            }
            error => Self::store(file, StoreError(error.into())),
        }
    }

    /// What a statement says, with the name of SQLite's `file` where it is the file that is at fault.
    #[must_use]
    pub fn store(file: Option<&Path>, error: StoreError) -> Self {
        match file {
            Some(file) if error.is_damage() => Self::Damaged(file.to_owned()),
            Some(file) if is_full(folder_of(file)) => Self::Full(folder_of(file).to_owned()),
            _ => Self::Store(error),
        }
    }

    /// What SQLite says when it opens `path`.
    pub(super) fn sqlite(path: &Path, source: sqlx::Error) -> Self {
        // SQLITE_NOTADB (<https://sqlite.org/rescode.html#notadb>).
        let code = source
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code);
        match code.as_deref() {
            Some("26") => Self::NotADatabase(path.to_owned()),
            _ if is_damage(&source) => Self::Damaged(path.to_owned()),
            _ if is_full(folder_of(path)) => Self::Full(folder_of(path).to_owned()),
            _ => Self::Sqlite {
                path: path.to_owned(),
                source,
            },
        }
    }
}
