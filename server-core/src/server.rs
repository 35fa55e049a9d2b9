//! The composition root: the only module that sees all others.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use tokio::sync::{Notify, mpsc};
use tokio_util::sync::CancellationToken;

use crate::config::Config;
use crate::discovery::Arrivals;
use crate::feed::{Feed, FeedActivity};
use crate::gateway::{self, AdminNamespace, Handshakes, Strays};
use crate::http::admin::invite::{Reach, note_arrival};
use crate::http::cross_site::refuse_cross_site;
use crate::http::health::Health;
use crate::http::{self, AppState};
use crate::live_settings::LiveSettings;
use crate::load_runs::LoadRuns;
use crate::moderation::retention::keep_forgetting;
use crate::request::client_address::{AddressPolicy, resolve_client};
use crate::request::host_guard::{HostPolicy, guard_host};
use crate::request::origin::{self, OriginPolicy};
use contract::admin::feed::EndedCode;
use contract::health::{HealthStatus, Phase};
use metrics::Metrics;
use runtime::Background;
use runtime::Deadline;
use session::{Closing, SessionManager, SessionSettings};
use store::accounts::Accounts;
use store::accounts::archive::RECALLED;
use store::assets::Assets;
use store::records::Records;
use store::storage::{Database, keep_daily_backups};
use transport::{Listener, Sockets};
use unwritten::Unwritten;

mod error;
mod logins;
mod moderation;
mod nodes;
mod stores;
mod unwritten;

pub use error::StartError;

/// Of the time a shutdown may take, the percentage in which people go. The stores have the rest.
const FOR_PEOPLE: u32 = 50;
/// Of what is then left, the percentage in which everything that waits is written. The rest is for
/// connections to the database that have to be waited for.
const FOR_WRITING: u32 = 80;

