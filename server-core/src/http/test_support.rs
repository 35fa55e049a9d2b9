//! A server without sockets for tests of the REST interface: the real router, middleware and
//! database, asked in process.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::middleware::from_fn_with_state;
use http::{HeaderMap, Request, StatusCode, header};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::cross_site::refuse_cross_site;
use super::not_found::answer_unknown;
use super::{AppState, admin, auth};
use crate::config::{Config, RateLimits};
use crate::feed::{Feed, FeedActivity, FeedDependencies, Seats, ServerStatus};
use crate::hooks::Hooks;
use crate::live_settings::LiveSettings;
use crate::load_runs::LoadRuns;
use crate::moderation::{Moderation, ModerationDependencies, ReportLimits};
use crate::request::client_address::{AddressPolicy, resolve_client};
use crate::request::host_guard::{HostPolicy, guard_host};
use crate::request::origin::{OriginPolicy, cors, guard_sockets};
use crate::roster::Roster;
use contract::Player;
use contract::admin::Cluster;
use contract::admin::node::ServerState;
use contract::admin::person::VisitEnd;
use contract::health::HealthStatus;
use contract::rest::Role;
use contract::{ChatMessage, Refusal, SpriteAtlas};
use identity::PeerAddress;
use identity::Secret;
use identity::{GuestSecret, RenewedGuest, Visitor};
use replication::{Hub, MemoryHub, Recall};
use session::directory::{AvatarDefaults, LookupFuture, SanctionNotice};
use session::{Directory, PlayerReport, Screened, SessionManager, SessionSettings};
use store::accounts::{Accounts, Tokens, UserChange};
use store::assets::Assets;
use store::chronicle::Chronicle;
use store::records::Records;
use store::storage::Database;

pub(crate) const LOCAL_TOKEN: &str = "token of the desktop window";
pub(crate) const PASSWORD: &str = "correct horse";

/// A running server; its database goes when it is dropped.
pub(crate) struct ApiServer {
    pub(crate) state: AppState,
    pub(crate) database: Database,
    router: Router,
    _dir: tempfile::TempDir,
}

/// A status, the headers and the body as JSON (`null` when empty).
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

/// A request in the making.
pub(crate) struct Ask<'a> {
    server: &'a ApiServer,
    request: http::request::Builder,
    peer: SocketAddr,
    body: Body,
}

impl ApiServer {
    pub(crate) async fn start() -> Self {
        Self::with(Config::default()).await
    }

    pub(crate) async fn with(config: Config) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}?mode=rwc", dir.path().join("db").display());
        let database = Database::open(&url).await.unwrap();
        let tokens = Tokens::new(&Secret::new("a long enough random text")).unwrap();
        let accounts = Accounts::open(database.clone(), tokens).await.unwrap();
        let security = &config.security;
        let (addresses, origins, hosts) = (
            AddressPolicy::new(security).unwrap(),
            OriginPolicy::new(security),
            HostPolicy::new(security),
        );
        let accounts = accounts.with_local_host(Secret::new(LOCAL_TOKEN));
        let sessions = sessions();
        let records = Records::open(&database).await.unwrap();
        let settings = LiveSettings::open(config.clone(), database.clone());
        let settings = settings.await.unwrap();
        let chronicle = Chronicle::new(database.clone(), "node".into());
        let hooks = Hooks::new(&database, &config.hooks);
        let moderation = moderation(&accounts, records, settings, &sessions, chronicle, hooks);
        let load_runs = load_runs(&config, &accounts, &database).await;
        let state = AppState {
            accounts,
            assets: Assets::open(database.clone()).await.unwrap(),
            sessions,
            load_runs,
            moderation,
            config: Arc::new(config),
        };
        let router = answer_unknown(auth::routes().merge(admin::routes()).into_router())
            .with_state(state.clone())
            .layer(from_fn_with_state(origins.clone(), refuse_cross_site))
            .layer(from_fn_with_state(hosts, guard_host))
            .layer(from_fn_with_state(origins.clone(), guard_sockets))
            .layer(from_fn_with_state(origins, cors))
            .layer(from_fn_with_state(addresses, resolve_client));
        Self {
            state,
            database,
            router,
            _dir: dir,
        }
    }

    pub(crate) fn ask(&self, method: &str, path: &str) -> Ask<'_> {
        Ask {
            server: self,
            request: Request::builder()
                .method(method)
                .uri(path)
                .header(header::HOST, "localhost:4000"),
            peer: SocketAddr::from(([127, 0, 0, 1], 5000)),
            body: Body::empty(),
        }
    }

    /// Registers `name@example.org` and returns the id and the token.
    pub(crate) async fn register(&self, name: &str) -> (String, String) {
        let reply = self
            .ask("POST", "/auth/register")
            .json(&json!({
                "username": name,
                "email": format!("{name}@example.org"),
                "password": PASSWORD,
            }))
            .await;
        assert_eq!(reply.status, 201, "{reply:?}");
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        (text(&reply.body["user"]["id"]), text(&reply.body["token"]))
    }

    /// Registers somebody with a role.
    pub(crate) async fn register_as(&self, name: &str, role: Role) -> (String, String) {
        let (id, token) = self.register(name).await;
        let user = self.state.accounts.account(&id).await.unwrap().unwrap();
        let change = UserChange {
            role: Some(role),
            ..UserChange::default()
        };
        let accounts = &self.state.accounts;
        let actor = user.actor();
        accounts.update_user(&actor, &user, &change).await.unwrap();
        (id, token)
    }

    /// Makes every query fail from now on.
    pub(crate) async fn break_database(&self) {
        self.database.pool().close().await;
    }
}

