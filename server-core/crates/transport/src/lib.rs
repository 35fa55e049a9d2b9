//! Accepting connections: caps, time limits, and a grip on every transport.
//!
//! `axum::serve` sets no header timeout and offers no way to abort a connection whose client stopped
//! reading, so this module drives hyper itself. Each connection's I/O is a [`Transport`] that notes
//! progress and can be aborted from anywhere; requests carry it, and their peer's address, as
//! extensions.

mod admission;
mod body;
mod config;
pub mod connect_packets;
pub mod direct;
mod ends;
mod heartbeat_rtt;
pub mod incoming;
mod lingering;
mod owner_position;
pub mod packet_count;
pub mod sockets;
mod tls;
mod transport;
mod unfinished;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use http::header::CONNECTION;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode, Uri};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use admission::Admission;
pub use admission::SpareConnection;
use body::Timed;
pub use config::ListenConfig;
use identity::PeerAddress;
pub use incoming::TextReader;
use lingering::Lingering;
pub use sockets::Sockets;
pub use tls::{CertificateError, CertificateFlaw, Certificates, Encryption};
pub use transport::{Transport, TransportHandle};
use unfinished::{CountedFor, HeldBytes, UnfinishedBytes};

/// Pause after a failed accept, so that running out of descriptors does not spin.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);
/// Time between two lines in the log about failed accepts: without descriptors all of them fail.
const COMPLAINT_PERIOD: Duration = Duration::from_secs(30);
/// Largest head of a request, in bytes.
const MAX_HEAD_BYTES: usize = 64 * 1024;

/// Everything that is connected, for a shutdown that ends in time.
#[derive(Debug, Clone)]
pub struct Listener {
    admission: Arc<Admission>,
    unfinished: Arc<UnfinishedBytes>,
    settings: ListenConfig,
    certificates: Option<Certificates>,
}

impl Listener {
    /// A listener that counts `exempt` addresses (trusted proxies) like nobody.
    #[must_use]
    pub fn new(
        settings: ListenConfig,
        is_proxy: Arc<dyn Fn(std::net::IpAddr) -> bool + Send + Sync>,
    ) -> Self {
        let admission = Arc::new(Admission::new(&settings, is_proxy));
        Self {
            admission,
            unfinished: UnfinishedBytes::new(settings.max_unfinished_bytes_per_address),
            settings,
            certificates: None,
        }
    }

    /// Speaks TLS with clients that begin to, on the same port.
    #[must_use]
    pub fn with_tls(self, certificates: Option<Certificates>) -> Self {
        Self {
            certificates,
            ..self
        }
    }

    /// Accepts connections for `app` until `stop` is cancelled. Connections that are open then
    /// live on until they end or [`Self::abort_all`].
    pub async fn serve(&self, sockets: Sockets, app: Router, stop: CancellationToken) {
        let mut complaint = Complaint::default();
        while let Some(accepted) = stop.run_until_cancelled(sockets.accept()).await {
            match accepted {
                Ok((stream, peer)) => self.admit(stream, peer, &app),
                Err(error) => {
                    if let Some(failed) = complaint.count(Instant::now()) {
                        tracing::warn!(%error, failed, "connections cannot be accepted");
                    }
                    sleep(ACCEPT_PAUSE).await;
                }
            }
        }
    }

