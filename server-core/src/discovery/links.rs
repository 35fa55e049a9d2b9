//! The ways in, best first.

use super::addresses::{Candidate, reachable};
use super::entrance::Entrance;
use super::interfaces::InterfaceKind;
use contract::admin::{InviteLink, LinkKind, LinkMedium, Obstacle};

/// The links of a server, and why none leads here from the network. Whether they
/// work is filled in by who asks.
#[must_use]
pub fn links(entrance: &Entrance) -> (Vec<InviteLink>, Option<Obstacle>) {
    let ways = reachable(entrance.bound.ip());
    (assemble(entrance, ways.candidates), ways.obstacle)
}

fn assemble(
    entrance: &Entrance,
    addresses: impl IntoIterator<Item = Candidate>,
) -> Vec<InviteLink> {
    let plain = |url: String, kind| InviteLink {
        url,
        kind,
        medium: None,
        interface: None,
        reached_by: None,
        certified: None,
    };
    let public = entrance
        .public()
        .into_iter()
        .chain(entrance.certified_names());
    let public = public.map(|url| plain(url, LinkKind::Public));
    let network = addresses.into_iter().map(|candidate| InviteLink {
        url: entrance.at(candidate.address),
        certified: entrance.is_certified(candidate.address),
        kind: LinkKind::Network,
        medium: Some(medium(candidate.kind)),
        interface: Some(candidate.interface),
        reached_by: None,
    });
    let local = entrance.this_computer();
    let local = local.map(|url| plain(url, LinkKind::Local));
    let announced = entrance.announced().map(|(url, certified)| InviteLink {
        certified,
        ..plain(url, LinkKind::Name)
    });
    let mut links: Vec<_> = public
        .chain(network)
        .chain(announced)
        .chain(local)
        .collect();
    // Nobody should read out what browsers warn of while there is something else.
    links.sort_by_key(|link| (link.kind == LinkKind::Local, link.certified == Some(false)));
    links
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
    use super::super::announcement::LocalName;
    use super::super::interfaces::Interface;
    use super::*;
    use std::net::SocketAddr;

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
        let entrance = Entrance {
            bound,
            public_url: public.map(str::to_owned),
            certificates: None,
            name: LocalName::default(),
        };
        let found = assemble(&entrance, ways.candidates);
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
