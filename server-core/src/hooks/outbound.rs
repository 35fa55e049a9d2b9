//! One request to an address that a host named, and nothing that it did not name: the name is looked up once, each
//! address is judged, the connection goes to the one that was judged (so no second answer of a name server counts),
//! no redirect is followed, and all of it has one deadline.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Request, StatusCode, Uri, header};
use http_body_util::{BodyExt as _, Collected, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use identity::outside::{is_private, is_public};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto};

/// Longest address that is read, in bytes.
pub const URL_BYTES: usize = 500;
/// What is read of an answer, in bytes.
pub const ANSWER_BYTES: usize = 16 * 1024;

/// Why nothing was sent, or what was sent does not count; each a sentence for the host.
#[derive(Debug, thiserror::Error)]
pub enum OutboundError {
    /// Not an address.
    #[error("The address looks like https://example.org/hook.")]
    BadUrl,
    /// It has a user name or a password in it.
    #[error("The address must not have a user name or a password in it.")]
    Credentials,
    /// The name does not resolve.
    #[error("Nobody knows the name {0}.")]
    UnknownName(String),
    /// It leads into a network that is nobody's business.
    #[error(
        "{0} leads into a private network. The setting WEBHOOK_PRIVATE_HOSTS can allow it by this name."
    )]
    NotPublic(String),
    /// It leads to where nobody is asked, whatever the settings allow.
    #[error(
        "{0} leads to an address where no webhook is told anything, such as those at which clouds keep secrets."
    )]
    NoPlace(String),
    /// No connection.
    #[error("No connection: {0}.")]
    Connect(std::io::Error),
    /// No certificates to compare with.
    #[error("This machine has no list of certificate authorities, so https cannot be checked.")]
    NoAuthorities,
    /// The conversation broke off.
    #[error("The other side broke off: {0}.")]
    Broken(#[from] hyper::Error),
    /// An answer that is no yes.
    #[error("The other side answered {0}.")]
    Status(StatusCode),
    /// An answer without an end, or too long.
    #[error("The answer is broken off, or longer than {ANSWER_BYTES} bytes.")]
    TooLong,
    /// The other side took too long.
    #[error("No answer within {} seconds.", .0.as_secs_f64())]
    Silent(Duration),
}

/// Where to, checked as a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookAddress {
    uri: Uri,
    host: String,
    port: u16,
    tls: bool,
}

impl HookAddress {
    /// Reads an http or https address.
    ///
    /// # Errors
    /// [`OutboundError::BadUrl`] and [`OutboundError::Credentials`].
    pub fn read(url: &str) -> Result<Self, OutboundError> {
        let url = url.trim();
        if url.len() > URL_BYTES {
            return Err(OutboundError::BadUrl);
        }
        let uri: Uri = url.parse().map_err(|_| OutboundError::BadUrl)?;
        let (tls, usual) = match uri.scheme_str() {
            Some("http") => (false, 80),
            Some("https") => (true, 443),
            _ => return Err(OutboundError::BadUrl),
        };
        let authority = uri.authority().ok_or(OutboundError::BadUrl)?;
        if authority.as_str().contains('@') {
            return Err(OutboundError::Credentials);
        }
        // A port that is no port is no default.
        if authority.port_u16().is_none() && authority.as_str() != authority.host() {
            return Err(OutboundError::BadUrl);
        }
        let host = authority
            .host()
            .trim_start_matches('[')
            .trim_end_matches(']');
        if host.is_empty() {
            return Err(OutboundError::BadUrl);
        }
        let (host, port) = (host.to_lowercase(), authority.port_u16().unwrap_or(usual));
        Ok(Self {
            uri,
            host,
            port,
            tls,
        })
    }

    /// Whether it is https.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.tls
    }

    /// The name or address in it.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }
}

/// Sends; cheap to clone.
#[derive(Clone)]
pub struct Outbound {
    tls: Option<Arc<ClientConfig>>,
    /// Names and addresses that may lead into private networks, in small letters.
    allowed: Arc<[String]>,
    deadline: Duration,
}

impl Outbound {
    /// With the authorities this machine trusts.
    #[must_use]
    pub fn new(allowed: &[String], deadline: Duration) -> Self {
        Self {
            tls: authorities(),
            allowed: allowed.iter().map(|host| host.to_lowercase()).collect(),
            deadline,
        }
    }

    /// Gets a small text: what is beyond [`ANSWER_BYTES`] is no answer, and neither is any status but 200.
    ///
    /// # Errors
    /// See [`OutboundError`].
    pub async fn fetch(&self, target: &HookAddress) -> Result<Bytes, OutboundError> {
        let asked = self.exchange(target, Method::GET, &[], String::new());
        let (status, body) = match timeout(self.deadline, asked).await {
            Ok(came) => came?,
            Err(_) => return Err(OutboundError::Silent(self.deadline)),
        };
        match (status, body) {
            (StatusCode::OK, Some(body)) => Ok(body),
            (StatusCode::OK, None) => Err(OutboundError::TooLong),
            (status, _) => Err(OutboundError::Status(status)),
        }
    }

