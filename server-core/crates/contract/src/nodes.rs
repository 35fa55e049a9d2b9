//! The link between the nodes of one world, as `/health` shows it.

use schemars::JsonSchema;
use serde::Serialize;

/// What the link to the other nodes is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LinkStatus {
    /// What the link is doing.
    pub state: LinkState,
    /// A sentence that says what to do, unless all is well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The id of this node; absent when there is one node.
    #[serde(skip_serializing_if = "Option::is_none")]
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
