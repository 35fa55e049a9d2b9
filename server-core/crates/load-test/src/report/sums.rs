//! What the totals are computed from, and whether they may be believed.

use super::{Doubt, Generator, LoadTestTotals, RunFacts};
use crate::plan::Plan;
use crate::stats::{Recorder, Second};
use contract::load_test::Mode;

/// Share of a core above which the load test itself may have been the slow part.
const GENERATOR_LIMIT_PERCENT: f64 = 90.0;

/// Share of late sends above which a run does not count.
const LATE_LIMIT: f64 = 0.01;

/// The part of a run in which all clients were in and moving.
#[derive(Debug, Default)]
pub(super) struct Steady {
    pub(super) seconds: f64,
    pub(super) delivered: u64,
    pub(super) bytes_in: u64,
    pub(super) plain_bytes_in: u64,
    /// Clients times the seconds they were in.
    pub(super) client_seconds: f64,
    pub(super) server_us: f64,
    pub(super) generator_percent: Option<f64>,
    pub(super) server_percent: Option<f64>,
}

impl Steady {
    /// Without a second in which all were there, everything until the end of the updates counts.
    pub(super) fn of(plan: &Plan, rows: &[Second], measured_from: f64) -> Self {
        let end = plan.knobs.duration.as_secs_f64() + 0.1;
        // The whole length of such a run lies behind its beginning.
        let (begin, end) = match plan.from_all_in {
            true => (measured_from, measured_from + end),
            false => (0.0, end),
        };
        let clients = u64::from(plan.clients());
        let length = |index: usize| match index {
            0 => rows[0].at_s,
            _ => rows[index].at_s - rows[index - 1].at_s,
        };
        let full = |index: &usize| {
            let before = index.checked_sub(1).map(|before| rows[before].clients);
            before == Some(clients) && rows[*index].clients == clients
        };
        let playing = (0..rows.len()).filter(|index| {
            let starts = rows[*index].at_s - length(*index);
            starts >= begin && rows[*index].at_s <= end
        });
        let mut chosen: Vec<usize> = playing.clone().filter(full).collect();
        if chosen.is_empty() {
            chosen = playing.collect();
        }
        let seconds: f64 = chosen.iter().map(|index| length(*index)).sum();
        let mean = |value: fn(&Second) -> Option<f64>| {
            let weighted: Option<f64> = chosen
                .iter()
                .map(|index| Some(value(&rows[*index])? * length(*index)))
                .sum();
            weighted.filter(|_| seconds > 0.0).map(|sum| sum / seconds)
        };
        let sum = |value: fn(&Second) -> u64| chosen.iter().map(|index| value(&rows[*index])).sum();
        let server = mean(|row| row.processes.server_cpu_percent);
        let round1 = |value: f64| (value * 10.0).round() / 10.0;
        Self {
            seconds,
            delivered: sum(|row| row.delivered),
            bytes_in: sum(|row| row.bytes_in),
            plain_bytes_in: sum(|row| row.plain_bytes_in),
            client_seconds: chosen
                .iter()
                .map(|index| rows[*index].clients as f64 * length(*index))
                .sum(),
            server_us: server.unwrap_or_default() / 100.0 * seconds * 1e6,
            generator_percent: mean(|row| row.processes.generator_cpu_percent).map(round1),
            server_percent: server.map(round1),
        }
    }
}

pub(super) fn totals(
    plan: &Plan,
    recorder: &Recorder,
    facts: &RunFacts,
    steady: &Steady,
) -> LoadTestTotals {
    let missing = facts.missing;
    let plain = (0..plan.clients()).filter(|it| plan.mode_of(*it) == Mode::Plain);
    let plain_share = plain.count() as f64 / f64::from(plan.clients().max(1));
    let is_mixed = plan.plain_percent > 0;
    let each = |bytes: u64, share: f64| {
        let client_seconds = steady.client_seconds * share;
        (client_seconds > 0.0).then(|| (bytes as f64 / client_seconds).round())
    };
    let deliveries = recorder.deliveries.counts;
    let due = deliveries.received + deliveries.coalesced + missing.updates;
    let share = deliveries.received as f64 / due as f64 * 100.0;
    LoadTestTotals {
        sent: recorder.sums.sent,
        acks: recorder.sums.acks,
        said: recorder.sums.said,
        due,
        deliveries,
        missing,
        delivered_per_second: (steady.delivered as f64 / steady.seconds.max(0.001)).round(),
        delivered_percent: (due > 0).then(|| round3(share)),
        bytes_in: recorder.sums.bytes_in,
        bytes_out: recorder.sums.bytes_out,
        bytes_per_step: (steady.delivered > 0 && plan.read_percent >= 100)
            .then(|| round3(steady.bytes_in as f64 / steady.delivered as f64)),
        bytes_per_client: match is_mixed {
            true => each(steady.bytes_in - steady.plain_bytes_in, 1.0 - plain_share),
            false => each(steady.bytes_in, 1.0),
        },
        bytes_per_plain_client: is_mixed
            .then(|| each(steady.plain_bytes_in, plain_share))
            .flatten(),
        settled_ms: facts.settled.map(|it| it.as_secs_f64() * 1000.0),
        all_in_ms: recorder.all_in.map(|us| us as f64 / 1000.0),
    }
}

/// Reasons to believe that the load test, and not the server, was measured.
pub(super) fn doubts(generator: &Generator, sent: u64) -> Vec<Doubt> {
    let busy = generator
        .cpu_percent
        .filter(|percent| *percent > GENERATOR_LIMIT_PERCENT)
        .map(|percent| Doubt::GeneratorBusy { percent });
    let late = generator.late_sends;
    let sent_late =
        (late as f64 > sent as f64 * LATE_LIMIT).then_some(Doubt::SentLate { late, sent });
    busy.into_iter().chain(sent_late).collect()
}

pub(super) fn round3(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
