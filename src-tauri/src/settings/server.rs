//! The settings of the server: `comutiny.toml` in the world's folder, the same file that the
//! headless server reads, so that a world can move between the two.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use contract::admin::setting::SettingKind;
use serde::Serialize;
use server_core::config::{
    self, ConfigError, Flaw, Group, Loaded, Setting, Source, Sources, settings as all_settings,
};
use toml_edit::Value;

use super::toml_file::{self, Broken};

/// The settings file in the world's folder.
const FILE: &str = "comutiny.toml";
/// First line of a new file.
const HEADER: &str =
    "# Settings of this world's server; `comutiny-server --help-all` explains all of them.\n";
/// Set by this program itself.
const DATA_DIR: &str = "DATA_DIR";

/// One setting as the window shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ServerSetting {
    /// Key in the file, such as `server_port`.
    pub(crate) key: String,
    /// Heading it belongs under.
    pub(crate) group: &'static str,
    /// One sentence.
    pub(crate) help: &'static str,
    /// Completes "it must be ...".
    pub(crate) accepts: String,
    /// In force at the next start; secrets are redacted.
    pub(crate) value: String,
    /// What it is when nobody sets it.
    pub(crate) default: String,
    /// The environment variable that decides it, so that the file cannot.
    pub(crate) locked_by: Option<&'static str>,
    /// Whether it is a secret.
    pub(crate) secret: bool,
    /// Whether it is on or off.
    pub(crate) switch: bool,
    /// Whether the file sets it.
    pub(crate) changed: bool,
}

/// The settings of the server in one folder.
#[derive(Debug, Clone)]
pub(crate) struct ServerSettings {
    data_dir: PathBuf,
    environment: Vec<(String, String)>,
}

/// What a file that cannot be used as it is led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeptAside {
    /// What was wrong, in sentences.
    pub(crate) why: String,
    /// Where a copy of it lies; `None` where none can be made, and the file is as it was.
    pub(crate) path: Option<PathBuf>,
}

impl KeptAside {
    /// What of `file` was broken, and where its copy lies.
    pub(crate) fn new(file: &Path, broken: &[Broken], copy: Option<PathBuf>) -> Self {
        let why: Vec<_> = broken.iter().map(|it| it.why.as_str()).collect();
        Self {
            why: format!("{}: {}", file.display(), why.join(" ")),
            path: copy,
        }
    }
}

impl ServerSettings {
    /// `environment` as the process has it; it beats the file.
    pub(crate) fn new(data_dir: &Path, environment: Vec<(String, String)>) -> Self {
        Self {
            data_dir: data_dir.to_owned(),
            environment,
        }
    }

    /// The file.
    pub(crate) fn path(&self) -> PathBuf {
        self.data_dir.join(FILE)
    }

    /// Reads everything. What of the file cannot be used is taken out of it and told, after a copy was
    /// kept aside.
    ///
    /// # Errors
    /// When the environment is wrong, or the file cannot be read.
    pub(crate) fn load(&self) -> Result<(Loaded, Option<KeptAside>), ConfigError> {
        let path = self.path();
        // A file that cannot be read at all is the loader's to tell.
        let _ = toml_file::in_utf_8(&path);
        let mut broken = toml_file::read(&path).map_or_else(|_| Vec::new(), |(_, broken)| broken);
        let mut kept = None;
        if !broken.is_empty() {
            kept = toml_file::mend(&path, &[]).ok();
        }
        let (loaded, flaws) = config::load_what_can_be_used(&self.sources(Vec::new()))?;
        if !flaws.is_empty() {
            let flaws: Vec<_> = flaws
                .into_iter()
                .map(|Flaw { key, why }| Broken::new(&key, why, String::new()))
                .collect();
            let mended = toml_file::mend(&path, &flaws).ok();
            kept = kept.or(mended);
            broken.extend(flaws);
        }
        let aside = (!broken.is_empty()).then(|| KeptAside::new(&path, &broken, kept));
        Ok((loaded, aside))
    }