impl Ask<'_> {
    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    pub(crate) fn replace_host(mut self, host: &str) -> Self {
        if let Some(headers) = self.request.headers_mut() {
            headers.insert(header::HOST, host.parse().unwrap());
        }
        self
    }

    pub(crate) fn bearer(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub(crate) fn cookie(self, token: &str) -> Self {
        self.header("cookie", &format!("auth_token={token}"))
    }

    pub(crate) fn calling_from(mut self, address: [u8; 4]) -> Self {
        self.peer = SocketAddr::from((address, 5000));
        self
    }

    pub(crate) async fn json(self, body: &Value) -> Reply {
        self.header("content-type", "application/json")
            .text(&body.to_string())
            .await
    }

    pub(crate) async fn text(mut self, body: &str) -> Reply {
        self.body = Body::from(body.to_owned());
        self.send().await
    }

    /// The body of a success, whatever it is.
    pub(crate) async fn raw(self) -> Vec<u8> {
        let (parts, bytes) = self.answer().await;
        assert!(parts.status.is_success(), "{parts:?}");
        bytes.to_vec()
    }

    async fn answer(self) -> (http::response::Parts, bytes::Bytes) {
        let mut request = self.request.body(self.body).unwrap();
        request.extensions_mut().insert(PeerAddress(self.peer));
        let router = self.server.router.clone();
        let response = router.oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 1_000_000).await.unwrap();
        (parts, bytes)
    }

    pub(crate) async fn send(self) -> Reply {
        let (parts, bytes) = self.answer().await;
        let body = if bytes.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&bytes).unwrap_or_else(|_| panic!("not JSON: {bytes:?}"))
        };
        Reply {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }
}

impl Reply {
    #[track_caller]
    pub(crate) fn refused(&self, status: u16, code: &str) {
        assert_eq!(
            (self.status.as_u16(), &self.body["code"]),
            (status, &json!(code)),
            "{self:?}"
        );
        assert!(
            self.body["message"]
                .as_str()
                .is_some_and(|m| m.ends_with('.')),
            "{self:?}"
        );
    }
}

