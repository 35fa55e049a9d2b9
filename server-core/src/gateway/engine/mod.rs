//! Engine.IO in front of the library that speaks it.
//!
//! Every request for `/socket.io` comes here first. What concerns the life of a session is decided
//! here: how many a network may have, when the first heartbeat is sent, what may go into a poll's
//! answer, and when a session moves from polling to a websocket. The library gets a stream only once
//! it carries the session, so that an upgrade that fails leaves nothing to undo. Packets themselves
//! are the library's.

mod head;
mod heartbeat;
mod hold;
mod parking;
mod parking_stage;
mod polling;
mod polls;
mod posted;
mod probe;
mod request;
mod resident;
mod scripted;
mod session;
mod session_slots;
mod sessions;
mod upgrade_reading;
mod websocket;

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use engineioxide::service::NotFoundService;
use http::{StatusCode, header};
use socketioxide::service::SocketIoService;
use tower::ServiceExt as _;

use super::PATH;
use super::adapter::Adapter;
use crate::config::ListenConfig;
use crate::request::cookies::login_token;
use crate::request::error::ApiError;
use contract::rest::Role;
pub(super) use head::SessionHead;
use heartbeat::Heartbeat;
use request::{Misunderstood, RequestKind};
pub(super) use resident::{Gate, Resident, Resumption};
pub(super) use session::{EngineSession, RoomListener};
use sessions::Sessions;
use store::accounts::{Accounts, User};
use transport::SpareConnection;

/// See the module; cheap to clone.
#[derive(Clone)]
pub struct Engine(Arc<EngineInner>);

struct EngineInner {
    library: SocketIoService<NotFoundService, Adapter>,
    sessions: Sessions,
    accounts: Accounts,
    /// Time from the answer to an upgrade to its packet `5`.
    upgrade_timeout: Duration,
    /// Of websockets beside the library; its own are the same.
    heartbeat: Heartbeat,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").finish_non_exhaustive()
    }
}

impl Engine {
    /// Stands in front of `library`.
    pub(super) fn new(
        library: SocketIoService<NotFoundService, Adapter>,
        listen: &ListenConfig,
        accounts: Accounts,
    ) -> Self {
        Self(Arc::new(EngineInner {
            library,
            sessions: Sessions::new(listen.max_connections_per_address),
            accounts,
            upgrade_timeout: listen.upgrade_timeout,
            heartbeat: Heartbeat {
                interval: listen.ping_interval,
                timeout: listen.ping_timeout,
            },
        }))
    }

    async fn answer(&self, request: Request) -> Response {
        // Sockets stay, and what is beyond a network's cap may only do so for staff.
        if let Some(spare) = request.extensions().get::<SpareConnection>().cloned() {
            let token = shown_token(&request);
            match self.is_staff(token).await {
                true => spare.keep(),
                false => return too_many_connections(),
            }
        }
        match RequestKind::of(&request) {
            Ok(RequestKind::OpenPolling) => self.open_polling(request).await,
            Ok(RequestKind::Poll(sid)) => self.poll(sid, request).await,
            Ok(RequestKind::Post(sid)) => self.post(sid, request).await,
            Ok(RequestKind::OpenWebSocket) => self.open_websocket(request).await,
            Ok(RequestKind::Upgrade(sid)) => self.upgrade(sid, request),
            Err(misunderstood) => refuse(misunderstood),
        }
    }

    /// Whether a token is of a person who looks after this world. Programs share the cap of their network
    /// with everybody there: a token of theirs lies in more places than a login does.
    async fn is_staff(&self, token: Option<String>) -> bool {
        let Some(token) = token else { return false };
        let user = self.0.accounts.authenticate(&token).await;
        matches!(user, Ok(Some(User { role, service: None, .. })) if role >= Role::Viewer)
    }

    async fn library(&self, request: Request) -> Response {
        match self.0.library.clone().oneshot(request).await {
            Ok(response) => response.map(Body::new),
            Err(never) => match never {},
        }
    }
}

/// Whether a request is for Socket.IO. The client's files lie under the same path and are pages' files.
pub(super) fn is_socket_path(path: &str) -> bool {
    path.strip_prefix(PATH)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') && !rest.ends_with(".js"))
}

/// Middleware: answers requests for Socket.IO.
pub async fn serve(State(engine): State<Engine>, request: Request, next: Next) -> Response {
    match is_socket_path(request.uri().path()) {
        true => engine.answer(request).await,
        false => next.run(request).await,
    }
}

/// The login token that a request carries.
fn shown_token(request: &Request) -> Option<String> {
    login_token(request.headers()).map(|(token, _)| token.to_owned())
}

/// An Engine.IO error.
fn refuse(why: Misunderstood) -> Response {
    let code = why.code();
    let body = format!("{{\"code\":{code},\"message\":\"{why}\"}}");
    let json = [(header::CONTENT_TYPE, "application/json")];
    (StatusCode::BAD_REQUEST, json, body).into_response()
}

fn too_many_connections() -> Response {
    ApiError::new(
        StatusCode::TOO_MANY_REQUESTS,
        "too-many-connections",
        "Too many connections come from your network. Close some and try again.",
    )
    .into_response()
}
