//! A finished load test. As JSON it is what `load-test --json` prints; keys may be added in later
//! versions.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::counts::{Connections, DeliveryCounts, Errors, Missing};
use super::crowd::CrowdPlan;
use super::second::{Point, Second, Summary};

/// How the clients ask for updates of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "LoadTestMode")]
pub enum Mode {
    /// One `player:updated` per changed player, as any Socket.IO client gets it.
    #[default]
    Plain,
    /// One binary `players:updated` per flush, in the newest form that the server offers.
    Batch,
    /// As `Batch`, in the first of these forms: each stands alone.
    Batch1,
}

impl Mode {
    /// The word on the command line and in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Batch => "batch",
            Self::Batch1 => "batch1",
        }
    }
}

impl FromStr for Mode {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "plain" => Ok(Self::Plain),
            "batch" => Ok(Self::Batch),
            "batch1" => Ok(Self::Batch1),
            _ => Err("use plain, batch or batch1".to_owned()),
        }
    }
}

/// How a run came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "LoadTestEnding")]
pub enum Ended {
    /// It took as long as planned.
    Completed,
    /// Somebody stopped it.
    Interrupted,
    /// Every client lost its connection and none came back.
    TargetLost,
}

/// Why numbers say more about the load test than about the server.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[schemars(rename = "LoadTestDoubt")]
pub enum Doubt {
    /// The load test itself used so much of its core that it may have been the slow part.
    GeneratorBusy {
        /// Share of its core, in percent.
        percent: f64,
    },
    /// Updates were sent over 10 ms late.
    SentLate {
        /// How many were late.
        late: u64,
        /// How many were sent.
        sent: u64,
    },
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::GeneratorBusy { percent } => write!(
                f,
                "the load test used {percent:.0}% of its core; use fewer clients or another machine"
            ),
            Self::SentLate { late, sent } => write!(
                f,
                "{late} of {sent} updates were sent over 10 ms late; this machine is too busy"
            ),
        }
    }
}

/// A finished run. As JSON it is what `--json` prints; keys may be added in later versions.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoadTestReport {
    /// Version of the program that made it.
    pub version: String,
    /// ISO 8601.
    pub started_at: String,
    /// What was asked for.
    pub plan: Knobs,
    /// How it ended.
    pub ended: Ended,
    /// Whether the numbers say something about the server; if not, `invalid_because` says why.
    pub valid: bool,
    /// Why the numbers say more about the load test than about the server, as sentences.
    pub invalid_because: Vec<String>,
    /// The same for programs.
    #[serde(default)]
    pub doubts: Vec<Doubt>,
    /// The limits that were set and how the run stood to them.
    pub thresholds: Vec<LoadTestVerdict>,
    /// What became of the connections.
    pub connections: Connections,
    /// Totals.
    pub totals: LoadTestTotals,
    /// Distributions over the whole run.
    pub latency: Distributions,
    /// The load test's own effort.
    pub generator: Generator,
    /// The server's effort, where it could be seen.
    pub server: Option<LoadTestServer>,
    /// What went wrong.
    pub errors: Errors,
    /// One row per second.
    pub seconds: Vec<Second>,
}

impl LoadTestReport {
    /// Whether every limit was kept.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.thresholds.iter().all(|verdict| verdict.passed)
    }
}

/// The plan as it is reported.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "LoadTestKnobs")]
pub struct Knobs {
    /// The server.
    pub target_url: String,
    /// How the clients receive.
    pub mode: Mode,
    /// Clients in total.
    pub clients: u32,
    /// Planned length in milliseconds.
    pub duration_ms: u64,
    /// Milliseconds between two updates of one client; 0 when the clients stand still.
    pub update_interval_ms: u64,
    /// Milliseconds between two new clients.
    pub spawn_interval_ms: u64,
    /// One update in this many asked for an ack.
    pub ack_every: u64,
    /// Whether the run was measured from when all clients were in and the server had come to rest.
    #[serde(default)]
    pub from_all_in: bool,
    /// Of so many in a hundred clients everything was read, of the others frames and bytes were counted: deliveries,
    /// latencies and losses are those of the former.
    #[serde(default = "all")]
    pub read_percent: u32,
    /// So many in a hundred clients got single updates, whatever `mode` says.
    #[serde(default)]
    pub plain_percent: u32,
    /// How the crowd came in, where it stood, and how it behaved.
    #[serde(default)]
    pub crowd: CrowdPlan,
}

