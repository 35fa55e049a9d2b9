//! The conclusion "local": that a program, or a page of ours, on this very machine is calling.
//!
//! A connection from loopback alone proves little: every tunnel and every proxy that nobody named in
//! `TRUSTED_PROXIES` connects from there on behalf of strangers, and so does the browser of a host who
//! opens somebody else's page. Each of them leaves a trace in the request, and any trace is enough.

use std::net::IpAddr;

use http::{HeaderMap, HeaderName, header};

use crate::request::host_guard::host_name;
use crate::request::origin::OriginPolicy;

/// What proxies, tunnels and content networks call themselves: RFC 9110 (`Via`), RFC 8586 (`CDN-Loop`), the
/// rest by custom.
const FORWARDING: &[&str] = &[
    "cdn-loop",
    "cloudfront-viewer-address",
    "front-end-https",
    "via",
    "x-envoy-external-address",
];
/// What stands in the names in which they tell of a caller: `Forwarded` (RFC 7239), and by custom
/// `X-Forwarded-For`, `CF-Connecting-IP`, `True-Client-IP`, `X-Real-IP`, `X-Original-Host` and their like. A list of
/// whole names never ends.
const OF_A_CALLER: &[&str] = &[
    "cf-",
    "client-ip",
    "clientip",
    "connecting-ip",
    "connection-ip",
    "forwarded",
    "original-",
    "originating-ip",
    "real-ip",
    "remote-addr",
    "remote-ip",
    "user-ip",
];
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether a request says that somebody passed it on.
pub(super) fn is_forwarded(headers: &HeaderMap) -> bool {
    headers.keys().any(|name| {
        let name = name.as_str();
        FORWARDING.contains(&name) || OF_A_CALLER.iter().any(|part| name.contains(part))
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
