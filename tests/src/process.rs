//! Signals to processes a test started itself.

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
