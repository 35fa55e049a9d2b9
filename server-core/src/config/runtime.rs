//! Settings that a host changes while the server runs. What was changed lies in the database and
//! beats flags, environment and file until it is given back.

use std::collections::BTreeMap;

use serde_json::Value;

use super::draft::Draft;
use super::{Config, Group, Setting, Source, settings};
use contract::admin::setting::{SettingKind, SettingSource, SettingView};

/// Changed settings: text, as a flag would carry it, by the setting's key.
pub type Overrides = BTreeMap<String, String>;

/// Names of the settings that can be changed while the server runs.
const EDITABLE: [&str; 18] = [
    "WORLD_NAME",
    "WORLD_DESCRIPTION",
    "WORLD_GREETING",
    "WORLD_MOOD",
    "JOIN_PIN",
    "GUESTS_ALLOWED",
    "CHAT_RETENTION_DAYS",
    "ADDRESS_RETENTION_DAYS",
    "RECORD_RETENTION_DAYS",
    "AUDIT_RETENTION_DAYS",
    "HISTORY_DAYS",
    "SLOW_MODE_SECONDS",
    "WORD_LIST",
    "WORD_LIST_FOLDED",
    "WORD_LIST_MODE",
    "HELD_LINE_MINUTES",
    "MODERATION_REASONS",
    "PORT_MAPPING",
];
/// The one secret that hosts have to read out.
const READ_OUT: &str = "JOIN_PIN";

/// The setting with this key, if it can be changed while the server runs.
#[must_use]
pub fn editable(key: &str) -> Option<&'static Setting> {
    settings().find(|setting| setting.is_editable() && setting.key() == key)
}

impl Setting {
    /// Whether it can be changed while the server runs.
    #[must_use]
    pub fn is_editable(&self) -> bool {
        EDITABLE.contains(&self.env)
    }

    /// Reads a JSON value as the text that a flag would carry.
    ///
    /// # Errors
    /// A sentence that says what the value must be.
    pub fn read(&self, value: &Value) -> Result<String, String> {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Bool(flag) => flag.to_string(),
            Value::Null | Value::Array(_) | Value::Object(_) => return Err(self.must_be()),
        };
        match (self.apply)(&mut Draft::default(), &text) {
            true => Ok(text),
            false => Err(self.must_be()),
        }
    }

    fn must_be(&self) -> String {
        format!("It must be {}.", (self.accepts)())
    }

    fn json(&self, draft: &Draft) -> Value {
        let text = match (&draft.config.world.join_pin, self.env) {
            (Some(pin), READ_OUT) => pin.expose().to_owned(),
            _ if self.secret => return Value::Null,
            _ => (self.show)(draft),
        };
        match self.form {
            _ if text.is_empty() && self.form != SettingKind::Text => Value::Null,
            SettingKind::Number | SettingKind::Minutes => {
                serde_json::from_str(&text).unwrap_or(Value::Null)
            }
            SettingKind::Boolean => Value::Bool(text == "true"),
            SettingKind::Text | SettingKind::Choice => Value::String(text),
        }
    }
}

impl Config {
    /// These settings with `overrides` on top. What cannot be read is left out with a log line: it
    /// was written by another version.
    #[must_use]
    pub fn with(&self, overrides: &Overrides) -> Self {
        self.draft(overrides).config
    }

    /// Every setting as the administration shows it, with `overrides` on top; editable ones first.
    #[must_use]
    pub fn views(&self, overrides: &Overrides) -> Vec<SettingView> {
        let draft = self.draft(overrides);
        let mut all: Vec<_> = settings()
            .filter(|setting| setting.group != Group::LoadTest)
            .collect();
        all.sort_by_key(|setting| !setting.is_editable());
        all.into_iter()
            .map(|setting| self.view(setting, &draft, overrides))
            .collect()
    }

    fn view(&self, setting: &'static Setting, draft: &Draft, overrides: &Overrides) -> SettingView {
        let shown = (setting.show)(draft);
        let source = match self.origins.get(setting.env) {
            _ if overrides.contains_key(&setting.key()) => SettingSource::Database,
            None | Some(Source::Default) => SettingSource::Default,
            Some(Source::File(_)) => SettingSource::File,
            Some(Source::Environment) => SettingSource::Environment,
            Some(Source::Flag) => SettingSource::Flag,
        };
        SettingView {
            key: setting.key(),
            value: setting.json(draft),
            default: setting.json(&Draft::default()),
            source,
            kind: setting.form,
            choices: (!setting.choices.is_empty()).then(|| {
                setting
                    .choices
                    .iter()
                    .map(|&choice| choice.to_owned())
                    .collect()
            }),
            accepts: (setting.accepts)(),
            secret: setting.secret && setting.env != READ_OUT,
            set: !shown.is_empty(),
            editable: setting.is_editable(),
            restart: !setting.is_editable(),
            section: setting.group.title().to_owned(),
            help: setting.help.to_owned(),
        }
    }

