//! The names under which the administration answers.
//!
//! A page elsewhere can let its own name point to this machine's address and then be "same origin"
//! with it (DNS rebinding). The administration therefore answers only under names that are ours.

use std::collections::HashSet;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, Uri, header};
use parking_lot::Mutex;

use super::error::ApiError;
use crate::config::SecurityConfig;
use crate::discovery::own_addresses;

/// How long the list of this machine's addresses is believed; a laptop changes networks.
const ADDRESSES_FRESH: Duration = Duration::from_secs(10);

/// The names that are ours; cheap to clone.
#[derive(Debug, Clone)]
pub struct HostPolicy(Arc<HostRules>);

#[derive(Debug)]
struct HostRules {
    names: HashSet<String>,
    /// Its lock is held while the system lists its interfaces, at most once in ten seconds.
    addresses: Mutex<Option<(Instant, HashSet<IpAddr>)>>,
}

impl HostPolicy {
    /// Collects the names from the settings and from this machine.
    #[must_use]
    pub fn new(config: &SecurityConfig) -> Self {
        let mut names: HashSet<String> = HashSet::from(["localhost".to_owned()]);
        names.extend(config.allowed_hosts.iter().filter_map(|h| host_name(h)));
        let public = config.public_url.as_deref().and_then(host_of_url);
        names.extend(public.and_then(host_name));
        if let Ok(machine) = sysinfo::System::host_name()
            && let Some(machine) = host_name(&machine)
        {
            let short = machine.split('.').next().unwrap_or_default().to_owned();
            names.extend([format!("{short}.local"), short, machine]);
        }
        names.remove("");
        Self(Arc::new(HostRules {
            names,
            addresses: Mutex::new(None),
        }))
    }

    /// Whether a `Host` header, with or without a port, names this machine.
    #[must_use]
    pub fn allows(&self, host: &str) -> bool {
        let Some(name) = host_name(host) else {
            return false;
        };
        if self.0.names.contains(&name) || name.ends_with(".localhost") {
            return true;
        }
        match name.parse::<IpAddr>() {
            Ok(address) => self.is_ours(address.to_canonical()),
            Err(_) => false,
        }
    }

    /// The same for a whole request; one without a host is refused.
    #[must_use]
    pub fn allows_request(&self, headers: &HeaderMap, uri: &Uri) -> bool {
        let host = match headers.get(header::HOST) {
            Some(host) => host.to_str().ok(),
            None => uri.authority().map(http::uri::Authority::as_str),
        };
        host.is_some_and(|host| self.allows(host))
    }

    fn is_ours(&self, address: IpAddr) -> bool {
        if address.is_loopback() || address.is_unspecified() {
            return true;
        }
        let mut known = self.0.addresses.lock();
        let fresh = known
            .take()
            .filter(|(at, _)| at.elapsed() < ADDRESSES_FRESH);
        let (at, addresses) = fresh.unwrap_or_else(|| (Instant::now(), own_addresses()));
        let ours = addresses.contains(&address);
        *known = Some((at, addresses));
        ours
    }
}

/// The answer to a request under a foreign name.
#[must_use]
pub fn unknown_host() -> ApiError {
    ApiError::new(
        StatusCode::MISDIRECTED_REQUEST,
        "unknown-host",
        "The administration does not answer under this name. Open it by an address of this \
         machine, or add the name to ALLOWED_HOSTS and restart.",
    )
}

/// Middleware: 421 for `/admin` under a foreign name.
pub async fn guard_host(
    State(policy): State<HostPolicy>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    let guarded = path == "/admin" || path.starts_with("/admin/");
    if guarded && !policy.allows_request(request.headers(), request.uri()) {
        return unknown_host().into_response();
    }
    next.run(request).await
}

/// A host without port, brackets and the final dot, in lower case; `None` when nothing is left.
pub(crate) fn host_name(host: &str) -> Option<String> {
    let host = host.trim();
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None if host.matches(':').count() > 1 => host,
        None => host.split(':').next().unwrap_or_default(),
    };
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    (!name.is_empty()).then_some(name)
}

fn host_of_url(url: &str) -> Option<&str> {
    let (_, rest) = url.trim().split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    Some(authority.rsplit('@').next().unwrap_or(authority))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_names_and_addresses_are_allowed() {
        let policy = HostPolicy::new(&SecurityConfig {
            public_url: Some("https://Play.Example.org:8443/x".to_owned()),
            allowed_hosts: vec![
                "world.lan".to_owned(),
                " other.lan:4000 ".to_owned(),
                String::new(),
            ],
            ..SecurityConfig::default()
        });
        let check = |host: &str, expected| assert_eq!(policy.allows(host), expected, "{host}");
        check("localhost", true);
        check("LOCALHOST:4000", true);
        check("comutiny.localhost:4000", true);
        check("localhost.", true);
        check("127.0.0.1:4000", true);
        check("127.8.8.8", true);
        check("[::1]:4000", true);
        check("::1", true);
        check("0.0.0.0:4000", true);
        check("play.example.org", true);
        check("play.example.org:8443", true);
        check("world.lan:4000", true);
        check("other.lan", true);
        check("evil.example", false);
        check("localhost.evil.example", false);
        check("play.example.org.evil.example", false);
        check("evil.example:127.0.0.1", false);
        check("203.0.113.77", false);
        check("127.0.0.1.evil.example", false);
        check("", false);
        check(":4000", false);
        for address in own_addresses() {
            check(&address.to_string(), true);
        }
    }

    #[test]
    fn the_answer_says_how_to_allow_a_name() {
        let error = unknown_host();
        assert_eq!(error.status, 421);
        assert!(error.message.contains("ALLOWED_HOSTS"));
    }
}
