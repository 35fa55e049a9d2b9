//! The settings file: flat TOML, one key per setting.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

use super::sources::FileChoice;
use super::{ConfigError, settings};

/// Values by key, as the text a flag would carry.
pub(super) type FileValues = BTreeMap<String, String>;

/// A key that is not used, and why.
pub(super) type RefusedKey = (String, ConfigError);

/// Reads the chosen file: the keys that are ours, and those that are not. A file nobody named may be
/// absent: `None`.
pub(super) fn read(
    choice: &FileChoice,
) -> Result<Option<(FileValues, Vec<RefusedKey>)>, ConfigError> {
    match std::fs::read_to_string(&choice.path) {
        Ok(text) => parse(&choice.path, &text).map(Some),
        Err(error) if !choice.named && is_absent(error.kind()) => Ok(None),
        Err(source) => Err(ConfigError::Unreadable {
            file: choice.path.clone(),
            source,
        }),
    }
}

/// A data directory that is no directory holds no settings; what is wrong with it is said by those
/// who need it.
fn is_absent(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory)
}

fn parse(path: &Path, text: &str) -> Result<(FileValues, Vec<RefusedKey>), ConfigError> {
    let table: toml::Table = toml::from_str(text).map_err(|error| ConfigError::Syntax {
        file: path.to_owned(),
        line: line_of(text, error.span().map_or(0, |span| span.start)),
        message: error.message().trim_end_matches('.').to_owned(),
    })?;
    let (mut values, mut refused) = (FileValues::new(), Vec::new());
    for (key, value) in table {
        let Some(setting) = settings().find(|setting| setting.key() == key) else {
            let unknown = ConfigError::UnknownKey {
                file: path.to_owned(),
                key: key.clone(),
                nearest: nearest_key(&key),
            };
            refused.push((key, unknown));
            continue;
        };
        match as_text(&value) {
            Some(text) => {
                values.insert(key, text);
            }
            None => {
                let bad = ConfigError::BadValue {
                    place: format!("`{key}` in {}", path.display()),
                    accepts: (setting.accepts)(),
                    value: None,
                };
                refused.push((key, bad));
            }
        }
    }
    Ok((values, refused))
}

/// Lists are written with commas everywhere else, so they may be real lists only here.
fn as_text(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Float(number) => Some(number.to_string()),
        toml::Value::Boolean(flag) => Some(flag.to_string()),
        toml::Value::Array(items) => {
            let items: Option<Vec<_>> = items.iter().map(toml::Value::as_str).collect();
            items.map(|items| items.join(","))
        }
        toml::Value::Datetime(_) | toml::Value::Table(_) => None,
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes()
        .take(offset)
        .filter(|byte| *byte == b'\n')
        .count()
        + 1
}

/// Two names alike enough that one is a slip of the other (Jaro-Winkler, 0 to 1).
const LIKENESS: f64 = 0.75;

fn nearest_key(key: &str) -> Option<String> {
    let key = key.to_lowercase().replace('-', "_");
    settings()
        .map(super::Setting::key)
        .map(|known| (strsim::jaro_winkler(&known, &key), known))
        .filter(|(likeness, _)| *likeness >= LIKENESS)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, known)| known)
}
