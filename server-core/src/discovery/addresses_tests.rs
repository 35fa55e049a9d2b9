use netdev::interface::types::InterfaceType as Class;

use super::super::recorded::{AdapterState, AdapterState::*, Recorded};
use super::super::recorded::{interfaces, linux, lo, macos, windows, wlan0};
use super::*;
use contract::admin::FirewallSystem as System;

fn check(system: System, bound: &str, recorded: &[Recorded], expected: &[&str]) {
    let ways = ways(bound.parse().unwrap(), &interfaces(system, recorded));
    let shown = |it: &Candidate| match it.kind {
        Some(InterfaceKind::Vpn) => format!("{} over VPN {}", it.address, it.interface),
        _ => format!("{} over {}", it.address, it.interface),
    };
    let found: Vec<String> = ways.candidates.iter().map(shown).collect();
    assert_eq!(found, expected);
    assert_eq!(ways.obstacle.is_some(), expected.is_empty());
}

#[test]
fn the_default_route_comes_before_every_nicer_address() {
    let laptop = [
        lo(),
        linux("docker0", Class::Ethernet, &[Bridge], &["172.17.0.1"]),
        linux(
            "lxdbr0",
            Class::Ethernet,
            &[Bridge],
            &["192.168.200.1", "fd42::1"],
        ),
        linux("vmnet8", Class::Ethernet, &[], &["192.168.30.1"]),
        linux(
            "tun0",
            Class::UnknownWithValue(65534),
            &[PointToPoint],
            &["10.8.0.6"],
        ),
        linux(
            "tun1",
            Class::UnknownWithValue(65534),
            &[PointToPoint, Down],
            &["192.168.99.2"],
        ),
        linux("ztks575eoa", Class::Ethernet, &[Tap], &["192.168.191.4"]),
        linux(
            "enp3s0",
            Class::Ethernet,
            &[Hardware, Down],
            &["192.168.1.2"],
        ),
        linux("enx0", Class::Ethernet, &[Hardware], &["192.168.50.1"]),
        linux("usb0", Class::Ethernet, &[Hardware], &["169.254.9.9"]),
        linux("wwan0", Class::Wwan, &[Hardware, Gateway], &["100.70.1.2"]),
        wlan0(),
    ];
    check(
        System::Linux,
        "0.0.0.0",
        &laptop,
        &[
            "10.0.0.5 over wlan0",
            "192.168.50.1 over enx0",
            "100.70.1.2 over wwan0",
            "10.8.0.6 over VPN tun0",
            "192.168.191.4 over VPN ztks575eoa",
        ],
    );
}

#[test]
fn ipv6_is_offered_only_when_it_is_listened_on() {
    let both = ["10.0.0.5 over wlan0", "2001:db8::5 over wlan0"];
    check(System::Linux, "::", &[lo(), wlan0()], &both);
    check(System::Linux, "0.0.0.0", &[lo(), wlan0()], &both[..1]);
}

#[test]
fn a_tunnel_for_everything_does_not_hide_the_network_below_it() {
    let tunnelled = [
        linux(
            "tun0",
            Class::UnknownWithValue(65534),
            &[PointToPoint, Gateway, Preferred],
            &["10.8.0.6"],
        ),
        linux(
            "eth0",
            Class::Ethernet,
            &[Hardware, Gateway],
            &["192.168.1.20"],
        ),
    ];
    check(
        System::Linux,
        "::",
        &tunnelled,
        &["192.168.1.20 over eth0", "10.8.0.6 over VPN tun0"],
    );
    check(
        System::Linux,
        "::",
        &tunnelled[..1],
        &["10.8.0.6 over VPN tun0"],
    );
}

#[test]
fn a_bridge_with_a_cable_in_it_is_a_network() {
    let server = [
        lo(),
        linux("eth0", Class::Ethernet, &[Hardware], &[]),
        linux("virbr0", Class::Ethernet, &[Bridge], &["192.168.122.1"]),
        linux(
            "br0",
            Class::Ethernet,
            &[Bridge, Hardware, Gateway],
            &["10.2.0.7"],
        ),
    ];
    check(System::Linux, "::", &server, &["10.2.0.7 over br0"]);
}

#[test]
fn in_a_container_what_software_made_is_the_way_out() {
    let container = |state: &'static [AdapterState]| {
        [lo(), linux("eth0", Class::Ethernet, state, &["172.17.0.2"])]
    };
    check(
        System::Linux,
        "::",
        &container(&[Gateway]),
        &["172.17.0.2 over eth0"],
    );
    check(
        System::Linux,
        "::",
        &container(&[]),
        &["172.17.0.2 over eth0"],
    );
}

