//! Somebody decent in the same world as the others.

use serde_json::json;
use tests::{Client, TestServer};

/// A player who notices when the server serves no more.
pub(crate) struct Witness(pub(crate) Client);

impl Witness {
    pub(crate) async fn of(server: &TestServer) -> Self {
        Self(server.player("witness").await)
    }

    /// Speaks and hears itself. Fails when anybody else was heard of meanwhile.
    pub(crate) async fn check(&mut self, after: &str) {
        let said = self
            .0
            .call("chat:message", json!({"content": "still here"}))
            .await;
        assert_eq!(said["ok"], true, "after {after}: {said}");
        for event in self.0.settle().await {
            assert_eq!(event.name, "chat:message", "after {after}: {}", event.data);
            assert_eq!(event.data, said["message"], "after {after}");
        }
    }
}
