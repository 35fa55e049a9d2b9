//! The table of settings: one line each, which everything about the setting follows from.

use super::Source;
use super::draft::Draft;
use super::kinds::ValueKind;
use contract::admin::setting::SettingKind;

mod hooks;
mod play;
mod rates;
mod server;

/// One setting. The flag and the key in the file follow from the name in the environment.
#[derive(Debug)]
pub struct Setting {
    /// Its name in the environment, such as `SERVER_PORT`.
    pub env: &'static str,
    /// Where help lists it.
    pub group: Group,
    /// One sentence for people.
    pub help: &'static str,
    /// Completes "it must be ...".
    pub accepts: fn() -> String,
    /// Never shown.
    pub secret: bool,
    /// A flag without a value means `true`.
    pub switch: bool,
    /// What a page shows it as.
    pub form: SettingKind,
    /// The values of a choice.
    pub choices: &'static [&'static str],
    pub(super) apply: fn(&mut Draft, &str) -> bool,
    pub(super) show: fn(&Draft) -> String,
}

/// Settings that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// The listening socket.
    Listening,
    /// The world.
    World,
    /// Sizes and rates.
    Limits,
    /// Flushing and queues.
    Session,
    /// Secrets and origins.
    Security,
    /// Data.
    Storage,
    /// Several nodes.
    Replication,
    /// The log.
    Log,
    /// The load test.
    LoadTest,
}

impl Group {
    /// Every group, in the order of `--help`.
    pub const ALL: [Self; 9] = [
        Self::Listening,
        Self::World,
        Self::Security,
        Self::Storage,
        Self::Log,
        Self::Replication,
        Self::Limits,
        Self::Session,
        Self::LoadTest,
    ];

    /// The heading in `--help` and in `docs/settings.md`.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Listening => "Listening",
            Self::World => "World",
            Self::Limits => "Limits",
            Self::Session => "Flushing and slow clients",
            Self::Security => "Security",
            Self::Storage => "Data",
            Self::Replication => "Several nodes",
            Self::Log => "Log",
            Self::LoadTest => "Load test",
        }
    }
}

impl Setting {
    /// The key in the settings file: the name in lower case.
    #[must_use]
    pub fn key(&self) -> String {
        self.env.to_lowercase()
    }

    /// The flag without its dashes: the name with dashes, and without a leading `SERVER_`.
    #[must_use]
    pub fn flag(&self) -> String {
        let name = self.env.strip_prefix("SERVER_").unwrap_or(self.env);
        name.to_lowercase().replace('_', "-")
    }

    /// The setting as `source` spells it, at the start of a sentence.
    pub(super) fn place(&self, source: &Source) -> String {
        match source {
            Source::Default => self.env.to_owned(),
            Source::File(path) => format!("`{}` in {}", self.key(), path.display()),
            Source::Environment => format!("The environment variable {}", self.env),
            Source::Flag => format!("--{}", self.flag()),
        }
    }
}

/// All settings, in the order of `--help`.
pub fn settings() -> impl Iterator<Item = &'static Setting> {
    let all = || {
        let server = server::SETTINGS.iter();
        server
            .chain(play::SETTINGS)
            .chain(rates::SETTINGS)
            .chain(hooks::SETTINGS)
    };
    Group::ALL
        .into_iter()
        .flat_map(move |group| all().filter(move |setting| setting.group == group))
}

/// Ties a setting's kind to the field that holds its value.
const fn setting<K: ValueKind>(
    env: &'static str,
    group: Group,
    help: &'static str,
    _kind: &K,
    accepts: fn() -> String,
    apply: fn(&mut Draft, &str) -> bool,
    show: fn(&Draft) -> String,
) -> Setting {
    Setting {
        env,
        group,
        help,
        accepts,
        secret: K::SECRET,
        switch: K::SWITCH,
        form: K::FORM,
        choices: K::CHOICES,
        apply,
        show,
    }
}

/// `name!(group, "ENV_NAME", kind, path.to.field, "Help.")`.
macro_rules! entry {
    ($group:ident, $env:expr, $kind:expr, $($field:ident).+, $help:literal) => {
        setting(
            $env,
            Group::$group,
            $help,
            &$kind,
            || $kind.accepts(),
            |draft, text| match $kind.parse(text) {
                Some(value) => {
                    draft.$($field).+ = value;
                    true
                }
                None => false,
            },
            |draft| $kind.show(&draft.$($field).+),
        )
    };
}
use entry;

#[cfg(test)]
mod tests {
    use super::*;

    /// The names in backticks in the docs of the plain structs are all settings.
    #[test]
    fn every_documented_name_is_in_the_table() {
        let docs = [
            include_str!("../mod.rs"),
            include_str!("../../../crates/session/src/config.rs"),
            include_str!("../../../crates/transport/src/config.rs"),
            include_str!("../../../crates/replication/src/config.rs"),
            include_str!("../log.rs"),
            include_str!("../../discovery/config.rs"),
            include_str!("../../../crates/load-test/src/config.rs"),
            include_str!("../../load_runs/config.rs"),
            include_str!("../../../crates/store/src/storage/config.rs"),
        ];
        let is_name = |word: &&str| {
            word.len() > 2 && word.chars().all(|c| c.is_ascii_uppercase() || c == '_')
        };
        for name in docs.iter().flat_map(|text| text.split('`')).filter(is_name) {
            assert!(settings().any(|setting| setting.env == name), "{name}");
        }
    }

    #[test]
    fn names_flags_and_defaults_hold_together() {
        let mut flags: Vec<_> = settings().map(Setting::flag).collect();
        flags.sort();
        assert!(flags.windows(2).all(|pair| pair[0] != pair[1]));
        for setting in settings() {
            let default = setting.default_text();
            let mut draft = Draft::default();
            let accepted = default.is_empty() || (setting.apply)(&mut draft, &default);
            assert!(
                accepted,
                "{} refuses its own default {default:?}",
                setting.env
            );
            assert!(setting.help.ends_with('.'), "{}", setting.env);
        }
    }

    #[test]
    fn each_setting_changes_its_own_field_only() {
        let shown = |draft: &Draft| {
            settings()
                .map(|setting| (setting.show)(draft))
                .collect::<Vec<_>>()
        };
        let before = shown(&Draft::default());
        for (index, setting) in settings().enumerate() {
            let mut draft = Draft::default();
            let samples = [
                "7",
                "8",
                "false",
                "true",
                "open",
                "json",
                "debug",
                "127.0.0.9",
                "http://a.test",
                "redis://a",
                "sqlite:a",
                "0f9a7c51d3e84b26a",
                "10.0.0.1",
                "2500",
                "70000",
                "300000",
                "word",
                "storm",
                "square",
                "people",
                "es",
                "dusk",
                "hold",
            ];
            let taken = |draft: &mut Draft| {
                samples.iter().any(|text| {
                    (setting.apply)(draft, text) && shown(draft)[index] != before[index]
                })
            };
            assert!(taken(&mut draft), "{} never changes", setting.env);
            let changed = shown(&draft)
                .iter()
                .zip(&before)
                .filter(|(a, b)| a != b)
                .count();
            assert_eq!(changed, 1, "{}", setting.env);
        }
    }
}
