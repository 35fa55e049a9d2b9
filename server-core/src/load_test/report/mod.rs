//! What a run found, as one value that every output is made from.

mod charts;
mod csv;
mod html;
mod sums;
mod table;
#[cfg(test)]
mod tests;

pub use charts::{ChartError, Drawing, Theme};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use super::plan::Plan;
use super::stats::{
    Connections, DeliveryCounts, Errors, Latency, Missing, Point, Recorder, Second, Summary,
};
use super::thresholds::{Thresholds, Verdict};
use sums::{Steady, doubts, round3, totals};

/// How a run came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ended {
    /// It took as long as planned.
    Completed,
    /// Somebody stopped it.
    Interrupted,
    /// Every client lost its connection and none came back.
    TargetLost,
}

/// What the runner knows besides the statistics.
pub(super) struct Facts {
    pub(super) started_at: DateTime<Utc>,
    pub(super) ended: Ended,
    pub(super) missing: Missing,
    pub(super) server_pid: Option<u32>,
}

/// A finished run. As JSON it is what `--json` prints; keys may be added in later versions.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Version of the program that made it.
    pub version: &'static str,
    /// ISO 8601.
    pub started_at: String,
    /// What was asked for.
    pub plan: Knobs,
    /// How it ended.
    pub ended: Ended,
    /// Whether the numbers say something about the server; if not, `invalid_because` says why.
    pub valid: bool,
    /// Why the numbers say more about the load test than about the server.
    pub invalid_because: Vec<String>,
    /// The limits that were set and how the run stood to them.
    pub thresholds: Vec<Verdict>,
    /// What became of the connections.
    pub connections: Connections,
    /// Totals.
    pub totals: Totals,
    /// Distributions over the whole run.
    pub latency: Distributions,
    /// The load test's own effort.
    pub generator: Generator,
    /// The server's effort, where it could be seen.
    pub server: Option<Server>,
    /// What went wrong.
    pub errors: Errors,
    /// One row per second.
    pub seconds: Vec<Second>,
}

/// The plan as it is reported.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Knobs {
    /// The server.
    pub target_url: String,
    /// `plain` or `batch`.
    pub mode: &'static str,
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
}

/// Sums over the run.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Totals {
    /// Updates handed over.
    pub sent: u64,
    /// Acks of updates.
    pub acks: u64,
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
}

/// A summary and the whole curve.
#[derive(Debug, Clone, Serialize)]
pub struct Distribution {
    /// The usual percentiles; nothing without samples.
    pub summary: Option<Summary>,
    /// Points of the curve.
    pub curve: Vec<Point>,
}

/// All distributions.
#[derive(Debug, Clone, Serialize)]
pub struct Distributions {
    /// Emit of a join to its ack.
    pub join: Distribution,
    /// Emit of an update to its ack.
    pub update: Distribution,
    /// Emit of an update to the moment a peer knows it or a newer one.
    pub fanout: Distribution,
    /// Age of the states that arrived, at their arrival.
    pub age: Distribution,
}

/// What the load test itself needed.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Generator {
    /// Share of one core while all clients were in, in percent.
    pub cpu_percent: Option<f64>,
    /// Sends that were over 10 ms late.
    pub late_sends: u64,
    /// How late sends were.
    pub lateness: Option<Summary>,
}

/// What the server needed while all clients were in.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Server {
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

impl Report {
    pub(super) fn new(plan: &Plan, recorder: &Recorder, facts: Facts) -> Self {
        let steady = Steady::of(plan, &recorder.seconds);
        let totals = totals(recorder, facts.missing, &steady);
        let distribution = |latency: &Latency| Distribution {
            summary: latency.summary(),
            curve: latency.points(),
        };
        let generator = Generator {
            cpu_percent: steady.generator_percent,
            late_sends: recorder.late,
            lateness: recorder.total.lateness.summary(),
        };
        let invalid_because = doubts(&generator, totals.sent);
        let memory = |second: &Second| second.processes.server_memory_bytes;
        let server = facts
            .server_pid
            .zip(steady.server_percent)
            .map(|(pid, cpu_percent)| Server {
                pid,
                cpu_percent,
                cpu_us_per_delivery: (steady.delivered > 0)
                    .then(|| round3(steady.server_us / steady.delivered as f64)),
                memory_peak_bytes: recorder
                    .seconds
                    .iter()
                    .filter_map(memory)
                    .max()
                    .unwrap_or(0),
            });
        Self {
            version: env!("CARGO_PKG_VERSION"),
            started_at: facts
                .started_at
                .to_rfc3339_opts(SecondsFormat::Millis, true),
            plan: Knobs::of(plan),
            ended: facts.ended,
            valid: invalid_because.is_empty(),
            invalid_because,
            thresholds: Vec::new(),
            connections: recorder.connections,
            totals,
            latency: Distributions {
                join: distribution(&recorder.total.join),
                update: distribution(&recorder.total.update),
                fanout: distribution(&recorder.total.fanout),
                age: distribution(&recorder.total.age),
            },
            generator,
            server,
            errors: recorder.errors.clone(),
            seconds: recorder.seconds.clone(),
        }
    }
}

impl Report {
    /// Judges the run by these limits and keeps the verdicts.
    pub fn judge(&mut self, thresholds: &Thresholds) {
        self.thresholds = thresholds.judge(self);
    }

    /// Whether every limit was kept.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.thresholds.iter().all(|verdict| verdict.passed)
    }
}

impl Knobs {
    fn of(plan: &Plan) -> Self {
        let millis = |duration: std::time::Duration| duration.as_millis() as u64;
        Self {
            target_url: plan.knobs.target_url.clone(),
            mode: plan.mode.as_str(),
            clients: plan.clients(),
            duration_ms: millis(plan.knobs.duration),
            update_interval_ms: match plan.idle {
                true => 0,
                false => millis(plan.knobs.update_interval),
            },
            spawn_interval_ms: millis(plan.knobs.spawn_interval),
            ack_every: plan.ack_every,
        }
    }
}
