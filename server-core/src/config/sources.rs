//! Where settings come from.

use std::path::{Path, PathBuf};

/// Names the settings file in the environment.
pub(super) const CONFIG_FILE: &str = "CONFIG_FILE";

/// The settings file that is read, when it exists, from the data directory.
pub(super) const DEFAULT_FILE: &str = "comutiny.toml";

/// Everything that may hold settings. Defaults fill what these leave out.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// Values of flags, by the name of their setting (`SERVER_PORT`); they beat the rest.
    pub flags: Vec<(String, String)>,
    /// Environment variables; they beat the file.
    pub environment: Vec<(String, String)>,
    /// A settings file that must exist. When `None`, `CONFIG_FILE` names one, else `comutiny.toml`
    /// in the data directory is read if it is there.
    pub file: Option<PathBuf>,
}

/// Where the value in force came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Nobody set it.
    Default,
    /// This settings file.
    File(PathBuf),
    /// An environment variable.
    Environment,
    /// A flag on the command line.
    Flag,
}

/// The environment of this process. A value that is not Unicode is converted with replacement
/// characters, which no setting accepts.
#[must_use]
pub fn environment() -> Vec<(String, String)> {
    std::env::vars_os()
        .map(|(name, value)| {
            let text = |part: std::ffi::OsString| part.to_string_lossy().into_owned();
            (text(name), text(value))
        })
        .collect()
}

/// The last value of `name`, as a shell would have it.
pub(super) fn value_of<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let mut last_first = pairs.iter().rev();
    last_first
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}

/// The settings file to read, and whether somebody named it.
pub(super) struct FileChoice {
    pub(super) path: PathBuf,
    pub(super) named: bool,
}

impl FileChoice {
    pub(super) fn of(sources: &Sources, default_data_dir: &Path) -> Self {
        let from_environment = || {
            value_of(&sources.environment, CONFIG_FILE)
                .filter(|path| !path.is_empty())
                .map(PathBuf::from)
        };
        if let Some(path) = sources.file.clone().or_else(from_environment) {
            return Self { path, named: true };
        }
        let data_dir = value_of(&sources.flags, "DATA_DIR")
            .or_else(|| value_of(&sources.environment, "DATA_DIR"))
            .filter(|dir| !dir.is_empty())
            .map_or(default_data_dir, Path::new);
        Self {
            path: data_dir.join(DEFAULT_FILE),
            named: false,
        }
    }
}
