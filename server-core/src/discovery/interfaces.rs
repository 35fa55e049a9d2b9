//! The network interfaces of this machine: what the system knows of them, and what that means for
//! people who want to come in. Names decide nothing where the system tells more; a list of names
//! never ends.

use std::collections::HashSet;
use std::net::{IpAddr, Ipv6Addr};
use std::path::Path;

use netdev::interface::state::OperState;
use netdev::interface::types::InterfaceType;

use super::firewall::this_system;
use contract::admin::FirewallSystem as System;
use port_mapping::GatewayRoute;

/// One network interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interface {
    /// The system's number of it.
    pub index: u32,
    /// What people know it by, such as `eth0` or `Wi-Fi 2`.
    pub name: String,
    /// What it leads over.
    pub kind: InterfaceKind,
    /// Whether something is at its other end.
    pub up: bool,
    /// Whether a default route leads over it: whoever shares that router can reach this machine.
    pub gateway: bool,
    /// Whether the system would take it for a machine far away.
    pub preferred: bool,
    /// Its addresses, in the order in which they are offered.
    pub addresses: Vec<IpAddr>,
}

/// What an interface leads over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InterfaceKind {
    /// A cable, or what takes its place in a container.
    Cable,
    /// A wireless network.
    Wifi,
    /// A modem for a mobile network, whose operator lets nobody in.
    Mobile,
    /// A tunnel: only those in it come this way.
    Vpn,
    /// Made by software, and neither a bridge nor a tunnel.
    Virtual,
    /// Leads to containers and virtual machines on this machine alone.
    Inside,
}

/// What the system tells of one interface.
#[derive(Debug, Clone, Copy)]
pub(super) struct InterfaceFacts<'a> {
    pub(super) name: &'a str,
    /// The name that people see, on Windows and macOS.
    pub(super) label: Option<&'a str>,
    /// What the driver says it is, on Windows.
    pub(super) description: Option<&'a str>,
    pub(super) class: InterfaceType,
    pub(super) loopback: bool,
    pub(super) point_to_point: bool,
    pub(super) gateway: bool,
    pub(super) sysfs: Sysfs,
}

/// What Linux tells in `/sys/class/net`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sysfs {
    /// A device, or an interface above one: a VLAN, a bond, a bridge that a cable is plugged into.
    pub(super) hardware: bool,
    /// A bridge.
    pub(super) bridge: bool,
    /// Made by a program, as OpenVPN and ZeroTier do.
    pub(super) tap: bool,
}

/// Words by which tunnels that look like network cards give themselves away. They decide only
/// whether such a card is shown, as a VPN, or not at all.
const TUNNEL_WORDS: [&str; 8] = [
    "vpn",
    "tap-",
    "tunnel",
    "wireguard",
    "tailscale",
    "zerotier",
    "hamachi",
    "wintun",
];
/// Words by which network cards of software give themselves away on Windows. A guest's own card is
/// named after its maker instead ("Microsoft Hyper-V Network Adapter", "vmxnet3").
const SOFTWARE_WORDS: [&str; 3] = ["virtual", "host-only", "loopback"];
/// Interfaces above interfaces are followed so far: a bridge over a VLAN over a bond over a cable.
const LAYERS: u8 = 4;

/// The interfaces of this machine, by number. Empty when the system does not tell.
#[must_use]
pub fn interfaces() -> Vec<Interface> {
    let system = this_system();
    let mut found: Vec<Interface> = netdev::get_interfaces()
        .into_iter()
        .map(|found| interface(system, &found))
        .collect();
    found.sort_by_key(|interface| interface.index);
    found
}

/// Every address of this machine, also those that are no way in.
#[must_use]
pub fn own_addresses() -> HashSet<IpAddr> {
    let found = netdev::get_interfaces();
    let addresses = found.iter().flat_map(netdev::Interface::ip_addrs);
    addresses.map(|address| address.to_canonical()).collect()
}

