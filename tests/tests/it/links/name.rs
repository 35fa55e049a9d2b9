//! The name that is announced, as another machine of the network hears it.

use std::process::Command;

use super::machine::{LinkedMachine, within};

/// Multicast DNS from the far end, with nothing but what Python has: asks for a name until it hears an
/// address, or listens until it hears a name being taken back.
const LISTEN: &str = r#"
import socket, struct, sys, time
wish, name, own = sys.argv[1:4]
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("", 5353))
s.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP,
             socket.inet_aton("224.0.0.251") + socket.inet_aton(own))
s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(own))
s.settimeout(1)
label = lambda text: bytes([len(text)]) + text.encode()
question = struct.pack("!6H", 0, 0, 1, 0, 0, 0) + b"".join(map(label, name.split("."))) + b"\0\0\1\0\1"

def read_name(data, at):
    parts, end = [], None
    while data[at]:
        if data[at] >= 0xC0:
            end = end or at + 2
            at = struct.unpack_from("!H", data, at)[0] & 0x3FFF
        else:
            parts.append(data[at + 1:at + 1 + data[at]].decode())
            at += 1 + data[at]
    return ".".join(parts).lower(), end or at + 1

def records(data):
    _, flags, questions, *counts = struct.unpack_from("!6H", data)
    at = 12
    for _ in range(questions):
        at = read_name(data, at)[1] + 4
    for _ in range(sum(counts) if flags & 0x8000 else 0):
        owner, at = read_name(data, at)
        kind, _, ttl, length = struct.unpack_from("!HHIH", data, at)
        at += 10 + length
        yield owner, kind, ttl, data[at - length:at]

print("listening", flush=True)
end = time.monotonic() + 60
while time.monotonic() < end:
    if wish == "find":
        s.sendto(question, ("224.0.0.251", 5353))
    try:
        data = s.recv(9000)
    except TimeoutError:
        continue
    for owner, kind, ttl, value in records(data):
        if owner == name and kind == 1 and (ttl == 0) == (wish == "goodbye"):
            if wish == "find":
                print(socket.inet_ntoa(value))
            sys.exit(0)
sys.exit(f"nobody said so of {name}")
"#;

const FAR: &str = "10.0.0.6";

fn listener(machine: &LinkedMachine, wish: &str, name: &str) -> Command {
    let mut python = within(&machine.far(), "python3");
    python.args(["-c", LISTEN, wish, name, FAR]);
    python
}

/// The address that a name has for the machine at the far end.
fn find(machine: &LinkedMachine, name: &str) -> String {
    let heard = listener(machine, "find", name).output().unwrap();
    assert!(heard.status.success(), "{heard:?}");
    let said = String::from_utf8(heard.stdout).unwrap();
    said.trim_start_matches("listening").trim().to_owned()
}

/// A machine with a network, a tunnel and containers, and another one at the end of the cable.
fn machine() -> Option<LinkedMachine> {
    let mut machine = LinkedMachine::new()?;
    machine.containers("lxdbr0", "192.168.200.1/24");
    machine.tunnel("tun0", "10.8.0.6/24");
    machine.cable("eth0", &["10.0.0.5/24"]);
    machine.hold("tun0");
    machine.far_address("eth0", FAR);
    Some(machine)
}

#[test]
fn a_name_leads_here_from_the_other_end_of_the_cable_and_is_taken_back() {
    let Some(mut machine) = machine() else { return };
    let data = tempfile::tempdir().unwrap();
    machine.serve(data.path(), &[("WORLD_NAME", "Our harbour")]);
    assert_eq!(find(&machine, "our-harbour.local"), "10.0.0.5");

    let mut server = machine.take_last();
    let goodbye = listener(&machine, "goodbye", "our-harbour.local");
    machine.start(goodbye, |line| line == "listening");
    tests::signal(server.id(), "TERM");
    assert!(server.wait().unwrap().success());
    assert!(machine.take_last().wait().unwrap().success(), "no goodbye");
}

#[test]
fn two_worlds_of_one_name_are_told_apart() {
    let Some(mut machine) = machine() else { return };
    let [first, second] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let named = [("MDNS_NAME", "attic")];
    machine.serve(first.path(), &named);
    assert_eq!(find(&machine, "attic.local"), "10.0.0.5");
    machine.serve_far(second.path(), &named);
    assert_eq!(find(&machine, "attic-2.local"), FAR);
    assert_eq!(find(&machine, "attic.local"), "10.0.0.5");
}

#[test]
fn who_wants_no_name_has_none() {
    let Some(mut machine) = machine() else { return };
    let [quiet, named] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    machine.serve(quiet.path(), &[("MDNS", "off"), ("MDNS_NAME", "attic")]);
    // The other one would have to take a second name if the first was taken.
    machine.serve_far(named.path(), &[("MDNS_NAME", "attic")]);
    assert_eq!(find(&machine, "attic.local"), FAR);
}