fn moderation(
    accounts: &Accounts,
    records: Records,
    settings: LiveSettings,
    sessions: &SessionManager,
    chronicle: Chronicle,
    hooks: Hooks,
) -> Moderation {
    let node: Arc<str> = "node".into();
    let roster = Roster::new(
        node,
        sessions.clone(),
        records.clone(),
        Arc::new(|| (Cluster::Standalone, Vec::new())),
    );
    let feed = Feed::new(FeedDependencies {
        roster: roster.clone(),
        started_at: String::new(),
        accounts: accounts.clone(),
        records: records.clone(),
        settings: settings.clone(),
        metrics: Arc::default(),
        chronicle,
        activity: FeedActivity::default(),
        status: Arc::new(|| ServerStatus {
            state: ServerState::Running,
            health: HealthStatus::Ok,
            reasons: Vec::new(),
            cluster: Cluster::Standalone,
            nodes: Vec::new(),
        }),
        links: Arc::new(Vec::new),
        seats: Seats {
            total: 64,
            per_person: 8,
        },
        outbox_bytes: 1_000_000,
        slow_timeout: Duration::from_secs(10),
    });
    Moderation::new(ModerationDependencies {
        roster,
        accounts: accounts.clone(),
        records,
        settings,
        sessions: sessions.clone(),
        feed,
        hooks,
        exempt: Arc::new(|block| block.contains([10, 0, 0, 1].into())),
        report_limits: ReportLimits::of(&RateLimits::default()),
        announcements: RateLimits::default().announcements,
        removed: Vec::new(),
    })
}

/// Load tests whose process says at once that nobody answers.
async fn load_runs(config: &Config, accounts: &Accounts, database: &Database) -> LoadRuns {
    LoadRuns::open(crate::load_runs::LoadRunDependencies {
        config: config.load_runs.clone(),
        node: "0a1b2c3d".to_owned(),
        remote_runs: None,
        bound: SocketAddr::from(([127, 0, 0, 1], 4000)),
        program: Some("/bin/false".into()),
        tokens: accounts.tokens().clone(),
        database: database.clone(),
        metrics: Arc::default(),
        pace: Default::default(),
        publish: Arc::new(|_| {}),
    })
    .await
    .unwrap()
}

fn sessions() -> SessionManager {
    let atlas = SpriteAtlas::new(0, String::new(), Vec::new());
    SessionManager::start(
        SessionSettings::default(),
        &atlas,
        &[],
        Hub::Memory(MemoryHub::new(crate::config::GuestTakeover::Secret)),
        Arc::new(EmptyDirectory),
        Arc::default(),
    )
}

/// Stores with nothing in them.
struct EmptyDirectory;

impl Directory for EmptyDirectory {
    fn account_exists<'a>(&'a self, _folded_id: &'a str) -> LookupFuture<'a, bool> {
        Box::pin(async { Ok(false) })
    }

    fn look<'a>(&'a self, _avatar_id: &'a str) -> LookupFuture<'a, Option<AvatarDefaults>> {
        Box::pin(async { Ok(None) })
    }

    fn ban(&self, _visitor: &Visitor) -> Option<SanctionNotice> {
        None
    }

    fn pin(&self) -> Option<identity::Secret> {
        None
    }

    fn guests_allowed(&self) -> bool {
        true
    }

    fn reload(&self) {}

    fn recall(&self) -> LookupFuture<'_, Recall> {
        Box::pin(async { Ok(Recall::default()) })
    }

    fn moderated(&self, _event: serde_json::Value) {}

    fn check_pin(&self, _visitor: &Visitor, _given: Option<&str>) -> Result<(), Refusal> {
        Ok(())
    }

    fn shown_name(&self, _visitor: &Visitor, _name: &str, _max_chars: usize) -> Option<String> {
        None
    }

    fn renewed_guest(&self, seed: &str) -> RenewedGuest {
        RenewedGuest {
            secret: GuestSecret(seed.to_owned()),
            token: String::new(),
        }
    }

    fn muted(&self, _visitor: &Visitor) -> Option<SanctionNotice> {
        None
    }

    fn screen(&self, _: &Visitor, _: &str) -> Result<Screened, Refusal> {
        Ok(Screened::Passes)
    }

    fn hold<'a>(&'a self, _: &'a Visitor, _: &'a ChatMessage, _: String) -> LookupFuture<'a, bool> {
        Box::pin(async { Ok(false) })
    }

    fn seen(&self, _visitor: &Visitor, _player: &Player) {}

    fn visited(&self, _visitor: &Visitor, _player: &Player, _stay: Duration, _end: VisitEnd) {}

    fn read<'a>(&'a self, _visitor: &'a Visitor, _warning: &'a str) -> LookupFuture<'a, ()> {
        Box::pin(async { Ok(()) })
    }

    fn archive(&self, _message: &ChatMessage, _speaker: Option<&Visitor>) {}

    fn report(&self, _report: PlayerReport) -> LookupFuture<'_, bool> {
        Box::pin(async { Ok(true) })
    }
}
