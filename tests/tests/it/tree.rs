//! The repository as files, without what was built from it.

use std::fs;
use std::path::{Path, PathBuf};

const BUILT: [&str; 7] = [
    ".venv",
    "client/reference",
    "target",
    "node_modules",
    "dist",
    ".git",
    "artifacts",
];

/// Where the repository begins.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// All files and folders below `folder`.
pub(crate) fn below(folder: &Path) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for path in fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()) {
        if BUILT.iter().any(|name| path.ends_with(name)) {
            continue;
        }
        if path.is_dir() {
            paths.extend(below(&path));
        }
        paths.push(path);
    }
    paths
}

/// The files below `folder` with one of these endings.
pub(crate) fn sources(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut paths = below(folder);
    paths.retain(|path| {
        let ending = path.extension().and_then(|it| it.to_str());
        ending.is_some_and(|it| endings.contains(&it)) && path.is_file()
    });
    paths
}
