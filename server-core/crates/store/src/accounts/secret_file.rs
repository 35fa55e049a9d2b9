//! The signing secret that the server makes for itself when `JWT_SECRET` is unset.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::tokens::random_hex;
use identity::Secret;

/// Name of the file in the data directory.
pub const SECRET_FILE: &str = "jwt_secret";

/// The secret could not be kept.
#[derive(Debug, thiserror::Error)]
pub enum SecretFileError {
    /// The file or its directory cannot be used.
    #[error("the signing secret in {path} cannot be read or written: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file holds nothing.
    #[error("the signing secret in {0} is empty: delete the file and a new one is made")]
    Empty(PathBuf),
}

/// Reads `DATA_DIR/jwt_secret`, or makes it with 256 random bits, readable by its owner only.
///
/// Several servers that start at once on one directory agree on the file of the first one.
///
/// # Errors
/// When the directory cannot be made, or the file cannot be read, written or is empty.
pub fn load_or_create(data_dir: &Path) -> Result<Secret, SecretFileError> {
    let path = data_dir.join(SECRET_FILE);
    let failed = |source| SecretFileError::Io {
        path: path.clone(),
        source,
    };
    if !path.try_exists().map_err(failed)? {
        fs::create_dir_all(data_dir).map_err(failed)?;
        create(data_dir, &path).map_err(failed)?;
    }
    close_to_others(&path).map_err(failed)?;
    let text = fs::read_to_string(&path).map_err(failed)?;
    match text.trim() {
        "" => Err(SecretFileError::Empty(path)),
        secret => Ok(Secret::new(secret)),
    }
}

/// Written beside its place and linked into it: nobody ever reads half a secret, and a link does
/// not replace what another server put there first.
fn create(data_dir: &Path, path: &Path) -> io::Result<()> {
    let draft = data_dir.join(format!("{SECRET_FILE}.{}", random_hex()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    file.write_all(format!("{}{}\n", random_hex(), random_hex()).as_bytes())?;
    file.sync_all()?;
    drop(file);
    let placed = match fs::hard_link(&draft, path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        // Some file systems know no links.
        Err(_) => fs::rename(&draft, path),
    };
    if draft.exists() {
        fs::remove_file(&draft)?;
    }
    placed
}

#[cfg(unix)]
fn close_to_others(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path)?.permissions().mode();
    if mode & 0o077 != 0 {
        tracing::warn!(path = %path.display(), "the signing secret was readable by others; closing it");
        fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn close_to_others(_path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_is_made_once_and_kept() {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("new").join("data");
        let first = load_or_create(&data).unwrap();
        assert_eq!(first.expose().len(), 64);
        assert_eq!(load_or_create(&data).unwrap(), first);
        assert_eq!(fs::read_dir(&data).unwrap().count(), 1);
    }

    #[test]
    fn servers_that_start_at_once_agree() {
        let dir = tempfile::tempdir().unwrap();
        let secrets: Vec<String> = std::thread::scope(|scope| {
            let start = || load_or_create(dir.path()).unwrap().expose().to_owned();
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(start)).collect();
            threads.into_iter().map(|t| t.join().unwrap()).collect()
        });
        assert!(secrets.iter().all(|secret| *secret == secrets[0]));
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(SECRET_FILE);
        let mode = || fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        load_or_create(dir.path()).unwrap();
        assert_eq!(mode(), 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        load_or_create(dir.path()).unwrap();
        assert_eq!(mode(), 0o600);
    }

    #[test]
    fn an_empty_file_is_said_to_be_empty() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(SECRET_FILE), "\n").unwrap();
        let error = load_or_create(dir.path()).unwrap_err();
        assert!(matches!(error, SecretFileError::Empty(_)));
    }
}
