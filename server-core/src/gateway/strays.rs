//! Requests whose session another node holds: the balancer in front is not sticky, and clients that
//! poll cannot come in. They are told nothing they could repair, so the log says it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes, to_bytes};
use axum::response::Response;
use http::StatusCode;
use parking_lot::Mutex;

use session::SessionManager;

/// How often the log says so.
const ONCE_IN: Duration = Duration::from_secs(60);
/// What the library answers is a short object.
const ANSWER_BYTES: usize = 1024;
/// From the Engine.IO protocol: `{"code":1,"message":"Session ID unknown"}`.
const UNKNOWN: &[u8] = b"Session ID unknown";

/// See the module; cheap to clone.
#[derive(Clone)]
pub struct Strays {
    sessions: SessionManager,
    // Held to compare and set a time; never across an await.
    warned: Arc<Mutex<Option<Instant>>>,
}

impl Strays {
    /// Nobody strayed yet.
    #[must_use]
    pub fn new(sessions: SessionManager) -> Self {
        Self {
            sessions,
            warned: Arc::default(),
        }
    }

    /// Looks at the answer to a request that named a session.
    pub(super) async fn look_at(&self, answer: Response) -> Response {
        let has_others = || self.sessions.nodes().len() > 1;
        if answer.status() != StatusCode::BAD_REQUEST || !has_others() {
            return answer;
        }
        let (head, body) = answer.into_parts();
        let body: Bytes = to_bytes(body, ANSWER_BYTES).await.unwrap_or_default();
        if body.windows(UNKNOWN.len()).any(|part| part == UNKNOWN) {
            self.warn();
        }
        Response::from_parts(head, Body::from(body))
    }

    fn warn(&self) {
        let mut warned = self.warned.lock();
        if warned.is_some_and(|at| at.elapsed() < ONCE_IN) {
            return;
        }
        *warned = Some(Instant::now());
        tracing::warn!(
            "a client asks this node for a session that it does not hold: if this happens again and again, the balancer sends its requests to different nodes, and clients that poll need sticky sessions (see \"Running several nodes\" in server-core/docs/operations.md)"
        );
    }
}

impl std::fmt::Debug for Strays {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Strays")
    }
}