#[test]
fn windows_switches_and_host_only_cards_are_no_way_in() {
    let pc = [
        windows(
            "Ethernet",
            "Realtek PCIe GbE Family Controller",
            Class::Ethernet,
            &[Down],
            &["169.254.7.7"],
        ),
        windows(
            "vEthernet (Default Switch)",
            "Hyper-V Virtual Ethernet Adapter",
            Class::Ethernet,
            &[],
            &["172.28.176.1"],
        ),
        windows(
            "vEthernet (WSL (Hyper-V firewall))",
            "Hyper-V Virtual Ethernet Adapter #2",
            Class::Ethernet,
            &[],
            &["192.168.240.1"],
        ),
        windows(
            "VMware Network Adapter VMnet8",
            "VMware Virtual Ethernet Adapter for VMnet8",
            Class::Ethernet,
            &[],
            &["192.168.30.1"],
        ),
        windows(
            "Ethernet 3",
            "VirtualBox Host-Only Ethernet Adapter",
            Class::Ethernet,
            &[],
            &["192.168.56.1"],
        ),
        windows(
            "OpenVPN TAP-Windows6",
            "TAP-Windows Adapter V9",
            Class::Ethernet,
            &[],
            &["10.8.0.6"],
        ),
        windows(
            "office",
            "WireGuard Tunnel",
            Class::ProprietaryVirtual,
            &[],
            &["10.9.0.2"],
        ),
        windows(
            "Wi-Fi",
            "Intel(R) Wi-Fi 6 AX201 160MHz",
            Class::Wireless80211,
            &[Gateway, Preferred],
            &["10.0.0.5", "fe80::5"],
        ),
        windows(
            "Local Area Connection* 10",
            "Microsoft Wi-Fi Direct Virtual Adapter",
            Class::Wireless80211,
            &[Down],
            &["192.168.137.1"],
        ),
        windows(
            "Loopback Pseudo-Interface 1",
            "Software Loopback Interface 1",
            Class::Loopback,
            &[],
            &["127.0.0.1", "::1"],
        ),
    ];
    let expected = [
        "10.0.0.5 over Wi-Fi",
        "10.8.0.6 over VPN OpenVPN TAP-Windows6",
        "10.9.0.2 over VPN office",
    ];
    check(System::Windows, "::", &pc, &expected);

    let external = "vEthernet (External)";
    let switched = [
        pc[1],
        windows(
            external,
            "Hyper-V Virtual Ethernet Adapter #3",
            Class::Ethernet,
            &[Gateway],
            &["192.168.1.20"],
        ),
    ];
    check(
        System::Windows,
        "::",
        &switched,
        &["192.168.1.20 over vEthernet (External)"],
    );

    let at_work = [
        windows(
            "Ethernet 5",
            "Cisco AnyConnect Virtual Miniport Adapter for Windows x64",
            Class::Ethernet,
            &[Gateway, Preferred],
            &["10.99.0.7"],
        ),
        pc[7],
    ];
    let expected = ["10.0.0.5 over Wi-Fi", "10.99.0.7 over VPN Ethernet 5"];
    check(System::Windows, "::", &at_work, &expected);

    let guest = windows(
        "Ethernet",
        "Microsoft Hyper-V Network Adapter",
        Class::Ethernet,
        &[],
        &["192.168.56.9"],
    );
    check(
        System::Windows,
        "::",
        &[guest],
        &["192.168.56.9 over Ethernet"],
    );
}

#[test]
fn macos_tunnels_come_last_and_bridges_never() {
    let mac = [
        macos(
            "lo0",
            None,
            Class::Loopback,
            &[],
            &["127.0.0.1", "::1", "fe80::1"],
        ),
        macos("bridge100", None, Class::Bridge, &[], &["192.168.64.1"]),
        macos("vmnet8", None, Class::Ethernet, &[], &["172.16.30.1"]),
        macos(
            "utun0",
            None,
            Class::Tunnel,
            &[PointToPoint],
            &["fe80::ce81"],
        ),
        macos("utun4", None, Class::Tunnel, &[PointToPoint], &["10.8.0.6"]),
        macos("awdl0", None, Class::PeerToPeerWireless, &[], &["fe80::a"]),
        macos("llw0", None, Class::Ethernet, &[], &["fe80::a"]),
        macos(
            "en5",
            Some("USB 10/100/1000 LAN"),
            Class::Ethernet,
            &[],
            &["192.168.7.4"],
        ),
        macos(
            "en0",
            Some("Wi-Fi"),
            Class::Wireless80211,
            &[Gateway, Preferred],
            &["fe80::b", "192.168.1.20", "fd00::20"],
        ),
    ];
    check(
        System::Macos,
        "::",
        &mac,
        &[
            "192.168.1.20 over Wi-Fi",
            "fd00::20 over Wi-Fi",
            "192.168.7.4 over USB 10/100/1000 LAN",
            "10.8.0.6 over VPN utun4",
        ],
    );
}

