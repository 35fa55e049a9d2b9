//! `serve`: runs the server until a signal closes it.

use std::io::{self, Write as _};
use std::process::ExitCode;

use server_core::config::{Loaded, LogFormat};
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
    if let Err(error) = greet(loaded, &server) {
        // Whoever read the links has closed their end; the world is open all the same.
        tracing::warn!(%error, "the links could not be printed");
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

/// Says where the world is: to eyes on standard output, to a collector of logs on standard error.
fn greet(loaded: &Loaded, server: &Server) -> io::Result<()> {
    let (config, entrance) = (&loaded.config, server.entrance());
    if config.log.format == LogFormat::Json {
        let event = banner::event(config, entrance, server.setup_token());
        return writeln!(io::stderr(), "{event}");
    }
    let mut out = io::stdout();
    write!(out, "{}", banner::text(config, entrance))?;
    match server.setup_token() {
        Some(token) => write!(out, "{}", banner::setup(entrance, &config.storage, token)),
        None => Ok(()),
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
