//! Where this program keeps its settings and its data.

use std::path::{Path, PathBuf};

/// Reverse-DNS name of the program, for folders and the session bus.
pub(crate) const IDENTIFIER: &str = "org.comutiny.desktop";
/// The file with the settings of the window.
const APP_FILE: &str = "desktop.toml";

/// Folders and files of one instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Places {
    /// The settings of the window.
    pub(crate) app_file: PathBuf,
    /// Where the world lies when the settings of the window name no other place.
    pub(crate) default_data_dir: PathBuf,
    /// The window's own folder: not in the world's, which may be missing or on another disk.
    pub(crate) window_dir: PathBuf,
    /// Set by `DATA_DIR`; then settings and world lie there, and this instance is apart from others.
    pub(crate) fixed_data_dir: Option<PathBuf>,
}

impl Places {
    /// `data_dir` is the value of `DATA_DIR`; `config_home` and `data_home` are the system's folders
    /// for this user, when it tells.
    pub(crate) fn new(
        data_dir: Option<PathBuf>,
        config_home: Option<PathBuf>,
        data_home: Option<PathBuf>,
    ) -> Self {
        let data_dir = data_dir.filter(|dir| !dir.as_os_str().is_empty());
        let data_home = data_home.unwrap_or_default();
        // Beside the usual folder of a world, whose name it must not be on any system.
        let window_dir = data_home.join(format!("{}.window", identifier(data_dir.as_deref())));
        if let Some(dir) = data_dir {
            return Self {
                app_file: dir.join(APP_FILE),
                default_data_dir: dir.clone(),
                window_dir,
                fixed_data_dir: Some(dir),
            };
        }
        Self {
            app_file: config_home
                .unwrap_or_default()
                .join(IDENTIFIER)
                .join(APP_FILE),
            default_data_dir: data_home.join(IDENTIFIER),
            window_dir,
            fixed_data_dir: None,
        }
    }

    /// The places of this process. A relative `DATA_DIR` counts from the working directory.
    pub(crate) fn of_process() -> Self {
        let data_dir = std::env::var_os("DATA_DIR").map(PathBuf::from);
        let data_dir = data_dir.map(|dir| real(&dir));
        Self::new(data_dir, dirs::config_dir(), dirs::data_local_dir())
    }

    /// The world's folder: `DATA_DIR`, else the one chosen in the settings, else the usual one.
    pub(crate) fn data_dir(&self, chosen: Option<&Path>) -> PathBuf {
        self.fixed_data_dir
            .as_deref()
            .or(chosen)
            .unwrap_or(&self.default_data_dir)
            .to_owned()
    }

    /// Names this instance to the system. Programs with a `DATA_DIR` of their own are instances of
    /// their own; all others are one.
    pub(crate) fn identifier(&self) -> String {
        identifier(self.fixed_data_dir.as_deref())
    }
}

fn identifier(fixed_data_dir: Option<&Path>) -> String {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};

    let Some(dir) = fixed_data_dir else {
        return IDENTIFIER.to_owned();
    };
    let mut hasher = DefaultHasher::new();
    dir.hash(&mut hasher);
    format!("{IDENTIFIER}.at{:016x}", hasher.finish())
}

/// Where a folder really lies, so that one world under two names is one instance. What does not exist yet
/// counts from its nearest folder that does.
fn real(dir: &Path) -> PathBuf {
    let absolute = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    absolute
        .ancestors()
        .find_map(|there| {
            let rest = absolute.strip_prefix(there).ok()?;
            Some(there.canonicalize().ok()?.join(rest))
        })
        .map_or_else(|| absolute.clone(), |real| real.components().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_world_under_two_names_is_one_instance() {
        let home = tempfile::tempdir().unwrap();
        let home = home.path().canonicalize().unwrap();
        let (world, other) = (home.join("world"), home.join("other"));
        std::fs::create_dir(&world).unwrap();
        std::os::unix::fs::symlink(&world, &other).unwrap();
        assert_eq!(real(&other), world);
        assert_eq!(real(&other.join("new/er")), world.join("new/er"));
        assert_eq!(real(&home.join("absent")), home.join("absent"));
        let instance = |dir: &Path| Places::new(Some(real(dir)), None, None).identifier();
        assert_eq!(instance(&world), instance(&other));
    }

    fn usual(data_dir: Option<&str>) -> Places {
        let home = |path: &str| Some(PathBuf::from(path));
        Places::new(data_dir.map(PathBuf::from), home("/c"), home("/d"))
    }

    #[test]
    fn without_data_dir_the_systems_folders_are_used() {
        let places = usual(None);
        assert_eq!(
            places.app_file,
            Path::new("/c").join(IDENTIFIER).join(APP_FILE)
        );
        assert_eq!(places.data_dir(None), Path::new("/d").join(IDENTIFIER));
        assert_eq!(places.data_dir(Some(Path::new("/x"))), Path::new("/x"));
        assert_eq!(places.identifier(), IDENTIFIER);
        let window = Path::new("/d").join(format!("{IDENTIFIER}.window"));
        assert_eq!(places.window_dir, window);
        assert_eq!(usual(Some("")), places);
    }

    #[test]
    fn data_dir_holds_settings_and_world_and_is_an_instance_of_its_own() {
        let places = usual(Some("/here"));
        assert_eq!(places.app_file, Path::new("/here/desktop.toml"));
        assert_eq!(places.data_dir(Some(Path::new("/x"))), Path::new("/here"));
        assert!(places.window_dir.starts_with("/d"));
        assert_ne!(places.window_dir, usual(None).window_dir);
        assert_ne!(places.identifier(), usual(Some("/there")).identifier());
        assert!(places.identifier().starts_with(IDENTIFIER));
    }
}
