//! A machine that nobody else sees: a network namespace, and another one at the far end of its cables.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

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

/// A machine in a network of its own. Dropping it takes everything away.
pub(super) struct LinkedMachine {
    name: String,
    running: Vec<Child>,
}

impl LinkedMachine {
    /// `None` where this may not be done, which is said.
    pub(super) fn new() -> Option<Self> {
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

    pub(super) fn far(&self) -> String {
        format!("{}far", self.name)
    }

    pub(super) fn ip(&self, arguments: &str) {
        run(Command::new("ip")
            .args(["-n", &self.name])
            .args(arguments.split(' ')));
    }

    /// An interface with a cable to the far end.
    pub(super) fn cable(&self, name: &str, addresses: &[&str]) {
        let (far, there) = (self.far(), format!("far-{name}"));
        self.ip(&format!(
            "link add {name} type veth peer name {there} netns {far}"
        ));
        run(Command::new("ip").args(["-n", &far, "link", "set", &there, "up"]));
        self.address(name, addresses);
        self.ip(&format!("link set {name} up"));
        self.connected(name);
    }

    /// The far end of a cable gets an address, in a network of 256.
    pub(super) fn far_address(&self, cable: &str, address: &str) {
        let (far, there) = (self.far(), format!("far-{cable}"));
        let address = format!("{address}/24");
        run(Command::new("ip").args(["-n", &far, "address", "add", &address, "dev", &there]));
        run(Command::new("ip").args(["-n", &far, "link", "set", "lo", "up"]));
    }

    /// What was started last; from now on its end is the caller's business.
    pub(super) fn take_last(&mut self) -> Child {
        self.running.pop().expect("something was started")
    }

    /// Waits until the system has noticed that something is at the other end of an interface, which
    /// may be a second later.
    fn connected(&self, name: &str) {
        let end = Instant::now() + Duration::from_secs(60);
        let is_up = || {
            let mut show = Command::new("ip");
            show.args(["-n", &self.name, "-o", "link", "show", name]);
            let shown = show.output().unwrap().stdout;
            let shown = String::from_utf8_lossy(&shown).into_owned();
            shown.contains("state UP") || shown.contains("state UNKNOWN")
        };
        while !is_up() {
            assert!(Instant::now() < end, "{name} never came up");
        }
    }

    fn address(&self, name: &str, addresses: &[&str]) {
        for address in addresses {
            let further = if address.contains(':') { " nodad" } else { "" };
            self.ip(&format!("address add {address} dev {name}{further}"));
        }
    }

    /// What a container's program makes: a bridge of its own with a container at it.
    pub(super) fn containers(&self, name: &str, address: &str) {
        self.ip(&format!("link add {name} type bridge"));
        self.cable("guest", &[]);
        self.ip(&format!("link set guest master {name}"));
        self.address(name, &[address]);
        self.ip(&format!("link set {name} up"));
    }

    /// A tunnel that leads nowhere until [`Self::hold`].
    pub(super) fn tunnel(&self, name: &str, address: &str) {
        self.ip(&format!("tuntap add {name} mode tun"));
        self.address(name, &[address]);
        self.ip(&format!("link set {name} up"));
    }

    pub(super) fn hold(&mut self, tunnel: &str) {
        let mut python = within(&self.name, "python3");
        python.args(["-c", HOLD_TUNNEL, tunnel]);
        let said = self.start(python, |line| line == "up");
        assert_eq!(said.last().map(String::as_str), Some("up"));
        self.connected(tunnel);
    }

    /// The lines of a server's banner about ways in, on a port that is written `PORT`.
    pub(super) fn banner(&mut self, settings: &[(&str, &str)]) -> Vec<String> {
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
    pub(super) fn serve(
        &mut self,
        data: &Path,
        settings: &[(&str, &str)],
    ) -> (Vec<String>, String) {
        let namespace = self.name.clone();
        self.serve_in(&namespace, data, settings)
    }

    /// The same at the far end.
    pub(super) fn serve_far(&mut self, data: &Path, settings: &[(&str, &str)]) {
        let namespace = self.far();
        self.serve_in(&namespace, data, settings);
    }

    fn serve_in(
        &mut self,
        namespace: &str,
        data: &Path,
        settings: &[(&str, &str)],
    ) -> (Vec<String>, String) {
        let mut server = within(namespace, &program().display().to_string());
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
    pub(super) fn start(
        &mut self,
        mut command: Command,
        last: impl Fn(&str) -> bool,
    ) -> Vec<String> {
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

impl Drop for LinkedMachine {
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
pub(super) fn within(namespace: &str, program: &str) -> Command {
    let mut command = Command::new("ip");
    command.args(["netns", "exec", namespace, program]);
    command
}

pub(super) fn run(command: &mut Command) {
    let done = command.output().unwrap();
    let why = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{command:?}: {why}");
}
