//! Why a database cannot be opened or does not answer.

use std::io;
use std::path::{Path, PathBuf};

use super::postgres::PostgresError;

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
        |source| Self::File { path, source }
    }

    /// What SQLite says when it opens `path`.
    pub(super) fn sqlite(path: &Path, source: sqlx::Error) -> Self {
        // SQLITE_NOTADB (<https://sqlite.org/rescode.html#notadb>).
        let code = source
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code);
        match code.as_deref() {
            Some("26") => Self::NotADatabase(path.to_owned()),
            _ => Self::Sqlite {
                path: path.to_owned(),
                source,
            },
        }
    }
}
