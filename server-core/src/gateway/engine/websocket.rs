//! Requests that become a websocket.

use std::io;

use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};
use hyper::upgrade::Parts;
use hyper_util::rt::TokioIo;
use socketioxide::socket::Sid;
use tokio::io::AsyncWriteExt as _;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tower::ServiceExt as _;

use super::probe::{ANSWER_FRAME, PROBE_FRAME, UPGRADE_FRAME, await_upgrade};
use super::request::Misunderstood;
use super::scripted::{Scripted, ScriptedStep};
use super::session::EngineSession;
use super::{Engine, refuse};
use transport::{Transport, TransportHandle};

/// The heartbeat that the library sends when a session opens, `pingInterval` too early: it is kept from
/// the client and answered in its place, after which the library waits for the interval.
const PING_FRAME: &[u8] = b"\x81\x012";
/// Its answer, masked with zeros.
const PONG_FRAME: &[u8] = b"\x81\x81\0\0\0\x003";
/// The end of a websocket, without a reason (RFC 6455, section 5.5.1).
const CLOSE_FRAME: &[u8] = b"\x88\0";

impl Engine {
    pub(super) async fn open_websocket(&self, mut request: Request) -> Response {
        let Some(transport) = request.extensions().get::<TransportHandle>().cloned() else {
            return refuse(Misunderstood::Other);
        };
        let slot = match self.enter(&request).await {
            Ok(slot) => slot,
            Err(refused) => return refused,
        };
        let session = EngineSession::websocket_on(self, slot, transport);
        let holds = session.holds().clone();
        request.extensions_mut().insert(session);
        let engine = self.clone();
        accept(request, |stream, behind, request| async move {
            let steps = [
                ScriptedStep::AwaitLeftOut,
                ScriptedStep::Give(Bytes::from_static(PONG_FRAME)),
                ScriptedStep::Give(behind),
            ];
            let stream = Scripted::new(stream, steps, PING_FRAME, holds);
            engine.hand_over(stream, request).await;
        })
    }

    /// A websocket that is to carry a session which polls. Until the client says `5` it goes on
    /// polling, and whatever becomes of the websocket changes nothing.
    pub(super) fn upgrade(&self, sid: Sid, request: Request) -> Response {
        let Some(session) = self.0.sessions.get(sid) else {
            return refuse(Misunderstood::Session);
        };
        let Some(transport) = request.extensions().get::<TransportHandle>().cloned() else {
            return refuse(Misunderstood::Other);
        };
        let limit = self.0.upgrade_timeout;
        let Some(attempt) = session.begin_upgrade() else {
            // As on the reference server: the websocket opens and is closed, the session goes on.
            return accept(request, move |stream, _, _| async move {
                let closed = timeout(limit, close(stream)).await;
                tracing::debug!(?closed, "a session has a websocket already");
            });
        };
        let holds = session.holds().clone();
        let engine = self.clone();
        accept(request, move |mut stream, behind, request| async move {
            let moving = await_upgrade(&mut stream, behind, &attempt);
            match timeout(limit, moving).await {
                Ok(Ok(behind)) => {
                    let steps = [
                        ScriptedStep::Give(Bytes::from_static(PROBE_FRAME)),
                        ScriptedStep::Give(Bytes::from_static(UPGRADE_FRAME)),
                        ScriptedStep::Then(Box::new(move || attempt.moved(transport))),
                        ScriptedStep::Give(behind.freeze()),
                    ];
                    let stream = Scripted::new(stream, steps, ANSWER_FRAME, holds);
                    engine.hand_over(stream, request).await;
                }
                Ok(Err(error)) => tracing::debug!(%error, "an upgrade failed"),
                Err(_) => tracing::debug!("an upgrade took too long"),
            }
        })
    }

    async fn hand_over(&self, stream: Scripted<Transport>, request: http::Request<()>) {
        let handed = self.0.library.clone().oneshot((stream, request)).await;
        if let Err(error) = handed {
            tracing::debug!(%error, "a websocket was refused");
        }
    }
}

/// Closes a websocket that nobody needs, and waits for its client to do so too: a connection that is
/// dropped with bytes unread may take the close from the client.
async fn close(mut stream: Transport) -> io::Result<()> {
    stream.write_all(CLOSE_FRAME).await?;
    stream.flush().await?;
    stream.shutdown().await?;
    tokio::io::copy(&mut stream, &mut tokio::io::sink()).await?;
    Ok(())
}

/// Answers that the connection becomes a websocket, and has `then` use it (RFC 6455, section 4.2.2).
/// It gets the transport itself, whose frames are known from the first byte, and what was read with the
/// request already.
fn accept<F, Done>(mut request: Request, then: F) -> Response
where
    F: FnOnce(Transport, Bytes, http::Request<()>) -> Done + Send + 'static,
    Done: Future<Output = ()> + Send,
{
    let Some(key) = request.headers().get(header::SEC_WEBSOCKET_KEY) else {
        return refuse(Misunderstood::Other);
    };
    let Ok(accept) = HeaderValue::try_from(derive_accept_key(key.as_bytes())) else {
        return refuse(Misunderstood::Other);
    };
    let upgrading = hyper::upgrade::on(&mut request);
    let (parts, _) = request.into_parts();
    tokio::spawn(async move {
        // Fails when the connection ends before the answer is out.
        let Ok(upgraded) = upgrading.await else {
            return;
        };
        // Every connection of the listener is one.
        let Ok(Parts { io, read_buf, .. }) = upgraded.downcast::<TokioIo<Transport>>() else {
            return;
        };
        let mut stream = io.into_inner();
        if stream.begin_frames(&read_buf).is_ok() {
            let request = http::Request::from_parts(parts, ());
            then(stream, read_buf, request).await;
        }
    });
    let headers = [
        (header::UPGRADE, HeaderValue::from_static("websocket")),
        (header::CONNECTION, HeaderValue::from_static("Upgrade")),
        (header::SEC_WEBSOCKET_ACCEPT, accept),
    ];
    (StatusCode::SWITCHING_PROTOCOLS, headers).into_response()
}
