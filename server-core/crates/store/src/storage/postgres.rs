//! Reaching a Postgres database, and what is in the way, each with a sentence that says what to do.
//!
//! The pool says only that it waited in vain, so the first connection is made without it.

use std::io;
use std::str::FromStr as _;
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{AnyConnection, Connection as _, Error};
use tokio::time::{Instant, sleep, timeout_at};

use super::{postgres_address, postgres_files};

/// How long a database may take that is just starting, or that nobody listens for yet.
const PATIENCE: Duration = Duration::from_secs(5);
/// Time between two tries.
const TRY_EVERY: Duration = Duration::from_millis(200);

/// See the module. `at` is its host and port.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum PostgresError {
    /// The address cannot be read.
    #[error(
        "DATABASE_URL is no address of a Postgres database: {0}. Write postgres://USER:PASSWORD@HOST/DATABASE"
    )]
    Address(String),
    /// Nobody listens there, or no way leads there.
    #[error(
        "Postgres at {at} cannot be reached: {reason}. Check that it runs and that DATABASE_URL names its host and port"
    )]
    Unreachable {
        /// Where.
        at: String,
        /// What the system says.
        reason: String,
    },
    /// Something accepts connections and says nothing.
    #[error("Postgres at {at} does not answer. Check its load, and the network between")]
    Silent {
        /// Where.
        at: String,
    },
    /// TLS was asked for.
    #[error(
        "Postgres at {at} offers no TLS, and sslmode in DATABASE_URL asks for it. Switch it on there (ssl = on), or set sslmode=prefer to do without"
    )]
    NoTls {
        /// Where.
        at: String,
    },
    /// Its certificate is not one for this name, or nobody vouches for it.
    #[error("The certificate of Postgres at {at} is refused: {reason}. {remedy}")]
    Certificate {
        /// Where.
        at: String,
        /// What is wrong with it.
        reason: String,
        /// What helps.
        remedy: &'static str,
    },
    /// A file for TLS cannot serve.
    #[error(
        "{option} in DATABASE_URL names the file {file}, which {reason}. Name one in PEM that this program may read"
    )]
    TlsFile {
        /// The word that names it.
        option: &'static str,
        /// Its name.
        file: String,
        /// What is wrong with it.
        reason: String,
    },
    /// TLS failed in another way.
    #[error(
        "TLS with Postgres at {at} failed: {reason}. Check sslmode and the files in DATABASE_URL"
    )]
    Tls {
        /// Where.
        at: String,
        /// What the library says.
        reason: String,
    },
    /// User or password is wrong.
    #[error(
        "Postgres at {at} does not accept the user or the password: {reason}. Set the right ones in DATABASE_URL"
    )]
    Login {
        /// Where.
        at: String,
        /// What Postgres says.
        reason: String,
    },
    /// There is no such database.
    #[error(
        "Postgres at {at} says: {reason}. Create it (createdb), or name another one in DATABASE_URL"
    )]
    NoDatabase {
        /// Where.
        at: String,
        /// What Postgres says.
        reason: String,
    },
    /// Postgres refuses for a reason of its own.
    #[error("Postgres at {at} refuses the connection: {reason}")]
    Refused {
        /// Where.
        at: String,
        /// What Postgres says.
        reason: String,
    },
    /// Something else answers there.
    #[error("What answers at {at} is no Postgres: {reason}. Check host and port in DATABASE_URL")]
    NotPostgres {
        /// Where.
        at: String,
        /// What it did.
        reason: String,
    },
}

/// Makes a connection and gives it up again.
///
/// # Errors
/// [`PostgresError`], after a while when it may only be starting.
pub(super) async fn reach(url: &str) -> Result<(), PostgresError> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|error| PostgresError::Address(innermost(&error)))?;
    let at = postgres_address::place(&options);
    let deadline = Instant::now() + PATIENCE;
    loop {
        let error = match timeout_at(deadline, AnyConnection::connect(url)).await {
            // It was good for that; the pool makes its own.
            Ok(Ok(connection)) => {
                let _ = connection.close().await;
                return Ok(());
            }
            Ok(Err(error)) => error,
            Err(_) => return Err(PostgresError::Silent { at }),
        };
        if !may_be_starting(&error) || Instant::now() + TRY_EVERY >= deadline {
            return Err(match flawed_file(&error, &options) {
                Some(flawed) => flawed,
                None => PostgresError::of(&error, at),
            });
        }
        sleep(TRY_EVERY).await;
    }
}