fn all() -> u32 {
    100
}

/// Sums over the run.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoadTestTotals {
    /// Updates handed over.
    pub sent: u64,
    /// Acks of updates.
    pub acks: u64,
    /// Chat messages handed over.
    #[serde(default)]
    pub said: u64,
    /// Deliveries that were due: received, coalesced and lost ones together.
    pub due: u64,
    /// What arrived, and in which state.
    pub deliveries: DeliveryCounts,
    /// What did not arrive.
    pub missing: Missing,
    /// Deliveries per second while all clients were in.
    pub delivered_per_second: f64,
    /// Share of the due deliveries that arrived as such, in percent.
    pub delivered_percent: Option<f64>,
    /// Payload bytes received.
    pub bytes_in: u64,
    /// Payload bytes sent.
    pub bytes_out: u64,
    /// Payload bytes received per delivered update while all clients were in; whatever else came
    /// counts with them.
    #[serde(default)]
    pub bytes_per_step: Option<f64>,
    /// Payload bytes received per second and client while all clients were in.
    #[serde(default)]
    pub bytes_per_client: Option<f64>,
    /// The same for clients that got single updates, when the others did not and are counted above alone.
    #[serde(default)]
    pub bytes_per_plain_client: Option<f64>,
    /// Milliseconds from the start of the crowd, or from the end of the outage, until all clients were
    /// in; `null` when they never were.
    #[serde(default)]
    pub all_in_ms: Option<f64>,
    /// Milliseconds from the last update until everybody knew the last state of everybody; `null` when they never did.
    #[serde(default)]
    pub settled_ms: Option<f64>,
}

/// A summary and the whole curve.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "LoadTestDistribution")]
pub struct Distribution {
    /// The usual percentiles; nothing without samples.
    pub summary: Option<Summary>,
    /// Points of the curve.
    pub curve: Vec<Point>,
}

/// All distributions.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "LoadTestDistributions")]
pub struct Distributions {
    /// Emit of a join to its ack.
    pub join: Distribution,
    /// Emit of an update to its ack.
    pub update: Distribution,
    /// Emit of an update to the moment a peer knows it or a newer one.
    pub fanout: Distribution,
    /// Age of the states that arrived, at their arrival.
    pub age: Distribution,
    /// Begin of a connection to its join's ack, for everybody who came in.
    #[serde(default)]
    pub arrival: Distribution,
    /// The part of `fanout` between clients who stood near each other: among the 100 nearest, and within 10 tiles.
    #[serde(default)]
    pub near: Distribution,
    /// The rest of it: how old what a client knows of far ones may be.
    #[serde(default)]
    pub far: Distribution,
    /// What the clients on slow lines waited, who are no part of the others' figures.
    #[serde(default)]
    pub slow: Distribution,
    /// What those waited that read single updates while most clients read batches: they are told within a budget of bytes, and are no part
    /// of the others' figures either.
    #[serde(default)]
    pub single: Distribution,
}

/// What the load test itself needed.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "LoadTestGenerator")]
pub struct Generator {
    /// Share of one core while all clients were in, in percent.
    pub cpu_percent: Option<f64>,
    /// Sends that were over 10 ms late.
    pub late_sends: u64,
    /// How late sends were.
    pub lateness: Option<Summary>,
}

/// What the server needed while all clients were in.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoadTestServer {
    /// The process.
    pub pid: u32,
    /// Share of one core, in percent.
    pub cpu_percent: f64,
    /// Microseconds of processor time per delivered update: one change of one player received by
    /// another client. Nothing when nothing was delivered.
    pub cpu_us_per_delivery: Option<f64>,
    /// The most memory it had, in bytes.
    pub memory_peak_bytes: u64,
}

/// One limit and how the run stood to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoadTestVerdict {
    /// The flag's name, such as `max-fanout-p99`.
    pub threshold: String,
    /// Whether it was kept.
    pub passed: bool,
    /// The limit in milliseconds, when it is a duration.
    pub limit_ms: Option<f64>,
    /// What was asked and what came: `41.2 ms, at most 50 ms`.
    pub detail: String,
}
