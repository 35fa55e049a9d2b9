//! What may be loaded from here: this server, or another world at a private address. A page that could
//! send a thousand clients anywhere would be a weapon, and one that says what answers where a map of
//! somebody's network. So whatever is no world gets one answer, after one time.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::time::Duration;

use tokio::net::lookup_host;
use tokio::time::{Instant, sleep_until, timeout_at};

use load_test::is_world;

/// Time for a name and a world behind it to answer, and how long the answer takes when none does.
const ANSWER: Duration = Duration::from_secs(5);

/// Longest address that is read, in bytes.
const URL_BYTES: usize = 300;

/// Where a cloud tells its machines their secrets.
const CLOUD_METADATA: Ipv6Addr = Ipv6Addr::new(0xfd00, 0x0ec2, 0, 0, 0, 0, 0, 0x0254);

/// Why a target is not loaded; each a sentence for the host.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// Not an address of a server.
    #[error("The address of the server looks like http://192.168.1.20:4000.")]
    BadUrl,
    /// The name does not resolve, nobody listens, or what answers is something else.
    #[error("There is no world at this address. Give one such as http://192.168.1.20:4000.")]
    NotAWorld,
    /// An address of the internet.
    #[error(
        "From here only this server or one in your own network can be loaded. Use the command line for any other."
    )]
    NotPrivate,
}

/// A server that may be loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RunTarget {
    pub(super) url: String,
    /// Looked up once, so that the name cannot mean something else a moment later.
    pub(super) addresses: Vec<SocketAddr>,
    /// Whether that is this server.
    pub(super) own: bool,
}

/// Where this server is loaded.
pub(super) fn own_url(bound: SocketAddr) -> String {
    format!("http://{}", own_address(bound))
}

fn own_address(bound: SocketAddr) -> SocketAddr {
    let ip = match bound.ip() {
        // Who listens to every IPv6 address listens to every IPv4 one as well.
        ip if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, bound.port())
}

/// Checks an address; this server when there is none. Another one is asked whether it is a world.
pub(super) async fn resolve(
    url: Option<&str>,
    bound: SocketAddr,
) -> Result<RunTarget, TargetError> {
    resolve_within(ANSWER, url, bound).await
}

async fn resolve_within(
    answer: Duration,
    url: Option<&str>,
    bound: SocketAddr,
) -> Result<RunTarget, TargetError> {
    let silence = Instant::now() + answer;
    let found = timeout_at(silence, async {
        let target = locate(url, bound).await?;
        match target.own || is_world(&target.url, &target.addresses).await {
            true => Ok(target),
            false => Err(TargetError::NotAWorld),
        }
    });
    let found = found.await.unwrap_or(Err(TargetError::NotAWorld));
    if found == Err(TargetError::NotAWorld) {
        sleep_until(silence).await;
    }
    found
}

/// Where an address leads, and whether that may be asked anything.
async fn locate(url: Option<&str>, bound: SocketAddr) -> Result<RunTarget, TargetError> {
    let Some(url) = url.map(str::trim).filter(|url| !url.is_empty()) else {
        return Ok(RunTarget {
            url: own_url(bound),
            addresses: vec![own_address(bound)],
            own: true,
        });
    };
    let (url, host, port) = read(url)?;
    let addresses: Vec<SocketAddr> = match lookup_host((host.as_str(), port)).await {
        Ok(addresses) => addresses.collect(),
        Err(_) => return Err(TargetError::NotAWorld),
    };
    if addresses.is_empty() {
        return Err(TargetError::NotAWorld);
    }
    if !addresses.iter().all(|address| is_private(address.ip())) {
        return Err(TargetError::NotPrivate);
    }
    let own = addresses.iter().all(|address| is_own(*address, bound));
    Ok(RunTarget {
        url,
        addresses,
        own,
    })
}

/// The address without its path, the host and the port.
fn read(url: &str) -> Result<(String, String, u16), TargetError> {
    let bad = TargetError::BadUrl;
    if url.len() > URL_BYTES {
        return Err(bad);
    }
    let uri: http::Uri = url.parse().map_err(|_| bad.clone())?;
    let (scheme, usual_port) = match uri.scheme_str() {
        Some("http" | "ws") => ("http", 80),
        Some("https" | "wss") => ("https", 443),
        _ => return Err(bad),
    };
    let authority = uri.authority().ok_or(bad.clone())?;
    let plain = matches!(uri.path(), "" | "/") && uri.query().is_none();
    if !plain || authority.as_str().contains('@') || authority.host().is_empty() {
        return Err(bad);
    }
    let port = authority.port_u16().unwrap_or(usual_port);
    let host = authority.host();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    Ok((format!("{scheme}://{host}:{port}"), bare.to_owned(), port))
}

/// Loopback, the private networks of RFC 1918 and the unique local ones of RFC 4193. Not link-local
/// addresses nor those a provider shares out (RFC 6598): clouds answer there with their secrets, and one
/// of them does so at a unique local address, too.
fn is_private(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private(),
        IpAddr::V6(ip) => (ip.is_loopback() || ip.is_unique_local()) && ip != CLOUD_METADATA,
    }
}

/// Whether `address` leads to the socket that is bound to `bound`.
fn is_own(address: SocketAddr, bound: SocketAddr) -> bool {
    let here = || match bound.ip().is_unspecified() {
        // An address that this machine has can be bound.
        true => UdpSocket::bind((address.ip(), 0)).is_ok(),
        false => address.ip().to_canonical() == bound.ip().to_canonical(),
    };
    address.port() == bound.port() && here()
}

#[cfg(test)]
mod tests;
