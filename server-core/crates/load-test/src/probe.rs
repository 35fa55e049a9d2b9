//! Whether a server is one of ours, asked before anything else is sent there.

use std::net::SocketAddr;

use http::header;
use http_body_util::{BodyExt as _, Empty, Limited};
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use serde::Deserialize;

use super::client::{ConnectTarget, dial};

/// Most of an answer that is read, in bytes; ours have a few hundred.
const ANSWER_BYTES: usize = 64 * 1024;

/// What every version of the server says about itself under `/health`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "that the fields are there is what is looked at")]
struct HealthAnswer {
    status: String,
    phase: String,
    version: String,
    uptime_seconds: u64,
}

/// Whether a world answers at `url`, which is at `addresses`. Takes as long as the other side does.
pub async fn is_world(url: &str, addresses: &[SocketAddr]) -> bool {
    let Ok(target) = ConnectTarget::resolve(url, addresses).await else {
        return false;
    };
    let Ok(stream) = dial(&target).await else {
        return false;
    };
    health(&target, TokioIo::new(stream)).await.is_some()
}

async fn health<S>(target: &ConnectTarget, stream: S) -> Option<HealthAnswer>
where
    S: hyper::rt::Read + hyper::rt::Write + Unpin + Send + 'static,
{
    let (mut sender, connection) = handshake(stream).await.ok()?;
    let request = http::Request::get("/health")
        .header(header::HOST, &target.authority)
        .body(Empty::<bytes::Bytes>::new())
        .ok()?;
    // Ends with the sender.
    tokio::spawn(connection);
    let body = sender.send_request(request).await.ok()?.into_body();
    let body = Limited::new(body, ANSWER_BYTES).collect().await.ok()?;
    // Also a server that is starting or degraded is a world.
    serde_json::from_slice(&body.to_bytes()).ok()
}
