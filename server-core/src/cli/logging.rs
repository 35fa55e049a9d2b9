//! Where log lines go: standard error, for eyes or for collectors, and memory, for hosts who look at
//! them in the administration.

use std::io::{self, IsTerminal as _};

use server_core::config::{LogConfig, LogFormat};
use server_core::logs;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _};

/// Starts logging for the whole process.
///
/// # Errors
/// When the filter cannot be read.
pub(super) fn start(config: &LogConfig) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(config.directives())?;
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