/// As the pool sees it: nobody listens, or Postgres itself says that it is not ready.
fn may_be_starting(error: &Error) -> bool {
    match error {
        Error::Io(error) => error.kind() == io::ErrorKind::ConnectionRefused,
        Error::Database(error) => error.is_transient_in_connect_phase(),
        _ => false,
    }
}

/// A file for TLS, where one may be behind the error.
fn flawed_file(error: &Error, options: &PgConnectOptions) -> Option<PostgresError> {
    let perhaps = match error {
        Error::Io(error) => error.kind() != io::ErrorKind::ConnectionRefused,
        Error::Tls(error) => !error.to_string().contains(NO_TLS),
        Error::Configuration(_) => true,
        _ => false,
    };
    let flaw = perhaps.then(|| postgres_files::flaw(options)).flatten()?;
    Some(PostgresError::TlsFile {
        option: flaw.option,
        file: flaw.file,
        reason: flaw.reason,
    })
}

/// What sqlx says where a server offers none.
const NO_TLS: &str = "does not support TLS";

/// What rustls and webpki say about a certificate, for people, and what helps.
fn refused_certificate(said: &str) -> (String, &'static str) {
    let lower = said.to_lowercase();
    if lower.contains("causedasendentity") {
        return (
            format!("it is an authority's own, which may not stand for a server ({said})"),
            "Make one that the authority signs, as PostgreSQL's manual says under \"Creating \
             Certificates\", and name the authority with sslrootcert=FILE in DATABASE_URL",
        );
    }
    if lower.contains("expired") {
        return (
            format!("its time is over ({said})"),
            "Renew it on the machine of Postgres, or set the clock of this one",
        );
    }
    if lower.contains("not valid yet") || lower.contains("notvalidyet") {
        return (
            format!("its time has not come ({said})"),
            "Set the clocks of this machine and of the one that made it",
        );
    }
    (
        said.to_owned(),
        "Name the authority that signed it with sslrootcert=FILE in DATABASE_URL, and the host as \
         the certificate does",
    )
}

impl PostgresError {
    fn of(error: &Error, at: String) -> Self {
        let reason = innermost(error);
        let code = error
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code);
        // "PostgreSQL Error Codes", appendix A of its documentation.
        match (error, code.as_deref()) {
            (_, Some("28P01")) => Self::Login { at, reason },
            (_, Some("3D000")) => Self::NoDatabase { at, reason },
            (_, Some(_)) => Self::Refused { at, reason },
            (Error::Tls(_), _) if reason.contains(NO_TLS) => Self::NoTls { at },
            (Error::Tls(_), _) => Self::Tls { at, reason },
            (Error::Configuration(_), _) => Self::Address(reason),
            (Error::Protocol(_), _) => Self::NotPostgres { at, reason },
            _ if reason.contains("certificate") => {
                let (reason, remedy) = refused_certificate(&reason);
                Self::Certificate { at, reason, remedy }
            }
            (Error::Io(io), _) if io.kind() == io::ErrorKind::InvalidData => {
                Self::Tls { at, reason }
            }
            (Error::Io(io), _) if io.kind() == io::ErrorKind::UnexpectedEof => {
                Self::NotPostgres { at, reason }
            }
            _ => Self::Unreachable { at, reason },
        }
    }
}

/// What lies under the layers of an error.
fn innermost(error: &Error) -> String {
    let mut error: &dyn std::error::Error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    match error.downcast_ref::<sqlx::postgres::PgDatabaseError>() {
        Some(error) => error.message().to_owned(),
        None => error.to_string(),
    }
}