/// The router by which this machine reaches the internet, and its own address in the router's network.
///
/// A tunnel for everything has the default route and a gateway that is far away; below it, the router
/// of the network still passes on to this machine.
#[must_use]
pub fn default_route() -> Option<GatewayRoute> {
    let system = this_system();
    let found = netdev::get_interfaces();
    let mut routed: Vec<_> = found
        .iter()
        .filter_map(|it| Some((it, route_over(it)?)))
        .map(|(it, route)| (interface(system, it), route))
        .filter(|(it, _)| it.up && it.kind != InterfaceKind::Inside)
        .collect();
    routed.sort_by_key(|(it, _)| (it.kind == InterfaceKind::Vpn, !it.preferred, it.index));
    routed.into_iter().next().map(|(_, route)| route)
}

/// The route over an interface: its gateway, and the address of it that is in the gateway's network.
fn route_over(found: &netdev::Interface) -> Option<GatewayRoute> {
    let gateway = *found.gateway.as_ref()?.ipv4.first()?;
    let near = found.ipv4.iter().find(|net| net.contains(&gateway));
    let client = near.or_else(|| found.ipv4.first())?.addr();
    Some(GatewayRoute { gateway, client })
}

fn interface(system: System, found: &netdev::Interface) -> Interface {
    let gateway = found.gateway.is_some();
    let sysfs = match system {
        System::Linux => sysfs(Path::new("/sys/class/net"), &found.name),
        _ => Sysfs::default(),
    };
    let kind = kind(
        system,
        InterfaceFacts {
            name: &found.name,
            label: found.friendly_name.as_deref(),
            description: found.description.as_deref(),
            class: found.if_type,
            loopback: found.is_loopback(),
            point_to_point: found.is_point_to_point(),
            gateway,
            sysfs,
        },
    );
    // Systems that cannot tell the state of a link still tell whether it was switched on.
    let connected = matches!(found.oper_state, OperState::Up | OperState::Unknown);
    let v4 = found.ipv4.iter().map(|net| IpAddr::V4(net.addr()));
    let v6 = found.ipv6.iter().zip(&found.ipv6_addr_flags);
    let v6 = v6
        .filter(|(_, flags)| !(flags.tentative || flags.duplicated || flags.deprecated))
        .map(|(net, flags)| (net.addr(), flags.temporary));
    Interface {
        index: found.index,
        name: found.friendly_name.clone().unwrap_or(found.name.clone()),
        kind,
        up: found.is_up() && connected,
        gateway,
        preferred: found.default,
        addresses: v4.chain(lasting(v6.collect())).collect(),
    }
}

/// Addresses that change every day are no links to read out, as long as there is one that stays.
fn lasting(addresses: Vec<(Ipv6Addr, bool)>) -> impl Iterator<Item = IpAddr> {
    let stays =
        |&(address, temporary): &(Ipv6Addr, bool)| !temporary && !address.is_unicast_link_local();
    let any_stays = addresses.iter().any(stays);
    addresses
        .into_iter()
        .filter(move |(_, temporary)| !(*temporary && any_stays))
        .map(|(address, _)| IpAddr::V6(address))
}

/// What an interface with these facts leads over.
pub(super) fn kind(system: System, facts: InterfaceFacts<'_>) -> InterfaceKind {
    if facts.loopback {
        return InterfaceKind::Inside;
    }
    if is_tunnel(system, facts) {
        return InterfaceKind::Vpn;
    }
    match facts.class {
        InterfaceType::Wwan | InterfaceType::Wwanpp | InterfaceType::Wwanpp2 => {
            return InterfaceKind::Mobile;
        }
        InterfaceType::PeerToPeerWireless => return InterfaceKind::Inside,
        // Also the access point that Windows opens on its one card.
        InterfaceType::Wireless80211 => return InterfaceKind::Wifi,
        _ => {}
    }
    let hardware = match system {
        System::Linux => facts.sysfs.hardware,
        System::Windows => !mentions(facts, &SOFTWARE_WORDS),
        // The network settings name every card, and nothing that software made.
        System::Macos => facts.label.is_some(),
        System::Other => true,
    };
    let bridge = facts.sysfs.bridge || facts.class == InterfaceType::Bridge;
    if facts.gateway || hardware {
        InterfaceKind::Cable
    } else if system == System::Linux && !bridge {
        InterfaceKind::Virtual
    } else {
        InterfaceKind::Inside
    }
}

