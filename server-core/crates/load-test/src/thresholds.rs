//! Limits that a run must keep, as they are written on the command line.

use std::str::FromStr;
use std::time::Duration;

use contract::load_test::{Knobs, LoadTestReport, LoadTestVerdict, Summary};

/// A duration with its unit: `800us`, `50ms`, `1.5s`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DurationLimit(pub Duration);

impl FromStr for DurationLimit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || "write a number and its unit: 800us, 50ms or 1.5s".to_owned();
        let text = text.trim();
        // `us` and `ms` end with an s too, so they come first.
        let units = [("us", 1e-6), ("µs", 1e-6), ("ms", 1e-3), ("s", 1.0)];
        let (number, factor) = units
            .iter()
            .find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, *factor)))
            .ok_or_else(wrong)?;
        let number: f64 = number.trim_end().parse().map_err(|_| wrong())?;
        let seconds = Duration::try_from_secs_f64(number * factor).map_err(|_| wrong())?;
        Ok(Self(seconds))
    }
}

/// The limits of a run; those not set hold always.
#[derive(Debug, Clone, Default)]
pub struct Thresholds {
    /// `--max-join-p95`
    pub max_join_p95: Option<DurationLimit>,
    /// `--max-update-p95`
    pub max_update_p95: Option<DurationLimit>,
    /// `--max-fanout-p99`
    pub max_fanout_p99: Option<DurationLimit>,
    /// `--max-errors`
    pub max_errors: Option<u64>,
}

impl Thresholds {
    /// Judges a run. A limit on something that was never measured is not kept (a server that acks
    /// nothing must not pass a limit on acks), and neither is one that was measured with fewer clients
    /// than were asked for: a server that lets few in is a fast one.
    #[must_use]
    pub fn evaluate(&self, report: &LoadTestReport) -> Vec<LoadTestVerdict> {
        let latency = &report.latency;
        let p95 = |it: &Summary| it.p95_ms;
        let p99 = |it: &Summary| it.p99_ms;
        type FigureOf = fn(&Summary) -> f64;
        let durations: [(_, _, _, FigureOf); 3] = [
            ("max-join-p95", self.max_join_p95, &latency.join, p95),
            ("max-update-p95", self.max_update_p95, &latency.update, p95),
            ("max-fanout-p99", self.max_fanout_p99, &latency.fanout, p99),
        ];
        let durations = durations.into_iter().filter_map(|(name, limit, of, pick)| {
            let limit = limit?.0.as_secs_f64() * 1000.0;
            let verdict = duration(name, limit, of.summary.as_ref().map(pick));
            Some(with_all_clients(verdict, report))
        });
        let errors = self.max_errors.map(|limit| LoadTestVerdict {
            threshold: "max-errors".to_owned(),
            passed: report.errors.total <= limit,
            limit_ms: None,
            detail: match report.errors.total {
                1 => format!("1 error, at most {limit}"),
                total => format!("{total} errors, at most {limit}"),
            },
        });
        durations.chain(errors).collect()
    }
}

/// Time a client has for connecting and joining before it counts as missing.
const TO_COME_IN: u64 = 1000;

fn with_all_clients(verdict: LoadTestVerdict, report: &LoadTestReport) -> LoadTestVerdict {
    let (joined, due) = (report.connections.joined, clients_due(&report.plan));
    if joined >= due {
        return verdict;
    }
    LoadTestVerdict {
        passed: false,
        detail: format!("only {joined} of {due} clients were in; {}", verdict.detail),
        ..verdict
    }
}

/// Clients that had to be in at the end of the run; the last of a slow ramp may never have started.
fn clients_due(plan: &Knobs) -> u64 {
    let time = plan.duration_ms.saturating_sub(TO_COME_IN);
    let started = time
        .checked_div(plan.spawn_interval_ms)
        .map_or(u64::MAX, |count| count.saturating_add(1));
    u64::from(plan.clients).min(started)
}

fn duration(threshold: &str, limit: f64, measured: Option<f64>) -> LoadTestVerdict {
    let measured_text = measured.map_or("nothing was measured".to_owned(), |ms| format!("{ms} ms"));
    LoadTestVerdict {
        threshold: threshold.to_owned(),
        passed: measured.is_some_and(|measured| measured <= limit),
        limit_ms: Some(limit),
        detail: format!("{measured_text}, at most {limit} ms"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<Duration>) {
        let actual = text.parse().ok().map(|limit: DurationLimit| limit.0);
        assert_eq!(actual, expected, "{text}");
    }

    #[test]
    fn limits_need_a_unit() {
        check("800us", Some(Duration::from_micros(800)));
        check("800 µs", Some(Duration::from_micros(800)));
        check("50ms", Some(Duration::from_millis(50)));
        check(" 1.5s ", Some(Duration::from_millis(1500)));
        for wrong in ["50", "ms", "-1ms", "1h", "", "NaNs", "infs", "1e400s"] {
            check(wrong, None);
        }
    }

    #[test]
    fn a_limit_is_kept_up_to_and_including_itself() {
        assert!(duration("x", 50.0, Some(50.0)).passed);
        assert!(!duration("x", 50.0, Some(50.001)).passed);
    }

    #[test]
    fn what_was_never_measured_keeps_no_limit() {
        let verdict = duration("x", 50.0, None);
        assert!(!verdict.passed);
        assert_eq!(verdict.detail, "nothing was measured, at most 50 ms");
    }
}
