//! The settings of the window: what is about this computer and not about the world.

use std::path::{Path, PathBuf};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use toml_edit::{DocumentMut, Item, Value};

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
    /// Where newer versions are told of (`UPDATE_FEED`); nobody is asked without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) update_feed: Option<String>,
    /// The folder of the world, instead of the usual one.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "folder")]
    pub(crate) data_dir: Option<PathBuf>,
}

/// An empty name is no folder, and does not say that the usual one is meant either.
fn folder<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<PathBuf>, D::Error> {
    match Option::<PathBuf>::deserialize(deserializer)? {
        Some(folder) if folder.as_os_str().is_empty() => Err(D::Error::custom(
            "it is empty; name a folder, or take the line out for the usual one",
        )),
        folder => Ok(folder),
    }
}

/// A language of the window: one of [`languages::all`] by its code, or `system`, which is English where
/// the system's is none of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(into = "String")]
pub(crate) struct Language(Option<&'static str>);

const SYSTEM: &str = "system";

impl Language {
    /// Its code; `None` for the system's.
    pub(crate) fn code(self) -> Option<&'static str> {
        self.0
    }
}

impl TryFrom<String> for Language {
    type Error = String;

    fn try_from(code: String) -> Result<Self, String> {
        let mut all = languages::all().iter().map(|it| it.code);
        match all.find(|it| *it == code) {
            None if code == SYSTEM => Ok(Self(None)),
            Some(known) => Ok(Self(Some(known))),
            None => {
                let all = languages::all().iter().map(|it| format!(", `{}`", it.code));
                let all: String = all.collect();
                Err(format!(
                    "unknown language `{code}`, expected one of `{SYSTEM}`{all}"
                ))
            }
        }
    }
}

// By hand: the derived one would only read texts that last as long as the program.
impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.0.unwrap_or(SYSTEM).to_owned()
    }
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
            update_feed: None,
            data_dir: None,
        }
    }
}

/// Reads the file; what of it cannot be used has its default, and is told.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn read(path: &Path) -> std::io::Result<(AppSettings, Vec<Broken>)> {
    let (document, mut broken) = toml_file::read(path)?;
    let (mut used, mut settings) = (DocumentMut::new(), AppSettings::default());
    for (key, item) in document.iter() {
        used.insert(key, item.clone());
        match toml_edit::de::from_document(used.clone()) {
            Ok(read) => settings = read,
            Err(error) => {
                used.remove(key);
                broken.push(refused(key, item, &error));
            }
        }
    }
    Ok((settings, broken))
}

fn refused(key: &str, item: &Item, error: &toml_edit::de::Error) -> Broken {
    let why = match error.message().starts_with("unknown field") {
        true => format!("There is no setting `{key}`."),
        false => format!("`{key}` cannot be used: {}.", error.message().trim_end()),
    };
    Broken::new(key, why, format!("{key} = {item}"))
}

/// Writes the settings into the file; comments in it stay.
///
/// # Errors
/// When it cannot be read or written.
pub(crate) fn write(path: &Path, settings: &AppSettings) -> std::io::Result<()> {
    let (mut document, _) = toml_file::read(path)?;
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
        assert_eq!(read(&path).unwrap().0, AppSettings::default());
        let settings = AppSettings {
            theme: Theme::Dark,
            language: Language::try_from("es".to_owned()).unwrap(),
            keep_awake: false,
            data_dir: Some(PathBuf::from("/srv/world")),
            ..AppSettings::default()
        };
        write(&path, &settings).unwrap();
        assert_eq!(read(&path).unwrap(), (settings, Vec::new()));
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with(HEADER), "{text}");
        assert!(text.contains("\ntheme = \"dark\"\n"), "{text}");

        write(&path, &AppSettings::default()).unwrap();
        assert_eq!(read(&path).unwrap().0, AppSettings::default());
        assert!(!std::fs::read_to_string(&path).unwrap().contains("data_dir"));
    }

    #[test]
    fn a_few_keys_are_enough_and_a_wrong_one_costs_itself_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("desktop.toml");
        let check = |text: &str, wrong: &str| {
            let all = format!("keep_awake = false\n{text}\ndata_dir = \"/srv/world\"");
            std::fs::write(&path, all).unwrap();
            let (settings, broken) = read(&path).unwrap();
            let why: Vec<_> = broken.iter().map(|it| it.why.as_str()).collect();
            assert_eq!(why.join(" ").replace('\n', " "), wrong);
            assert!(!settings.keep_awake);
            assert_eq!(settings.data_dir.as_deref(), Some(Path::new("/srv/world")));
            settings
        };
        assert!(!check("close_to_tray = false", "").close_to_tray);
        check(
            "close_to_trai = false",
            "There is no setting `close_to_trai`.",
        );
        let pink = "`theme` cannot be used: unknown variant `pink`, expected one of `system`, `light`, `dark`.";
        assert_eq!(check("theme = \"pink\"", pink).theme, Theme::System);
        let all = languages::all().iter();
        let all: String = all.map(|it| format!(", `{}`", it.code)).collect();
        let other = format!(
            "`language` cannot be used: unknown language `xx`, expected one of `system`{all}."
        );
        let settings = check("language = \"xx\"", &other);
        assert_eq!(settings.language, Language::default());
    }
}
