//! What may be loaded from here: this server, or one at a private address. A page that could send a
//! thousand clients anywhere would be a weapon.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::time::Duration;

use tokio::net::lookup_host;
use tokio::time::timeout;

/// Longest wait for a name.
const LOOKUP: Duration = Duration::from_secs(5);

/// Longest address that is read, in bytes.
const URL_BYTES: usize = 300;

/// Why a target is not loaded; each a sentence for the host.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// Not an address of a server.
    #[error("The address of the server looks like http://192.168.1.20:4000.")]
    BadUrl,
    /// The name does not resolve.
    #[error("This host was not found. Give an address such as http://192.168.1.20:4000.")]
    UnknownHost,
    /// An address of the internet.
    #[error(
        "From here only this server or one in your own network can be loaded. Use the command line for any other."
    )]
    NotPrivate,
}

/// A server that may be loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
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

/// Checks an address; this server when there is none.
pub(super) async fn resolve(url: Option<&str>, bound: SocketAddr) -> Result<Target, TargetError> {
    let Some(url) = url.map(str::trim).filter(|url| !url.is_empty()) else {
        return Ok(Target {
            url: own_url(bound),
            addresses: vec![own_address(bound)],
            own: true,
        });
    };
    let (url, host, port) = read(url)?;
    let found = timeout(LOOKUP, lookup_host((host.as_str(), port))).await;
    let addresses: Vec<SocketAddr> = match found {
        Ok(Ok(addresses)) => addresses.collect(),
        _ => return Err(TargetError::UnknownHost),
    };
    if addresses.is_empty() {
        return Err(TargetError::UnknownHost);
    }
    if !addresses.iter().all(|address| is_private(address.ip())) {
        return Err(TargetError::NotPrivate);
    }
    let own = addresses.iter().any(|address| is_own(*address, bound));
    Ok(Target {
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

fn is_private(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => {
            // 100.64.0.0/10: shared within a provider's or a VPN's network.
            let shared = ip.octets()[0] == 100 && ip.octets()[1] & 0xc0 == 64;
            ip.is_loopback() || ip.is_private() || ip.is_link_local() || shared
        }
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
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
mod tests {
    use super::*;

    const BOUND: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 4000);

    async fn check(url: &str, expected: Result<(&str, bool), TargetError>) {
        let target = resolve(Some(url), BOUND).await;
        let expected = expected.map(|(url, own)| (url.to_owned(), own));
        assert_eq!(target.map(|it| (it.url, it.own)), expected, "{url}");
    }

    #[tokio::test]
    async fn this_server_and_private_ones_may_be_loaded() {
        check("", Ok(("http://127.0.0.1:4000", true))).await;
        check(
            "http://127.0.0.1:4000/",
            Ok(("http://127.0.0.1:4000", true)),
        )
        .await;
        check(
            "http://127.0.0.1:4001",
            Ok(("http://127.0.0.1:4001", false)),
        )
        .await;
        check("http://192.168.1.20", Ok(("http://192.168.1.20:80", false))).await;
        check("https://10.0.0.1", Ok(("https://10.0.0.1:443", false))).await;
        check("http://[fd00::1]:80", Ok(("http://[fd00::1]:80", false))).await;
    }

    #[tokio::test]
    async fn nothing_else_may_be() {
        for url in [
            "http://192.0.2.1",
            "http://8.8.8.8:4000",
            "http://[2001:db8::1]:80",
            "http://0.0.0.0:4000",
        ] {
            check(url, Err(TargetError::NotPrivate)).await;
        }
        for url in [
            "no url",
            "ftp://10.0.0.1",
            "http://a@10.0.0.1",
            "http://10.0.0.1/x",
            "http://10.0.0.1?x",
            "//10.0.0.1",
        ] {
            check(url, Err(TargetError::BadUrl)).await;
        }
    }
}