/// A server that is bound to its port and ready to run.
pub struct Server {
    address: SocketAddr,
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
    pub async fn bind(config: Config) -> Result<Self, StartError> {
        // The port first: the most likely failure, and nothing to undo after it.
        let listen = &config.listen;
        let sockets = Sockets::bind(listen.host, listen.port, listen.local)?;
        let address = sockets.address();

        let metrics = Arc::new(Metrics::default());
        let database = stores::open_database(&config).await?;
        let tokens = stores::tokens(&config)?;
        let hub = nodes::hub(&config, address, &tokens, &database, &metrics).await?;
        let stored = database.clone();
        let accounts = Accounts::open(database.clone(), tokens).await?;
        let mut accounts = accounts.with_wrong_pins(config.rates.wrong_pins_per_day);
        if let Some(token) = &config.security.local_host {
            accounts = accounts.with_local_host(token.clone());
        }
        let assets = Assets::open(database.clone()).await?;
        let records = Records::open(&database).await?;
        let settings = LiveSettings::open(config.clone(), database).await?;
        let stale = Arc::new(Notify::new());
        let (elsewhere, told_elsewhere) = mpsc::channel(nodes::WAITING_EVENTS);
        let activity = FeedActivity::default();
        let (reports, taken_reports) = mpsc::channel(stores::WAITING_REPORTS);
        let removed = accounts.archive().removed_of_last(RECALLED).await?;
        // More than the world shows: what was said before this start is missed by nobody.
        let history_limit = u32::try_from(config.session.chat_history).unwrap_or(u32::MAX);
        let history_limit = history_limit.max(RECALLED);
        let history = accounts.archive().recent(history_limit).await?;
        moderation::begin(&activity, &accounts, &history).await?;
        let history: Vec<_> = history.into_iter().map(|it| it.message).collect();
        let world = settings.now().world.clone();
        let sessions = SessionManager::start(
            SessionSettings {
                world,
                session: config.session.clone(),
                rates: config.rates.clone(),
                limits: config.limits.clone(),
            },
            &assets.atlas(),
            &history,
            hub,
            Arc::new(stores::Stores {
                accounts: accounts.clone(),
                assets: assets.clone(),
                records: records.clone(),
                settings: settings.clone(),
                activity: activity.clone(),
                reports,
                stale: stale.clone(),
                elsewhere,
            }),
            metrics.clone(),
        );
        let addresses = AddressPolicy::new(&config.security)?;
        let proxies = addresses.clone();
        let listener = Listener::new(
            config.listen.clone(),
            Arc::new(move |address| proxies.trusts(address)),
        );
        let has_host =
            config.security.local_host.is_some() || accounts.users().count_hosts().await? > 0;
        let setup_token = (!has_host).then(|| accounts.open_setup());
        let (archive, store) = (accounts.archive().clone(), stored.clone());
        let takes_writes = move || match store.is_degraded() || archive.is_degraded() {
            true => HealthStatus::Degraded,
            false => HealthStatus::Ok,
        };
        let link = sessions.clone();
        let health = Health::new(
            metrics.clone(),
            vec![("database", Box::new(takes_writes))],
            Box::new(move || link.link_status()),
        );
        let shutdown_timeout = config.session.shutdown_timeout;
        let config = Arc::new(config);
        let parts = moderation::Wiring {
            config: &config,
            address,
            accounts: &accounts,
            records: &records,
            settings: &settings,
            sessions: &sessions,
            metrics: &metrics,
            health: &health,
            addresses: &addresses,
            activity,
            removed,
        };
        let moderation = parts.moderation();
        let load_runs = parts.load_runs(&moderation, &stored).await?;
        let feed = moderation.feed().clone();
        let mut watching = Background::default();
        watching.start("feed", |stop| feed.clone().run(sessions.clone(), stop));
        let unwritten = Unwritten {
            archive: accounts.archive().clone(),
            people: records.people.clone(),
            moderation: moderation.clone(),
        };
        let mut background = Background::default();
        background.start("database", |stop| stored.clone().keep_proving(stop));
        background.start("chat archive", |stop| accounts.archive().writer(stop));
        background.start("names of accounts", |stop| {
            accounts.users().names().clone().keep_fresh(stop)
        });
        background.start("host metrics", |stop| {
            stores::sample_host(metrics.clone(), stop)
        });
        background.start("bots", |stop| {
            stores::count_bots(sessions.clone(), metrics.clone(), stop)
        });
        background.start("people", |stop| records.people.clone().keep_writing(stop));
        background.start("audit log", |stop| moderation.clone().keep_writing(stop));
        background.start("reports", |stop| {
            stores::take_reports(moderation.clone(), taken_reports, stop)
        });
        background.start("moderators elsewhere", |stop| {
            nodes::hear_moderators(moderation.clone(), told_elsewhere, stop)
        });
        background.start("moderators here", |stop| {
            nodes::tell_moderators(moderation.clone(), sessions.clone(), stop)
        });
        background.start("changes elsewhere", |stop| {
            let staleness = nodes::Staleness {
                told: stale,
                after: config.replication.reread,
            };
            nodes::reload_stores(
                moderation.clone(),
                assets.clone(),
                sessions.clone(),
                staleness,
                stop,
            )
        });
        background.start("logins", |stop| {
            logins::keep_logins(accounts.clone(), moderation.clone(), sessions.clone(), stop)
        });
        background.start("retention", |stop| {
            keep_forgetting(accounts.clone(), records, settings, stop)
        });
        background.start("daily backups", |stop| {
            keep_daily_backups(stored.clone(), config.storage.clone(), stop)
        });
        let state = AppState {
            config,
            accounts,
            assets,
            sessions: sessions.clone(),
            moderation,
            load_runs: load_runs.clone(),
        };
        nodes::wait_for_link(&state.config, &sessions).await;
        let reach = Reach {
            bound: address,
            arrivals: Arrivals::default(),
        };
        let app = app(state, addresses, health.clone(), reach).await;
        Ok(Self {
            address,
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
            database: stored,
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
    pub async fn run(self, closing: impl Future<Output = Closing>) {
        let stop_accepting = CancellationToken::new();
        let accepting = {
            let listener = self.listener.clone();
            let stop = stop_accepting.clone();
            tokio::spawn(async move { listener.serve(self.sockets, self.app, stop).await })
        };
        self.health.enter(Phase::Ready);
        tracing::info!(address = %self.address, "serving");
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
        self.unwritten.tell_lost();
        if deadline.limit(self.database.close()).await.is_err() {
            tracing::warn!("the database was left before it had answered");
        }
        tracing::info!("closed");
    }
}

/// All routes and what stands before them, outermost last.
async fn app(state: AppState, addresses: AddressPolicy, health: Health, reach: Reach) -> Router {
    let security = &state.config.security;
    let origins = OriginPolicy::new(security);
    let hosts = HostPolicy::new(security);
    let handshakes = Handshakes {
        accounts: state.accounts.clone(),
        strays: Strays::new(state.sessions.clone()),
        connects: state.config.rates.connects,
    };
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
        .layer(from_fn_with_state(addresses, resolve_client))
}
