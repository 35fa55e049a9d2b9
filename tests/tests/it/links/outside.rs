//! The way in from outside: a router at the far end of the cable is asked to pass the port on.

use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStdout, Stdio};

use super::machine::{LinkedMachine, within};

const ROUTER: &str = include_str!("gateway.py");
/// The router towards this machine, and towards everybody else.
const INSIDE: &str = "10.0.0.1";
const OUTSIDE: &str = "203.0.113.9";

/// A router in the namespace of the far end.
struct Router {
    program: Child,
    said: Lines<BufReader<ChildStdout>>,
}

impl Router {
    fn start(machine: &LinkedMachine, tongue: &str) -> Self {
        let mut python = within(&machine.far(), "python3");
        python.args(["-c", ROUTER, tongue, INSIDE, OUTSIDE]);
        let started = python.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut program = started.unwrap();
        let said = BufReader::new(program.stdout.take().unwrap()).lines();
        let mut router = Self { program, said };
        router.says("ready");
        router
    }

    /// Waits until it says so, or has ended.
    fn says(&mut self, expected: &str) {
        let mut lines = self.said.by_ref().map_while(Result::ok);
        assert!(
            lines.any(|line| line == expected),
            "never said {expected:?}"
        );
    }
}

impl Drop for Router {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// A machine whose default route leads to the far end.
fn machine() -> Option<LinkedMachine> {
    let machine = LinkedMachine::new()?;
    machine.containers("lxdbr0", "192.168.200.1/24");
    machine.cable("eth0", &["10.0.0.5/24"]);
    machine.far_address("eth0", INSIDE);
    machine.ip(&format!("route add default via {INSIDE}"));
    Some(machine)
}

/// Opened while the server runs, closed when it ends, and after a crash when it starts again.
fn opened_and_closed(tongue: &str) {
    let Some(mut machine) = machine() else { return };
    let mut router = Router::start(&machine, tongue);
    let data = tempfile::tempdir().unwrap();
    let (_, port) = machine.serve(data.path(), &[("PORT_MAPPING", "on")]);
    router.says(&format!("opens {port}"));
    let mut server = machine.take_last();
    tests::signal(server.id(), "TERM");
    assert!(server.wait().unwrap().success());
    router.says(&format!("closes {port}"));

    let (_, port) = machine.serve(data.path(), &[("PORT_MAPPING", "on")]);
    router.says(&format!("opens {port}"));
    let mut server = machine.take_last();
    server.kill().unwrap();
    server.wait().unwrap();
    machine.serve(data.path(), &[]);
    router.says(&format!("closes {port}"));
}

#[test]
fn a_router_is_asked_by_pcp_and_told_at_the_end_and_after_a_crash() {
    opened_and_closed("pcp");
}

#[test]
fn a_router_is_found_by_a_search_in_the_network_of_the_default_route() {
    opened_and_closed("upnp");
}
