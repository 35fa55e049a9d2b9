//! Settings that are text of some form, and choices.

use std::path::PathBuf;

use super::ValueKind;
use crate::config::{GuestTakeover, LogFormat};
use contract::admin::setting::SettingKind;

/// Text of at least `.0` and at most `.1` characters, without control characters.
pub(in crate::config) struct Text(pub(in crate::config) usize, pub(in crate::config) usize);

impl ValueKind for Text {
    type Value = String;

    fn accepts(&self) -> String {
        match self.0 {
            0 => format!("text of at most {} characters", self.1),
            least => format!("text of {least} to {} characters", self.1),
        }
    }

    fn parse(&self, text: &str) -> Option<String> {
        let text = text.trim();
        let length = text.chars().count();
        let fits = self.0 <= length && length <= self.1 && !text.contains(char::is_control);
        fits.then(|| text.to_owned())
    }

    fn show(&self, value: &String) -> String {
        value.clone()
    }
}

/// A kind whose setting may have no value at all.
pub(in crate::config) struct OptionalText<K>(pub(in crate::config) K);

impl<K: ValueKind> ValueKind for OptionalText<K> {
    type Value = Option<K::Value>;
    const SECRET: bool = K::SECRET;
    const FORM: SettingKind = K::FORM;

    fn accepts(&self) -> String {
        self.0.accepts()
    }

    fn parse(&self, text: &str) -> Option<Self::Value> {
        self.0.parse(text).map(Some)
    }

    fn show(&self, value: &Self::Value) -> String {
        value
            .as_ref()
            .map(|value| self.0.show(value))
            .unwrap_or_default()
    }
}

/// A directory, made when it is absent.
pub(in crate::config) struct DirectoryPath;

impl ValueKind for DirectoryPath {
    type Value = PathBuf;

    fn accepts(&self) -> String {
        "a directory".to_owned()
    }

    fn parse(&self, text: &str) -> Option<PathBuf> {
        (!text.trim().is_empty()).then(|| PathBuf::from(text))
    }

    fn show(&self, value: &PathBuf) -> String {
        value.display().to_string()
    }
}

/// A file that is there.
pub(in crate::config) struct FilePath;

impl ValueKind for FilePath {
    type Value = PathBuf;

    fn accepts(&self) -> String {
        "a file".to_owned()
    }

    fn parse(&self, text: &str) -> Option<PathBuf> {
        (!text.trim().is_empty()).then(|| PathBuf::from(text))
    }

    fn show(&self, value: &PathBuf) -> String {
        value.display().to_string()
    }
}

/// `secret`, `address` or `open`.
pub(in crate::config) struct Takeover;

impl ValueKind for Takeover {
    type Value = GuestTakeover;
    const FORM: SettingKind = SettingKind::Choice;
    const CHOICES: &'static [&'static str] = &["secret", "address", "open"];

    fn accepts(&self) -> String {
        "secret, address or open".to_owned()
    }

    fn parse(&self, text: &str) -> Option<GuestTakeover> {
        match text.trim().to_lowercase().as_str() {
            "secret" => Some(GuestTakeover::Secret),
            "address" => Some(GuestTakeover::Address),
            "open" => Some(GuestTakeover::Open),
            _ => None,
        }
    }

    fn show(&self, value: &GuestTakeover) -> String {
        match value {
            GuestTakeover::Secret => "secret",
            GuestTakeover::Address => "address",
            GuestTakeover::Open => "open",
        }
        .to_owned()
    }
}

/// `human` or `json`.
pub(in crate::config) struct LogFormatName;

impl ValueKind for LogFormatName {
    type Value = LogFormat;
    const FORM: SettingKind = SettingKind::Choice;
    const CHOICES: &'static [&'static str] = &["human", "json"];

    fn accepts(&self) -> String {
        "human or json".to_owned()
    }

    fn parse(&self, text: &str) -> Option<LogFormat> {
        match text.trim().to_lowercase().as_str() {
            "human" => Some(LogFormat::Human),
            "json" => Some(LogFormat::Json),
            _ => None,
        }
    }

    fn show(&self, value: &LogFormat) -> String {
        match value {
            LogFormat::Human => "human",
            LogFormat::Json => "json",
        }
        .to_owned()
    }
}

/// A log filter. `EnvFilter` takes any lone word for a module's name, so `verbose` would silence
/// everything without a word; here a lone word must be a level.
pub(in crate::config) struct Filter;

impl ValueKind for Filter {
    type Value = String;

    fn accepts(&self) -> String {
        "a level (off, error, warn, info, debug or trace), with exceptions by module such as \
         info,server_core=debug"
            .to_owned()
    }

    fn parse(&self, text: &str) -> Option<String> {
        let levels = ["off", "error", "warn", "info", "debug", "trace"];
        let text = text.trim();
        let is_fine =
            |part: &str| part.contains('=') || levels.contains(&part.to_lowercase().as_str());
        let fine = !text.is_empty() && text.split(',').map(str::trim).all(is_fine);
        let parses = || tracing_subscriber::EnvFilter::try_new(text).is_ok();
        (fine && parses()).then(|| text.to_owned())
    }

    fn show(&self, value: &String) -> String {
        value.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    #[test]
    fn a_filter_is_a_level_with_exceptions() {
        check(
            &Filter,
            "info,server_core=debug",
            Some("info,server_core=debug"),
        );
        for refused in ["", "verbose", "info,server_core=loud", "info,,"] {
            check(&Filter, refused, None);
        }
    }
}
