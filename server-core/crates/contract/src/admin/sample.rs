//! What the server did in one second.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One second of a node. Counts are of that second, percentiles of the last ten, and the rest is as it
/// was at its end.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Sample {
    /// The end of the second, ISO 8601.
    pub at: String,
    /// Players in the world, bots of load tests among them.
    pub players: u64,
    /// Bots among [`Self::players`], counted at the same moment.
    pub bots: u64,
    /// Open sockets, joined or looking on.
    pub sockets: u64,
    /// Players who came in, bots among them.
    pub joins: u64,
    /// Players who left, bots among them.
    pub leaves: u64,
    /// Bots among [`Self::joins`].
    pub bot_joins: u64,
    /// Bots among [`Self::leaves`].
    pub bot_leaves: u64,
    /// Chat messages said, by bots of load tests as well.
    pub messages: u64,
    /// What bots of load tests said of [`Self::messages`].
    pub bot_messages: u64,
    /// `player:update` events accepted.
    pub updates: u64,
    /// Changes of one player handed to another client.
    pub deliveries: u64,
    /// Updates replaced by a newer one before they were sent.
    pub coalesced: u64,
    /// Flushes in the last ten seconds, which the percentiles are of.
    pub flushes: u64,
    /// Half of the flushes took at most this long; `null` without a flush.
    pub flush_p50_ms: Option<f64>,
    /// 95 of 100 flushes; `null` below 20 flushes, where it would be the slowest one.
    pub flush_p95_ms: Option<f64>,
    /// 99 of 100 flushes; `null` below 100 flushes.
    pub flush_p99_ms: Option<f64>,
    /// From receiving an event to handing over its ack, 95 of 100; `null` below 20 events.
    pub ack_p95_ms: Option<f64>,
    /// Share of one core this process used (over 100 with several).
    pub cpu_percent: f64,
    /// Resident memory of this process.
    pub memory_bytes: u64,
    /// Share of all cores in use on this machine.
    pub host_cpu_percent: f64,
    /// Share of this machine's memory in use.
    pub host_memory_percent: f64,
    /// Clients that were disconnected in this second because they could not keep up.
    pub slow_clients: u64,
}

/// `GET /admin/stats`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StatsAnswer {
    /// The newest sample.
    pub now: Sample,
    /// One a second, oldest first, at most 300.
    pub history: Vec<Sample>,
}
