//! `health`: whether the server of this machine lets people in, for images and service managers.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use anyhow::{Context as _, bail};
use http::{Request, StatusCode, header};
use http_body_util::{BodyExt as _, Empty, Limited};
use hyper_util::rt::TokioIo;
use server_core::config::Loaded;
use tokio::net::TcpStream;

/// How long the answer may take; it comes from memory.
const PATIENCE: Duration = Duration::from_secs(5);
/// Most bytes of an answer that are read.
const LONGEST_ANSWER: usize = 65_536;

/// Prints the status. An error while nobody can come in; a degraded server is well enough to play on.
pub(super) async fn run(loaded: &Loaded) -> anyhow::Result<()> {
    let listen = &loaded.config.listen;
    if listen.port == 0 {
        bail!(
            "The port is chosen by the system (SERVER_PORT is 0): name the real one with --port."
        );
    }
    let (status, answer) = tokio::time::timeout(PATIENCE, ask(listen.host, listen.port))
        .await
        .with_context(|| format!("no answer on port {} within 5 seconds", listen.port))??;
    let said = |key: &str| {
        answer[key]
            .as_str()
            .unwrap_or("of unknown state")
            .to_owned()
    };
    if status != StatusCode::OK {
        bail!("The server is {}.", said("phase"));
    }
    // Whoever reads the output may have gone; the exit code is the answer.
    let _ = std::io::Write::write_fmt(&mut std::io::stdout(), format_args!("{}\n", said("status")));
    Ok(())
}

/// `GET /ready`, on the first address that takes the connection.
async fn ask(host: IpAddr, port: u16) -> anyhow::Result<(StatusCode, serde_json::Value)> {
    let stream = dial(host, port).await?;
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    let request = Request::get("/ready")
        .header(header::HOST, format!("localhost:{port}"))
        .body(Empty::<bytes::Bytes>::new())?;
    let (head, body) = sender.send_request(request).await?.into_parts();
    let body = Limited::new(body, LONGEST_ANSWER).collect().await;
    let body = body.map_err(|error| anyhow::anyhow!("the answer broke off: {error}"))?;
    let answer = serde_json::from_slice(&body.to_bytes())
        .with_context(|| format!("what listens on port {port} is no comutiny-server"))?;
    Ok((head.status, answer))
}

async fn dial(host: IpAddr, port: u16) -> anyhow::Result<TcpStream> {
    let own = [
        IpAddr::from(Ipv4Addr::LOCALHOST),
        Ipv6Addr::LOCALHOST.into(),
    ];
    let places = match host.is_unspecified() {
        true => own.to_vec(),
        false => vec![host],
    };
    let places: Vec<_> = places.iter().map(|ip| SocketAddr::new(*ip, port)).collect();
    TcpStream::connect(places.as_slice())
        .await
        .with_context(|| format!("nothing listens on port {port} of this machine"))
}
