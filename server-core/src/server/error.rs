//! Why a server could not start, each with a sentence that says what to do.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::request::client_address::InvalidProxy;
use replication::RedisLinkError;
use store::accounts::secret_file::SecretFileError;
use store::accounts::tokens::WeakSecret;
use store::storage::{OpenError, StoreError};
use transport::CertificateError;
use transport::sockets::BindRefused;

/// See the module.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port is taken, needs rights, or the address is not this machine's.
    #[error("{}", bind_sentence(*.address, .source))]
    Bind {
        /// What should have been bound.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// The data directory cannot be made or used.
    #[error("The data directory {} cannot be used: {source}. Choose another one with DATA_DIR.", path.display())]
    DataDir {
        /// The directory.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The signing secret is too easy to guess.
    #[error(transparent)]
    WeakSecret(#[from] WeakSecret),
    /// The kept signing secret cannot be read or written.
    #[error(transparent)]
    SecretFile(#[from] SecretFileError),
    /// An entry of `TRUSTED_PROXIES` cannot be read.
    #[error(transparent)]
    Proxy(#[from] InvalidProxy),
    /// The database's file cannot be used, or is another server's.
    #[error("{}", sentence(.0))]
    Open(#[source] OpenError),
    /// The database cannot be reached or migrated.
    #[error(
        "The database cannot be used: {0}. Check DATABASE_URL, and that the file or server can be reached and written."
    )]
    Store(#[from] StoreError),
    /// Https cannot be served.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// The other nodes cannot be joined.
    #[error(transparent)]
    Link(#[from] RedisLinkError),
}

impl From<BindRefused> for StartError {
    fn from(BindRefused { address, source }: BindRefused) -> Self {
        Self::Bind { address, source }
    }
}

impl StartError {
    /// Whether a setting has to be changed before the server can start. A port that is taken, a disk or
    /// a database may come back by themselves.
    #[must_use]
    pub fn is_wrong_setting(&self) -> bool {
        match self {
            Self::WeakSecret(_) | Self::Proxy(_) => true,
            Self::Bind { source, .. } => source.kind() == io::ErrorKind::PermissionDenied,
            Self::Certificate(error) => !matches!(error, CertificateError::Unreadable { .. }),
            Self::DataDir { .. }
            | Self::SecretFile(_)
            | Self::Open(_)
            | Self::Store(_)
            | Self::Link(_) => false,
        }
    }
}

impl From<OpenError> for StartError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Store(error) => Self::Store(error),
            error => Self::Open(error),
        }
    }
}

fn sentence(error: &OpenError) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).chain(['.']).collect()
}

fn bind_sentence(address: SocketAddr, source: &io::Error) -> String {
    let port = address.port();
    match source.kind() {
        io::ErrorKind::AddrInUse => format!(
            "Port {port} is taken by another program. Stop that one, or choose another port with \
             --port {}.",
            port.checked_add(1).unwrap_or(4000)
        ),
        io::ErrorKind::PermissionDenied => format!(
            "Port {port} may not be used without more rights. Choose one above 1023 with --port."
        ),
        io::ErrorKind::AddrNotAvailable => format!(
            "{} is not an address of this machine. Set SERVER_HOST to one that is, or leave it out to \
             listen to all.",
            address.ip()
        ),
        _ => format!("{address} cannot be listened on: {source}."),
    }
}
