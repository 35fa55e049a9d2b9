//! `completions`: what a shell needs to complete commands and settings, from the same table as `--help`.

use std::io::Write as _;

use anyhow::Context as _;
use clap::ArgMatches;
use clap_complete::{Shell, generate};

use super::arguments;

/// Prints the script for one shell.
pub(super) fn run(given: &ArgMatches) -> anyhow::Result<()> {
    let shell = given
        .get_one::<Shell>(arguments::SHELL)
        .context("name a shell")?;
    let written = std::io::stdout().write_all(&script(*shell));
    written.context("the script could not be printed")
}

fn script(shell: Shell) -> Vec<u8> {
    let mut command = arguments::command();
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    generate(shell, &mut command, name, &mut script);
    script
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum as _;

    use super::*;

    #[test]
    fn every_shell_completes_commands_and_settings() {
        for shell in Shell::value_variants() {
            let script = String::from_utf8(script(*shell)).unwrap();
            for wanted in ["comutiny-server", "backup", "redis-url", "health"] {
                assert!(script.contains(wanted), "{shell}: {wanted}");
            }
        }
    }
}
