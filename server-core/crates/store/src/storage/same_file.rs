//! Tells whether a path leads to a database in use, whatever it is called: through a link, in other
//! letters, or by way of another folder.

use std::path::{Path, PathBuf};

use super::location::beside;

/// The files of a SQLite database, by what follows its name. A file under one of these names becomes
/// part of the database, also when there is none yet.
const PARTS: [&str; 6] = ["", "-wal", "-shm", "-journal", ".lock", ".server"];

/// Whether writing to `path` would touch the SQLite database in the file `database`.
#[must_use]
pub fn touches(database: &Path, path: &Path) -> bool {
    // SQLite follows links before it names its companions.
    let real = std::fs::canonicalize(database).unwrap_or_else(|_| database.to_owned());
    PARTS.iter().any(|part| {
        is_same_file(&beside(&real, part), path) || is_same_file(&beside(database, part), path)
    })
}

/// Whether two paths lead to one file or folder. What is not there yet is told by its folder and name.
#[must_use]
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    match (identity(one), identity(other)) {
        (Some(one), Some(other)) => one == other,
        (None, None) => place(one).is_some_and(|one| place(other) == Some(one)),
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// A text that two paths share exactly when they lead to one file; `None` when nothing is there.
#[cfg(unix)]
pub(super) fn identity(path: &Path) -> Option<String> {
    use std::os::unix::fs::MetadataExt as _;

    let it = std::fs::metadata(path).ok()?;
    Some(format!("{:x}.{:x}", it.dev(), it.ino()))
}

/// A text that two paths share exactly when they lead to one file; `None` when nothing is there.
#[cfg(not(unix))]
pub(super) fn identity(path: &Path) -> Option<String> {
    let real = std::fs::canonicalize(path).ok()?;
    Some(real.display().to_string())
}

fn place(path: &Path) -> Option<PathBuf> {
    let folder = path.parent()?;
    let folder = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    Some(std::fs::canonicalize(folder).ok()?.join(path.file_name()?))
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_database_is_known_by_every_name() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        let (world, copy) = (at("w.sqlite"), at("copy"));
        std::fs::write(&world, "x").unwrap();
        std::fs::write(&copy, "x").unwrap();
        symlink(&world, at("link")).unwrap();
        symlink(dir.path(), at("folder")).unwrap();
        std::fs::hard_link(&world, at("twin")).unwrap();
        let check = |path: PathBuf, expected: bool| {
            assert_eq!(touches(&world, &path), expected, "{}", path.display());
        };
        check(world.clone(), true);
        check(at("./folder/w.sqlite"), true);
        check(at("link"), true);
        check(at("twin"), true);
        check(at("w.sqlite-wal"), true);
        check(at("folder/w.sqlite-journal"), true);
        check(copy, false);
        check(at("new"), false);
        check(at("nowhere/w.sqlite"), false);
        // The world itself may be reached through a link.
        assert!(touches(&at("link"), &at("w.sqlite-wal")));
        assert!(touches(&at("link"), &at("link-wal")));
    }
}