fn is_tunnel(system: System, facts: InterfaceFacts<'_>) -> bool {
    let class = match facts.class {
        InterfaceType::Tunnel | InterfaceType::Ppp | InterfaceType::Slip => true,
        InterfaceType::ProprietaryVirtual => system == System::Windows,
        _ => false,
    };
    // A card of software that leads to a router is a VPN, but for the switch of Hyper-V, which takes
    // over the addresses of the cable it is plugged into.
    let software = system == System::Windows && mentions(facts, &SOFTWARE_WORDS);
    let around = software && facts.gateway && !mentions(facts, &["hyper-v"]);
    class
        || facts.point_to_point
        || facts.sysfs.tap
        || around
        || (!facts.sysfs.hardware && mentions(facts, &TUNNEL_WORDS))
}

fn mentions(facts: InterfaceFacts<'_>, words: &[&str]) -> bool {
    let texts = [facts.label, facts.description, Some(facts.name)];
    let texts = texts.into_iter().flatten().map(str::to_lowercase);
    let mut texts = texts.filter(|text| words.iter().any(|word| text.contains(word)));
    texts.next().is_some()
}

/// What lies under `root`, which is `/sys/class/net`, about this interface.
fn sysfs(root: &Path, name: &str) -> Sysfs {
    let own = root.join(name);
    Sysfs {
        hardware: hangs_on_hardware(root, name, LAYERS),
        bridge: own.join("bridge").exists(),
        tap: own.join("tun_flags").exists(),
    }
}

fn hangs_on_hardware(root: &Path, name: &str, layers: u8) -> bool {
    let own = root.join(name);
    if own.join("device").exists() {
        return true;
    }
    let Some(layers) = layers.checked_sub(1) else {
        return false;
    };
    let Ok(entries) = std::fs::read_dir(own) else {
        return false;
    };
    entries.flatten().any(|entry| {
        let entry = entry.file_name();
        let below = entry
            .to_str()
            .and_then(|entry| entry.strip_prefix("lower_"));
        below.is_some_and(|below| hangs_on_hardware(root, below, layers))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hardware_is_found_below_bridges_and_vlans() {
        let root = tempfile::tempdir().unwrap();
        for path in [
            "eth0/device",
            "vlan7/lower_eth0",
            "br0/bridge",
            "br0/lower_vlan7",
            "br0/lower_veth1",
            "veth1",
            "lxdbr0/bridge",
            "lxdbr0/lower_veth1",
            "tap0/tun_flags",
            "loop/lower_loop",
        ] {
            std::fs::create_dir_all(root.path().join(path)).unwrap();
        }
        let check = |name: &str, hardware, bridge, tap| {
            let expected = Sysfs {
                hardware,
                bridge,
                tap,
            };
            assert_eq!(sysfs(root.path(), name), expected, "{name}");
        };
        check("eth0", true, false, false);
        check("vlan7", true, false, false);
        check("br0", true, true, false);
        check("lxdbr0", false, true, false);
        check("tap0", false, false, true);
        check("loop", false, false, false);
        check("absent", false, false, false);
    }

    #[test]
    fn an_address_that_changes_daily_gives_way_to_one_that_stays() {
        let check = |addresses: &[(&str, bool)], expected: &[&str]| {
            let addresses = addresses
                .iter()
                .map(|(address, temporary)| (address.parse().unwrap(), *temporary));
            let found = lasting(addresses.collect()).map(|it| it.to_string());
            assert_eq!(found.collect::<Vec<_>>(), expected);
        };
        check(
            &[
                ("2001:db8::aaaa", true),
                ("2001:db8::1", false),
                ("fe80::1", false),
            ],
            &["2001:db8::1", "fe80::1"],
        );
        check(
            &[("2001:db8::aaaa", true), ("fe80::1", false)],
            &["2001:db8::aaaa", "fe80::1"],
        );
    }
}
