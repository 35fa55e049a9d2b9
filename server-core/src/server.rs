//! The composition root: the only module that sees all others.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::accounts::Accounts;
use crate::assets::Assets;
use crate::config::Config;
use crate::gateway::{self, Handshakes, LiveSockets};
use crate::http::client_address::{AddressPolicy, resolve_client};
use crate::http::cross_site::refuse_cross_site;
use crate::http::health::Health;
use crate::http::host_guard::{HostPolicy, guard_host};
use crate::http::origin::{self, OriginPolicy};
use crate::http::{self, AppState};
use crate::listener::Listener;
use crate::metrics::Metrics;
use crate::protocol::health::{HealthStatus, Phase};
use crate::session::{Closing, SessionManager, Settings};

mod error;
mod nodes;
mod stores;

pub use error::StartError;

/// Time the archive may take to write what waits when the server closes.
const FLUSH_STORES: Duration = Duration::from_secs(3);

/// A server that is bound to its port and ready to run.
pub struct Server {
    address: SocketAddr,
    tcp: TcpListener,
    listener: Listener,
    app: Router,
    sessions: SessionManager,
    setup_token: Option<String>,
    metrics: Arc<Metrics>,
    health: Health,
    background: Vec<JoinHandle<()>>,
    stop_background: CancellationToken,
}

impl Server {
    /// Opens the stores, builds the world and binds the port.
    ///
    /// # Errors
    /// [`StartError`], each with a sentence that says what to do.
    pub async fn bind(config: Config) -> Result<Self, StartError> {
        // The port first: the most likely failure, and nothing to undo after it.
        let wanted = SocketAddr::new(config.listen.host, config.listen.port);
        let tcp = TcpListener::bind(wanted)
            .await
            .map_err(|source| StartError::Bind {
                address: wanted,
                source,
            })?;
        let address = tcp.local_addr().map_err(|source| StartError::Bind {
            address: wanted,
            source,
        })?;

        let database = stores::open_database(&config.storage).await?;
        let tokens = stores::tokens(&config)?;
        let hub = nodes::hub(&config, address, &tokens, &database).await?;
        let accounts = Accounts::open(database.clone(), tokens).await?;
        let assets = Assets::open(database).await?;
        let metrics = Arc::new(Metrics::default());
        let stop_background = CancellationToken::new();
        let mut background = vec![
            tokio::spawn(accounts.archive().writer(stop_background.clone())),
            tokio::spawn(stores::sample_host(
                metrics.clone(),
                stop_background.clone(),
            )),
        ];

        let stale = Arc::new(Notify::new());
        let history_limit = u32::try_from(config.session.chat_history).unwrap_or(u32::MAX);
        let history = accounts.archive().recent(history_limit).await?;
        let sessions = SessionManager::start(
            Settings {
                world: config.world.clone(),
                session: config.session.clone(),
                rates: config.rates.clone(),
                limits: config.limits.clone(),
            },
            &assets.atlas(),
            &history,
            hub,
            Arc::new(stores::Stores::new(
                accounts.clone(),
                assets.clone(),
                stale.clone(),
            )),
            metrics.clone(),
        );
        background.push(tokio::spawn(nodes::reload_stores(
            accounts.clone(),
            assets.clone(),
            sessions.clone(),
            stale,
            stop_background.clone(),
        )));
        nodes::wait_for_link(&config, &sessions).await;
        let addresses = AddressPolicy::new(&config.security)?;
        let proxies = addresses.clone();
        let listener = Listener::new(
            config.listen.clone(),
            Arc::new(move |address| proxies.trusts(address)),
        );
        let state = AppState {
            config: Arc::new(config),
            accounts: accounts.clone(),
            assets,
            sessions: sessions.clone(),
        };
        let setup_token =
            (accounts.users().count_hosts().await? == 0).then(|| accounts.open_setup());
        let archive = accounts.archive().clone();
        let archive = move || match archive.is_degraded() {
            true => HealthStatus::Degraded,
            false => HealthStatus::Ok,
        };
        let link = sessions.clone();
        let health = Health::new(
            metrics.clone(),
            vec![("database", Box::new(archive))],
            Box::new(move || link.link_status()),
        );
        let app = app(state, addresses, health.clone()).await;
        Ok(Self {
            address,
            tcp,
            listener,
            app,
            sessions,
            setup_token,
            metrics,
            health,
            background,
            stop_background,
        })
    }

    /// The address that is bound, with the real port.
    #[must_use]
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// The token that makes its first user the host, while no host exists.
    #[must_use]
    pub fn setup_token(&self) -> Option<&str> {
        self.setup_token.as_deref()
    }

    /// What this server measures.
    #[must_use]
    pub fn metrics(&self) -> &Arc<Metrics> {
        &self.metrics
    }

    /// Serves until `closing` resolves, then closes in the way it says: sessions first, then
    /// connections, then stores.
    pub async fn run(self, closing: impl Future<Output = Closing>) {
        let stop_accepting = CancellationToken::new();
        let accepting = {
            let listener = self.listener.clone();
            let stop = stop_accepting.clone();
            tokio::spawn(async move { listener.serve(self.tcp, self.app, stop).await })
        };
        self.health.enter(Phase::Ready);
        tracing::info!(address = %self.address, "serving");
        let how = closing.await;
        self.health.enter(Phase::Draining);
        tracing::info!(?how, "closing");
        stop_accepting.cancel();
        self.sessions.close(how).await;
        self.listener.cut_all();
        let _ = accepting.await;
        self.stop_background.cancel();
        for task in self.background {
            if timeout(FLUSH_STORES, task).await.is_err() {
                tracing::warn!("a store did not finish in time");
            }
        }
        tracing::info!("closed");
    }
}

/// All routes and what stands before them, outermost last.
async fn app(state: AppState, addresses: AddressPolicy, health: Health) -> Router {
    let security = &state.config.security;
    let origins = OriginPolicy::new(security);
    let hosts = HostPolicy::new(security);
    let handshakes = Handshakes {
        accounts: state.accounts.clone(),
        sockets: LiveSockets::default(),
    };
    let (sockets, _) =
        gateway::layer(&state.config, state.sessions.clone(), handshakes.clone()).await;
    http::routes(state, health)
        .layer(sockets)
        .layer(from_fn_with_state(handshakes, gateway::guard))
        .layer(from_fn_with_state(origins.clone(), origin::guard_sockets))
        .layer(from_fn_with_state(origins.clone(), refuse_cross_site))
        .layer(from_fn_with_state(hosts, guard_host))
        .layer(from_fn_with_state(origins, origin::cors))
        .layer(from_fn_with_state(addresses, resolve_client))
}
