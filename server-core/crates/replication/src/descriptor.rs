//! A node as it introduces itself to the others.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// See the module. Travels as JSON between nodes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NodeDescriptor {
    /// New at every start.
    pub id: String,
    /// Where it listens.
    pub address: String,
    /// Version of its server.
    pub version: String,
    /// Players whose connections it holds.
    pub players: u64,
    /// How long its last heartbeat took to come back, in milliseconds.
    pub lag_ms: u64,
    /// What it speaks with others; nodes of version 0.1.0 do not say.
    #[serde(default = "first_protocol")]
    pub protocol: u32,
}

fn first_protocol() -> u32 {
    1
}

/// A node as another one sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeSeen {
    /// What it publishes about itself.
    pub descriptor: NodeDescriptor,
    /// Since its last sign of life.
    pub age: Duration,
    /// Whether its sign of life is overdue, halfway to being given up.
    pub silent: bool,
}
