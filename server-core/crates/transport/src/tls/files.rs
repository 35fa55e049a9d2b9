//! A certificate and its key as they lie in their files, and what is wrong with them.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rustls::ServerConfig;
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, UnixTime};
use webpki::{EndEntityCert, KeyUsage};

/// The one protocol that is spoken above TLS.
const ALPN: &[u8] = b"http/1.1";
/// Bytes of a file that are read; a chain of certificates takes a few thousand.
const FILE_BYTES: u64 = 1024 * 1024;

/// Why a certificate cannot be used, as a sentence that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// A file cannot be read.
    #[error("{setting} names {}, which cannot be read: {source}. Check the path, and that the user who runs this server may read it.", path.display())]
    Unreadable {
        /// `TLS_CERT` or `TLS_KEY`.
        setting: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Not PEM, or not what belongs there.
    #[error("{setting} names {}, in which there is no {wanted} in PEM form (it begins with \"-----BEGIN\"). {hint}", path.display())]
    NotPem {
        /// `TLS_CERT` or `TLS_KEY`.
        setting: &'static str,
        /// The file.
        path: PathBuf,
        /// What was looked for.
        wanted: &'static str,
        /// What to do.
        hint: &'static str,
    },
    /// The key of another certificate.
    #[error("The key in {} does not belong to the certificate in {}. Set TLS_KEY to the key that the certificate was made with; the server's own certificate has to be the first in TLS_CERT.", key.display(), cert.display())]
    Mismatched {
        /// The certificate's file.
        cert: PathBuf,
        /// The key's file.
        key: PathBuf,
    },
    /// Of a form or kind that cannot be used.
    #[error("The certificate in {} and the key in {} cannot be used: {reason}. Have a server certificate made with an RSA key of at least 2048 bits, or with an ECDSA or Ed25519 key.", cert.display(), key.display())]
    Unusable {
        /// The certificate's file.
        cert: PathBuf,
        /// The key's file.
        key: PathBuf,
        /// What the library said.
        reason: String,
    },
    /// It would replace one that is better.
    #[error("The new certificate in {} is not used: {flaw}", path.display())]
    Worse {
        /// Its file.
        path: PathBuf,
        /// What is wrong with it.
        flaw: CertificateFlaw,
    },
}

/// Why browsers refuse a certificate that can be served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertificateFlaw {
    /// Its time is over.
    #[error(
        "the certificate has expired, and browsers refuse it. Renew it and put the new one in its place; no restart is needed."
    )]
    Expired,
    /// Its time has not come.
    #[error(
        "the certificate is not valid yet, and browsers refuse it. Check this machine's clock, or use one that is valid now."
    )]
    NotYetValid,
    /// It was made for clients or for signing.
    #[error(
        "the certificate was not made for a server, and browsers refuse it. Have one made for server authentication."
    )]
    NotForServers,
    /// It ends before it begins.
    #[error("the certificate ends before it begins, and browsers refuse it. Have a new one made.")]
    NeverValid,
}

/// A certificate ready to be served.
pub(super) struct LoadedCertificate {
    pub(super) config: Arc<ServerConfig>,
    pub(super) leaf: CertificateDer<'static>,
}

/// Reads both files.
pub(super) fn load(cert: &Path, key: &Path) -> Result<LoadedCertificate, CertificateError> {
    let chain: Vec<CertificateDer<'static>> = read("TLS_CERT", cert, "certificate")?;
    let keys: Vec<PrivateKeyDer<'static>> = read("TLS_KEY", key, "private key")?;
    let unusable = |reason: String| CertificateError::Unusable {
        cert: cert.to_owned(),
        key: key.to_owned(),
        reason,
    };
    let (Some(leaf), Some(secret)) = (chain.first().cloned(), keys.into_iter().next()) else {
        return Err(unusable("a file is empty".to_owned()));
    };
    EndEntityCert::try_from(&leaf).map_err(|error| unusable(error.to_string()))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| unusable(error.to_string()))?
        .with_no_client_auth()
        .with_single_cert(chain, secret);
    let mut config = config.map_err(|error| match error {
        rustls::Error::InconsistentKeys(rustls::InconsistentKeys::KeyMismatch) => {
            CertificateError::Mismatched {
                cert: cert.to_owned(),
                key: key.to_owned(),
            }
        }
        other => unusable(other.to_string()),
    })?;
    config.alpn_protocols = vec![ALPN.to_vec()];
    Ok(LoadedCertificate {
        config: Arc::new(config),
        leaf,
    })
}

/// All items of one kind in a file; at least one.
fn read<T: PemObject>(
    setting: &'static str,
    path: &Path,
    wanted: &'static str,
) -> Result<Vec<T>, CertificateError> {
    let unreadable = |source| CertificateError::Unreadable {
        setting,
        path: path.to_owned(),
        source,
    };
    let not_pem = || CertificateError::NotPem {
        setting,
        path: path.to_owned(),
        wanted,
        hint: match setting {
            "TLS_KEY" => {
                "A key behind a password has to be unlocked first, with \
                 \"openssl pkey -in OLD -out NEW\"."
            }
            _ => {
                "One in binary form is turned into it by \"openssl x509 -inform der -in OLD -out NEW\"."
            }
        },
    };
    let refused = |error| match error {
        pem::Error::Io(source) => unreadable(source),
        _ => not_pem(),
    };
    let bytes = read_file(path).map_err(unreadable)?;
    let items: Vec<T> = T::pem_slice_iter(&bytes)
        .collect::<Result<_, _>>()
        .map_err(refused)?;
    match items.is_empty() {
        true => Err(not_pem()),
        false => Ok(items),
    }
}

/// The beginning of a regular file; what only looks like one, such as a pipe, might never end.
fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    if !path.metadata()?.is_file() {
        let kind = io::ErrorKind::InvalidInput;
        return Err(io::Error::new(kind, "it is no file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(FILE_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Why browsers refuse a certificate `ahead` of now, as far as it tells itself: whom they trust is not
/// known here. Without anybody to trust, the library looks at the certificate and then finds no issuer.
pub(super) fn flaw(leaf: &CertificateDer<'_>, ahead: Duration) -> Option<CertificateFlaw> {
    let time = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let time = UnixTime::since_unix_epoch(time.unwrap_or_default() + ahead);
    let certificate = EndEntityCert::try_from(leaf).ok()?;
    let usage = KeyUsage::server_auth();
    match certificate.verify_for_usage(&[], &[], &[], time, usage, None, None) {
        Err(webpki::Error::CertExpired { .. }) => Some(CertificateFlaw::Expired),
        Err(webpki::Error::CertNotValidYet { .. }) => Some(CertificateFlaw::NotYetValid),
        Err(webpki::Error::InvalidCertValidity) => Some(CertificateFlaw::NeverValid),
        Err(webpki::Error::RequiredEkuNotFoundContext(_)) => Some(CertificateFlaw::NotForServers),
        _ => None,
    }
}
