//! The addresses under which other machines reach this one, best first.

use std::net::{IpAddr, Ipv6Addr};

use super::interfaces::{Interface, InterfaceKind, interfaces};
use contract::admin::Obstacle;

/// One address of one network interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Name of the interface, such as `eth0`; empty for an address that no interface has.
    pub interface: String,
    /// What the interface leads over, where that is known.
    pub kind: Option<InterfaceKind>,
    /// Its address.
    pub address: IpAddr,
}

/// How a server is reached from other machines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ways {
    /// Best first.
    pub candidates: Vec<Candidate>,
    /// Why there is none.
    pub obstacle: Option<Obstacle>,
}

/// The addresses to print for a server bound to `bound`, best first. Empty when only this machine
/// can reach it, or when the system does not tell.
#[must_use]
pub fn reachable_addresses(bound: IpAddr) -> Vec<IpAddr> {
    let found = reachable(bound).candidates.into_iter();
    found.map(|candidate| candidate.address).collect()
}

/// The same with the interfaces they belong to, and with the reason where there is none.
#[must_use]
pub fn reachable(bound: IpAddr) -> Ways {
    if bound.is_loopback() {
        return ways(bound, &[]);
    }
    ways(bound, &interfaces())
}

/// Addresses of one interface at most: the others lead the same way, and nobody reads sixty lines.
const MOST_OF_ONE: usize = 4;

/// Picks from the interfaces of a machine what reaches a server bound to `bound`.
///
/// The interface of the default route comes first: whoever shares a router with this machine uses
/// that network. Then networks without a router, mobile ones, and tunnels at the end. What is down
/// or leads to this machine's own containers and virtual machines is no way in. An address that a
/// machine gives itself where nobody gives out any (169.254.0.0/16) counts while there is nothing
/// else, for two computers on one cable.
pub fn ways(bound: IpAddr, interfaces: &[Interface]) -> Ways {
    let none = |obstacle| Ways {
        candidates: Vec::new(),
        obstacle: Some(obstacle),
    };
    if bound.is_loopback() {
        return none(Obstacle::ThisComputer);
    }
    if !bound.is_unspecified() {
        return Ways {
            candidates: vec![own(bound, interfaces)],
            obstacle: None,
        };
    }
    let ways: Vec<Way<'_>> = leading_out(interfaces)
        .filter(|way| bound.is_ipv6() || way.address.is_ipv4())
        .collect();
    let given_out = |way: &Way<'_>| way.rank < Rank::Tunnel && !way.self_given;
    let any_given_out = ways.iter().any(given_out);
    let mut ways: Vec<Way<'_>> = ways
        .into_iter()
        .filter(|way| !(way.self_given && any_given_out))
        .collect();
    ways.sort_by_key(|way| {
        let Way {
            rank,
            interface,
            address,
            self_given,
        } = way;
        (
            *rank,
            *self_given,
            !interface.preferred,
            interface.index,
            address.is_ipv6(),
        )
    });
    let mut candidates: Vec<Candidate> = Vec::new();
    for Way {
        interface, address, ..
    } in ways
    {
        let candidate = interface.at(address);
        let beside = candidates
            .iter()
            .filter(|known| known.interface == candidate.interface);
        if beside.count() < MOST_OF_ONE && !candidates.iter().any(|it| it.address == address) {
            candidates.push(candidate);
        }
    }
    let obstacle = candidates.is_empty().then(|| obstacle(interfaces));
    Ways {
        candidates,
        obstacle,
    }
}

/// The page's address, from its scheme and `HOST:PORT`.
pub(super) fn page_url(scheme: &str, authority: &str) -> String {
    format!("{scheme}://{authority}/")
}

/// How well an interface leads to other people; smaller is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// It has the default route.
    Routed,
    /// A network without a router.
    Local,
    /// A mobile network.
    Mobile,
    /// A tunnel.
    Tunnel,
}

/// One address that a page can be opened under.
struct Way<'a> {
    rank: Rank,
    interface: &'a Interface,
    address: IpAddr,
    /// Whether the machine took the address for want of one that was given out.
    self_given: bool,
}

/// Every address that leads out of this machine and fits into a link.
fn leading_out(interfaces: &[Interface]) -> impl Iterator<Item = Way<'_>> {
    connected(interfaces).flat_map(|(rank, interface)| {
        let addresses = interface.addresses.iter().copied();
        let addresses = addresses.filter(|address| fits_in_a_link(*address));
        addresses.map(move |address| Way {
            rank,
            interface,
            address,
            self_given: matches!(address, IpAddr::V4(v4) if v4.is_link_local()),
        })
    })
}

/// The interfaces that lead out of this machine, whatever their addresses are.
fn connected(interfaces: &[Interface]) -> impl Iterator<Item = (Rank, &Interface)> {
    // Where there is no hardware at all, as in a container, what software made is the way out.
    let real = |it: &Interface| {
        matches!(
            it.kind,
            InterfaceKind::Cable | InterfaceKind::Wifi | InterfaceKind::Mobile
        )
    };
    let all_virtual = !interfaces.iter().any(real);
    interfaces.iter().filter_map(move |interface| {
        let rank = match interface.kind {
            _ if !interface.up => None,
            InterfaceKind::Inside => None,
            InterfaceKind::Virtual => all_virtual.then_some(Rank::Local),
            InterfaceKind::Vpn => Some(Rank::Tunnel),
            InterfaceKind::Mobile => Some(Rank::Mobile),
            InterfaceKind::Cable | InterfaceKind::Wifi if interface.gateway => Some(Rank::Routed),
            InterfaceKind::Cable | InterfaceKind::Wifi => Some(Rank::Local),
        };
        rank.map(|rank| (rank, interface))
    })
}

impl Interface {
    fn at(&self, address: IpAddr) -> Candidate {
        Candidate {
            interface: self.name.clone(),
            kind: Some(self.kind),
            address,
        }
    }
}

/// The one address a server was bound to. Bound without being listed: the system knows better.
fn own(bound: IpAddr, interfaces: &[Interface]) -> Candidate {
    let mut having = interfaces.iter().filter(|it| it.addresses.contains(&bound));
    having.next().map_or_else(
        || Candidate {
            interface: String::new(),
            kind: None,
            address: bound,
        },
        |interface| interface.at(bound),
    )
}

/// Why nothing leads to a server that listens to every address of its family.
fn obstacle(interfaces: &[Interface]) -> Obstacle {
    if leading_out(interfaces).next().is_some() {
        return Obstacle::Ipv4Only;
    }
    match connected(interfaces).next() {
        Some(_) => Obstacle::NoAddress,
        None => Obstacle::NoNetwork,
    }
}

/// Link-local IPv6 needs a zone, which no browser takes in a URL.
fn fits_in_a_link(address: IpAddr) -> bool {
    let link_local =
        |address: Ipv6Addr| address.is_unicast_link_local() || address.to_ipv4_mapped().is_some();
    !address.is_loopback()
        && !address.is_unspecified()
        && !address.is_multicast()
        && !matches!(address, IpAddr::V6(v6) if link_local(v6))
}

#[cfg(test)]
#[path = "addresses_tests.rs"]
mod tests;
