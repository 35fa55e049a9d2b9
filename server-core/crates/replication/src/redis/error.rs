//! Why the other nodes cannot be reached, each with a sentence that says what to do.

use redis::{ErrorKind, RedisError, ServerErrorKind};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RedisLinkError {
    /// The address cannot be read.
    #[error("REDIS_URL is no address of a Redis. Write redis://:PASSWORD@HOST:PORT/DB.")]
    Address,
    /// Nobody answers there.
    #[error(
        "Redis cannot be reached ({0}). Check that it runs and that REDIS_URL names its host and port."
    )]
    Unreachable(String),
    /// The connection was closed.
    #[error("Redis closed the connection. Check that it runs; the next attempt follows by itself.")]
    Closed,
    /// It accepts connections but does not answer.
    #[error("Redis does not answer in time. Check its load and the network between.")]
    Silent,
    /// The password is wrong or missing.
    #[error(
        "Redis does not accept the password. Set the right one in REDIS_URL or REDIS_PASSWORD."
    )]
    Password,
    /// There is no database of that number.
    #[error(
        "Redis has no database of that number. Choose one it has in REDIS_URL or REDIS_DB; 0 always works."
    )]
    Database,
    /// It is older than version 7.
    #[error("This is Redis {0}, and version 7 or newer is needed. Update Redis.")]
    TooOld(String),
    /// The user may not use our keys or commands.
    #[error(
        "The Redis user may not do what nodes need. Allow it in Redis: ACL SETUSER <name> ~{{{0}}}:* &{{{0}}}:* +@all -@admin -@dangerous +info."
    )]
    Forbidden(String),
    /// It cannot be written.
    #[error("Redis takes no changes ({0}). Point REDIS_URL at the primary, and check its disk.")]
    ReadOnly(String),
    /// Its memory is full.
    #[error(
        "Redis is full: it has used up its maxmemory. Give it more, or a Redis of its own to this world."
    )]
    Full,
    /// A cluster chooses a new primary, or a server is still reading its data.
    #[error("Redis is not ready ({0}). The next attempt follows by itself.")]
    NotReady(String),
    /// It speaks TLS only.
    #[error("This Redis speaks TLS. Write rediss:// instead of redis:// in REDIS_URL.")]
    NeedsTls,
    /// It does not speak TLS.
    #[error(
        "This Redis does not speak TLS at that port. Write redis:// instead of rediss:// in REDIS_URL, or name the port that does."
    )]
    NoTls,
    /// Its certificate is not trusted.
    #[error(
        "The certificate of Redis is not trusted ({0}). Name a file with the authority that signed it in SSL_CERT_FILE, and check that REDIS_URL has the host it was made for."
    )]
    Certificate(String),
    /// It wants to see a certificate.
    #[error(
        "Redis asks for a certificate of its clients, which nodes do not have. Set tls-auth-clients no in Redis, and a password."
    )]
    ClientCertificate,
    /// Its memory is empty, and nodes that were linked before may come back.
    #[error(
        "Redis is empty, and this node has not met the others yet. It gives them a moment to come back first."
    )]
    Empty,
    /// Nodes with another signing secret are there.
    #[error(
        "The other nodes of this world use another JWT_SECRET. Give every node the same one, or this one its own REDIS_PREFIX."
    )]
    OtherSecret,
    /// Nodes with another database are there.
    #[error(
        "The other nodes of this world use another database. Give every node the same DATABASE_URL, or this one its own REDIS_PREFIX."
    )]
    OtherDatabase,
    /// Redis forgot this node, which has to introduce itself again.
    #[error("Redis forgot this node, as after a pause. It introduces itself again.")]
    Forgotten,
    /// An answer that no script of ours gives.
    #[error(
        "Redis gave an answer that makes no sense here ({0}). Check that nothing else uses this REDIS_PREFIX."
    )]
    Nonsense(String),
}

impl RedisLinkError {
    /// Whether a person has to change something: trying again does not help.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        matches!(
            self,
            Self::Address
                | Self::Password
                | Self::Database
                | Self::TooOld(_)
                | Self::Forbidden(_)
                | Self::NeedsTls
                | Self::NoTls
                | Self::Certificate(_)
                | Self::ClientCertificate
                | Self::OtherSecret
                | Self::OtherDatabase
        )
    }

    /// What an error of the client library means to the person who runs this.
    pub(super) fn of(error: &RedisError, prefix: &str) -> Self {
        let code = error.code().unwrap_or_default();
        let text = error.to_string();
        match error.kind() {
            _ if error.is_timeout() => Self::Silent,
            ErrorKind::AuthenticationFailed => Self::Password,
            _ if matches!(code, "WRONGPASS" | "NOAUTH") || text.contains("WRONGPASS") => {
                Self::Password
            }
            ErrorKind::RESP3NotSupported => {
                Self::TooOld(error.detail().unwrap_or("5 or older").to_owned())
            }
            ErrorKind::Server(ServerErrorKind::NoPerm) => Self::Forbidden(prefix.to_owned()),
            ErrorKind::Server(ServerErrorKind::NoScript) => Self::Forgotten,
            ErrorKind::Server(ServerErrorKind::ReadOnly | ServerErrorKind::MasterDown) => {
                Self::ReadOnly("it is a replica".to_owned())
            }
            _ if code == "OOM" => Self::Full,
            _ if matches!(
                code,
                "CLUSTERDOWN" | "LOADING" | "TRYAGAIN" | "MOVED" | "ASK"
            ) =>
            {
                Self::NotReady(text)
            }
            _ if matches!(code, "MISCONF" | "NOREPLICAS") => Self::ReadOnly(text),
            _ if text.contains("CertificateRequired") => Self::ClientCertificate,
            _ if text.contains("invalid peer certificate") => Self::Certificate(text),
            // A script that ran into one of these reports it inside an error of its own.
            _ if text.contains("NOPERM") || text.contains("can't run this command") => {
                Self::Forbidden(prefix.to_owned())
            }
            _ if text.contains("switch database") || text.contains("DB index") => Self::Database,
            ErrorKind::Io if error.is_connection_dropped() && !error.is_connection_refusal() => {
                Self::Closed
            }
            ErrorKind::Io => Self::Unreachable(text),
            _ => Self::Nonsense(text),
        }
    }
}
