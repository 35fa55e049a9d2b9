//! The files that an address of a Postgres database names for TLS. What sqlx says about one leaves out
//! its name, and a file without a certificate it takes for an authority that vouches for nobody.

use sqlx::ConnectOptions as _;
use sqlx::postgres::{PgConnectOptions, PgSslMode};

/// A file that cannot serve.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FlawedFile {
    /// The word of the address that names it.
    pub(super) option: &'static str,
    /// Its name.
    pub(super) file: String,
    /// Completes "which ...".
    pub(super) reason: String,
}

/// What each of them has to hold (RFC 7468).
const FILES: [(&str, &str, &str); 3] = [
    ("sslrootcert", "-----BEGIN CERTIFICATE-----", "certificate"),
    ("sslcert", "-----BEGIN CERTIFICATE-----", "certificate"),
    ("sslkey", "PRIVATE KEY-----", "private key"),
];

/// The first file that is asked for in this mode and cannot serve.
pub(super) fn flaw(options: &PgConnectOptions) -> Option<FlawedFile> {
    let (checks, encrypts) = match options.get_ssl_mode() {
        PgSslMode::VerifyCa | PgSslMode::VerifyFull => (true, true),
        PgSslMode::Prefer | PgSslMode::Require => (false, true),
        PgSslMode::Allow | PgSslMode::Disable => (false, false),
    };
    // As the environment completes it; names that an address cannot hold are no matter here.
    let named = options.clone().username("user").host("host").to_url_lossy();
    FILES.into_iter().find_map(|(option, mark, thing)| {
        let asked = encrypts && (checks || option != "sslrootcert");
        let (_, value) = named.query_pairs().find(|(key, _)| key == option)?;
        let file = value.strip_prefix("file: ").filter(|_| asked)?.to_owned();
        let reason = match std::fs::read(&file) {
            Err(error) => format!("cannot be read: {error}"),
            Ok(bytes) if !holds(&bytes, mark) => format!("holds no {thing}"),
            Ok(_) => return None,
        };
        Some(FlawedFile {
            option,
            file,
            reason,
        })
    })
}

fn holds(bytes: &[u8], mark: &str) -> bool {
    let mut windows = bytes.windows(mark.len());
    windows.any(|window| window == mark.as_bytes())
}
