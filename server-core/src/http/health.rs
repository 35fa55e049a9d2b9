//! `GET /health`, `GET /ready` and `GET /metrics`, for load balancers, operators and dashboards.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Instant;

use axum::extract::State;
use axum::response::IntoResponse;
use axum::{Extension, Json};
use http::{HeaderMap, HeaderValue, StatusCode, header};

use super::Routes;
use super::{ApiError, AppState, ClientAddress, RequireHost};
use crate::request::cookies::bearer;
use contract::health::{HealthBody, HealthStatus, Phase};
use contract::nodes::{LinkState, LinkStatus};
use contract::routes;
use identity::Secret;
use metrics::Metrics;

/// The text format of Prometheus.
const PROMETHEUS_TEXT: HeaderValue = HeaderValue::from_static("text/plain; version=0.0.4");

/// Asked at every `GET /health`; must answer from memory, never wait.
type Check = Box<dyn Fn() -> HealthStatus + Send + Sync>;

/// As [`Check`], about the link to the other nodes.
type LinkCheck = Box<dyn Fn() -> LinkStatus + Send + Sync>;

/// What the health routes know; cheap to clone.
#[derive(Clone)]
pub struct Health {
    shared: Arc<HealthShared>,
}

struct HealthShared {
    phase: AtomicU8,
    started: Instant,
    checks: Vec<(&'static str, Check)>,
    link: LinkCheck,
    metrics: Arc<Metrics>,
}

impl Health {
    /// A server that is starting, with named checks of what it depends on and the state of its link
    /// to other nodes.
    pub fn new(metrics: Arc<Metrics>, checks: Vec<(&'static str, Check)>, link: LinkCheck) -> Self {
        Self {
            shared: Arc::new(HealthShared {
                phase: AtomicU8::new(Phase::Starting as u8),
                started: Instant::now(),
                checks,
                link,
                metrics,
            }),
        }
    }

    /// The server entered another phase of its life.
    pub fn enter(&self, phase: Phase) {
        self.shared.phase.store(phase as u8, Ordering::Release);
    }

    /// The answer as it is now.
    #[must_use]
    pub fn body(&self) -> HealthBody {
        let checks = self
            .shared
            .checks
            .iter()
            .map(|(name, check)| (*name, check()));
        let checks: std::collections::BTreeMap<_, _> = checks.collect();
        let replication = (self.shared.link)();
        let link = match replication.state {
            LinkState::Degraded => HealthStatus::Degraded,
            // It works, and there is something to do.
            LinkState::Healthy if replication.reason.is_some() => HealthStatus::Degraded,
            LinkState::Standalone | LinkState::Healthy | LinkState::Resyncing => HealthStatus::Ok,
        };
        HealthBody {
            status: checks.values().copied().fold(link, Ord::max),
            phase: self.phase(),
            version: env!("CARGO_PKG_VERSION"),
            uptime_seconds: self.shared.started.elapsed().as_secs(),
            checks,
            replication,
        }
    }

    fn phase(&self) -> Phase {
        const STARTING: u8 = Phase::Starting as u8;
        const READY: u8 = Phase::Ready as u8;
        match self.shared.phase.load(Ordering::Acquire) {
            STARTING => Phase::Starting,
            READY => Phase::Ready,
            _ => Phase::Draining,
        }
    }
}

/// `GET /health` and `GET /ready`, for anybody.
pub fn routes<S: Clone + Send + Sync + 'static>(health: Health) -> Routes<S> {
    Routes::new()
        .on(routes::HEALTH, report)
        .on(routes::READY, ready)
        .layer(Extension(health))
}

/// `GET /metrics`, for this machine and for hosts.
pub fn metrics_route(health: Health) -> Routes {
    Routes::new()
        .on(routes::METRICS, metrics)
        .layer(Extension(health))
}

async fn report(Extension(health): Extension<Health>) -> Json<HealthBody> {
    Json(health.body())
}

/// 503 only while starting or draining: a degraded server still has a game to play, and taking it
/// out of the balancer would end it.
async fn ready(Extension(health): Extension<Health>) -> (StatusCode, Json<HealthBody>) {
    let status = match health.phase() {
        Phase::Ready => StatusCode::OK,
        Phase::Starting | Phase::Draining => StatusCode::SERVICE_UNAVAILABLE,
    };
    (status, Json(health.body()))
}

async fn metrics(
    State(state): State<AppState>,
    Extension(health): Extension<Health>,
    headers: HeaderMap,
    client: ClientAddress,
    host: Result<RequireHost, ApiError>,
) -> Result<impl IntoResponse, ApiError> {
    let token = state.config.security.metrics_token.as_ref();
    if !shows(&headers, token) {
        may_read_metrics(client, host)?;
    }
    let metrics = &health.shared.metrics;
    let (players, sockets) = state.sessions.population();
    metrics
        .players
        .set(i64::try_from(players).unwrap_or(i64::MAX));
    metrics
        .sockets
        .set(i64::try_from(sockets).unwrap_or(i64::MAX));
    Ok(([(header::CONTENT_TYPE, PROMETHEUS_TEXT)], metrics.render()))
}

/// Whether a program elsewhere shows the token that operators give to their Prometheus.
fn shows(headers: &HeaderMap, token: Option<&Secret>) -> bool {
    let shown = headers.get(header::AUTHORIZATION).and_then(bearer);
    matches!((shown, token), (Some(shown), Some(token)) if token.is(shown))
}

/// Programs on this machine need no login, as long as they do not stand in for somebody elsewhere.
fn may_read_metrics(
    client: ClientAddress,
    host: Result<RequireHost, ApiError>,
) -> Result<(), ApiError> {
    match client.local {
        true => Ok(()),
        false => host.map(drop),
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use http::Request;
    use http_body_util::BodyExt as _;
    use tower::ServiceExt as _;

    use super::*;

    fn health(database: HealthStatus) -> Health {
        let checks: Vec<(_, Check)> = vec![
            ("database", Box::new(move || database)),
            ("redis", Box::new(|| HealthStatus::Ok)),
        ];
        Health::new(Arc::default(), checks, Box::new(LinkStatus::standalone))
    }

    async fn check(health: &Health, path: &str, status: StatusCode, contains: &str) {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let router = routes::<()>(health.clone()).into_router();
        let answer = router.oneshot(request).await.unwrap();
        assert_eq!(answer.status(), status);
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        let body = String::from_utf8(body.to_vec()).unwrap();
        assert!(body.contains(contains), "{body}");
    }

    #[tokio::test]
    async fn a_degraded_server_is_still_ready() {
        let health = health(HealthStatus::Degraded);
        health.enter(Phase::Ready);
        check(&health, "/health", StatusCode::OK, r#""status":"degraded""#).await;
        check(
            &health,
            "/health",
            StatusCode::OK,
            r#"{"database":"degraded","redis":"ok"}"#,
        )
        .await;
        check(&health, "/ready", StatusCode::OK, r#""phase":"ready""#).await;
    }

    #[tokio::test]
    async fn ready_says_no_while_starting_and_draining() {
        let health = health(HealthStatus::Ok);
        check(
            &health,
            "/ready",
            StatusCode::SERVICE_UNAVAILABLE,
            "starting",
        )
        .await;
        check(&health, "/health", StatusCode::OK, r#""status":"ok""#).await;
        health.enter(Phase::Draining);
        check(
            &health,
            "/ready",
            StatusCode::SERVICE_UNAVAILABLE,
            "draining",
        )
        .await;
    }

    #[test]
    fn a_token_lets_a_prometheus_elsewhere_read() {
        let token = Secret::new("0f9a7c51d3e84b26");
        let check = |sent: &'static str, token: Option<&Secret>, expected: bool| {
            let sent = (header::AUTHORIZATION, HeaderValue::from_static(sent));
            assert_eq!(shows(&HeaderMap::from_iter([sent]), token), expected);
        };
        check("Bearer 0f9a7c51d3e84b26", Some(&token), true);
        check("Bearer 0f9a7c51d3e84b2", Some(&token), false);
        check("Basic 0f9a7c51d3e84b26", Some(&token), false);
        check("Bearer ", Some(&token), false);
        check("Bearer 0f9a7c51d3e84b26", None, false);
        assert!(!shows(&HeaderMap::new(), Some(&token)));
    }

    #[test]
    fn metrics_are_for_this_machine_and_for_hosts() {
        let client = |local| ClientAddress {
            ip: [127, 0, 0, 1].into(),
            local,
            https: false,
        };
        let stranger = || Err(ApiError::unauthorized());
        assert!(may_read_metrics(client(true), stranger()).is_ok());
        assert!(may_read_metrics(client(false), stranger()).is_err());
    }
}