fn check_obstacle(bound: &str, recorded: &[Recorded], expected: Obstacle) {
    let ways = ways(bound.parse().unwrap(), &interfaces(System::Linux, recorded));
    assert_eq!((ways.candidates, ways.obstacle), (vec![], Some(expected)));
}

#[test]
fn a_network_without_ipv4_has_a_link_or_a_reason() {
    let network = [
        lo(),
        linux(
            "eth0",
            Class::Ethernet,
            &[Hardware, Gateway],
            &["fe80::7", "fd00::7"],
        ),
    ];
    check(System::Linux, "::", &network, &["fd00::7 over eth0"]);
    check_obstacle("0.0.0.0", &network, Obstacle::Ipv4Only);
    let zoned = [
        lo(),
        linux("eth0", Class::Ethernet, &[Hardware], &["fe80::7"]),
    ];
    check_obstacle("::", &zoned, Obstacle::NoAddress);
    check_obstacle("0.0.0.0", &zoned, Obstacle::NoAddress);
    let container = [lo(), linux("eth0", Class::Ethernet, &[], &["fe80::7"])];
    check_obstacle("::", &container, Obstacle::NoAddress);
}

#[test]
fn two_computers_on_one_cable_reach_each_other() {
    let cable = linux(
        "eth0",
        Class::Ethernet,
        &[Hardware],
        &["169.254.3.4", "fe80::7"],
    );
    check(
        System::Linux,
        "::",
        &[lo(), cable],
        &["169.254.3.4 over eth0"],
    );
    let tunnel = linux(
        "tun0",
        Class::UnknownWithValue(65534),
        &[PointToPoint],
        &["10.8.0.6"],
    );
    let both = ["169.254.3.4 over eth0", "10.8.0.6 over VPN tun0"];
    check(System::Linux, "::", &[lo(), tunnel, cable], &both);
    check(
        System::Linux,
        "::",
        &[cable, wlan0()],
        &["10.0.0.5 over wlan0", "2001:db8::5 over wlan0"],
    );
}

#[test]
fn without_a_network_it_says_so() {
    let unplugged = linux("eth0", Class::Ethernet, &[Hardware, Down], &["192.168.1.2"]);
    let docker = linux("docker0", Class::Ethernet, &[Bridge], &["172.17.0.1"]);
    check_obstacle("::", &[lo(), unplugged, docker], Obstacle::NoNetwork);
    check_obstacle("::", &[], Obstacle::NoNetwork);
    check_obstacle("127.0.0.1", &[lo(), wlan0()], Obstacle::ThisComputer);
    check_obstacle("::1", &[lo(), wlan0()], Obstacle::ThisComputer);
}

#[test]
fn a_server_on_one_address_is_reached_there_only() {
    check(
        System::Linux,
        "10.0.0.5",
        &[lo(), wlan0()],
        &["10.0.0.5 over wlan0"],
    );
    check(
        System::Linux,
        "203.0.113.9",
        &[lo(), wlan0()],
        &["203.0.113.9 over "],
    );
}

#[test]
fn an_interface_with_many_addresses_does_not_fill_the_screen() {
    const MANY: &[&str] = &[
        "10.0.1.1", "10.0.1.2", "10.0.1.3", "10.0.1.4", "10.0.1.5", "10.0.1.6",
    ];
    let eth0 = linux("eth0", Class::Ethernet, &[Hardware, Gateway], MANY);
    check(
        System::Linux,
        "0.0.0.0",
        &[lo(), wlan0(), eth0],
        &[
            "10.0.0.5 over wlan0",
            "10.0.1.1 over eth0",
            "10.0.1.2 over eth0",
            "10.0.1.3 over eth0",
            "10.0.1.4 over eth0",
        ],
    );
}

#[test]
fn urls_put_brackets_around_ipv6() {
    let entrance = crate::discovery::Entrance {
        bound: ([0, 0, 0, 0], 4000).into(),
        public_url: None,
        certificates: None,
        name: crate::discovery::LocalName::default(),
    };
    let url = |address: &str| entrance.at(address.parse().unwrap());
    assert_eq!(url("192.168.1.20"), "http://192.168.1.20:4000/");
    assert_eq!(url("2001:db8::20"), "http://[2001:db8::20]:4000/");
}
