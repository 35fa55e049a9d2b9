//! What a node has to know to work with others.

use std::time::Duration;

use crate::GuestTakeover;
use identity::Secret;

/// See the module.
#[derive(Clone)]
pub struct NodeSettings {
    /// `redis://` or `rediss://` address.
    pub url: Secret,
    /// Begins every key and channel.
    pub prefix: String,
    /// Who may take over a guest's player.
    pub guest_takeover: GuestTakeover,
    /// Equal on nodes with the same signing secret.
    pub fingerprint: String,
    /// Equal on nodes with the same database.
    pub database: String,
    /// Keys the digests that stand for people in Redis; the same on all nodes.
    pub key: [u8; 32],
    /// Where this node listens, for the list of nodes.
    pub listen: String,
    /// Messages kept for newcomers.
    pub chat_history: usize,
    /// Time between two beats.
    pub beat_interval: Duration,
    /// Time without a heartbeat after which a node is declared dead.
    pub lease: Duration,
    /// Time for an answer, after which Redis counts as gone.
    pub answer_timeout: Duration,
    /// Time a chat message waits for its place in the common order.
    pub chat_patience: Duration,
    /// Shortest time between two flushes.
    pub flush_interval: Duration,
    /// Time other nodes have to come back after Redis was away.
    pub grace: Duration,
}

impl std::fmt::Debug for NodeSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NodeSettings")
            .field("prefix", &self.prefix)
            .field("listen", &self.listen)
            .finish_non_exhaustive()
    }
}
