//! A server with a port and a data directory of its own.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use metrics::Metrics;
use server_core::Config;
use server_core::Server;
use server_core::config::Rate;
use session::Closing;
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::{Client, Connect, Http, PATIENCE, soon};

/// Lets a client send as much as it likes.
pub fn without_rate_limits(config: &mut Config) {
    let rate = Rate {
        per_second: 1e6,
        burst: 1e6,
    };
    config.rates.events.updates = rate;
    config.rates.events.chat = rate;
    config.rates.events.joins = rate;
    config.rates.events.emotes = rate;
    config.rates.connects = rate;
    config.session.inbox_events = 100_000;
}

/// Gives a store up as soon as a server does that nobody has set up: for tests in which one is silent.
pub fn notices_silence(config: &mut Config) {
    let usual = Config::default().session;
    config.session.join_lookup_timeout = usual.join_lookup_timeout;
}

/// Whether frames go beside the library, as everywhere unless the environment has `DIRECT_FRAMES=off`:
/// the contract holds either way.
#[must_use]
pub fn has_direct_frames() -> bool {
    std::env::var_os("DIRECT_FRAMES").is_none_or(|value| value != "off")
}

/// A running server. Dropping it aborts it; [`TestServer::close`] ends it as a host would.
pub struct TestServer {
    address: SocketAddr,
    setup_token: Option<String>,
    metrics: Arc<Metrics>,
    closing: Option<oneshot::Sender<Closing>>,
    running: JoinHandle<()>,
    data: Arc<TempDir>,
}

impl TestServer {
    /// A server with the default settings.
    pub async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// A server whose settings `adjust` has changed.
    pub async fn with(adjust: impl FnOnce(&mut Config)) -> Self {
        let data = Arc::new(TempDir::new().expect("a temporary directory"));
        Self::on(data, adjust).await
    }

    /// A server over the data directory of an earlier one.
    pub async fn on(data: Arc<TempDir>, adjust: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::default();
        config.listen.host = Ipv4Addr::LOCALHOST.into();
        config.listen.port = 0;
        config.listen.direct_frames = has_direct_frames();
        // A busy disk is no silent store; see [`notices_silence`].
        config.session.join_lookup_timeout = PATIENCE / 2;
        data.path().clone_into(&mut config.storage.data_dir);
        adjust(&mut config);
        let server = Server::bind(config).await.expect("the server starts");
        let mut address = server.local_addr();
        if address.ip().is_unspecified() {
            address.set_ip(Ipv4Addr::LOCALHOST.into());
        }
        let setup_token = server.setup_token().map(str::to_owned);
        let metrics = server.metrics().clone();
        let (closing, how) = oneshot::channel();
        let running = tokio::spawn(server.run(async { how.await.unwrap_or(Closing::Drain) }));
        Self {
            address,
            setup_token,
            metrics,
            closing: Some(closing),
            running,
            data,
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its data directory; holds as long as anybody keeps it.
    pub fn data(&self) -> Arc<TempDir> {
        self.data.clone()
    }

    /// What it measures.
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// The token that makes the first host.
    pub fn setup_token(&self) -> &str {
        self.setup_token.as_deref().expect("no host exists yet")
    }

    /// Plain HTTP to it.
    pub fn http(&self) -> Http {
        Http::to(self.address)
    }

    /// A connection to be adjusted and opened.
    pub fn connect(&self) -> Connect {
        Connect::to(self.address)
    }

    /// A connected guest that has read its snapshot and not joined: an onlooker.
    pub async fn onlooker(&self) -> Client {
        let mut client = self.connect().open().await;
        client.expect("world:state").await;
        client
    }

    /// A connected guest that has joined under `id`.
    pub async fn player(&self, id: &str) -> Client {
        let mut client = self.onlooker().await;
        client.join(id).await;
        client
    }

    /// Begins to close without waiting for the end.
    pub fn begin_close(&mut self, how: Closing) {
        let _ = self.closing.take().expect("closed once").send(how);
    }

    /// Waits until the server has ended, and says how long that took.
    pub async fn ended(mut self) -> Duration {
        let started = Instant::now();
        soon("the server to end", &mut self.running)
            .await
            .expect("the server did not panic");
        started.elapsed()
    }

    /// Closes it and waits; says how long that took.
    pub async fn close(mut self, how: Closing) -> Duration {
        self.begin_close(how);
        self.ended().await
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        self.running.abort();
    }
}
