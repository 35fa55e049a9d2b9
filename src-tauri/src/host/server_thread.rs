//! One server in a thread and a runtime of its own, so that nothing it does, also when it hangs,
//! holds up the window.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use metrics::Metrics;
use server_core::http::health::Health;
use server_core::{Closing, Config, Server};
use store::storage::Database;
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;

use super::failure::{Failure, FailureCode};
use super::machine::ServerEnding;
use super::ports;

/// What blocking work of a closed server may take until its threads are left behind.
const LEFTOVERS: Duration = Duration::from_secs(1);

/// The live end of a server that was launched.
#[derive(Debug)]
pub(super) struct ServerThread {
    close: Option<oneshot::Sender<Closing>>,
    abandon: CancellationToken,
}

/// What is known of a server once it is bound.
#[derive(Clone)]
pub(crate) struct Running {
    /// The address that is bound.
    pub(crate) address: std::net::SocketAddr,
    /// What it measures.
    pub(crate) metrics: Arc<Metrics>,
    /// How well it works.
    pub(crate) health: Health,
    /// What it keeps.
    pub(crate) database: Database,
}

/// What the thread tells, at most once each and in this order.
pub(super) enum ServerEvent {
    Bound(Running),
    Refused(Failure),
    Ended(ServerEnding),
}

impl ServerThread {
    /// Starts a server; `report` is called with how it goes, from the server's thread.
    pub(super) fn launch(config: Config, report: impl Fn(ServerEvent) + Send + 'static) -> Self {
        let (close, closing) = oneshot::channel();
        let abandon = CancellationToken::new();
        let abandoned = abandon.clone();
        let work = move || {
            let served = catch_unwind(AssertUnwindSafe(|| {
                serve(config, closing, &abandoned, &report)
            }));
            match served {
                Ok(Some(ending)) => report(ServerEvent::Ended(ending)),
                Ok(None) => {}
                Err(_) => report(ServerEvent::Ended(ServerEnding::Crashed)),
            }
        };
        let spawned = std::thread::Builder::new()
            .name("server".to_owned())
            .spawn(work);
        if let Err(error) = spawned {
            // Without a thread there is nobody to tell it; the start's deadline will.
            tracing::error!(%error, "the server's thread could not be started");
        }
        Self {
            close: Some(close),
            abandon,
        }
    }

    /// Tells the server to close; a second call has no effect.
    pub(super) fn close(&mut self, how: Closing) {
        if let Some(close) = self.close.take() {
            // It may have ended in the same moment.
            let _ = close.send(how);
        }
    }

    /// Ends the server's runtime whatever it does.
    pub(super) fn abandon(&self) {
        self.abandon.cancel();
    }
}

/// Runs one server to its end. `None`: it was refused or abandoned, and nobody waits for more.
fn serve(
    config: Config,
    closing: oneshot::Receiver<Closing>,
    abandoned: &CancellationToken,
    report: &impl Fn(ServerEvent),
) -> Option<ServerEnding> {
    let runtime = match runtime::build("server") {
        Ok(runtime) => runtime,
        Err(error) => {
            let message = format!("The server's threads could not be started: {error}.");
            report(ServerEvent::Refused(Failure::new(
                FailureCode::Other,
                message,
            )));
            return None;
        }
    };
    let ending = runtime.block_on(abandoned.run_until_cancelled(life(config, closing, report)));
    runtime.shutdown_timeout(LEFTOVERS);
    ending.flatten()
}

async fn life(
    config: Config,
    closing: oneshot::Receiver<Closing>,
    report: &impl Fn(ServerEvent),
) -> Option<ServerEnding> {
    let host = config.listen.host;
    let server = match Server::bind(config).await {
        Ok(server) => server,
        Err(error) => {
            tracing::error!(%error, "the server could not start");
            let failure = Failure::of_start(&error, |port| ports::next_free(host, port));
            report(ServerEvent::Refused(failure));
            return None;
        }
    };
    report(ServerEvent::Bound(Running {
        address: server.local_addr(),
        metrics: server.metrics().clone(),
        health: server.health().clone(),
        database: server.database().clone(),
    }));
    // In a task of its own: this thread stays free to abandon it, and a panic is an ending.
    let run = tokio::spawn(server.run(async { closing.await.unwrap_or(Closing::Drain) }));
    Some(match run.await {
        Ok(()) => ServerEnding::Closed,
        Err(error) => {
            tracing::error!(%error, "the server crashed");
            ServerEnding::Crashed
        }
    })
}
