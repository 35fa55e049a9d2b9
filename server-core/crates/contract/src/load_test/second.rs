//! What a load test measured within one second.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Percentiles of one distribution, in milliseconds with microsecond steps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "LoadTestSummary")]
pub struct Summary {
    /// Number of samples.
    pub count: u64,
    /// Arithmetic mean.
    pub mean_ms: f64,
    /// Half of the samples are at most this.
    pub p50_ms: f64,
    /// 90 % are.
    pub p90_ms: f64,
    /// 95 % are.
    pub p95_ms: f64,
    /// 99 % are.
    pub p99_ms: f64,
    /// The longest.
    pub max_ms: f64,
}

/// One point of a distribution: this share of the samples took at most so long.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "LoadTestPoint")]
pub struct Point {
    /// 0 to 1.
    pub quantile: f64,
    /// Milliseconds.
    pub ms: f64,
}

/// What processes used during a second. A value is missing where the system does not tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "LoadTestProcesses")]
pub struct Processes {
    /// Share of one core the load test used, in percent.
    pub generator_cpu_percent: Option<f64>,
    /// Share of one core the server used, in percent; over 100 with several threads.
    pub server_cpu_percent: Option<f64>,
    /// Resident memory of the server, in bytes.
    pub server_memory_bytes: Option<u64>,
    /// Share of all cores in use on this machine, in percent.
    pub host_cpu_percent: Option<f64>,
    /// Share of this machine's memory in use, in percent.
    #[serde(default)]
    pub host_memory_percent: Option<f64>,
}

/// What happened within one second of a run.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "LoadTestSecond")]
pub struct Second {
    /// End of the second, counted from the start of the run, in seconds.
    pub at_s: f64,
    /// Clients that were joined at its end.
    pub clients: u64,
    /// Updates handed over.
    pub sent: u64,
    /// Updates handed over, times the receivers each was due at.
    pub due: u64,
    /// Updates that arrived.
    pub delivered: u64,
    /// Updates that a newer one replaced.
    pub coalesced: u64,
    /// Acks of updates.
    pub acks: u64,
    /// Chat messages handed over.
    #[serde(default)]
    pub said: u64,
    /// Errors of any kind.
    pub errors: u64,
    /// Payload bytes received.
    pub bytes_in: u64,
    /// Those of them that clients with single updates received.
    #[serde(default)]
    pub plain_bytes_in: u64,
    /// Payload bytes sent.
    pub bytes_out: u64,
    /// Emit of a join to its ack.
    pub join: Option<Summary>,
    /// Emit of an update to its ack.
    pub update: Option<Summary>,
    /// Emit of an update to the moment a peer knows it or a newer one.
    pub fanout: Option<Summary>,
    /// Age of the states that arrived, at their arrival.
    pub age: Option<Summary>,
    /// Begin of a connection to its join's ack.
    #[serde(default)]
    pub arrival: Option<Summary>,
    /// The part of `fanout` between clients who stand near each other.
    #[serde(default)]
    pub near: Option<Summary>,
    /// The rest of it.
    #[serde(default)]
    pub far: Option<Summary>,
    /// Use of processor and memory.
    pub processes: Processes,
}
