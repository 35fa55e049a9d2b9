//! The nodes of one world, as `/health` and the administration show them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the link to the other nodes is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum LinkState {
    /// There is one node, by configuration.
    Standalone,
    /// This node sees the others and is seen.
    Healthy,
    /// The link is back and what was missed is being made up for.
    Resyncing,
    /// The others cannot be reached; play on this node goes on.
    Degraded,
}

/// The state of the link, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LinkStatus {
    /// What the link is doing.
    pub state: LinkState,
    /// A sentence that says what to do, unless all is well.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reason: Option<String>,
    /// The id of this node; absent when there is one node.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub node: Option<String>,
}

impl LinkStatus {
    /// One node, by configuration.
    #[must_use]
    pub fn standalone() -> Self {
        Self {
            state: LinkState::Standalone,
            reason: None,
            node: None,
        }
    }
}

/// A node as it describes itself to the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NodeInfo {
    /// New at every start.
    pub id: String,
    /// Where it listens.
    pub address: String,
    /// Version of its server.
    pub version: String,
    /// Players whose connections it holds.
    pub players: usize,
    /// How long its last beat took to come back, in milliseconds.
    #[ts(type = "number")]
    pub lag_ms: u64,
}
