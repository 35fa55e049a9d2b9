//! What a host sees when the world is open: the links to read out.

use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use server_core::config::Config;
use server_core::discovery::{page_url, reachable_addresses};

/// The lines to print once the server listens on `bound`.
pub(super) fn text(config: &Config, bound: SocketAddr) -> String {
    let links = reachable_addresses(bound.ip());
    lines(
        &config.world.name,
        config.security.public_url.as_deref(),
        &links,
        bound,
    )
}

/// How the first host's account is made; printed while there is none.
pub(super) const NO_HOST: &str = "\nNo account runs this world yet. Make the host's with\n  \
    comutiny-server user add --username NAME --email EMAIL --role host --password-stdin\n\
    while the server runs, then type a password and press Enter.\n";

fn lines(world: &str, public_url: Option<&str>, links: &[IpAddr], bound: SocketAddr) -> String {
    let mut out = format!("\n{world} is open.\n\n");
    // Writing to a string cannot fail.
    if let Some(url) = public_url {
        let _ = writeln!(out, "  Players        {url}/");
    }
    for address in links {
        let _ = writeln!(out, "  Players        {}", page_url(*address, bound.port()));
    }
    // A server bound to one address of the network does not answer on this machine's own.
    if bound.ip().is_unspecified() || bound.ip().is_loopback() {
        let local = match bound.ip() {
            IpAddr::V6(address) if address.is_loopback() => IpAddr::V6(address),
            IpAddr::V4(_) | IpAddr::V6(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
        };
        let url = page_url(local, bound.port()).replace("127.0.0.1", "localhost");
        let _ = writeln!(out, "  This computer  {url}");
    }
    out.push_str("\nPress Ctrl+C to close it.\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bound: &str, links: &[&str], expected: &str) {
        let links: Vec<IpAddr> = links.iter().map(|link| link.parse().unwrap()).collect();
        let text = lines("Harbour", None, &links, bound.parse().unwrap());
        let middle = text.trim_start_matches("\nHarbour is open.\n\n");
        assert_eq!(
            middle.trim_end_matches("\nPress Ctrl+C to close it.\n"),
            expected
        );
    }

    #[test]
    fn links_carry_the_real_port() {
        check(
            "0.0.0.0:4711",
            &["192.168.1.20"],
            "  Players        http://192.168.1.20:4711/\n  This computer  http://localhost:4711/\n",
        );
        check(
            "127.0.0.1:4000",
            &[],
            "  This computer  http://localhost:4000/\n",
        );
        check("[::1]:4000", &[], "  This computer  http://[::1]:4000/\n");
        check(
            "10.1.2.3:80",
            &["10.1.2.3"],
            "  Players        http://10.1.2.3:80/\n",
        );
    }
}
