//! The state of the embedded server as the window shows it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::failure::Failure;

/// `{"kind":"running","port":4000,"startedAt":"2026-01-02T03:04:05Z","gateway":"http://127.0.0.1:4000"}`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(
    tag = "kind",
    rename_all = "lowercase",
    rename_all_fields = "camelCase"
)]
pub(crate) enum HostState {
    /// Not running, and nobody minds.
    Stopped,
    /// Being started.
    Starting,
    /// Open to players.
    Running {
        /// The port it listens on.
        port: u16,
        /// Since when.
        started_at: DateTime<Utc>,
        /// Where this window reaches it, without a trailing slash.
        gateway: String,
    },
    /// Closing.
    Stopping,
    /// Not running, although it should.
    Failed(Failure),
}

/// Where a program on this machine reaches a server bound to `bound`.
pub(crate) fn local_gateway(bound: SocketAddr) -> String {
    let ip = match bound.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    format!("http://{}", SocketAddr::new(ip, bound.port()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::failure::FailureCode;

    #[test]
    fn the_window_reaches_the_server_on_this_machine() {
        let check = |bound: &str, expected: &str| {
            assert_eq!(local_gateway(bound.parse().unwrap()), expected);
        };
        check("0.0.0.0:4000", "http://127.0.0.1:4000");
        check("127.0.0.1:4001", "http://127.0.0.1:4001");
        check("[::]:4000", "http://[::1]:4000");
        check("10.1.2.3:4000", "http://10.1.2.3:4000");
    }

    #[test]
    fn the_window_reads_plain_objects() {
        let running = HostState::Running {
            port: 4000,
            started_at: DateTime::UNIX_EPOCH,
            gateway: "http://127.0.0.1:4000".to_owned(),
        };
        let expected = serde_json::json!({
            "kind": "running",
            "port": 4000,
            "startedAt": "1970-01-01T00:00:00Z",
            "gateway": "http://127.0.0.1:4000",
        });
        assert_eq!(serde_json::to_value(running).unwrap(), expected);
        let failed = HostState::Failed(Failure::new(FailureCode::PortBusy, "Taken."));
        let expected = serde_json::json!({
            "kind": "failed",
            "message": "Taken.",
            "code": "port-busy",
            "busyPort": null,
            "freePort": null,
            "folder": null,
        });
        assert_eq!(serde_json::to_value(failed).unwrap(), expected);
    }
}
