//! The conclusion "local": that a program, or a page of ours, on this very machine is calling.
//!
//! A connection from loopback alone proves little: every tunnel and every proxy that nobody named in
//! `TRUSTED_PROXIES` connects from there on behalf of strangers, and so does the browser of a host who
//! opens somebody else's page. Each of them leaves a trace in the request, and any trace is enough.

use std::net::IpAddr;

use http::{HeaderMap, HeaderName, header};

use crate::request::host_guard::host_name;
use crate::request::origin::OriginPolicy;

/// What proxies, tunnels and content networks add, beside everything that begins with
/// [`FORWARDED_PREFIX`]: RFC 7239, RFC 9110 (`Via`), RFC 8586 (`CDN-Loop`), the rest by custom.
const FORWARDING: &[&str] = &[
    "cdn-loop",
    "cf-connecting-ip",
    "cf-ray",
    "client-ip",
    "fastly-client-ip",
    "fly-client-ip",
    "forwarded",
    "true-client-ip",
    "via",
    "x-client-ip",
    "x-cluster-client-ip",
    "x-envoy-external-address",
    "x-original-forwarded-for",
    "x-original-host",
    "x-real-ip",
];
const FORWARDED_PREFIX: &str = "x-forwarded-";
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether a request says that somebody passed it on.
pub(super) fn is_forwarded(headers: &HeaderMap) -> bool {
    headers.keys().any(|name| {
        let name = name.as_str();
        name.starts_with(FORWARDED_PREFIX) || FORWARDING.contains(&name)
    })
}

/// Whether a request is asked for under a name of loopback, by no page but ours. The host's name
/// matters because another name may be made to point here (DNS rebinding).
pub(super) fn is_asked_here(origins: &OriginPolicy, headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter().peekable();
    hosts.peek().is_some()
        && hosts.all(|host| host.to_str().is_ok_and(is_loopback_name))
        && is_asked_by_ours(origins, headers)
}

/// Whether a request is asked for under a name of loopback, or the very address it comes from.
pub(super) fn is_for(peer: IpAddr, headers: &HeaderMap) -> bool {
    let names_peer = |host: &str| {
        let address = host_name(host).and_then(|name| name.parse::<IpAddr>().ok());
        address.is_some_and(|address| address.to_canonical() == peer)
    };
    let mut hosts = headers.get_all(header::HOST).iter().peekable();
    hosts.peek().is_some()
        && hosts.all(|host| {
            host.to_str()
                .is_ok_and(|host| is_loopback_name(host) || names_peer(host))
        })
}

/// A browser names the page that asks, or says at least how far away it is.
fn is_asked_by_ours(origins: &OriginPolicy, headers: &HeaderMap) -> bool {
    match headers.get(header::ORIGIN) {
        Some(_) => origins.is_ours(headers),
        None => headers
            .get(SEC_FETCH_SITE)
            .is_none_or(|site| site == "none" || site == "same-origin"),
    }
}

fn is_loopback_name(host: &str) -> bool {
    let Some(name) = host_name(host) else {
        return false;
    };
    let address = name.parse::<IpAddr>();
    name == "localhost"
        || name.ends_with(".localhost")
        || address.is_ok_and(|address| address.to_canonical().is_loopback())
}
