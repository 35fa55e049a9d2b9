//! Requests that become a websocket.

use std::io;
use std::sync::Arc;

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

use super::head::SessionHead;
use super::parking::PING_FRAME;
use super::probe::{ANSWER_FRAME, PROBE_FRAME, UPGRADE_FRAME, await_upgrade};
use super::request::Misunderstood;
use super::scripted::{LeftOut, Scripted, ScriptedStep};
use super::session::EngineSession;
use super::{Engine, refuse};
use transport::{Transport, TransportHandle};

/// The answer to the library's first heartbeat, masked with zeros: it comes `pingInterval` too early, and is
/// answered in the client's place, after which the library waits for the interval.
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
        let Some(head) = request.extensions_mut().remove::<SessionHead>() else {
            return refuse(Misunderstood::Other);
        };
        let session = EngineSession::websocket_on(self, slot, head, transport);
        let engine = self.clone();
        accept(request, |stream, behind| async move {
            let steps = [
                ScriptedStep::AwaitLeftOut(0),
                ScriptedStep::Give(Bytes::from_static(PONG_FRAME)),
                ScriptedStep::Give(behind),
            ];
            let left_out = LeftOut::frame(PING_FRAME);
            let stream = Scripted::new(stream, steps, left_out, session.holds().clone());
            let mut request = session.head().request(());
            request.extensions_mut().insert(session.clone());
            engine.hand_over(stream, session, request);
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
            return accept(request, move |stream, _| async move {
                let closed = timeout(limit, close(stream)).await;
                tracing::debug!(?closed, "a session has a websocket already");
            });
        };
        let (engine, session) = (self.clone(), Arc::downgrade(&session));
        // The library reads nothing else of it, and would keep everything.
        let mut moving = http::Request::new(());
        *moving.uri_mut() = request.uri().clone();
        accept(request, move |mut stream, behind| async move {
            let upgrading = await_upgrade(&mut stream, behind, &attempt);
            match timeout(limit, upgrading).await {
                Ok(Ok(behind)) => {
                    let Some(session) = session.upgrade() else {
                        return;
                    };
                    let steps = [
                        ScriptedStep::Give(Bytes::from_static(PROBE_FRAME)),
                        ScriptedStep::Give(Bytes::from_static(UPGRADE_FRAME)),
                        ScriptedStep::Then(Box::new(move || attempt.moved(transport))),
                        ScriptedStep::Give(behind.freeze()),
                    ];
                    let left_out = LeftOut::frame(ANSWER_FRAME);
                    let holds = session.holds().clone();
                    let stream = Scripted::new(stream, steps, left_out, holds);
                    engine.hand_over(stream, session, moving);
                }
                Ok(Err(error)) => tracing::debug!(%error, "an upgrade failed"),
                Err(_) => tracing::debug!("an upgrade took too long"),
            }
        })
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
    F: FnOnce(Transport, Bytes) -> Done + Send + 'static,
    Done: Future<Output = ()> + Send,
{
    let Some(key) = request.headers().get(header::SEC_WEBSOCKET_KEY) else {
        return refuse(Misunderstood::Other);
    };
    let Ok(accept) = HeaderValue::try_from(derive_accept_key(key.as_bytes())) else {
        return refuse(Misunderstood::Other);
    };
    let upgrading = hyper::upgrade::on(&mut request);
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
            then(stream, read_buf).await;
        }
    });
    let headers = [
        (header::UPGRADE, HeaderValue::from_static("websocket")),
        (header::CONNECTION, HeaderValue::from_static("Upgrade")),
        (header::SEC_WEBSOCKET_ACCEPT, accept),
    ];
    (StatusCode::SWITCHING_PROTOCOLS, headers).into_response()
}
