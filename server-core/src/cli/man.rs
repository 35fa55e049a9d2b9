//! `man`: the manual, made from the same table as `--help`, for packages.

use std::path::Path;

use anyhow::Context as _;
use clap::ArgMatches;

use super::arguments;

/// Writes one page for each command.
pub(super) fn run(arguments: &ArgMatches) -> anyhow::Result<()> {
    let folder = arguments::text(arguments, "FOLDER").unwrap_or_default();
    let folder = Path::new(&folder);
    clap_mangen::generate_to(arguments::command(), folder)
        .with_context(|| format!("The manual could not be written to {}", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_names_every_setting_and_no_inner_command() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_str().unwrap();
        let matches = arguments::command().get_matches_from(["comutiny-server", "man", path]);
        run(matches.subcommand().unwrap().1).unwrap();
        let page = std::fs::read_to_string(folder.path().join("comutiny-server.1")).unwrap();
        let plain = page.replace('\\', "");
        for wanted in ["--host", "SERVER_HOST", "backup", "JOIN_PIN"] {
            assert!(plain.contains(wanted), "{wanted}");
        }
        let pages = std::fs::read_dir(folder.path()).unwrap();
        let pages: Vec<_> = pages.map(|page| page.unwrap().file_name()).collect();
        assert!(
            pages.contains(&"comutiny-server-user-add.1".into()),
            "{pages:?}"
        );
        assert!(
            !pages
                .iter()
                .any(|page| page.to_string_lossy().contains("worker")),
            "{pages:?}"
        );
    }
}
