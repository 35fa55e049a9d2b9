//! The ways in, best first.

use std::net::SocketAddr;

use super::addresses::{Candidate, page_url, reachable};
use super::interfaces::InterfaceKind;
use contract::admin::{InviteLink, LinkKind, LinkMedium, Obstacle};

/// The links of a server bound to `bound`, and why none leads here from the network. Whether they
/// work is filled in by who asks.
#[must_use]
pub fn links(bound: SocketAddr, public_url: Option<&str>) -> (Vec<InviteLink>, Option<Obstacle>) {
    let ways = reachable(bound.ip());
    (assemble(bound, public_url, ways.candidates), ways.obstacle)
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
        medium: Some(medium(candidate.kind)),
        interface: Some(candidate.interface),
        reached_by: None,
    });
    // A server bound to one address of the network does not answer on this machine's own.
    let local = (bound.ip().is_unspecified() || bound.ip().is_loopback())
        .then(|| plain(format!("http://localhost:{port}/"), LinkKind::Local));
    public.into_iter().chain(network).chain(local).collect()
}

fn medium(kind: Option<InterfaceKind>) -> LinkMedium {
    match kind {
        Some(InterfaceKind::Wifi) => LinkMedium::Wifi,
        Some(InterfaceKind::Cable) => LinkMedium::Cable,
        Some(InterfaceKind::Vpn) => LinkMedium::Vpn,
        Some(InterfaceKind::Mobile | InterfaceKind::Virtual | InterfaceKind::Inside) | None => {
            LinkMedium::Other
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::addresses::ways;
    use super::super::interfaces::Interface;
    use super::*;

    fn check(bound: &str, public: Option<&str>, expected: &[(&str, LinkKind)]) {
        let laptop = [
            ("wlan0", InterfaceKind::Wifi, "192.168.1.20"),
            ("tun0", InterfaceKind::Vpn, "10.1.2.3"),
        ];
        let laptop = laptop.map(|(name, kind, address)| Interface {
            index: 1,
            name: name.to_owned(),
            kind,
            up: true,
            gateway: false,
            preferred: false,
            addresses: vec![address.parse().unwrap()],
        });
        let bound: SocketAddr = bound.parse().unwrap();
        let ways = ways(bound.ip(), &laptop);
        let found = assemble(bound, public, ways.candidates);
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
}
