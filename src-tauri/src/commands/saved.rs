//! Writes files where a person says: in one step, and never over the world.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use store::storage::{Location, is_same_file, touches};

use super::CommandRefusal;
use crate::desktop::Desktop;

/// Writes a file that was asked for by a dialog; what is there already is replaced once the new file is
/// whole.
///
/// # Errors
/// A sentence, when the file belongs to the world or cannot be written.
pub(crate) fn save(desktop: &Desktop, path: &Path, content: &[u8]) -> Result<(), CommandRefusal> {
    let world = desktop.settings.data_dir();
    if is_of_world(&world, database(desktop).as_deref(), path) {
        return Err(format!(
            "{} is the world itself, or a file of it; choose another name.",
            path.display()
        ));
    }
    write_beside(path, content)
        .map_err(|error| format!("{} could not be written: {error}.", path.display()))
}

fn database(desktop: &Desktop) -> Option<PathBuf> {
    if let Some(running) = desktop.host.running() {
        return running.database.file().map(Path::to_owned);
    }
    let storage = desktop.settings.load_server().ok()?.config.storage;
    let location = Location::of(&storage).ok()?;
    location.file().map(Path::to_owned)
}

/// The database wherever it lies, and every file that is in the world's folder already.
fn is_of_world(world: &Path, database: Option<&Path>, path: &Path) -> bool {
    let inside = path
        .parent()
        .is_some_and(|folder| is_same_file(folder, world));
    database.is_some_and(|database| touches(database, path)) || inside && path.exists()
}

fn write_beside(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    // As any program leaves a file: others may read it where the person's mask says so.
    #[cfg(unix)]
    let builder = {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o666);
        builder.permissions(mode)
    };
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut draft = builder.prefix(".unfinished-").tempfile_in(folder)?;
    draft.write_all(content)?;
    draft.as_file().sync_all()?;
    draft.persist(path).map_err(|refused| refused.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_the_world_are_never_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let world = dir.path().join("world");
        std::fs::create_dir(&world).unwrap();
        let database = world.join("comutiny.sqlite");
        for name in ["comutiny.sqlite", "jwt_secret"] {
            std::fs::write(world.join(name), "mine").unwrap();
        }
        let check = |path: PathBuf, expected: bool| {
            let is = is_of_world(&world, Some(&database), &path);
            assert_eq!(is, expected, "{}", path.display());
        };
        check(world.join("comutiny.sqlite-wal"), true);
        check(world.join("../world/jwt_secret"), true);
        check(world.join("chat.csv"), false);
        check(dir.path().join("jwt_secret"), false);
    }

    #[test]
    fn a_file_is_replaced_as_a_whole() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("chat.csv");
        for text in ["first", "second"] {
            write_beside(&path, text.as_bytes()).unwrap();
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }
        assert!(write_beside(&path.join("below"), b"x").is_err());
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
