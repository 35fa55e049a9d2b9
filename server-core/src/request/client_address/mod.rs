//! From which address and over which scheme a request really comes.
//!
//! The peer of a connection is the truth unless it is a proxy the host trusts: then the forwarded
//! address counts, read from the right, because everything left of the first stranger is whatever
//! that stranger wrote. What is concluded here is what everybody goes by; nobody looks at the peer
//! again.

use identity::PeerAddress;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::request::Parts;
use http::{HeaderMap, HeaderName};

use super::origin::OriginPolicy;
use crate::config::SecurityConfig;
use identity::Block;
use transport::{Encryption, TransportHandle};

mod local;

/// Request extension and extractor: who is really calling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress {
    /// The caller's address, behind trusted proxies the forwarded one.
    pub ip: IpAddr,
    /// Whether a program or a page of ours on this machine is calling: a loopback peer, no sign of a
    /// proxy, a loopback `Host` and no page of anybody else. Only that is exempt from caps and
    /// throttles.
    pub local: bool,
    /// Whether the caller's browser speaks https, so that cookies are `Secure`.
    pub https: bool,
}

/// Which proxies are believed, and whether players come over https; cheap to clone.
#[derive(Debug, Clone)]
pub struct AddressPolicy {
    proxies: Arc<[Block]>,
    public_https: bool,
    origins: OriginPolicy,
    /// Whether the log has said already that a proxy is not named.
    warned: Arc<AtomicBool>,
}

/// An entry of `TRUSTED_PROXIES` that is no address and no CIDR block.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("TRUSTED_PROXIES: \"{0}\" is neither an address nor a block such as 10.0.0.0/8")]
pub struct InvalidProxy(pub String);

impl AddressPolicy {
    /// Reads the policy from the settings.
    ///
    /// # Errors
    /// When an entry of `TRUSTED_PROXIES` cannot be read.
    pub fn new(config: &SecurityConfig) -> Result<Self, InvalidProxy> {
        let entries = config.trusted_proxies.iter().map(|entry| entry.trim());
        let blocks: Result<Vec<Block>, _> = entries
            .filter(|entry| !entry.is_empty())
            .map(|entry| entry.parse().map_err(|_| InvalidProxy(entry.to_owned())))
            .collect();
        let public = config.public_url.as_deref().unwrap_or_default();
        Ok(Self {
            proxies: blocks?.into(),
            public_https: public.trim().to_ascii_lowercase().starts_with("https://"),
            origins: OriginPolicy::new(config),
            warned: Arc::default(),
        })
    }

    /// Whether an address is a proxy that is believed.
    #[must_use]
    pub fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.proxies.iter().any(|block| block.contains(address))
    }

    /// Whether a block holds a proxy that is believed.
    #[must_use]
    pub fn trusts_within(&self, block: &Block) -> bool {
        self.proxies.iter().any(|proxies| proxies.overlaps(block))
    }

    /// Who is calling, from the connection's peer and the request's headers.
    #[must_use]
    pub fn resolve(&self, peer: IpAddr, headers: &HeaderMap) -> ClientAddress {
        let peer = peer.to_canonical();
        let behind_proxy = self.trusts(peer);
        let forwarded_https = self.forwards_https(peer, headers);
        let mut ip = peer;
        for hop in entries(headers, &FORWARDED_FOR).rev() {
            if !self.trusts(ip) {
                break;
            }
            match parse_hop(hop) {
                Some(address) => ip = address,
                None => break,
            }
        }
        ClientAddress {
            ip,
            local: peer.is_loopback() && !behind_proxy && self.is_local(peer, headers),
            https: self.public_https || forwarded_https,
        }
    }

    /// Whether a proxy that is believed speaks https with the caller.
    #[must_use]
    pub fn forwards_https(&self, peer: IpAddr, headers: &HeaderMap) -> bool {
        let name = FORWARDED_PROTO;
        let mut schemes = entries(headers, &name);
        let is_https = schemes
            .next()
            .is_some_and(|it| it.eq_ignore_ascii_case("https"));
        self.trusts(peer) && is_https
    }

    /// Whether a request of a peer on this machine says of itself that it comes from nowhere else.
    #[must_use]
    pub fn stays_here(&self, peer: IpAddr, headers: &HeaderMap) -> bool {
        !local::is_forwarded(headers) && local::is_for(peer.to_canonical(), headers)
    }

    /// What a request over a loopback connection that is no trusted proxy's says about itself.
    fn is_local(&self, peer: IpAddr, headers: &HeaderMap) -> bool {
        if local::is_forwarded(headers) {
            if !self.warned.swap(true, Ordering::Relaxed) {
                tracing::warn!(
                    "a proxy or tunnel on this machine passes people on, but TRUSTED_PROXIES does not name \
                     it, so that all of them count as one address and share its limits: set TRUSTED_PROXIES={peer}"
                );
            }
            return false;
        }
        local::is_asked_here(&self.origins, headers)
    }
}

impl ClientAddress {
    /// The address as throttles count it: `None` for this machine, which is exempt.
    #[must_use]
    pub fn throttled(&self) -> Option<IpAddr> {
        (!self.local).then_some(self.ip)
    }
}

/// Middleware: puts [`ClientAddress`] into every request's extensions.
pub async fn resolve_client(
    State(policy): State<AddressPolicy>,
    mut request: Request,
    next: Next,
) -> Response {
    let peer = request.extensions().get::<PeerAddress>();
    let peer = peer.map_or(UNKNOWN_PEER, |peer| peer.0.ip());
    let mut client = policy.resolve(peer, request.headers());
    client.https |= request.extensions().get() == Some(&Encryption::Tls);
    if let Some(transport) = request.extensions().get::<TransportHandle>() {
        transport.counts_for(client.throttled());
    }
    request.extensions_mut().insert(client);
    next.run(request).await
}

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let unknown = Self {
            ip: UNKNOWN_PEER,
            local: false,
            https: false,
        };
        Ok(parts.extensions.get().copied().unwrap_or(unknown))
    }
}

/// Stands for a request that did not come over a connection; it is exempt from nothing.
const UNKNOWN_PEER: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// The comma-separated entries of all headers of one name, in their order.
fn entries<'a>(
    headers: &'a HeaderMap,
    name: &HeaderName,
) -> impl DoubleEndedIterator<Item = &'a str> {
    let values: Vec<&str> = headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    values.into_iter()
}

/// An address, which some proxies write with its port.
fn parse_hop(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    let address = bare.parse().ok();
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    address
        .or_else(with_port)
        .map(|ip: IpAddr| ip.to_canonical())
}

#[cfg(test)]
mod tests;
