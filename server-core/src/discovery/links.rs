//! The ways in, best first.

use std::net::SocketAddr;

use super::addresses::{Candidate, page_url, reachable};
use crate::protocol::admin::{InviteLink, LinkKind, LinkMedium};

/// The links of a server bound to `bound`. Whether they work is filled in by who asks.
#[must_use]
pub fn links(bound: SocketAddr, public_url: Option<&str>) -> Vec<InviteLink> {
    assemble(bound, public_url, reachable(bound.ip()))
}

fn assemble(
    bound: SocketAddr,
    public_url: Option<&str>,
    addresses: impl IntoIterator<Item = Candidate>,
) -> Vec<InviteLink> {
    let port = bound.port();
    let plain = |url: String, kind| InviteLink {
        url,
        kind,
        medium: None,
        interface: None,
        reached_by: None,
    };
    let public = public_url.map(|url| {
        let url = format!("{}/", url.trim_end_matches('/'));
        plain(url, LinkKind::Public)
    });
    let network = addresses.into_iter().map(|candidate| InviteLink {
        url: page_url(candidate.address, port),
        kind: LinkKind::Network,
        medium: Some(medium(&candidate.interface)),
        interface: Some(candidate.interface),
        reached_by: None,
    });
    // A server bound to one address of the network does not answer on this machine's own.
    let local = (bound.ip().is_unspecified() || bound.ip().is_loopback())
        .then(|| plain(format!("http://localhost:{port}/"), LinkKind::Local));
    public.into_iter().chain(network).chain(local).collect()
}

/// By the names that systems give: `wlan0`, `wlp3s0` and `Wi-Fi`, `eth0`, `enp3s0` and `Ethernet`.
fn medium(interface: &str) -> LinkMedium {
    let name = interface.to_lowercase();
    let begins = |beginnings: &[&str]| beginnings.iter().any(|it| name.starts_with(it));
    if begins(&["wl", "wi-fi", "wifi", "ath"]) {
        LinkMedium::Wifi
    } else if begins(&["tun", "tap", "wg", "tailscale", "zt", "utun", "ppp"]) {
        LinkMedium::Vpn
    } else if begins(&["en", "eth", "lan", "usb"]) {
        LinkMedium::Cable
    } else {
        LinkMedium::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bound: &str, public: Option<&str>, expected: &[(&str, LinkKind)]) {
        let laptop = [("wlan0", "192.168.1.20"), ("eth0", "10.1.2.3")];
        let addresses = laptop.map(|(interface, address)| Candidate {
            interface: interface.to_owned(),
            address: address.parse().unwrap(),
        });
        let bound: SocketAddr = bound.parse().unwrap();
        let found = assemble(
            bound,
            public,
            super::super::addresses::rank(bound.ip(), addresses),
        );
        let found: Vec<_> = found
            .iter()
            .map(|link| (link.url.as_str(), link.kind))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_best_way_in_comes_first() {
        check(
            "0.0.0.0:4000",
            Some("https://play.example.org"),
            &[
                ("https://play.example.org/", LinkKind::Public),
                ("http://192.168.1.20:4000/", LinkKind::Network),
                ("http://10.1.2.3:4000/", LinkKind::Network),
                ("http://localhost:4000/", LinkKind::Local),
            ],
        );
        check(
            "127.0.0.1:4000",
            None,
            &[("http://localhost:4000/", LinkKind::Local)],
        );
        check(
            "10.1.2.3:80",
            None,
            &[("http://10.1.2.3:80/", LinkKind::Network)],
        );
    }

    #[test]
    fn interfaces_tell_what_they_hang_on() {
        assert_eq!(medium("wlp3s0"), LinkMedium::Wifi);
        assert_eq!(medium("Wi-Fi 2"), LinkMedium::Wifi);
        assert_eq!(medium("enp3s0"), LinkMedium::Cable);
        assert_eq!(medium("Ethernet"), LinkMedium::Cable);
        assert_eq!(medium("tailscale0"), LinkMedium::Vpn);
        assert_eq!(medium("zt5u4"), LinkMedium::Vpn);
        assert_eq!(medium("x"), LinkMedium::Other);
    }
}
