//! The state of the embedded server as the window shows it.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::failure::Failure;

/// `{"kind":"running","port":4000,"startedAt":"2026-01-02T03:04:05Z","gateway":"http://localhost:4000"}`
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

/// Where the window reaches its server: by name, because no policy of a page can name an address in
/// brackets. Whatever the server listens to, it also listens there.
pub(crate) fn local_gateway(port: u16) -> String {
    format!("http://localhost:{port}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::failure::FailureCode;

    #[test]
    fn the_window_reads_plain_objects() {
        let running = HostState::Running {
            port: 4000,
            started_at: DateTime::UNIX_EPOCH,
            gateway: local_gateway(4000),
        };
        let expected = serde_json::json!({
            "kind": "running",
            "port": 4000,
            "startedAt": "1970-01-01T00:00:00Z",
            "gateway": "http://localhost:4000",
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
