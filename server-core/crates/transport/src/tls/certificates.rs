//! The certificate in force: read at the start, and again whenever its files change.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use parking_lot::Mutex;
use rustls::pki_types::ServerName;
use tokio_util::sync::CancellationToken;
use webpki::EndEntityCert;

use super::TlsLayer;
use super::files::{CertificateError, CertificateFlaw, LoadedCertificate, flaw, load};

/// How long before its end a certificate is warned of.
const WARNED_AHEAD: Duration = Duration::from_secs(14 * 24 * 3600);

/// See the module; cheap to clone.
#[derive(Clone)]
pub struct Certificates(Arc<CertificatesShared>);

struct CertificatesShared {
    cert: PathBuf,
    key: PathBuf,
    // Held to look up or replace; files are read before.
    state: Mutex<CertificatesState>,
}

struct CertificatesState {
    loaded: LoadedCertificate,
    seen: FileStamps,
    /// What is wrong with the files as they were seen last.
    refused: Option<String>,
    /// The flaw the log has told of.
    told: Option<CertificateFlaw>,
    warned: bool,
}

/// How the two files looked: when they were changed, and their sizes. Both, because a copy may keep the
/// time of what it was copied from.
type FileStamps = [Option<(SystemTime, u64)>; 2];

impl std::fmt::Debug for Certificates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Certificates")
            .field("cert", &self.0.cert)
            .finish_non_exhaustive()
    }
}

impl Certificates {
    /// Reads the files. A certificate that browsers refuse is served all the same: whoever restarts a
    /// server to help it gets it back, and [`Self::problem`] says what to do.
    ///
    /// # Errors
    /// [`CertificateError`], when nothing can be served with them.
    pub fn load(cert: &Path, key: &Path) -> Result<Self, CertificateError> {
        let seen = stamps(cert, key);
        let loaded = load(cert, key)?;
        let certificates = Self(Arc::new(CertificatesShared {
            cert: cert.to_owned(),
            key: key.to_owned(),
            state: Mutex::new(CertificatesState {
                loaded,
                seen,
                refused: None,
                told: None,
                warned: false,
            }),
        }));
        certificates.warn();
        Ok(certificates)
    }

    /// Looks at the files every `interval` until `stop` is cancelled.
    pub async fn keep_fresh(self, interval: Duration, stop: CancellationToken) {
        let mut turns = tokio::time::interval(interval);
        while stop.run_until_cancelled(turns.tick()).await.is_some() {
            let certificates = self.clone();
            // Files may lie on a network that does not answer.
            let looked = tokio::task::spawn_blocking(move || certificates.look());
            if looked.await.is_err() {
                tracing::warn!("the files of the certificate could not be looked at");
            }
        }
    }

    /// Reads the files again if they have changed. What cannot be used, or is worse than what is in force,
    /// changes nothing.
    pub fn look(&self) {
        let CertificatesShared { cert, key, state } = &*self.0;
        let now = stamps(cert, key);
        if state.lock().seen != now {
            let read = load(cert, key).and_then(|new| self.is_no_worse(new));
            let mut state = state.lock();
            state.seen = now;
            match read {
                Ok(new) => {
                    state.loaded = new;
                    (state.refused, state.told, state.warned) = (None, None, false);
                    tracing::info!(path = %cert.display(), "a new certificate is in force");
                }
                Err(error) => {
                    tracing::warn!("{error} The certificate from before stays in force.");
                    state.refused = Some(error.to_string());
                }
            }
        }
        self.warn();
    }

    fn is_no_worse(&self, new: LoadedCertificate) -> Result<LoadedCertificate, CertificateError> {
        let flaws = |leaf: &_| flaw(leaf, Duration::ZERO);
        match flaws(&new.leaf) {
            Some(flaw) if flaws(&self.0.state.lock().loaded.leaf).is_none() => {
                let path = self.0.cert.clone();
                Err(CertificateError::Worse { path, flaw })
            }
            _ => Ok(new),
        }
    }

    /// Says once in the log what is wrong with the certificate in force, and that it will end soon.
    fn warn(&self) {
        let mut state = self.0.state.lock();
        let path = self.0.cert.display();
        let found = flaw(&state.loaded.leaf, Duration::ZERO);
        if let Some(flaw) = found
            && state.told != found
        {
            tracing::warn!(%path, "{flaw}");
        }
        state.told = found;
        let ends = flaw(&state.loaded.leaf, WARNED_AHEAD) == Some(CertificateFlaw::Expired);
        if ends && found.is_none() && !std::mem::replace(&mut state.warned, true) {
            tracing::warn!(%path, "the certificate expires within 14 days; renew it");
        }
    }

    /// What the host has to do, if anything: the newest files cannot be used, or browsers refuse what
    /// is in force.
    #[must_use]
    pub fn problem(&self) -> Option<String> {
        let state = self.0.state.lock();
        let of_files = state.refused.as_ref();
        let of_files =
            of_files.map(|why| format!("{why} The certificate from before stays in force."));
        of_files.or_else(|| {
            let flaw = flaw(&state.loaded.leaf, Duration::ZERO)?;
            let mut sentence = flaw.to_string();
            sentence.replace_range(..1, "T");
            Some(sentence)
        })
    }

    /// The host names that the certificate is for, without those that stand for many.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let state = self.0.state.lock();
        let certificate = EndEntityCert::try_from(&state.loaded.leaf);
        let names = certificate.iter().flat_map(|it| it.valid_dns_names());
        let names = names.filter(|name| !name.starts_with("*.") && *name != "localhost");
        names.map(str::to_ascii_lowercase).collect()
    }

    /// Whether the certificate is for this host name.
    #[must_use]
    pub fn covers_name(&self, name: &str) -> bool {
        ServerName::try_from(name).is_ok_and(|name| self.covers(&name))
    }

    /// Whether the certificate is for this address, so that browsers open it without a warning.
    #[must_use]
    pub fn covers_address(&self, address: IpAddr) -> bool {
        self.covers(&ServerName::IpAddress(address.into()))
    }

    fn covers(&self, name: &ServerName<'_>) -> bool {
        let state = self.0.state.lock();
        EndEntityCert::try_from(&state.loaded.leaf)
            .is_ok_and(|it| it.verify_is_valid_for_subject_name(name).is_ok())
    }

    /// What a new connection needs.
    pub(crate) fn layer(&self) -> Arc<TlsLayer> {
        Arc::new(TlsLayer::new(self.0.state.lock().loaded.config.clone()))
    }
}

fn stamps(cert: &Path, key: &Path) -> FileStamps {
    [cert, key].map(|path| {
        let facts = std::fs::metadata(path).ok()?;
        Some((facts.modified().ok()?, facts.len()))
    })
}
