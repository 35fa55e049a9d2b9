//! Processes a test started itself, and ports for them.

use std::net::{Ipv4Addr, TcpListener};
use std::process::Command;

/// Sends a signal by its name (`STOP`, `CONT`, `KILL`, `TERM`).
///
/// # Panics
/// When the process is gone.
pub fn signal(pid: u32, name: &str) {
    let sent = Command::new("kill")
        .args([&format!("-{name}"), &pid.to_string()])
        .status()
        .expect("kill is installed");
    assert!(sent.success(), "process {pid} took SIG{name}");
}

/// A port that was free a moment ago.
///
/// # Panics
/// When the system has none.
#[must_use]
pub fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("an address").port()
}