    /// All settings a person may change here, in the order of `docs/settings.md`.
    pub(crate) fn list(&self, loaded: &Loaded) -> Vec<ServerSetting> {
        let entries = loaded
            .entries
            .iter()
            .filter(|entry| is_kept_here(entry.setting));
        entries
            .map(|entry| {
                let setting = entry.setting;
                ServerSetting {
                    key: setting.key(),
                    group: setting.group.title(),
                    help: setting.help,
                    accepts: (setting.accepts)(),
                    value: entry.value.clone(),
                    default: setting.default_text(),
                    locked_by: (entry.source == Source::Environment).then_some(setting.env),
                    secret: setting.secret,
                    switch: setting.switch,
                    changed: matches!(entry.source, Source::File(_)),
                }
            })
            .collect()
    }

    /// Writes changes into the file, all or none: `None` takes a key out, so that its default
    /// counts.
    ///
    /// # Errors
    /// A sentence for each key that is not accepted, or one under an empty key when the file cannot
    /// be written.
    pub(crate) fn change(
        &self,
        changes: &BTreeMap<String, Option<String>>,
    ) -> Result<(), BTreeMap<String, String>> {
        self.check(changes)?;
        let whole = |why: String| BTreeMap::from([(String::new(), why)]);
        let path = self.path();
        let (mut document, _) = toml_file::read(&path)
            .map_err(|error| whole(format!("{} cannot be read: {error}.", path.display())))?;
        if document.is_empty() {
            document.decor_mut().set_prefix(HEADER);
        }
        for (key, value) in changes {
            toml_file::set(
                &mut document,
                key,
                value.as_deref().map(|text| typed(key, text)),
            );
        }
        toml_file::write(&path, &document.to_string())
            .map_err(|error| whole(format!("{} cannot be written: {error}.", path.display())))
    }

    fn check(
        &self,
        changes: &BTreeMap<String, Option<String>>,
    ) -> Result<(), BTreeMap<String, String>> {
        let mut wrong = BTreeMap::new();
        let mut flags = Vec::new();
        for (key, value) in changes {
            let setting = all_settings().find(|setting| setting.key() == *key);
            let Some(setting) = setting.filter(|setting| is_kept_here(setting)) else {
                wrong.insert(key.clone(), "There is no such setting.".to_owned());
                continue;
            };
            let Some(value) = value else { continue };
            let flag = (setting.env.to_owned(), value.clone());
            match config::load(&self.sources(vec![flag.clone()])) {
                Ok(_) => flags.push(flag),
                Err(ConfigError::BadValue { accepts, .. }) => {
                    wrong.insert(key.clone(), format!("It must be {accepts}."));
                }
                // Perhaps it goes together with the other changes.
                Err(_) => flags.push(flag),
            }
        }
        if wrong.is_empty()
            && let Err(error) = config::load(&self.sources(flags))
        {
            wrong.insert(String::new(), error.to_string());
        }
        match wrong.is_empty() {
            true => Ok(()),
            false => Err(wrong),
        }
    }

    fn sources(&self, flags: Vec<(String, String)>) -> Sources {
        let data_dir = (
            DATA_DIR.to_owned(),
            self.data_dir.to_string_lossy().into_owned(),
        );
        Sources {
            flags: [vec![data_dir], flags].concat(),
            environment: self.environment.clone(),
            file: None,
        }
    }
}

/// What has a place of its own in the window, or none in it, is not in the list: so have the settings
/// that are changed while the server runs, because what was changed there beats this file.
fn is_kept_here(setting: &Setting) -> bool {
    !setting.is_editable()
        && setting.env != DATA_DIR
        && setting.env != "LOG_FORMAT"
        && setting.group != Group::LoadTest
}

/// As a person would write it: numbers and switches without quotes, everything else with them, also
/// a password that looks like a number.
fn typed(key: &str, text: &str) -> Value {
    let form = all_settings()
        .find(|setting| setting.key() == key)
        .map(|setting| setting.form);
    let trimmed = text.trim();
    let bare = match form {
        Some(SettingKind::Number | SettingKind::Minutes) => {
            let whole = trimmed.parse::<i64>().map(Value::from);
            whole
                .or_else(|_| trimmed.parse::<f64>().map(Value::from))
                .ok()
        }
        Some(SettingKind::Boolean) => trimmed.parse::<bool>().map(Value::from).ok(),
        Some(SettingKind::Text | SettingKind::Choice) | None => None,
    };
    bare.unwrap_or_else(|| Value::from(text))
}

#[cfg(test)]
#[path = "server_tests.rs"]
mod tests;
