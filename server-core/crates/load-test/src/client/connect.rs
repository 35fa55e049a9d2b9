//! From a URL to a connected Socket.IO socket.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{self, ClientConfig, RootCertStore};
use tokio_tungstenite::MaybeTlsStream;
use tokio_tungstenite::tungstenite::{Error as WsError, Message};

use super::link::Link;
use super::wire;
use contract::admin::load_test::LoadTestObstacle;

/// A connected socket.
pub(crate) type BotSocket = Link<MaybeTlsStream<TcpStream>>;

/// A server that has not answered by then does not count as reachable.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Number of the error "too many open files" on Unix systems.
const EMFILE: i32 = 24;

/// Why a client could not connect; each a sentence for the person who runs the test.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// Not a URL this client can use.
    #[error("The address {0} cannot be used: write it like http://192.168.1.20:4000")]
    BadUrl(String),
    /// https, and this machine has nothing to check certificates with.
    #[error("This machine's own certificates, which https needs, cannot be read: {0}")]
    NoRoots(String),
    /// https, and no agreement with the other side.
    #[error("{0} does not speak https with this machine ({1})")]
    Tls(String, std::io::Error),
    /// The name does not resolve.
    #[error("The host {0} was not found")]
    UnknownHost(String),
    /// Nobody listens there.
    #[error("Nothing answers at {0}: is the server running? ({1})")]
    Unreachable(String, std::io::Error),
    /// This process may not open another socket.
    #[error(
        "This machine allows too few open files for so many clients: raise them with ulimit -n"
    )]
    TooManyFiles,
    /// An answer, but no websocket.
    #[error("{0} answers, but not as a Socket.IO server ({1})")]
    NotSocketIo(String, String),
    /// A Socket.IO server that does not want this client.
    #[error("The server refused the connection: {0}")]
    Refused(String),
    /// Too slow.
    #[error("{0} did not answer within 10 seconds")]
    TimedOut(String),
}

impl ConnectError {
    /// The same for programs.
    #[must_use]
    pub fn obstacle(&self) -> LoadTestObstacle {
        match self {
            Self::BadUrl(_) => LoadTestObstacle::BadUrl,
            Self::NoRoots(_) => LoadTestObstacle::NoCertificates,
            Self::Tls(..) => LoadTestObstacle::NoTls,
            Self::UnknownHost(_) => LoadTestObstacle::UnknownHost,
            Self::Unreachable(..) => LoadTestObstacle::Unreachable,
            Self::TooManyFiles => LoadTestObstacle::TooManyFiles,
            Self::NotSocketIo(..) => LoadTestObstacle::NotSocketIo,
            Self::Refused(_) => LoadTestObstacle::Refused,
            Self::TimedOut(_) => LoadTestObstacle::TimedOut,
        }
    }
}

