//! Where log lines go: standard error, for eyes or for collectors, and memory, for hosts who look at
//! them in the administration.

use std::io::{self, IsTerminal as _};

use server_core::config::{LogConfig, LogFormat};
use server_core::logs;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _};

/// Chatty at levels people ask for because of our own modules. What `LOG` says about them wins.
const QUIET: &str = "engineioxide=warn,socketioxide=warn,hyper=warn,hyper_util=warn,sqlx=warn,tower_http=warn,h2=warn";

/// Starts logging for the whole process.
///
/// # Errors
/// When the filter cannot be read.
pub(super) fn start(config: &LogConfig) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(filter_text(&config.filter))?;
    let terminal = tracing_subscriber::fmt::layer().with_writer(io::stderr);
    let terminal = match config.format {
        LogFormat::Human => terminal.with_ansi(io::stderr().is_terminal()).boxed(),
        LogFormat::Json => terminal.json().flatten_event(true).boxed(),
    };
    tracing_subscriber::registry()
        .with(filter)
        .with(terminal)
        .with(logs::layer())
        .init();
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
