//! Body of `GET /health` and `GET /ready`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::nodes::LinkStatus;

/// How well something works.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum HealthStatus {
    /// As it should.
    Ok,
    /// People can play, but something behind the game does not work.
    Degraded,
}

/// Where a server is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// Not yet open to players.
    Starting,
    /// Open.
    Ready,
    /// Closing; new players should go elsewhere.
    Draining,
}

/// `{"status":"ok","phase":"ready","version":"0.1.0","uptimeSeconds":61,"checks":{"database":"ok"},
/// "replication":{"state":"standalone"}}`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HealthBody {
    /// The worst of all checks.
    pub status: HealthStatus,
    /// Where the server is in its life.
    pub phase: Phase,
    /// Version of the server.
    pub version: &'static str,
    /// Time since the start, in seconds.
    pub uptime_seconds: u64,
    /// What was looked at, by name.
    pub checks: BTreeMap<&'static str, HealthStatus>,
    /// The link to the other nodes of this world.
    pub replication: LinkStatus,
}
