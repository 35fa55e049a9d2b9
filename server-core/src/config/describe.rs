//! Settings as people read them: `config show` and the page of settings.

use std::fmt::Write as _;

use super::draft::Draft;
use super::{Group, Setting, Source, settings};

/// One setting as it is in force.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Which setting.
    pub setting: &'static Setting,
    /// Its value, redacted when it is a secret; empty when there is none.
    pub value: String,
    /// Who set it.
    pub source: Source,
}

impl Entry {
    pub(super) fn new(setting: &'static Setting, source: Source, draft: &Draft) -> Self {
        Self {
            setting,
            value: (setting.show)(draft),
            source,
        }
    }

    /// The source in a word or two: `default`, `environment`, `flag --port`, or the file's path.
    #[must_use]
    pub fn source_text(&self) -> String {
        match &self.source {
            Source::Default => "default".to_owned(),
            Source::File(path) => path.display().to_string(),
            Source::Environment => "environment".to_owned(),
            Source::Flag => format!("flag --{}", self.setting.flag()),
        }
    }
}

impl Setting {
    /// What the setting is when nobody sets it; empty when it then has no value.
    #[must_use]
    pub fn default_text(&self) -> String {
        (self.show)(&Draft::default())
    }
}

/// The settings as Markdown tables, one per group, for `docs/settings.md`.
#[must_use]
pub fn markdown_table() -> String {
    let mut out = String::new();
    for group in Group::ALL {
        let title = group.title();
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "## {title}\n\n| Environment | Flag | Default | What it does |\n|---|---|---|---|\n"
        );
        for setting in settings().filter(|setting| setting.group == group) {
            let default = match setting.default_text() {
                text if text.is_empty() => "none".to_owned(),
                text => format!("`{text}`"),
            };
            let (env, flag, help) = (setting.env, setting.flag(), setting.help);
            let accepts = (setting.accepts)();
            let _ = writeln!(
                out,
                "| `{env}` | `--{flag}` | {default} | {help} Accepts {accepts}. |"
            );
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `UPDATE_README=1 cargo test -p server-core readme` rewrites the list.
    #[test]
    fn the_readme_of_settings_lists_every_one() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/settings.md");
        let readme = std::fs::read_to_string(path).unwrap().replace("\r\n", "\n");
        let (before, rest) = readme.split_once("<!-- settings:").unwrap();
        let (how, rest) = rest.split_once("-->\n").unwrap();
        let (_, after) = rest.split_once("<!-- end of settings -->").unwrap();
        let table = markdown_table();
        let expected =
            format!("{before}<!-- settings:{how}-->\n\n{table}\n<!-- end of settings -->{after}");
        if std::env::var_os("UPDATE_README").is_some() {
            std::fs::write(path, &expected).unwrap();
        } else {
            assert!(
                readme == expected,
                "run UPDATE_README=1 cargo test -p server-core readme"
            );
        }
    }
}
