//! A histogram of durations that costs two relaxed additions per sample.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// Buckets per doubling: a quantile is at most a quarter above the truth.
const STEPS: usize = 4;

/// Doublings covered, from 1 microsecond to 67 s; longer samples count as the longest.
const OCTAVES: usize = 26;

/// Number of buckets.
const BUCKETS: usize = STEPS * OCTAVES;

/// Durations in microseconds, in buckets that grow with the value (log-linear).
#[derive(Debug)]
pub struct Latency {
    buckets: [AtomicU64; BUCKETS],
    sum_us: AtomicU64,
}

impl Default for Latency {
    fn default() -> Self {
        Self {
            buckets: std::array::from_fn(|_| AtomicU64::new(0)),
            sum_us: AtomicU64::new(0),
        }
    }
}

impl Latency {
    /// Adds one sample.
    pub fn record(&self, duration: Duration) {
        let us = u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
        self.buckets[bucket_of(us)].fetch_add(1, Relaxed);
        self.sum_us.fetch_add(us, Relaxed);
    }

    /// All samples so far. Subtract an earlier one with [`LatencySnapshot::since`] for a window.
    #[must_use]
    pub fn snapshot(&self) -> LatencySnapshot {
        LatencySnapshot {
            counts: std::array::from_fn(|index| self.buckets[index].load(Relaxed)),
            sum_us: self.sum_us.load(Relaxed),
        }
    }
}

/// The samples of a [`Latency`] at one moment, or between two.
#[derive(Debug, Clone)]
pub struct LatencySnapshot {
    counts: [u64; BUCKETS],
    sum_us: u64,
}

impl LatencySnapshot {
    /// The samples that came after `earlier`, a snapshot of the same histogram.
    #[must_use]
    pub fn since(&self, earlier: &Self) -> Self {
        Self {
            counts: std::array::from_fn(|i| self.counts[i].saturating_sub(earlier.counts[i])),
            sum_us: self.sum_us.saturating_sub(earlier.sum_us),
        }
    }

    /// Number of samples.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Sum of all samples in seconds.
    #[must_use]
    pub fn sum_seconds(&self) -> f64 {
        Duration::from_micros(self.sum_us).as_secs_f64()
    }

    /// The duration that a share `q` (0 to 1) of the samples does not exceed, rounded up to the end
    /// of its bucket. `None` without samples.
    #[must_use]
    pub fn quantile(&self, q: f64) -> Option<Duration> {
        let total = self.count();
        let wanted = (q.clamp(0.0, 1.0) * total as f64).ceil().max(1.0) as u64;
        let mut seen = 0;
        let reaches = |(_, count): &(usize, &u64)| {
            seen += **count;
            total > 0 && seen >= wanted
        };
        let (index, _) = self.counts.iter().enumerate().find(reaches)?;
        Some(Duration::from_micros(bucket_end(index)))
    }

    /// `(end of the bucket in seconds, samples up to it)`, one per doubling, growing.
    pub(super) fn cumulative(&self) -> impl Iterator<Item = (f64, u64)> {
        let mut seen = 0;
        self.counts
            .chunks(STEPS)
            .enumerate()
            .map(move |(octave, counts)| {
                seen += counts.iter().sum::<u64>();
                let end = bucket_end(octave * STEPS + STEPS - 1);
                (Duration::from_micros(end).as_secs_f64(), seen)
            })
    }
}

/// Bucket `b` of octave `o` holds what is above `2^o * (1 + b/4)` and at most `2^o * (1 + (b+1)/4)`;
/// the first octave also holds zero and one.
fn bucket_of(us: u64) -> usize {
    // Ends are inclusive, as Prometheus wants them, so it is the number before that counts.
    let below = us.saturating_sub(1).clamp(1, (1 << OCTAVES) - 1);
    let octave = below.ilog2() as usize;
    let step = ((below - (1 << octave)) * STEPS as u64) >> octave;
    octave * STEPS + step as usize
}

/// The longest duration of a bucket, in microseconds, rounded up.
fn bucket_end(index: usize) -> u64 {
    let (octave, step) = (index / STEPS, index % STEPS);
    let start = 1_u64 << octave;
    start + (start * (step as u64 + 1)).div_ceil(STEPS as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_lies_within_its_bucket() {
        for us in (0..5000).chain([65_535, 65_536, 65_537, 1_000_000, 66_000_000]) {
            let end = bucket_end(bucket_of(us));
            assert!(us <= end, "{us} is above {end}");
            assert!(
                end as f64 <= (us as f64 * 1.26).max(us as f64 + 2.0),
                "{us} counts as {end}"
            );
        }
    }

    #[test]
    fn quantiles_are_close_and_windows_forget() {
        let latency = Latency::default();
        assert_eq!(latency.snapshot().quantile(0.5), None);
        for ms in 1..=100 {
            latency.record(Duration::from_millis(ms));
        }
        let all = latency.snapshot();
        let median = all.quantile(0.5).unwrap().as_millis();
        assert!((50..=63).contains(&median), "{median}");
        assert_eq!(all.count(), 100);
        assert_eq!(all.sum_seconds(), 5.05);
        latency.record(Duration::from_secs(1));
        let window = latency.snapshot().since(&all);
        assert_eq!(window.count(), 1);
        assert!(window.quantile(0.0).unwrap() >= Duration::from_secs(1));
    }

    #[test]
    fn endless_durations_count_as_the_longest() {
        let latency = Latency::default();
        latency.record(Duration::MAX);
        assert_eq!(latency.snapshot().cumulative().last().unwrap().1, 1);
    }
}
