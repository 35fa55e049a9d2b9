//! The server and the nodes of its world.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::action::Actor;
use super::reason::ReasonTemplate;
use crate::health::HealthStatus;
use crate::{PinnedAnnouncement, WorldInfo};

/// Whether a server takes players.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ServerState {
    /// It does.
    Running,
    /// It is closing.
    Draining,
}

/// How this node stands to others of the same world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Cluster {
    /// It is alone by its settings.
    Standalone,
    /// It hears the others.
    Healthy,
    /// It does not; local play goes on.
    Degraded,
    /// It catches up.
    Resyncing,
}

/// About the server that answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServerInfo {
    /// The world's name.
    pub name: String,
    /// Version of the server.
    pub version: String,
    /// This node's id.
    pub node: String,
    /// ISO 8601.
    pub started_at: String,
    /// Whether it takes players.
    pub state: ServerState,
    /// The worst of all checks.
    pub health: HealthStatus,
    /// Why it is degraded, as sentences.
    pub reasons: Vec<String>,
    /// How it stands to other nodes.
    pub cluster: Cluster,
    /// Addresses to hand to players, best first.
    pub links: Vec<String>,
    /// Whether guests need the join PIN; hosts read it in the settings.
    pub pin_required: bool,
    /// The world.
    pub world: WorldInfo,
    /// Reasons that the host offers to moderators; empty where they are offered the usual ones.
    pub reason_templates: Vec<ReasonTemplate>,
    /// Seconds between two lines of one person; 0 without slow mode.
    pub slow_mode_seconds: u32,
    /// Words on the word list.
    pub unwanted_words: u32,
    /// Whether a line with one of them waits for a moderator; otherwise nobody reads it.
    pub holds_lines: bool,
    /// The announcement that stands for a while; absent without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pinned: Option<Pin>,
}

/// An announcement that stands for a while, as moderators see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Pin {
    /// What everybody reads.
    #[serde(flatten)]
    pub announcement: PinnedAnnouncement,
    /// Who announced it.
    pub by: Actor,
}

/// One node of the world.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NodeInfo {
    /// New at every start.
    pub id: String,
    /// Where it listens; `null` where unknown.
    pub address: Option<String>,
    /// Players whose sockets it holds.
    pub players: u64,
    /// Since its last sign of life, in milliseconds; `null` for a node alone.
    pub lease_age_ms: Option<f64>,
    /// Whether its sign of life is overdue, halfway to being given up.
    pub silent: bool,
    /// How far it is behind the others, in milliseconds; `null` for a node alone.
    pub lag_ms: Option<f64>,
    /// Version of its server.
    pub version: String,
    /// Whether it is the one that answers.
    #[serde(rename = "self")]
    pub is_self: bool,
}

/// `GET /admin/nodes`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NodesAnswer {
    /// This node first.
    pub nodes: Vec<NodeInfo>,
}