    fn draft(&self, overrides: &Overrides) -> Draft {
        let mut draft = Draft {
            config: self.clone(),
            ..Draft::default()
        };
        for (key, text) in overrides {
            let known = editable(key).is_some_and(|setting| (setting.apply)(&mut draft, text));
            if !known {
                tracing::warn!(
                    key,
                    "a setting in the database is not usable and has no effect"
                );
            }
        }
        draft
    }
}

#[cfg(test)]
mod tests {
    use identity::Secret;
    use serde_json::json;

    use super::*;

    #[test]
    fn overrides_beat_what_was_given_and_unusable_ones_are_left_out() {
        let mut config = Config::default();
        config.origins.insert("WORLD_NAME", Source::Environment);
        let overrides = Overrides::from([
            ("world_name".to_owned(), "Cove".to_owned()),
            ("guests_allowed".to_owned(), "no".to_owned()),
            ("chat_retention_days".to_owned(), "soon".to_owned()),
            ("server_port".to_owned(), "1".to_owned()),
        ]);
        let changed = config.with(&overrides);
        assert_eq!(changed.world.name, "Cove");
        assert!(!changed.world.guests_allowed);
        assert_eq!(changed.storage.chat_retention_days, 90);
        assert_eq!(changed.listen.port, 4000);
        let view = |views: &[SettingView], key: &str| {
            views.iter().find(|view| view.key == key).cloned().unwrap()
        };
        let views = config.views(&overrides);
        let name = view(&views, "world_name");
        assert_eq!(
            (name.value, name.source),
            (json!("Cove"), SettingSource::Database)
        );
        assert_eq!(view(&views, "guests_allowed").value, json!(false));
        assert_eq!(view(&views, "server_port").value, json!(4000));
        let name = view(&config.views(&Overrides::default()), "world_name");
        assert_eq!(name.source, SettingSource::Environment);
        assert!(
            views[..EDITABLE.len()]
                .iter()
                .all(|view| view.editable && !view.restart)
        );
    }

    #[test]
    fn secrets_stay_secret_but_the_pin_is_there_to_be_read_out() {
        let mut config = Config::default();
        config.security.jwt_secret = Some(Secret::new("very secret text"));
        config.world.join_pin = Some(Secret::new("4711"));
        let views = config.views(&Overrides::default());
        let text = serde_json::to_string(&views).unwrap();
        assert!(!text.contains("very secret"));
        let find = |key: &str| views.iter().find(|view| view.key == key).unwrap();
        let secret = find("jwt_secret");
        assert!(secret.secret && secret.set && secret.value.is_null());
        let pin = find("join_pin");
        assert_eq!((&pin.value, pin.secret), (&json!("4711"), false));
    }

    #[test]
    fn values_are_read_as_their_kind() {
        let read = |key: &str, value: Value| editable(key).unwrap().read(&value);
        assert_eq!(read("guests_allowed", json!(true)).unwrap(), "true");
        assert_eq!(read("chat_retention_days", json!(7)).unwrap(), "7");
        assert_eq!(read("join_pin", json!("")).unwrap(), "");
        for (key, value) in [
            ("guests_allowed", json!("maybe")),
            ("chat_retention_days", json!(-1)),
            ("chat_retention_days", json!(1.5)),
            ("join_pin", json!("123")),
            ("join_pin", json!("12 34")),
            ("world_name", json!("")),
            ("world_name", json!(["x"])),
            ("world_name", json!("x".repeat(101))),
        ] {
            let refused = read(key, value.clone()).unwrap_err();
            assert!(refused.starts_with("It must be "), "{key} {value}");
        }
        assert!(editable("server_port").is_none());
    }

    #[test]
    fn a_pin_opens_only_when_it_is_the_same() {
        let world = super::super::WorldConfig {
            join_pin: Some(Secret::new("4711")),
            ..Default::default()
        };
        for (pin, opens) in [
            ("4711", true),
            ("4712", false),
            ("471", false),
            ("47111", false),
            ("", false),
        ] {
            assert_eq!(world.opens_with(pin), opens, "{pin}");
        }
    }
}