    /// Posts JSON and answers with the status.
    ///
    /// # Errors
    /// See [`OutboundError`].
    pub async fn post(
        &self,
        target: &HookAddress,
        headers: &[(HeaderName, HeaderValue)],
        body: String,
    ) -> Result<StatusCode, OutboundError> {
        let asked = self.exchange(target, Method::POST, headers, body);
        match timeout(self.deadline, asked).await {
            Ok(came) => came.map(|(status, _)| status),
            Err(_) => Err(OutboundError::Silent(self.deadline)),
        }
    }

    /// Where a target leads now, if that may be asked anything.
    ///
    /// # Errors
    /// [`OutboundError::UnknownName`], [`OutboundError::NotPublic`], [`OutboundError::NoPlace`], and
    /// [`OutboundError::Silent`] when the name server is.
    pub async fn locate(&self, target: &HookAddress) -> Result<Vec<SocketAddr>, OutboundError> {
        let host = target.host.as_str();
        let found = timeout(self.deadline, lookup_host((host, target.port))).await;
        let found = found.map_err(|_| OutboundError::Silent(self.deadline))?;
        let found: Vec<_> = found.map(Iterator::collect).unwrap_or_default();
        if found.is_empty() {
            return Err(OutboundError::UnknownName(host.to_owned()));
        }
        // Even an allowed name never leads to where a cloud tells its machines their secrets.
        let is_allowed = self
            .allowed
            .iter()
            .any(|it| it.trim_matches(['[', ']']) == host);
        let may_be_asked = |address: &SocketAddr| {
            is_public(address.ip()) || is_allowed && is_private(address.ip())
        };
        let can_be_allowed =
            |address: &SocketAddr| is_public(address.ip()) || is_private(address.ip());
        if found.iter().all(may_be_asked) {
            return Ok(found);
        }
        Err(match found.iter().all(can_be_allowed) {
            true => OutboundError::NotPublic(host.to_owned()),
            false => OutboundError::NoPlace(host.to_owned()),
        })
    }

    async fn exchange(
        &self,
        target: &HookAddress,
        method: Method,
        headers: &[(HeaderName, HeaderValue)],
        body: String,
    ) -> Result<(StatusCode, Option<Bytes>), OutboundError> {
        let addresses = self.locate(target).await?;
        let stream = TcpStream::connect(addresses.as_slice()).await;
        let stream = stream.map_err(OutboundError::Connect)?;
        let request = request(target, method, headers, body)?;
        if !target.tls {
            return converse(stream, request).await;
        }
        let config = self.tls.clone().ok_or(OutboundError::NoAuthorities)?;
        let name = ServerName::try_from(target.host.clone()).map_err(|_| OutboundError::BadUrl)?;
        let connected = TlsConnector::from(config).connect(name, stream).await;
        converse(connected.map_err(OutboundError::Connect)?, request).await
    }
}

fn request(
    target: &HookAddress,
    method: Method,
    headers: &[(HeaderName, HeaderValue)],
    body: String,
) -> Result<Request<Full<Bytes>>, OutboundError> {
    let path = target
        .uri
        .path_and_query()
        .map_or("/", |path| path.as_str());
    let authority = target.uri.authority().map_or("", |it| it.as_str());
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, authority)
        .header(
            header::USER_AGENT,
            concat!("CoMutiNy/", env!("CARGO_PKG_VERSION")),
        )
        .header(header::CONNECTION, "close");
    if !body.is_empty() {
        request = request.header(header::CONTENT_TYPE, "application/json");
    }
    for (name, value) in headers {
        request = request.header(name, value);
    }
    request
        .body(Full::new(Bytes::from(body)))
        .map_err(|_| OutboundError::BadUrl)
}

/// The status, and the body where it is short enough.
async fn converse<S>(
    stream: S,
    request: Request<Full<Bytes>>,
) -> Result<(StatusCode, Option<Bytes>), OutboundError>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let asked = async {
        let answer = sender.send_request(request).await?;
        let status = answer.status();
        // Read as far as it is worth it, so that the other side is not stopped in the middle of a word.
        let body = Limited::new(answer.into_body(), ANSWER_BYTES)
            .collect()
            .await;
        Ok((status, body.ok().map(Collected::to_bytes)))
    };
    tokio::pin!(asked, connection);
    tokio::select! {
        biased;
        came = &mut asked => came,
        // The conversation is over, and by then whoever asked has been given the answer, or the reason for none.
        _ = &mut connection => asked.await,
    }
}

fn authorities() -> Option<Arc<ClientConfig>> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        return None;
    }
    let provider = Arc::new(crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .ok()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Some(Arc::new(config))
}
