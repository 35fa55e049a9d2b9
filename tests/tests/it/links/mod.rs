//! The links that the server prints, in networks made for it: a namespace with interfaces of real
//! kinds, and another one at the far end of its cables.
//!
//! Linux lets root make them. Elsewhere these tests say that they were skipped.

mod machine;
mod name;
mod outside;

use std::process::Command;

use machine::{LinkedMachine, run, within};

/// Opens a page as a visitor does.
const OPEN: &str = "import sys, urllib.request; urllib.request.urlopen(sys.argv[1], timeout=30)";

const LOCAL: &str = "This computer  http://localhost:PORT/";

#[test]
fn the_router_decides_and_neither_a_vpn_nor_a_container() {
    let Some(mut machine) = LinkedMachine::new() else {
        return;
    };
    machine.tunnel("tun0", "10.8.0.6/24");
    machine.tunnel("tun1", "192.168.99.6/24");
    machine.containers("lxdbr0", "192.168.200.1/24");
    machine.cable("wlan0", &["10.0.0.5/24", "fd00::5/64"]);
    machine.ip("route add default via 10.0.0.1");
    machine.hold("tun0");
    let expected = [
        "Players        http://10.0.0.5:PORT/",
        "Players        http://[fd00::5]:PORT/",
        "Over the VPN   http://10.8.0.6:PORT/",
        LOCAL,
    ];
    assert_eq!(machine.banner(&[]), expected);
    let ipv4 = [expected[0], expected[2], expected[3]];
    assert_eq!(machine.banner(&[("SERVER_HOST", "0.0.0.0")]), ipv4);
}

#[test]
fn a_vpn_that_takes_everything_stays_behind_the_network() {
    let Some(mut machine) = LinkedMachine::new() else {
        return;
    };
    machine.tunnel("tun0", "10.8.0.6/24");
    machine.hold("tun0");
    machine.cable("eth0", &["192.168.1.20/24"]);
    machine.ip("route add default via 10.8.0.1 metric 1");
    machine.ip("route add default via 192.168.1.1 metric 100");
    let expected = [
        "Players        http://192.168.1.20:PORT/",
        "Over the VPN   http://10.8.0.6:PORT/",
        LOCAL,
    ];
    assert_eq!(machine.banner(&[]), expected);
}

#[test]
fn a_network_of_one_family_has_a_link_or_a_reason() {
    let Some(mut machine) = LinkedMachine::new() else {
        return;
    };
    machine.cable("eth0", &["fd00::7/64"]);
    machine.ip("-6 route add default via fd00::1");
    assert_eq!(
        machine.banner(&[]),
        ["Players        http://[fd00::7]:PORT/", LOCAL]
    );
    let why = "Nobody else can come in: the network here speaks IPv6 alone. Set SERVER_HOST to ::.";
    assert_eq!(machine.banner(&[("SERVER_HOST", "0.0.0.0")]), [LOCAL, why]);
}

#[test]
fn a_cable_without_a_router_still_has_a_link() {
    let Some(mut machine) = LinkedMachine::new() else {
        return;
    };
    machine.cable("eth0", &["169.254.3.4/16"]);
    assert_eq!(
        machine.banner(&[]),
        ["Players        http://169.254.3.4:PORT/", LOCAL]
    );
}

#[test]
fn without_a_network_the_banner_says_so() {
    let Some(mut machine) = LinkedMachine::new() else {
        return;
    };
    let why = "Nobody else can come in: this computer is connected to no network.";
    assert_eq!(machine.banner(&[]), [LOCAL, why]);
}

#[test]
fn links_lead_in_from_the_other_end_of_the_cable() {
    let Some(mut machine) = LinkedMachine::new() else {
        return;
    };
    let far = machine.far();
    machine.cable("eth0", &["10.0.0.5/24", "fd00::5/64"]);
    for address in ["10.0.0.6/24", "fd00::6/64 nodad"] {
        let add = format!("-n {far} address add dev far-eth0 {address}");
        run(Command::new("ip").args(add.split(' ')));
    }
    let data = tempfile::tempdir().unwrap();
    let (lines, _) = machine.serve(data.path(), &[]);
    let links = lines
        .iter()
        .filter_map(|line| line.strip_prefix("Players"))
        .map(str::trim);
    let links: Vec<&str> = links.collect();
    assert_eq!(links.len(), 2, "{lines:?}");
    for link in links {
        run(within(&far, "python3").args(["-c", OPEN, link]));
    }
}
