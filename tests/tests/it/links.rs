//! The links that the server prints, in networks made for it: a namespace with interfaces of real
//! kinds, and another one at the far end of its cables.
//!
//! Linux lets root make them. Elsewhere these tests say that they were skipped.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use tests::program;

/// Keeps a tunnel up as a VPN's program does, until its input ends. The number is TUNSETIFF with
/// IFF_TUN and IFF_NO_PI.
const HOLD_TUNNEL: &str = "
import fcntl, struct, sys
tun = open('/dev/net/tun', 'r+b', buffering=0)
fcntl.ioctl(tun, 0x400454ca, struct.pack('16sH', sys.argv[1].encode(), 0x1001))
print('up', flush=True)
sys.stdin.read()
";

/// Opens a page as a visitor does.
const OPEN: &str = "import sys, urllib.request; urllib.request.urlopen(sys.argv[1], timeout=30)";

/// A machine in a network of its own. Dropping it takes everything away.
struct Machine {
    name: String,
    running: Vec<Child>,
}

impl Machine {
    /// `None` where this may not be done, which is said.
    fn new() -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let machine = Self {
            name: format!("links{}x{count}", std::process::id()),
            running: Vec::new(),
        };
        for namespace in [machine.name.clone(), machine.far()] {
            let made = Command::new("ip")
                .args(["netns", "add", &namespace])
                .output();
            if !made.is_ok_and(|made| made.status.success()) {
                eprintln!(
                    "SKIPPED: no network namespaces may be made here (needs Linux, iproute2 and root)"
                );
                return None;
            }
        }
        machine.ip("link set lo up");
        Some(machine)
    }

    fn far(&self) -> String {
        format!("{}far", self.name)
    }

    fn ip(&self, arguments: &str) {
        run(Command::new("ip")
            .args(["-n", &self.name])
            .args(arguments.split(' ')));
    }

    /// An interface with a cable to the far end.
    fn cable(&self, name: &str, addresses: &[&str]) {
        let (far, there) = (self.far(), format!("far-{name}"));
        self.ip(&format!(
            "link add {name} type veth peer name {there} netns {far}"
        ));
        run(Command::new("ip").args(["-n", &far, "link", "set", &there, "up"]));
        self.address(name, addresses);
        self.ip(&format!("link set {name} up"));
    }

    fn address(&self, name: &str, addresses: &[&str]) {
        for address in addresses {
            let further = if address.contains(':') { " nodad" } else { "" };
            self.ip(&format!("address add {address} dev {name}{further}"));
        }
    }

    /// What a container's program makes: a bridge of its own with a container at it.
    fn containers(&self, name: &str, address: &str) {
        self.ip(&format!("link add {name} type bridge"));
        self.cable("guest", &[]);
        self.ip(&format!("link set guest master {name}"));
        self.address(name, &[address]);
        self.ip(&format!("link set {name} up"));
    }

    /// A tunnel that leads nowhere until [`Self::hold`].
    fn tunnel(&self, name: &str, address: &str) {
        self.ip(&format!("tuntap add {name} mode tun"));
        self.address(name, &[address]);
        self.ip(&format!("link set {name} up"));
    }

    fn hold(&mut self, tunnel: &str) {
        let mut python = within(&self.name, "python3");
        python.args(["-c", HOLD_TUNNEL, tunnel]);
        let said = self.start(python, |line| line == "up");
        assert_eq!(said.last().map(String::as_str), Some("up"));
    }

    /// The lines of a server's banner about ways in, on a port that is written `PORT`.
    fn banner(&mut self, settings: &[(&str, &str)]) -> Vec<String> {
        let data = tempfile::tempdir().unwrap();
        let (lines, port) = self.serve(data.path(), settings);
        let mut server = self.running.pop().unwrap();
        let _ = server.kill();
        let _ = server.wait();
        let port = format!(":{port}/");
        lines
            .iter()
            .map(|line| line.replace(&port, ":PORT/"))
            .collect()
    }

    /// Starts a server; its banner's lines about ways in, and its port.
    fn serve(&mut self, data: &Path, settings: &[(&str, &str)]) -> (Vec<String>, String) {
        let mut server = within(&self.name, &program().display().to_string());
        server
            .env_clear()
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .env("DATA_DIR", data)
            .env("SERVER_PORT", "0")
            .env("LOG", "off")
            .envs(settings.iter().copied());
        let lines = self.start(server, |line| line.starts_with("Press "));
        let port = lines
            .iter()
            .find_map(|line| line.split("localhost:").nth(1))
            .map(|rest| {
                rest.chars()
                    .take_while(char::is_ascii_digit)
                    .collect::<String>()
            });
        let about = |line: &&String| line.contains("http://") || line.contains("come in");
        let about = lines
            .iter()
            .filter(about)
            .filter(|line| !line.contains("#setup="));
        let about = about.map(|line| line.trim().to_owned()).collect();
        (about, port.expect("a port"))
    }

    /// Starts a program and reads what it says, up to a line that fits.
    fn start(&mut self, mut command: Command, last: impl Fn(&str) -> bool) -> Vec<String> {
        let command = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        self.running.push(child);
        let mut said = Vec::new();
        for line in out.lines().map_while(Result::ok) {
            let done = last(&line);
            said.push(line);
            if done {
                break;
            }
        }
        said
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        for mut child in self.running.drain(..) {
            let _ = child.kill();
            let _ = child.wait();
        }
        for namespace in [self.name.clone(), self.far()] {
            let _ = Command::new("ip")
                .args(["netns", "delete", &namespace])
                .output();
        }
    }
}

/// A program in a namespace.
fn within(namespace: &str, program: &str) -> Command {
    let mut command = Command::new("ip");
    command.args(["netns", "exec", namespace, program]);
    command
}

fn run(command: &mut Command) {
    let done = command.output().unwrap();
    let why = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{command:?}: {why}");
}

const LOCAL: &str = "This computer  http://localhost:PORT/";

#[test]
fn the_router_decides_and_neither_a_vpn_nor_a_container() {
    let Some(mut machine) = Machine::new() else {
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
    let Some(mut machine) = Machine::new() else {
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
    let Some(mut machine) = Machine::new() else {
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
    let Some(mut machine) = Machine::new() else {
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
    let Some(mut machine) = Machine::new() else {
        return;
    };
    let why = "Nobody else can come in: this computer is connected to no network.";
    assert_eq!(machine.banner(&[]), [LOCAL, why]);
}

#[test]
fn links_lead_in_from_the_other_end_of_the_cable() {
    let Some(mut machine) = Machine::new() else {
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
