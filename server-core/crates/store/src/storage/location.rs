//! Where the database is.

use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};

use super::config::StorageConfig;
use super::{OpenError, StoreError};

/// Name of the SQLite file in the data directory.
const DATABASE_FILE: &str = "comutiny.sqlite";

/// A database's address, and its file when it is a SQLite file.
#[derive(Clone)]
pub struct Location {
    url: String,
    file: Option<PathBuf>,
}

impl Location {
    /// The configured database, or the file in the data directory.
    ///
    /// # Errors
    /// When the configured address cannot be read.
    pub fn of(config: &StorageConfig) -> Result<Self, StoreError> {
        match &config.database_url {
            Some(url) => Self::parse(url.expose()),
            None => Self::parse(&sqlite_url(&config.data_dir.join(DATABASE_FILE))),
        }
    }

    /// Reads `sqlite:PATH`, `sqlite::memory:` or the address of a Postgres database.
    ///
    /// # Errors
    /// When a SQLite address cannot be read.
    pub fn parse(url: &str) -> Result<Self, StoreError> {
        let in_memory = url.contains(":memory:") || url.contains("mode=memory");
        let file = match url.starts_with("sqlite:") && !in_memory {
            true => Some(
                SqliteConnectOptions::from_str(url)?
                    .get_filename()
                    .to_owned(),
            ),
            false => None,
        };
        Ok(Self {
            url: url.to_owned(),
            file,
        })
    }

    /// The address for [`super::Database::open`]; it may hold a password.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The SQLite file; `None` for Postgres and for a database in memory.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Whether this is SQLite, in a file or in memory.
    #[must_use]
    pub fn is_sqlite(&self) -> bool {
        self.url.starts_with("sqlite:")
    }
}

/// Never the address, which may hold a password.
impl std::fmt::Debug for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Location")
            .field("file", &self.file)
            .finish_non_exhaustive()
    }
}

/// `path` with `suffix` after its whole name, as SQLite names its companions (`-wal`).
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Makes the directory and an empty file, which SQLite takes for a new database. The file holds
/// password hashes, so nobody else may read it; SQLite gives its companions the same mode.
pub(super) fn prepare(file: &Path) -> io::Result<()> {
    if let Some(directory) = file
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
    {
        std::fs::create_dir_all(directory)?;
    }
    match create_private(file) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map(drop),
    }
}

/// Finds out at once, and with the file's name, what a pool of connections would try until its time
/// is over.
pub(super) async fn probe(file: &Path) -> Result<(), OpenError> {
    let mut options = std::fs::OpenOptions::new();
    let opened = options.read(true).write(true).open(file);
    opened.map_err(OpenError::file(file))?;
    let read = async {
        let mut connection = SqliteConnectOptions::new().filename(file).connect().await?;
        // Reads all tables' declarations.
        sqlx::query("SELECT COUNT(name) FROM sqlite_master")
            .execute(&mut connection)
            .await?;
        connection.close().await
    };
    read.await.map_err(|source| OpenError::sqlite(file, source))
}

/// Creates a file that only its owner reads; refuses one that exists.
pub(super) fn create_private(path: &Path) -> io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Percent-encodes what an address gives a meaning of its own.
fn sqlite_url(path: &Path) -> String {
    use std::fmt::Write as _;

    let path = path.to_string_lossy();
    path.bytes().fold("sqlite:".to_owned(), |mut url, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/\\:".contains(&byte) {
            url.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(url, "%{byte:02X}");
        }
        url
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, file: Option<&str>) {
        assert_eq!(
            Location::parse(url).unwrap().file(),
            file.map(Path::new),
            "{url}"
        );
    }

    #[test]
    fn addresses_know_their_file() {
        check("sqlite:data/a.sqlite", Some("data/a.sqlite"));
        check(
            "sqlite:///srv/a%20b.sqlite?mode=rwc",
            Some("/srv/a b.sqlite"),
        );
        check("sqlite::memory:", None);
        check("postgres://u:p@h/d", None);
    }

    #[test]
    fn any_data_directory_survives_the_address() {
        let config = StorageConfig {
            data_dir: PathBuf::from("/srv/Ana's 100% world?#é"),
            ..StorageConfig::default()
        };
        let location = Location::of(&config).unwrap();
        assert_eq!(
            location.file(),
            Some(config.data_dir.join("comutiny.sqlite").as_path())
        );
    }
}
