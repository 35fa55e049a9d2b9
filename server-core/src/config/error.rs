//! Why settings could not be loaded: one sentence each, for the person who wrote the setting.

use std::path::PathBuf;

/// A setting cannot be used. `Display` is a whole sentence that says what to change.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A value that its setting does not accept.
    #[error("{place} must be {accepts}{}.", found(.value.as_ref()))]
    BadValue {
        /// The setting as its source spells it, such as `--port`.
        place: String,
        /// What the setting accepts.
        accepts: String,
        /// What was found; `None` for secrets, which are never shown.
        value: Option<String>,
    },
    /// A value, often the name of a directory, that is in another encoding. Used with replacement
    /// characters it would name another directory.
    #[error("{0} must be in Unicode (UTF-8); rename what it names.")]
    NotUnicode(String),
    /// The settings file holds a key that is none of ours.
    #[error("{} has an unknown key `{key}`{}", .file.display(), suggestion(.nearest.as_ref()))]
    UnknownKey {
        /// The settings file.
        file: PathBuf,
        /// The key as written.
        key: String,
        /// The known key that looks most like it.
        nearest: Option<String>,
    },
    /// The settings file cannot be read.
    #[error("The settings file {} cannot be read: {source}.", .file.display())]
    Unreadable {
        /// The settings file.
        file: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The settings file is not TOML.
    #[error("The settings file {} is not valid TOML in line {line}: {message}.", .file.display())]
    Syntax {
        /// The settings file.
        file: PathBuf,
        /// Counted from one.
        line: usize,
        /// What the parser says.
        message: String,
    },
    /// Two settings that do not go together.
    #[error("{0}")]
    Conflict(&'static str),
}

fn found(value: Option<&String>) -> String {
    value
        .map(|value| format!(", not {value:?}"))
        .unwrap_or_default()
}

fn suggestion(nearest: Option<&String>) -> String {
    nearest.map_or_else(|| ".".to_owned(), |key| format!("; did you mean `{key}`?"))
}
