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
    match shell {
        Shell::Bash => with_ways_that_meet(&script, command.get_name()),
        _ => script,
    }
}

/// In the script for bash the library writes a hyphen of the program's name in two ways: where the words
/// so far are read, and where what follows them is listed. So it finds nothing behind the first command.
fn with_ways_that_meet(script: &[u8], name: &str) -> Vec<u8> {
    let listed = format!("{}__subcmd__", name.replace('-', "__subcmd__"));
    let read = format!("{}__subcmd__", name.replace('-', "__"));
    String::from_utf8_lossy(script)
        .replace(&listed, &read)
        .into_bytes()
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
