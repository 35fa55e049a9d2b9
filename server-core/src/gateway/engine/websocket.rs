//! Requests that become a websocket.

use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use socketioxide::socket::Sid;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tower::ServiceExt as _;

use super::probe::{ANSWER_FRAME, PROBE_FRAME, UPGRADE_FRAME, await_upgrade};
use super::scripted::{Scripted, ScriptedStep};
use super::session::EngineSession;
use super::{Engine, bad_request, unknown_session};
use crate::listener::TransportHandle;

/// The heartbeat that the library sends when a session opens, `pingInterval` too early: it is kept from
/// the client and answered in its place, after which the library waits for the interval.
const PING_FRAME: &[u8] = b"\x81\x012";
/// Its answer, masked with zeros.
const PONG_FRAME: &[u8] = b"\x81\x81\0\0\0\x003";

impl Engine {
    pub(super) async fn open_websocket(&self, mut request: Request) -> Response {
        let Some(transport) = request.extensions().get::<TransportHandle>().cloned() else {
            return bad_request();
        };
        let place = match self.enter(&request).await {
            Ok(place) => place,
            Err(refused) => return refused,
        };
        let session = EngineSession::websocket_on(self, place, transport);
        request.extensions_mut().insert(session);
        let engine = self.clone();
        accept(request, |stream, request| async move {
            let steps = [
                ScriptedStep::AwaitLeftOut,
                ScriptedStep::Give(Bytes::from_static(PONG_FRAME)),
            ];
            engine
                .hand_over(Scripted::new(stream, steps, PING_FRAME), request)
                .await;
        })
    }

    /// A websocket that is to carry a session which polls. Until the client says `5` it goes on
    /// polling, and whatever becomes of the websocket changes nothing.
    pub(super) fn upgrade(&self, sid: Sid, request: Request) -> Response {
        let Some(session) = self.0.sessions.get(sid) else {
            return unknown_session();
        };
        let transport = request.extensions().get::<TransportHandle>().cloned();
        let (Some(transport), Some(attempt)) = (transport, session.begin_upgrade()) else {
            return bad_request();
        };
        let engine = self.clone();
        accept(request, |mut stream, request| async move {
            let moving = await_upgrade(&mut stream, || attempt.probed());
            match timeout(engine.0.upgrade_timeout, moving).await {
                Ok(Ok(behind)) => {
                    let steps = [
                        ScriptedStep::Give(Bytes::from_static(PROBE_FRAME)),
                        ScriptedStep::Give(Bytes::from_static(UPGRADE_FRAME)),
                        ScriptedStep::Then(Box::new(move || attempt.moved(transport))),
                        ScriptedStep::Give(behind.freeze()),
                    ];
                    engine
                        .hand_over(Scripted::new(stream, steps, ANSWER_FRAME), request)
                        .await;
                }
                Ok(Err(error)) => tracing::debug!(%error, "an upgrade failed"),
                Err(_) => tracing::debug!("an upgrade took too long"),
            }
        })
    }

    async fn hand_over(&self, stream: Scripted<TokioIo<Upgraded>>, request: http::Request<()>) {
        let handed = self.0.library.clone().oneshot((stream, request)).await;
        if let Err(error) = handed {
            tracing::debug!(%error, "a websocket was refused");
        }
    }
}

/// Answers that the connection becomes a websocket, and has `then` use it (RFC 6455, section 4.2.2).
fn accept<F, Done>(mut request: Request, then: F) -> Response
where
    F: FnOnce(TokioIo<Upgraded>, http::Request<()>) -> Done + Send + 'static,
    Done: Future<Output = ()> + Send,
{
    let Some(key) = request.headers().get(header::SEC_WEBSOCKET_KEY) else {
        return bad_request();
    };
    let Ok(accept) = HeaderValue::try_from(derive_accept_key(key.as_bytes())) else {
        return bad_request();
    };
    let upgrading = hyper::upgrade::on(&mut request);
    let (parts, _) = request.into_parts();
    tokio::spawn(async move {
        // Fails when the connection ends before the answer is out.
        if let Ok(stream) = upgrading.await {
            let request = http::Request::from_parts(parts, ());
            then(TokioIo::new(stream), request).await;
        }
    });
    let headers = [
        (header::UPGRADE, HeaderValue::from_static("websocket")),
        (header::CONNECTION, HeaderValue::from_static("Upgrade")),
        (header::SEC_WEBSOCKET_ACCEPT, accept),
    ];
    (StatusCode::SWITCHING_PROTOCOLS, headers).into_response()
}
