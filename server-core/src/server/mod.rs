//! The composition root: the only module that sees all others.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use futures_util::future::BoxFuture;
use tokio_util::sync::CancellationToken;

use crate::config::{Config, ListenConfig};
use crate::discovery::{Arrivals, Entrance, LocalName};
use crate::feed::Feed;
use crate::gateway::{self, AdminNamespace, Handshakes, Strays};
use crate::http::admin::invite::{Reach, note_arrival};
use crate::http::cross_site::refuse_cross_site;
use crate::http::health::{Check, Health};
use crate::http::{self, AppState};
use crate::load_runs::LoadRuns;
use crate::request::client_address::{AddressPolicy, resolve_client};
use crate::request::encryption::require_tls;
use crate::request::host_guard::{HostPolicy, guard_host};
use crate::request::origin::{self, OriginPolicy};
use contract::admin::feed::EndedCode;
use contract::health::{HealthStatus, Phase};
use metrics::Metrics;
use port_mapping::MappingReport;
use runtime::Background;
use runtime::Deadline;
use session::{Closing, SessionManager};
use store::storage::Database;
use transport::{Certificates, Listener, Sockets};

use opening::OpenStores;
use unwritten::Unwritten;
use world::World;

mod chores;
mod error;
mod held_lines;
mod light;
mod logins;
mod moderation;
mod neighbours;
mod nodes;
mod opening;
mod outside;
mod pinned;
mod slow_mode;
mod stores;
mod unwritten;
mod waiting;
mod world;

pub use error::StartError;

/// Of the time a shutdown may take, the percentage in which people go. The stores have the rest.
const FOR_PEOPLE: u32 = 50;
/// Of what is then left, the percentage in which everything that waits is written. The rest is for
/// connections to the database that have to be waited for.
const FOR_WRITING: u32 = 80;
/// Percent of the rest in which the database closes; the program ends in what is left.
const FOR_DATABASE: u32 = 80;

/// A server that is bound to its port and ready to run.
///
/// Its futures are boxed: the body of an `async fn` is compiled where it is awaited, so that every host
/// of a server (the headless binary, the window, the tests) would compile all handlers once more.
pub struct Server {
    entrance: Entrance,
    sockets: Sockets,
    listener: Listener,
    app: Router,
    sessions: SessionManager,
    setup_token: Option<String>,
    metrics: Arc<Metrics>,
    health: Health,
    feed: Feed,
    watching: Background,
    background: Background,
    unwritten: Unwritten,
    shutdown_timeout: Duration,
    load_runs: LoadRuns,
    database: Database,
}

impl Server {
    /// Opens the stores, builds the world and binds the port.
    ///
    /// # Errors
    /// [`StartError`], each with a sentence that says what to do.
    pub fn bind(config: Config) -> BoxFuture<'static, Result<Self, StartError>> {
        Box::pin(Self::open(config))
    }

    async fn open(config: Config) -> Result<Self, StartError> {
        // The port first: the most likely failure, and nothing to undo after it.
        let listen = &config.listen;
        let certificates = certificates(listen)?;
        let sockets = Sockets::bind(listen.host, listen.port, listen.local)?;
        let address = sockets.address();
        let entrance = Entrance {
            bound: address,
            public_url: config.security.public_url.clone(),
            certificates: certificates.clone(),
            name: LocalName::default(),
        };

        let metrics = Arc::new(Metrics::default());
        let (opened, hub) = OpenStores::open(&config, address, &metrics).await?;
        let world = World::start(&config, &opened, hub, metrics.clone()).await?;
        let sessions = world.sessions.clone();
        let addresses = AddressPolicy::new(&config.security)?;
        let setup_token = opened.setup_token(&config).await?;
        let health = health(&metrics, &opened, &sessions, certificates.clone());

        let wiring = moderation::Wiring {
            config: &config,
            entrance: &entrance,
            opened: &opened,
            sessions: &sessions,
            metrics: &metrics,
            health: &health,
            addresses: &addresses,
            activity: world.activity,
            removed: world.removed,
        };
        let moderation = wiring.moderation();
        let load_runs = wiring.load_runs(&moderation).await?;
        let feed = moderation.feed().clone();
        let mapping = MappingReport::default();
        let watching = chores::watch(
            &config,
            &entrance,
            &opened.settings,
            &sessions,
            &feed,
            &mapping,
        );
        let background = chores::start(
            &config,
            &opened,
            &sessions,
            &moderation,
            &metrics,
            world.handed_over,
        );
        let unwritten = Unwritten {
            archive: opened.accounts.archive().clone(),
            people: opened.records.people.clone(),
            moderation: moderation.clone(),
        };

        nodes::wait_for_link(&config, &sessions).await;
        let shutdown_timeout = config.session.shutdown_timeout;
        let listener = listener(&config, &addresses).with_tls(certificates);
        let state = AppState {
            config: Arc::new(config),
            accounts: opened.accounts,
            assets: opened.assets,
            sessions: sessions.clone(),
            moderation,
            load_runs: load_runs.clone(),
        };
        let reach = Reach {
            entrance: entrance.clone(),
            arrivals: Arrivals::default(),
            mapping,
        };
        let app = app(state, addresses, health.clone(), reach).await;
        Ok(Self {
            entrance,
            sockets,
            listener,
            app,
            sessions,
            setup_token,
            metrics,
            health,
            feed,
            watching,
            background,
            unwritten,
            shutdown_timeout,
            load_runs,
            database: opened.database,
        })
    }

    /// The address that is bound, with the real port.
    #[must_use]
    pub fn local_addr(&self) -> SocketAddr {
        self.entrance.bound
    }

    /// Under which addresses the pages are opened.
    #[must_use]
    pub fn entrance(&self) -> &Entrance {
        &self.entrance
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

    /// How well it works; tells also after [`Self::run`] took the server.
    #[must_use]
    pub fn health(&self) -> &Health {
        &self.health
    }

    /// The database behind this server, to back it up while it runs.
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Serves until `closing` resolves, then closes in the way it says: sessions first, then
    /// connections, then stores, all within `SHUTDOWN_TIMEOUT_MS`. What has not ended by then is aborted,
    /// and the log says what was lost.
    pub fn run(
        self,
        closing: impl Future<Output = Closing> + Send + 'static,
    ) -> BoxFuture<'static, ()> {
        self.serve(Box::pin(closing))
    }

    fn serve(self, closing: BoxFuture<'static, Closing>) -> BoxFuture<'static, ()> {
        Box::pin(self.serve_until(closing))
    }

    async fn serve_until(self, closing: BoxFuture<'static, Closing>) {
        let stop_accepting = CancellationToken::new();
        let accepting = {
            let listener = self.listener.clone();
            let stop = stop_accepting.clone();
            tokio::spawn(async move { listener.serve(self.sockets, self.app, stop).await })
        };
        self.health.enter(Phase::Ready);
        tracing::info!(address = %self.entrance.bound, "serving");
        let how = closing.await;
        let deadline = Deadline::after(self.shutdown_timeout);
        self.health.enter(Phase::Draining);
        tracing::info!(?how, "closing");
        stop_accepting.cancel();
        if how == Closing::Stop {
            self.feed.close(EndedCode::Shutdown);
        }
        self.watching.stop();
        let people_gone = deadline.share(FOR_PEOPLE);
        tokio::join!(
            self.load_runs.close(people_gone),
            self.sessions.close(how, people_gone),
        );
        self.watching.close(people_gone).await;
        self.listener.abort_all();
        let _ = deadline.limit(accepting).await;
        self.background.close(deadline.share(FOR_WRITING)).await;
        self.unwritten.report_lost();
        if deadline
            .share(FOR_DATABASE)
            .limit(self.database.close())
            .await
            .is_err()
        {
            tracing::warn!("the database was left before it had answered");
        }
        tracing::info!("closed");
    }
}

