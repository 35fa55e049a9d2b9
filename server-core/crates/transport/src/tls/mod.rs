//! Https on the port of http: certificates, and TLS beneath a [`Transport`](crate::Transport).
//!
//! TLS lies below everything else that a transport does: whoever writes or reads frames, directly or as
//! the owner, sees plain bytes. A library that wraps a whole stream would hide the socket from direct
//! frames, so rustls' connection is driven here instead ([`session`]); it does all the cryptography.
//!
//! The first byte a client sends decides: a TLS record of a handshake begins with
//! [`HANDSHAKE_RECORD`], and no method of HTTP does.

mod certificates;
mod files;
mod session;

pub use certificates::Certificates;
pub use files::{CertificateError, CertificateFlaw};
pub(crate) use session::TlsLayer;

/// The first byte of a TLS handshake (RFC 8446, section 5.1).
pub(crate) const HANDSHAKE_RECORD: u8 = 0x16;

/// Request extension: what a request's bytes were wrapped in on their way here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// Nothing, and this server has no certificate.
    Unsupported,
    /// TLS.
    Tls,
    /// Nothing, although this server has a certificate.
    Missing {
        /// Whether the connection leaves this machine at all.
        within_machine: bool,
    },
}

#[cfg(test)]
mod tests;
