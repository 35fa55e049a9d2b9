//! The settings of the window: what is about this computer and not about the world.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use toml_edit::Value;

use super::toml_file::{self, Broken};

/// First line of a new file.
const HEADER: &str =
    "# CoMutiNy on this computer. Change it here while the program is closed, or in its window.\n";

/// `desktop.toml`; every key may be absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct AppSettings {
    /// Language of the window, the tray and notifications.
    pub(crate) language: Language,
    /// Light or dark.
    pub(crate) theme: Theme,
    /// Whether the server starts together with the program.
    pub(crate) start_server: bool,
    /// Whether the window stays hidden at start; only where there is a tray.
    pub(crate) start_hidden: bool,
    /// Whether closing the window leaves the program in the tray.
    pub(crate) close_to_tray: bool,
    /// Whether the computer is kept from sleeping while players are here.
    pub(crate) keep_awake: bool,
    /// Tell when the first player comes in.
    pub(crate) notify_first_join: bool,
    /// Tell when a player reports another one.
    pub(crate) notify_reports: bool,
    /// Tell when the server fails or is degraded.
    pub(crate) notify_trouble: bool,
    /// The folder of the world, instead of the usual one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) data_dir: Option<PathBuf>,
}

/// A language of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Language {
    /// The system's, English where that is not ours.
    #[default]
    System,
    /// English.
    En,
    /// Spanish.
    Es,
}

/// The look of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Theme {
    /// The system's.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Default for AppSettings {
    fn default() -> Self {
        Self {
            language: Language::default(),
            theme: Theme::default(),
            start_server: true,
            start_hidden: false,
            close_to_tray: true,
            keep_awake: true,
            notify_first_join: true,
            notify_reports: true,
            notify_trouble: true,
            data_dir: None,
        }
    }
}

/// Reads the file.
///
/// # Errors
/// When it is not what this program writes.
pub(crate) fn read(path: &Path) -> Result<AppSettings, Broken> {
    let document = toml_file::read(path)?;
    toml_edit::de::from_document(document)
        .map_err(|error: toml_edit::de::Error| Broken(error.message().to_owned()))
}

/// Writes the settings into the file; comments in it stay.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn write(path: &Path, settings: &AppSettings) -> std::io::Result<()> {
    let mut document = toml_file::read(path).unwrap_or_default();
    if document.is_empty() {
        document.set_trailing("");
        document.decor_mut().set_prefix(HEADER);
    }
    // Plain data: it always has a form in TOML.
    let values = toml_edit::ser::to_document(settings).map_err(std::io::Error::other)?;
    for (key, item) in values.iter() {
        let value: Option<Value> = item.as_value().cloned();
        toml_file::set(&mut document, key, value);
    }
    if settings.data_dir.is_none() {
        document.remove("data_dir");
    }
    toml_file::write(path, &document.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("desktop.toml");
        assert_eq!(read(&path).unwrap(), AppSettings::default());
        let settings = AppSettings {
            theme: Theme::Dark,
            language: Language::Es,
            keep_awake: false,
            data_dir: Some(PathBuf::from("/srv/world")),
            ..AppSettings::default()
        };
        write(&path, &settings).unwrap();
        assert_eq!(read(&path).unwrap(), settings);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with(HEADER), "{text}");
        assert!(text.contains("\ntheme = \"dark\"\n"), "{text}");

        write(&path, &AppSettings::default()).unwrap();
        assert_eq!(read(&path).unwrap(), AppSettings::default());
        assert!(!std::fs::read_to_string(&path).unwrap().contains("data_dir"));
    }

    #[test]
    fn a_few_keys_are_enough_and_unknown_ones_are_not_ours() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("desktop.toml");
        let check = |text: &str| {
            std::fs::write(&path, text).unwrap();
            read(&path)
        };
        assert!(!check("close_to_tray = false").unwrap().close_to_tray);
        assert!(check("close_to_trai = false").is_err());
        assert!(check("theme = \"pink\"").is_err());
        assert!(check("theme =").is_err());
    }
}
