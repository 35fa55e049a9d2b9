//! What a run found, as one value that every output is made from.

mod charts;
mod csv;
mod html;
mod sums;
mod table;
#[cfg(test)]
mod tests;

use std::time::Duration;

pub use charts::{ChartError, ChartTheme, Drawing, chart_images, charts, sheet};
use chrono::{DateTime, SecondsFormat, Utc};
pub use csv::csv;
pub use html::html;
pub(crate) use table::grouped;
pub use table::text;

use super::plan::Plan;
use super::stats::{LatencyHistogram, Recorder};
use super::thresholds::Thresholds;
use contract::load_test::{
    Distribution, Distributions, Doubt, Generator, Knobs, LoadTestServer, LoadTestTotals, Missing,
    Second,
};
pub use contract::load_test::{Ended, LoadTestReport};
use sums::{Steady, doubts, round3, totals};

/// What the runner knows besides the statistics.
pub(super) struct RunFacts {
    pub(super) started_at: DateTime<Utc>,
    pub(super) ended: Ended,
    pub(super) missing: Missing,
    /// How long it took until nothing was missing any more.
    pub(super) settled: Option<Duration>,
    pub(super) server_pid: Option<u32>,
}

/// What the statistics of a run come to.
pub(super) fn compile(plan: &Plan, recorder: &Recorder, facts: RunFacts) -> LoadTestReport {
    let steady = Steady::of(plan, &recorder.seconds, recorder.measured_from as f64 / 1e6);
    let totals = totals(plan, recorder, &facts, &steady);
    let distribution = |latency: &LatencyHistogram| Distribution {
        summary: latency.summary(),
        curve: latency.points(),
    };
    let generator = Generator {
        cpu_percent: steady.generator_percent,
        late_sends: recorder.late,
        lateness: recorder.total.lateness.summary(),
    };
    let doubts = doubts(&generator, totals.sent - recorder.sent_before);
    let memory = |second: &Second| second.processes.server_memory_bytes;
    let server = facts
        .server_pid
        .zip(steady.server_percent)
        .map(|(pid, cpu_percent)| LoadTestServer {
            pid,
            cpu_percent,
            cpu_us_per_delivery: (steady.delivered > 0 && plan.read_percent >= 100)
                .then(|| round3(steady.server_us / steady.delivered as f64)),
            memory_peak_bytes: recorder
                .seconds
                .iter()
                .filter_map(memory)
                .max()
                .unwrap_or(0),
        });
    LoadTestReport {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        started_at: facts
            .started_at
            .to_rfc3339_opts(SecondsFormat::Millis, true),
        plan: knobs(plan),
        ended: facts.ended,
        valid: doubts.is_empty(),
        invalid_because: doubts.iter().map(Doubt::to_string).collect(),
        doubts,
        thresholds: Vec::new(),
        connections: recorder.connections,
        totals,
        latency: Distributions {
            join: distribution(&recorder.total.join),
            update: distribution(&recorder.total.update),
            fanout: distribution(&recorder.total.fanout),
            age: distribution(&recorder.total.age),
            arrival: distribution(&recorder.total.arrival),
            near: distribution(&recorder.total.near),
            far: distribution(&recorder.total.far),
            slow: distribution(&recorder.total.slow),
            single: distribution(&recorder.total.single),
        },
        generator,
        server,
        errors: recorder.errors.clone(),
        seconds: recorder.seconds.clone(),
    }
}

/// Judges the run by these limits and keeps the verdicts.
pub fn evaluate(report: &mut LoadTestReport, thresholds: &Thresholds) {
    report.thresholds = thresholds.evaluate(report);
}

fn knobs(plan: &Plan) -> Knobs {
    let millis = |duration: std::time::Duration| duration.as_millis() as u64;
    Knobs {
        target_url: plan.knobs.target_url.clone(),
        mode: plan.mode,
        clients: plan.clients(),
        duration_ms: millis(plan.knobs.duration),
        update_interval_ms: match plan.idle {
            true => 0,
            false => millis(plan.knobs.update_interval),
        },
        spawn_interval_ms: millis(plan.spawn_interval()),
        ack_every: plan.ack_every,
        from_all_in: plan.from_all_in,
        read_percent: plan.read_percent,
        plain_percent: plan.plain_percent,
        crowd: plan.knobs.crowd,
    }
}