/// What https is served with, if anything is.
fn certificates(listen: &ListenConfig) -> Result<Option<Certificates>, StartError> {
    match (&listen.tls_cert, &listen.tls_key) {
        (Some(cert), Some(key)) => Ok(Some(Certificates::load(cert, key)?)),
        _ => Ok(None),
    }
}

fn health(
    metrics: &Arc<Metrics>,
    opened: &OpenStores,
    sessions: &SessionManager,
    certificates: Option<Certificates>,
) -> Health {
    let (stores, link) = (opened.clone(), sessions.clone());
    let database = move || match stores.is_degraded() {
        true => HealthStatus::Degraded,
        false => HealthStatus::Ok,
    };
    let known = opened.neighbours.clone();
    let neighbours = move || match known.are_strange() {
        true => HealthStatus::Degraded,
        false => HealthStatus::Ok,
    };
    let mut checks: Vec<(_, Check)> = vec![
        ("database", Box::new(database)),
        ("neighbours", Box::new(neighbours)),
    ];
    if let Some(certificates) = certificates {
        let certificate = move || match certificates.problem() {
            Some(_) => HealthStatus::Degraded,
            None => HealthStatus::Ok,
        };
        checks.push(("certificate", Box::new(certificate)));
    }
    Health::new(
        metrics.clone(),
        checks,
        Box::new(move || link.link_status()),
    )
}

fn listener(config: &Config, addresses: &AddressPolicy) -> Listener {
    let proxies = addresses.clone();
    Listener::new(
        config.listen.clone(),
        Arc::new(move |address| proxies.trusts(address)),
    )
}

/// All routes and what stands before them, outermost last.
async fn app(state: AppState, addresses: AddressPolicy, health: Health, reach: Reach) -> Router {
    let security = &state.config.security;
    let origins = OriginPolicy::new(security);
    let hosts = HostPolicy::with_entrance(security, Some(reach.entrance.clone()));
    let handshakes = Arc::new(Handshakes {
        accounts: state.accounts.clone(),
        strays: Strays::new(state.sessions.clone()),
        connects: state.config.rates.connects,
    });
    let administration = AdminNamespace {
        accounts: state.accounts.clone(),
        feed: state.moderation.feed().clone(),
        hosts: hosts.clone(),
    };
    let engine = gateway::engine(
        &state.config,
        state.sessions.clone(),
        handshakes.clone(),
        administration,
    )
    .await;
    let arrivals = reach.arrivals.clone();
    http::routes(state, health, reach)
        .layer(from_fn_with_state(engine, gateway::serve))
        .layer(from_fn_with_state(handshakes, gateway::guard))
        .layer(from_fn_with_state(origins.clone(), origin::guard_sockets))
        .layer(from_fn_with_state(origins.clone(), refuse_cross_site))
        .layer(from_fn_with_state(hosts, guard_host))
        .layer(from_fn_with_state(origins, origin::cors))
        .layer(from_fn(http::guard_html))
        .layer(from_fn_with_state(arrivals, note_arrival))
        .layer(from_fn_with_state(addresses.clone(), require_tls))
        .layer(from_fn_with_state(addresses, resolve_client))
}
