//! One sample a second, and the last five minutes of them.

use std::collections::VecDeque;
use std::sync::Arc;

use parking_lot::Mutex;

use crate::accounts::time::{iso, now_ms};
use crate::metrics::{LatencySnapshot, Metrics};
use crate::protocol::admin::Sample;

/// Samples kept: one a second for five minutes.
pub(super) const HISTORY: usize = 300;

/// The last samples; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Samples {
    // Held to push or copy, never across an await.
    samples: Arc<Mutex<VecDeque<Sample>>>,
}

impl Samples {
    /// The newest; all zero before the first second is over.
    #[must_use]
    pub fn now(&self) -> Sample {
        self.samples.lock().back().cloned().unwrap_or_default()
    }

    /// Oldest first.
    #[must_use]
    pub fn history(&self) -> Vec<Sample> {
        self.samples.lock().iter().cloned().collect()
    }

    fn push(&self, sample: Sample) {
        let mut samples = self.samples.lock();
        samples.push_back(sample);
        while samples.len() > HISTORY {
            samples.pop_front();
        }
    }
}

/// Turns counters that only grow into samples of a second.
#[derive(Debug)]
pub(super) struct Sampler {
    metrics: Arc<Metrics>,
    samples: Samples,
    before: Totals,
}

#[derive(Debug)]
struct Totals {
    joins: u64,
    leaves: u64,
    messages: u64,
    updates: u64,
    deliveries: u64,
    coalesced: u64,
    slow: u64,
    flush: LatencySnapshot,
    ack: LatencySnapshot,
}

impl Totals {
    fn of(metrics: &Metrics) -> Self {
        Self {
            joins: metrics.joins.get(),
            leaves: metrics.leaves.get(),
            messages: metrics.chat_messages.get(),
            updates: metrics.updates.get(),
            deliveries: metrics.deliveries.get(),
            coalesced: metrics.coalesced.get(),
            slow: metrics.slow_consumers.get(),
            flush: metrics.flush.snapshot(),
            ack: metrics.receipt_to_ack.snapshot(),
        }
    }
}

impl Sampler {
    pub(super) fn new(metrics: Arc<Metrics>, samples: Samples) -> Self {
        let before = Totals::of(&metrics);
        Self {
            metrics,
            samples,
            before,
        }
    }

    /// Takes the sample of the second that ends now.
    pub(super) fn sample(&mut self) -> Sample {
        let now = Totals::of(&self.metrics);
        let before = std::mem::replace(&mut self.before, now);
        let now = &self.before;
        let host = self.metrics.host();
        let flush = now.flush.since(&before.flush);
        let ack = now.ack.since(&before.ack);
        let memory = host.host_memory_total_bytes.max(1) as f64;
        let sample = Sample {
            at: iso(now_ms()),
            players: count(self.metrics.players.get()),
            sockets: count(self.metrics.sockets.get()),
            joins: now.joins - before.joins,
            leaves: now.leaves - before.leaves,
            messages: now.messages - before.messages,
            updates: now.updates - before.updates,
            deliveries: now.deliveries - before.deliveries,
            coalesced: now.coalesced - before.coalesced,
            flush_p50_ms: quantile(&flush, 0.5),
            flush_p95_ms: quantile(&flush, 0.95),
            flush_p99_ms: quantile(&flush, 0.99),
            ack_p95_ms: quantile(&ack, 0.95),
            cpu_percent: tenths(host.process_cpu_percent),
            memory_bytes: host.process_memory_bytes,
            host_cpu_percent: tenths(host.host_cpu_percent),
            host_memory_percent: tenths(host.host_memory_used_bytes as f64 / memory * 100.0),
            slow_clients: now.slow - before.slow,
        };
        self.samples.push(sample.clone());
        sample
    }
}

fn count(gauge: i64) -> u64 {
    u64::try_from(gauge).unwrap_or(0)
}

fn quantile(latency: &LatencySnapshot, q: f64) -> Option<f64> {
    latency.quantile(q).map(|it| it.as_secs_f64() * 1000.0)
}

/// Finer than a tenth of a percent is noise, and longer on the wire.
fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_sample_counts_its_own_second() {
        let metrics = Arc::new(Metrics::default());
        metrics.joins.add(5);
        let samples = Samples::default();
        let mut sampler = Sampler::new(metrics.clone(), samples.clone());
        metrics.joins.add(2);
        metrics.players.set(7);
        metrics.flush.record(Duration::from_millis(3));
        let first = sampler.sample();
        assert_eq!((first.joins, first.players), (2, 7));
        let p50 = first.flush_p50_ms.unwrap();
        assert!((3.0..=4.0).contains(&p50), "{p50}");
        let second = sampler.sample();
        assert_eq!((second.joins, second.flush_p50_ms), (0, None));
        assert_eq!(samples.history(), [first, second]);
        for _ in 0..HISTORY {
            sampler.sample();
        }
        assert_eq!(samples.history().len(), HISTORY);
    }
}
