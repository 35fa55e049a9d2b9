//! `serve`: runs the server until a signal closes it.

use std::io::{self, Write as _};
use std::process::ExitCode;

use server_core::config::Loaded;
use server_core::{Closing, Server};
use tokio::sync::oneshot;

use super::signals::{Signal, Signals};
use super::{banner, logging};

/// Serves. The first signal closes the server in order, a second one ends the process at once.
pub(super) async fn run(loaded: &Loaded) -> anyhow::Result<ExitCode> {
    logging::start(&loaded.config.log)?;
    for warning in &loaded.warnings {
        tracing::warn!("{warning}");
    }
    let mut signals = Signals::listen()?;
    let server = Server::bind(loaded.config.clone()).await?;
    write!(
        io::stdout(),
        "{}",
        banner::text(&loaded.config, server.local_addr())
    )?;
    if let Some(token) = server.setup_token() {
        let setup = banner::setup(&loaded.config, server.local_addr(), token);
        write!(io::stdout(), "{setup}")?;
    }

    let (close, closing) = oneshot::channel();
    let mut serving = Box::pin(server.run(async move { closing.await.unwrap_or(Closing::Drain) }));
    tokio::select! {
        () = &mut serving => return Ok(ExitCode::SUCCESS),
        signal = signals.next() => {
            // The server may have ended in the same moment.
            let _ = close.send(manner(signal));
        }
    }
    tokio::select! {
        () = serving => Ok(ExitCode::SUCCESS),
        signal = signals.next() => {
            tracing::warn!("closing at once");
            Ok(ExitCode::from(signal.exit_code()))
        }
    }
}

/// A host at the keyboard closes the world for good, and players are told. A service manager
/// restarts it, and players come back by themselves.
fn manner(signal: Signal) -> Closing {
    match signal {
        Signal::Interrupt => Closing::Stop,
        Signal::Terminate => Closing::Drain,
    }
}
