//! The window's own folder: its cache and its place on the screen. It lies apart from the world's, so
//! that the window opens whatever became of that one.

use std::path::{Path, PathBuf};

use crate::private;

/// The window's place on the screen.
pub(crate) const PLACE_FILE: &str = "place.json";
/// Where version 0.1.0 kept all of this, in the world's folder.
const EARLIER: &str = "window";

/// A folder that can be written, as long as this lives.
#[derive(Debug)]
pub(crate) struct WindowFolder {
    path: PathBuf,
    /// Removed with the program: made where no other folder can be written.
    _for_now: Option<tempfile::TempDir>,
}

impl WindowFolder {
    /// Makes the folder `wanted` and moves there what an earlier version left in the world's folder.
    /// Where it cannot be written, one for this time alone takes its place.
    pub(crate) fn prepare(wanted: &Path, world: &Path) -> Self {
        move_in(&world.join(EARLIER), wanted);
        if private::create_folder(wanted).is_ok() && tempfile::tempfile_in(wanted).is_ok() {
            return Self {
                path: wanted.to_owned(),
                _for_now: None,
            };
        }
        let for_now = tempfile::tempdir().ok();
        let path = for_now.as_ref().map(|dir| dir.path().to_owned());
        Self {
            path: path.unwrap_or_else(|| wanted.to_owned()),
            _for_now: for_now,
        }
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

/// From another disk the place alone is taken along; the cache fills by itself.
fn move_in(earlier: &Path, wanted: &Path) {
    if wanted.exists() || !earlier.is_dir() {
        return;
    }
    let made = wanted.parent().map_or(Ok(()), std::fs::create_dir_all);
    if made.is_ok() && std::fs::rename(earlier, wanted).is_err() {
        let place = earlier.join(PLACE_FILE);
        let copied = std::fs::create_dir_all(wanted)
            .and_then(|()| std::fs::copy(place, wanted.join(PLACE_FILE)));
        if let Err(error) = copied {
            tracing::debug!(%error, "the window's earlier place is forgotten");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lay_in_the_worlds_folder_moves_once() {
        let dir = tempfile::tempdir().unwrap();
        let (world, wanted) = (dir.path().join("world"), dir.path().join("deep/own"));
        let earlier = world.join(EARLIER);
        std::fs::create_dir_all(&earlier).unwrap();
        std::fs::write(earlier.join(PLACE_FILE), "here").unwrap();
        let folder = WindowFolder::prepare(&wanted, &world);
        assert_eq!(folder.path(), wanted);
        let place = wanted.join(PLACE_FILE);
        assert_eq!(std::fs::read_to_string(&place).unwrap(), "here");
        assert!(!earlier.exists());

        std::fs::create_dir_all(&earlier).unwrap();
        WindowFolder::prepare(&wanted, &world);
        assert_eq!(std::fs::read_to_string(&place).unwrap(), "here");
    }

    #[test]
    fn without_a_place_of_its_own_the_window_opens_all_the_same() {
        let dir = tempfile::tempdir().unwrap();
        let blocked = dir.path().join("a file");
        std::fs::write(&blocked, "").unwrap();
        let folder = WindowFolder::prepare(&blocked.join("own"), dir.path());
        assert!(folder.path().is_dir());
    }
}