/// Where to connect to, checked once and resolved once.
#[derive(Clone)]
pub(crate) struct ConnectTarget {
    /// `host:port` as people write it.
    pub(crate) authority: String,
    pub(crate) addresses: Vec<SocketAddr>,
    /// For https: what to trust, and whom to expect.
    tls: Option<(TlsConnector, ServerName<'static>)>,
}

impl ConnectTarget {
    /// Reads a URL; looks its name up unless `known` says where it is.
    pub(crate) async fn resolve(url: &str, known: &[SocketAddr]) -> Result<Self, ConnectError> {
        let bad = || ConnectError::BadUrl(url.to_owned());
        let uri: http::Uri = url.parse().map_err(|_| bad())?;
        let (secure, usual_port) = match uri.scheme_str() {
            Some("http" | "ws") => (false, 80),
            Some("https" | "wss") => (true, 443),
            _ => return Err(bad()),
        };
        let host = uri.host().ok_or_else(bad)?;
        let port = uri.port_u16().unwrap_or(usual_port);
        let authority = format!("{host}:{port}");
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let tls = match secure {
            true => {
                let name = ServerName::try_from(bare.to_owned()).map_err(|_| bad())?;
                Some((connector()?, name))
            }
            false => None,
        };
        let addresses: Vec<SocketAddr> = match known {
            [] => lookup_host((bare, port))
                .await
                .map_err(|_| ConnectError::UnknownHost(host.to_owned()))?
                .collect(),
            known => known.to_vec(),
        };
        if addresses.is_empty() {
            return Err(ConnectError::UnknownHost(host.to_owned()));
        }
        Ok(Self {
            authority,
            addresses,
            tls,
        })
    }
}

/// Trusts whom this machine trusts, and whom `SSL_CERT_FILE` names.
fn connector() -> Result<TlsConnector, ConnectError> {
    let broken = |error: rustls::Error| ConnectError::NoRoots(error.to_string());
    let mut roots = RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    roots.add_parsable_certificates(found.certs);
    if roots.is_empty() {
        let why = found.errors.first().map(ToString::to_string);
        let why = why.unwrap_or_else(|| "there are none".to_owned());
        return Err(ConnectError::NoRoots(why));
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(broken)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

/// The address of the other side.
pub(crate) fn peer(socket: &BotSocket) -> Option<SocketAddr> {
    let tcp = match socket.stream() {
        MaybeTlsStream::Plain(tcp) => tcp,
        MaybeTlsStream::Rustls(tls) => tls.get_ref().0,
        _ => return None,
    };
    tcp.peer_addr().ok()
}

/// Connects: TCP, websocket, Engine.IO, then the default namespace with `auth` (a JSON object).
pub(crate) async fn connect(target: &ConnectTarget, auth: &str) -> Result<BotSocket, ConnectError> {
    let timed_out = || ConnectError::TimedOut(target.authority.clone());
    timeout(CONNECT_TIMEOUT, connect_unhurried(target, auth))
        .await
        .map_err(|_| timed_out())?
}

/// Opens the transport: TCP, and TLS for https.
pub(crate) async fn dial(
    target: &ConnectTarget,
) -> Result<MaybeTlsStream<TcpStream>, ConnectError> {
    let authority = &target.authority;
    let unreachable = |error: std::io::Error| match error.raw_os_error() {
        Some(EMFILE) => ConnectError::TooManyFiles,
        _ => ConnectError::Unreachable(authority.clone(), error),
    };
    let tcp = TcpStream::connect(&target.addresses[..])
        .await
        .map_err(unreachable)?;
    tcp.set_nodelay(true).map_err(unreachable)?;
    match &target.tls {
        None => Ok(MaybeTlsStream::Plain(tcp)),
        Some((connector, name)) => {
            let agreed = connector.connect(name.clone(), tcp).await;
            let agreed = agreed.map_err(|error| ConnectError::Tls(authority.clone(), error));
            Ok(MaybeTlsStream::Rustls(agreed?))
        }
    }
}

async fn connect_unhurried(target: &ConnectTarget, auth: &str) -> Result<BotSocket, ConnectError> {
    let authority = &target.authority;
    let stream = dial(target).await?;
    let url = format!("ws://{authority}/socket.io/?EIO=4&transport=websocket");
    let stranger = |what: String| ConnectError::NotSocketIo(authority.clone(), what);
    let opened = Link::open(&url, stream).await;
    let mut socket = opened.map_err(|error| match error {
        WsError::Http(response) => stranger(format!("HTTP status {}", response.status())),
        other => stranger(other.to_string()),
    })?;
    let open = next_text(&mut socket).await.map_err(stranger)?;
    if !open.starts_with("0{") {
        return Err(stranger("no Engine.IO greeting".to_owned()));
    }
    socket
        .send(Message::text(wire::connect_packet(auth)))
        .await
        .map_err(|error| stranger(error.to_string()))?;
    loop {
        let text = next_text(&mut socket).await.map_err(stranger)?;
        match text.as_str() {
            wire::PING => socket
                .send(Message::text(wire::PONG))
                .await
                .map_err(|error| stranger(error.to_string()))?,
            accepted if accepted.starts_with("40") => return Ok(socket),
            refused if refused.starts_with("44") => {
                return Err(ConnectError::Refused(wire::connect_error(refused)));
            }
            _ => return Err(stranger("no Socket.IO answer to CONNECT".to_owned())),
        }
    }
}

async fn next_text(socket: &mut BotSocket) -> Result<String, String> {
    loop {
        match socket.next().await {
            Ok(Message::Text(text)) => return Ok(text.to_string()),
            Ok(Message::Ping(_) | Message::Pong(_)) => {}
            Ok(Message::Close(Some(frame))) => {
                return Err(format!("closed at once: {} {}", frame.code, frame.reason));
            }
            Ok(_) => return Err("an answer that is no text".to_owned()),
            Err(WsError::ConnectionClosed) => return Err("closed at once".to_owned()),
            Err(error) => return Err(error.to_string()),
        }
    }
}

/// What ended a connection, for people.
pub(super) fn sentence(error: &WsError) -> String {
    match error {
        WsError::ConnectionClosed => "the server closed the connection".to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn check(url: &str, expected: &str) {
        let error = match ConnectTarget::resolve(url, &[]).await {
            Err(error) => error,
            Ok(target) => connect(&target, "{}").await.map(drop).unwrap_err(),
        };
        let text = error.to_string();
        assert!(text.contains(expected), "{url}: {text}");
    }

    #[tokio::test]
    async fn addresses_that_lead_nowhere_say_so() {
        check("no url", "write it like").await;
        check("ftp://localhost", "write it like").await;
        check("https://127.0.0.1:1", "is the server running?").await;
        check("http://127.0.0.1:1", "is the server running?").await;
    }
}
