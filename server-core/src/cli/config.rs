//! `config show`.

use std::io::{self, Write as _};

use server_core::config::Loaded;

/// Prints every setting, secrets redacted.
pub(super) fn show(loaded: &Loaded) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    let mut group = None;
    for entry in &loaded.entries {
        if group.replace(entry.setting.group) != Some(entry.setting.group) {
            writeln!(out, "\n# {}", entry.setting.group.title())?;
        }
        let value = match entry.value.as_str() {
            "" => "(none)",
            value => value,
        };
        writeln!(
            out,
            "{:<28} {:<40} {}",
            entry.setting.env,
            value,
            entry.source_text()
        )?;
    }
    for warning in &loaded.warnings {
        writeln!(out, "\nwarning: {warning}")?;
    }
    Ok(())
}
