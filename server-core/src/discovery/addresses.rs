//! The addresses under which other machines reach this one, best first.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// One address of one network interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Name of the interface, such as `eth0` or `docker0`.
    pub interface: String,
    /// Its address.
    pub address: IpAddr,
}

/// Beginnings of the names of interfaces that lead to containers and virtual machines on this
/// machine only. Tunnels (`tun`, `wg`, `tailscale`) stay: people do play over them.
const INTERNAL: [&str; 9] = [
    "docker",
    "br-",
    "veth",
    "virbr",
    "vmnet",
    "vboxnet",
    "cni",
    "flannel",
    "vEthernet (WSL",
];

/// The addresses to print for a server bound to `bound`, best first. Empty when only this machine
/// can reach it, or when the system does not tell.
#[must_use]
pub fn reachable_addresses(bound: IpAddr) -> Vec<IpAddr> {
    let found = reachable(bound).into_iter();
    found.map(|candidate| candidate.address).collect()
}

/// The same with the interfaces they belong to.
#[must_use]
pub fn reachable(bound: IpAddr) -> Vec<Candidate> {
    let interfaces = if_addrs::get_if_addrs().unwrap_or_else(|error| {
        tracing::warn!(%error, "the network interfaces cannot be listed");
        Vec::new()
    });
    let candidates = interfaces.into_iter().map(|interface| Candidate {
        address: interface.ip(),
        interface: interface.name,
    });
    rank(bound, candidates)
}

/// Picks from `candidates` what reaches a server bound to `bound`: private IPv4 first (that is what
/// a home or a school uses), then other IPv4, then IPv6. Within a kind, interfaces keep their order.
pub fn rank(bound: IpAddr, candidates: impl IntoIterator<Item = Candidate>) -> Vec<Candidate> {
    if bound.is_loopback() {
        return Vec::new();
    }
    let mut candidates = candidates.into_iter();
    if !bound.is_unspecified() {
        let own = candidates.find(|candidate| candidate.address == bound);
        // Bound without being listed: the system knows better.
        let unlisted = || Candidate {
            interface: String::new(),
            address: bound,
        };
        return vec![own.unwrap_or_else(unlisted)];
    }
    let mut found: Vec<(u8, Candidate)> = candidates
        .filter(|candidate| !is_internal(&candidate.interface))
        .filter(|candidate| bound.is_ipv6() || candidate.address.is_ipv4())
        .filter_map(|candidate| order(candidate.address).map(|order| (order, candidate)))
        .collect();
    found.sort_by_key(|(order, _)| *order);
    found.dedup_by(|(_, one), (_, other)| one.address == other.address);
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

/// `http://ADDRESS:PORT/`, with brackets around IPv6.
#[must_use]
pub fn page_url(address: IpAddr, port: u16) -> String {
    format!("http://{}/", SocketAddr::new(address, port))
}

fn is_internal(interface: &str) -> bool {
    INTERNAL.iter().any(|start| interface.starts_with(start))
}

/// Smaller is better; `None` for what another machine cannot use.
fn order(address: IpAddr) -> Option<u8> {
    match address {
        IpAddr::V4(v4) if is_unusable_v4(v4) => None,
        IpAddr::V4(v4) if v4.octets()[0] == 192 && v4.is_private() => Some(0),
        IpAddr::V4(v4) if v4.is_private() => Some(1),
        IpAddr::V4(_) => Some(2),
        IpAddr::V6(v6) if is_unusable_v6(v6) => None,
        IpAddr::V6(_) => Some(3),
    }
}

fn is_unusable_v4(address: Ipv4Addr) -> bool {
    address.is_loopback()
        || address.is_link_local()
        || address.is_unspecified()
        || address.is_multicast()
}

/// Link-local addresses need a zone, which no browser takes in a URL.
fn is_unusable_v6(address: Ipv6Addr) -> bool {
    address.is_loopback()
        || address.is_unicast_link_local()
        || address.is_unspecified()
        || address.is_multicast()
        || address.to_ipv4_mapped().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bound: &str, candidates: &[(&str, &str)], expected: &[&str]) {
        let candidates = candidates.iter().map(|(interface, address)| Candidate {
            interface: (*interface).to_owned(),
            address: address.parse().unwrap(),
        });
        let found = rank(bound.parse().unwrap(), candidates);
        let found: Vec<String> = found.iter().map(|it| it.address.to_string()).collect();
        assert_eq!(found, expected);
    }

    const LAPTOP: [(&str, &str); 9] = [
        ("lo", "127.0.0.1"),
        ("docker0", "172.17.0.1"),
        ("tailscale0", "100.101.1.2"),
        ("eth0", "10.1.2.3"),
        ("wlan0", "192.168.1.20"),
        ("wlan0", "fe80::1"),
        ("wlan0", "2001:db8::20"),
        ("veth12", "169.254.3.4"),
        ("usb0", "169.254.9.9"),
    ];

    #[test]
    fn the_home_network_comes_first() {
        check(
            "0.0.0.0",
            &LAPTOP,
            &["192.168.1.20", "10.1.2.3", "100.101.1.2"],
        );
    }

    #[test]
    fn ipv6_is_offered_only_when_it_is_listened_on() {
        check(
            "::",
            &LAPTOP,
            &["192.168.1.20", "10.1.2.3", "100.101.1.2", "2001:db8::20"],
        );
    }

    #[test]
    fn a_server_on_one_address_is_reached_there_only() {
        check("10.1.2.3", &LAPTOP, &["10.1.2.3"]);
        check("127.0.0.1", &LAPTOP, &[]);
        check("0.0.0.0", &[], &[]);
    }

    #[test]
    fn urls_put_brackets_around_ipv6() {
        assert_eq!(
            page_url("192.168.1.20".parse().unwrap(), 4000),
            "http://192.168.1.20:4000/"
        );
        assert_eq!(
            page_url("2001:db8::20".parse().unwrap(), 4000),
            "http://[2001:db8::20]:4000/"
        );
    }
}
