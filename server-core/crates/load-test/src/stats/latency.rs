//! Distributions of durations, kept whole.

use std::time::Duration;

use contract::load_test::{Point, Summary};
use hdrhistogram::Histogram;

/// Longest duration that is told apart from longer ones.
const LONGEST: Duration = Duration::from_secs(600);

/// Significant decimal digits of a recorded duration.
const DIGITS: u8 = 3;

/// A distribution of durations with microsecond steps and three significant digits.
#[derive(Debug, Clone)]
pub struct LatencyHistogram(Histogram<u64>);

impl Default for LatencyHistogram {
    fn default() -> Self {
        let longest = LONGEST.as_micros() as u64;
        let histogram = Histogram::new_with_bounds(1, longest, DIGITS)
            .unwrap_or_else(|error| unreachable!("constant bounds are valid: {error}"));
        Self(histogram)
    }
}

impl LatencyHistogram {
    /// Adds one sample in microseconds.
    pub fn record(&mut self, us: u64) {
        self.0.saturating_record(us);
    }

    /// Adds all samples of another distribution.
    pub fn add(&mut self, other: &Self) {
        // Both have the same bounds, so nothing can be out of range.
        let _ = self.0.add(&other.0);
    }

    /// Forgets all samples and keeps the memory.
    pub fn clear(&mut self) {
        self.0.reset();
    }

    /// Number of samples.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.0.len()
    }

    /// The duration that a share `q` (0 to 1) of the samples does not exceed.
    #[must_use]
    pub fn quantile(&self, q: f64) -> Option<Duration> {
        (self.count() > 0).then(|| Duration::from_micros(self.0.value_at_quantile(q)))
    }

    /// The usual percentiles, or nothing without samples.
    #[must_use]
    pub fn summary(&self) -> Option<Summary> {
        let at = |q| millis(self.0.value_at_quantile(q));
        (self.count() > 0).then(|| Summary {
            count: self.count(),
            mean_ms: (self.0.mean().round()) / 1000.0,
            p50_ms: at(0.5),
            p90_ms: at(0.9),
            p95_ms: at(0.95),
            p99_ms: at(0.99),
            max_ms: millis(self.0.max()),
        })
    }

    /// The whole distribution as points of growing quantile, denser towards the tail.
    #[must_use]
    pub fn points(&self) -> Vec<Point> {
        self.0
            .iter_quantiles(4)
            .map(|step| Point {
                quantile: step.quantile_iterated_to(),
                ms: millis(step.value_iterated_to().min(self.0.max())),
            })
            .collect()
    }
}

fn millis(us: u64) -> f64 {
    us as f64 / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_of_a_known_distribution() {
        let mut latency = LatencyHistogram::default();
        assert_eq!(latency.summary(), None);
        for ms in 1..=1000 {
            latency.record(ms * 1000);
        }
        let summary = latency.summary().unwrap();
        let near = |actual: f64, expected: f64| (actual - expected).abs() <= expected / 1000.0;
        assert_eq!(summary.count, 1000);
        assert!(near(summary.p50_ms, 500.0), "{summary:?}");
        assert!(near(summary.p90_ms, 900.0), "{summary:?}");
        assert!(near(summary.p95_ms, 950.0), "{summary:?}");
        assert!(near(summary.p99_ms, 990.0), "{summary:?}");
        assert!(near(summary.max_ms, 1000.0), "{summary:?}");
        assert!(near(summary.mean_ms, 500.5), "{summary:?}");
    }

    #[test]
    fn the_longest_sample_is_never_forgotten() {
        let mut all = LatencyHistogram::default();
        let mut second = LatencyHistogram::default();
        second.record(250_000);
        all.add(&second);
        second.clear();
        second.record(1000);
        all.add(&second);
        assert_eq!(all.count(), 2);
        assert!(all.summary().unwrap().max_ms >= 250.0);
        assert_eq!(second.count(), 1);
        let points = all.points();
        assert_eq!(points.last().map(|point| point.quantile), Some(1.0));
    }
}
