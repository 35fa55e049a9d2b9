//! Where log lines go: standard error, for eyes or for collectors.

use std::io::{self, IsTerminal as _};

use server_core::config::{LogConfig, LogFormat};
use tracing_subscriber::EnvFilter;

/// Chatty at levels people ask for because of our own modules. What `LOG` says about them wins.
const QUIET: &str = "engineioxide=warn,socketioxide=warn,hyper=warn,hyper_util=warn,sqlx=warn,tower_http=warn,h2=warn";

/// Starts logging for the whole process.
///
/// # Errors
/// When the filter cannot be read.
pub(super) fn start(config: &LogConfig) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(filter_text(&config.filter))?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr);
    match config.format {
        LogFormat::Human => builder.with_ansi(io::stderr().is_terminal()).init(),
        LogFormat::Json => builder.json().flatten_event(true).init(),
    }
    Ok(())
}

/// Later directives win over earlier ones for the same module.
fn filter_text(filter: &str) -> String {
    format!("{QUIET},{filter}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_host_asks_for_wins_over_the_quiet_list() {
        let filter = EnvFilter::try_new(filter_text("info,socketioxide=debug")).unwrap();
        let shown = filter.to_string();
        assert!(shown.contains("socketioxide=debug"), "{shown}");
        assert!(!shown.contains("socketioxide=warn"), "{shown}");
        assert!(shown.contains("hyper=warn"), "{shown}");
    }
}
