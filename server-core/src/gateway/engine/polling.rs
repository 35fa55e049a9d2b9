//! Requests of a session that polls.

use std::future::pending;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, Method, StatusCode, Uri, header};
use http_body_util::BodyExt as _;
use socketioxide::socket::Sid;
use tokio::time::sleep;

use super::head::SessionHead;
use super::posted::Posted;
use super::request::Misunderstood;
use super::session::{EngineSession, Upgrade};
use super::session_slots::SessionSlot;
use super::{Engine, PATH, refuse, shown_token, too_many_connections};
use crate::request::ClientAddress;
use transport::TransportHandle;

/// The packet that says nothing (`noop`).
const NOTHING: &str = "6";
/// The answer to a heartbeat (`pong`).
const PONG: &str = "3";
/// The packet that ends a session (`close`).
const CLOSE: &str = "1";
/// How long a poll waits while its client finds out whether it can move to a websocket; as on the
/// reference server. Not at once: a client that never heard of its probe's answer goes on polling.
const WHILE_PROBED: Duration = Duration::from_millis(100);

impl Engine {
    /// A place for one more session of whoever sends `request`. Staff always get in.
    pub(super) fn enter(
        &self,
        request: &Request,
    ) -> impl Future<Output = Result<SessionSlot, Response>> + Send + use<> {
        let engine = self.clone();
        let client = request.extensions().get::<ClientAddress>();
        let place = self
            .0
            .sessions
            .slots()
            .enter(client.and_then(ClientAddress::throttled));
        let token = shown_token(request).filter(|_| place.is_none());
        async move {
            if let Some(place) = place {
                return Ok(place);
            }
            match engine.is_staff(token).await {
                true => Ok(engine.0.sessions.slots().enter_freely()),
                false => Err(too_many_connections()),
            }
        }
    }

    pub(super) async fn open_polling(&self, mut request: Request) -> Response {
        let place = match self.enter(&request).await {
            Ok(place) => place,
            Err(refused) => return refused,
        };
        let Some(head) = request.extensions_mut().remove::<SessionHead>() else {
            return refuse(Misunderstood::Other);
        };
        let session = EngineSession::polling(self, place, head);
        let mut request = session.head().request(Body::empty());
        request.extensions_mut().insert(session.clone());
        let (parts, body) = self.library(request).await.into_parts();
        let Ok(body) = body.collect().await else {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        };
        let body = body.to_bytes();
        if let Some(sid) = opened(&body) {
            session.name(sid);
            self.settle_first_heartbeat(sid).await;
        }
        Response::from_parts(parts, Body::from(body))
    }

    pub(super) async fn poll(&self, sid: Sid, request: Request) -> Response {
        let transport = request.extensions().get::<TransportHandle>().cloned();
        let Some(session) = self.0.sessions.get(sid) else {
            return match self.0.sessions.take_farewell(sid) {
                true => text(NOTHING),
                false => self.library(request).await,
            };
        };
        session.catch_up().await;
        if session.upgrade_state() == Upgrade::Moving || session.parking().is_parked() {
            return refuse(Misunderstood::Other);
        }
        // Asked before the poll counts: what happens from here on is heard.
        let probed = session.probed.notified();
        tokio::pin!(probed);
        probed.as_mut().enable();
        // A poll beside another one, or of a session that moved, is an error that the library names.
        let Some(poll) = session.begin_poll(transport.as_ref()) else {
            return self.library(request).await;
        };
        let moving = async {
            match session.upgrade_state() {
                Upgrade::Probed => sleep(WHILE_PROBED).await,
                Upgrade::None | Upgrade::Begun => probed.await,
                // The library answers.
                Upgrade::Moving => pending().await,
            }
        };
        // The library has taken nothing from its channel for a poll that still waits, so the poll may
        // be given up.
        tokio::select! {
            biased;
            response = self.library(request) => {
                poll.answered(transport.as_ref());
                session.released().await;
                // The client has ended the session, and the library with it, before this poll was read.
                let is_late = session.has_parted() && self.0.sessions.take_farewell(sid);
                match is_late && brings_nothing(&response) {
                    true => text(NOTHING),
                    false => response,
                }
            }
            () = moving => {
                poll.sent_away();
                text(NOTHING)
            }
        }
    }

    /// Packets of a session that polls.
    pub(super) async fn post(&self, sid: Sid, request: Request) -> Response {
        let request = match self.0.sessions.get(sid) {
            Some(session) if session.parking().is_parked() => return refuse(Misunderstood::Other),
            Some(session) => request.map(|body| Body::new(Posted::new(body, session))),
            None => request,
        };
        self.library(request).await
    }

    /// Ends a session that polls, as its client would.
    pub(super) async fn end(&self, sid: Sid) {
        self.library(asked(sid, Method::POST, CLOSE)).await;
    }

    /// Takes the heartbeat that the library sends when a session opens, `pingInterval` too early, and
    /// answers it; the library then waits for the interval, as it does between any two. Nothing else
    /// can wait for a poll before the client knows its session.
    async fn settle_first_heartbeat(&self, sid: Sid) {
        self.library(asked(sid, Method::GET, "")).await;
        self.library(asked(sid, Method::POST, PONG)).await;
    }
}

/// A request of our own to the library.
fn asked(sid: Sid, method: Method, body: &'static str) -> Request {
    let mut request = Request::new(Body::from(body));
    *request.method_mut() = method;
    let uri = format!("{PATH}/?EIO=4&transport=polling&sid={sid}");
    *request.uri_mut() = Uri::try_from(uri).unwrap_or_default();
    request
}

fn text(packet: &'static str) -> Response {
    let kind = HeaderValue::from_static("text/plain; charset=UTF-8");
    ([(header::CONTENT_TYPE, kind)], packet).into_response()
}

/// Whether an answer to a poll is an error, or has no packet in it.
fn brings_nothing(response: &Response) -> bool {
    let len = response.headers().get(header::CONTENT_LENGTH);
    response.status() != StatusCode::OK || len.is_some_and(|len| len == "0")
}

/// The id in an `open` packet.
fn opened(body: &Bytes) -> Option<Sid> {
    #[derive(serde::Deserialize)]
    struct Open<'a> {
        sid: &'a str,
    }
    let open: Open<'_> = serde_json::from_slice(body.strip_prefix(b"0")?).ok()?;
    open.sid.parse().ok()
}