    fn admit(&self, stream: TcpStream, peer: SocketAddr, app: &Router) {
        let Some(place) = self.admission.enter(peer.ip()) else {
            tracing::debug!(%peer, "too many connections from one address");
            return;
        };
        if let Err(error) = configure(&stream, self.settings.send_buffer_bytes) {
            tracing::debug!(%error, "a socket option could not be set");
        }
        let spare = place.spare();
        let tls = self.certificates.as_ref().map(Certificates::layer);
        let within_machine = tls.as_ref().map(|_| is_within_machine(&stream, peer));
        let header_timeout = self.settings.header_timeout;
        let counted_for = CountedFor::new(self.unfinished.clone());
        let mut transport = Transport::new(stream, tls, header_timeout, counted_for.clone());
        let handle = transport.handle();
        place.hold(handle.clone());
        transport.occupy(place);
        let app = app.clone();
        tokio::spawn(async move {
            let service = hyper::service::service_fn(move |request: Request<Incoming>| {
                let mut request = prepare(request, peer, &handle);
                let encryption = encryption(&handle, within_machine);
                request.extensions_mut().insert(encryption);
                if let Some(spare) = &spare {
                    request.extensions_mut().insert(spare.clone());
                }
                let held = HeldBytes::new(counted_for.clone());
                let body = |it| Timed::new(Lingering::new(it), header_timeout, held);
                let answering = app.clone().oneshot(request.map(|it| Body::new(body(it))));
                let spare = spare.clone();
                async move { answering.await.map(|answer| end_with(spare, answer)) }
            });
            let served = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(header_timeout)
                .max_buf_size(MAX_HEAD_BYTES)
                .serve_connection(TokioIo::new(transport), service)
                .with_upgrades()
                .await;
            if let Err(error) = served {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }

    /// Aborts every open connection.
    pub fn abort_all(&self) {
        self.admission.abort_all();
    }
}

/// Whether both ends of a connection are on this machine, so that nobody can listen in between.
fn is_within_machine(stream: &TcpStream, peer: SocketAddr) -> bool {
    let peer = peer.ip().to_canonical();
    peer.is_loopback()
        || stream
            .local_addr()
            .is_ok_and(|own| own.ip().to_canonical() == peer)
}

fn encryption(transport: &TransportHandle, within_machine: Option<bool>) -> Encryption {
    match within_machine {
        None => Encryption::Unsupported,
        Some(_) if transport.is_encrypted() => Encryption::Tls,
        Some(within_machine) => Encryption::Missing { within_machine },
    }
}

/// What is said about accepts that fail one after the other.
#[derive(Debug, Default)]
struct Complaint {
    warned: Option<Instant>,
    unsaid: u64,
}

impl Complaint {
    /// One more failed. Gives how many have since the last word about it, when another one is due.
    fn count(&mut self, now: Instant) -> Option<u64> {
        self.unsaid += 1;
        let is_due = |warned| now.saturating_duration_since(warned) >= COMPLAINT_PERIOD;
        self.warned.is_none_or(is_due).then(|| {
            self.warned = Some(now);
            std::mem::take(&mut self.unsaid)
        })
    }
}

fn configure(stream: &TcpStream, send_buffer: usize) -> io::Result<()> {
    stream.set_nodelay(true)?;
    if send_buffer > 0 {
        socket2::SockRef::from(stream).set_send_buffer_size(send_buffer)?;
    }
    Ok(())
}

/// Has a connection beyond the cap end with its answer.
fn end_with(spare: Option<SpareConnection>, mut answer: Response<Body>) -> Response<Body> {
    let is_upgrade = answer.status() == StatusCode::SWITCHING_PROTOCOLS;
    if !is_upgrade && spare.is_some_and(|spare| spare.is_short()) {
        let close = HeaderValue::from_static("close");
        answer.headers_mut().insert(CONNECTION, close);
    }
    answer
}

/// Adds what handlers need to know about the connection, and copies head fields that would
/// otherwise keep hyper's read buffer alive for as long as the session that the request opens.
fn prepare(
    request: Request<Incoming>,
    peer: SocketAddr,
    handle: &TransportHandle,
) -> Request<Incoming> {
    let (mut parts, body) = request.into_parts();
    parts.uri = copied_uri(&parts.uri);
    parts.headers = copied_headers(&parts.headers);
    parts.extensions.insert(PeerAddress(peer));
    parts.extensions.insert(handle.clone());
    Request::from_parts(parts, body)
}

fn copied_uri(uri: &Uri) -> Uri {
    Uri::try_from(uri.to_string()).unwrap_or_default()
}

fn copied_headers(headers: &HeaderMap) -> HeaderMap {
    let mut copy = HeaderMap::with_capacity(headers.len());
    for (name, value) in headers {
        let fields = (
            HeaderName::from_bytes(name.as_str().as_bytes()),
            HeaderValue::from_bytes(value.as_bytes()),
        );
        if let (Ok(name), Ok(value)) = fields {
            copy.append(name, value);
        }
    }
    copy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_that_fail_in_a_row_are_one_line_in_a_while() {
        let start = Instant::now();
        let mut complaint = Complaint::default();
        assert_eq!(complaint.count(start), Some(1));
        for n in 1..600_u32 {
            assert_eq!(complaint.count(start + ACCEPT_PAUSE * (n % 500)), None);
        }
        assert_eq!(complaint.count(start + COMPLAINT_PERIOD), Some(600));
        assert_eq!(complaint.count(start + COMPLAINT_PERIOD), None);
    }
}
