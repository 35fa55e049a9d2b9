//! One sample a second, and the last five minutes of them.

use std::collections::VecDeque;
use std::sync::Arc;

use parking_lot::Mutex;

use contract::admin::Sample;
use metrics::{LatencySnapshot, Metrics};
use runtime::clock::{iso, now_ms};
use session::overview::Census;

/// Seconds whose measurements the percentiles are of: one second of a calm world has too few.
const WINDOW: usize = 10;

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
    /// Of the last seconds, oldest first.
    latencies: VecDeque<(LatencySnapshot, LatencySnapshot)>,
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
    bot_joins: u64,
    bot_leaves: u64,
    bot_messages: u64,
}

impl Totals {
    fn of(metrics: &Metrics) -> Self {
        // The bots' part first: it must not count what is not yet in the whole.
        Self {
            bot_joins: metrics.bot_joins.get(),
            bot_leaves: metrics.bot_leaves.get(),
            bot_messages: metrics.bot_messages.get(),
            joins: metrics.joins.get(),
            leaves: metrics.leaves.get(),
            messages: metrics.chat_messages.get(),
            updates: metrics.updates.get(),
            deliveries: metrics.deliveries.get(),
            coalesced: metrics.coalesced.get(),
            slow: metrics.slow_consumers.get(),
        }
    }
}

impl Sampler {
    pub(super) fn new(metrics: Arc<Metrics>, samples: Samples) -> Self {
        let before = Totals::of(&metrics);
        let latencies = VecDeque::from([latencies(&metrics)]);
        Self {
            metrics,
            samples,
            before,
            latencies,
        }
    }

    /// Takes the sample of the second that ends now.
    pub(super) fn sample(&mut self, census: Census) -> Sample {
        let now = Totals::of(&self.metrics);
        let before = std::mem::replace(&mut self.before, now);
        let host = self.metrics.host();
        let (flush, ack) = self.window();
        let now = &self.before;
        let memory = host.host_memory_total_bytes.max(1) as f64;
        let sample = Sample {
            at: iso(now_ms()),
            players: census.players as u64,
            bots: census.bots as u64,
            sockets: census.sockets as u64,
            joins: now.joins - before.joins,
            leaves: now.leaves - before.leaves,
            bot_joins: now.bot_joins - before.bot_joins,
            bot_leaves: now.bot_leaves - before.bot_leaves,
            messages: now.messages - before.messages,
            bot_messages: now.bot_messages - before.bot_messages,
            updates: now.updates - before.updates,
            deliveries: now.deliveries - before.deliveries,
            coalesced: now.coalesced - before.coalesced,
            flushes: flush.count(),
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

    /// What the last seconds measured: flushes, and receipts to acks.
    fn window(&mut self) -> (LatencySnapshot, LatencySnapshot) {
        let now = latencies(&self.metrics);
        let since = self.latencies.front().unwrap_or(&now);
        let window = (now.0.since(&since.0), now.1.since(&since.1));
        self.latencies.push_back(now);
        while self.latencies.len() > WINDOW {
            self.latencies.pop_front();
        }
        window
    }
}

fn latencies(metrics: &Metrics) -> (LatencySnapshot, LatencySnapshot) {
    (metrics.flush.snapshot(), metrics.receipt_to_ack.snapshot())
}

/// In ms. `None` where the slowest share holds no whole measurement: it would be the slowest of all
/// under another name.
fn quantile(latency: &LatencySnapshot, q: f64) -> Option<f64> {
    let slower = latency.count() as f64 * (1.0 - q);
    let at = latency.quantile(q).filter(|_| q <= 0.5 || slower >= 1.0)?;
    Some(at.as_secs_f64() * 1000.0)
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
        metrics.bot_leaves.add(1);
        metrics.chat_messages.add(4);
        metrics.bot_messages.add(3);
        metrics.leaves.add(3);
        let crowd = Census {
            players: 7,
            bots: 4,
            sockets: 9,
            ..Census::default()
        };
        let first = sampler.sample(crowd);
        assert_eq!((first.joins, first.players, first.bots), (2, 7, 4));
        assert_eq!((first.leaves, first.bot_leaves), (3, 1));
        assert_eq!((first.messages, first.bot_messages), (4, 3));
        let second = sampler.sample(Census::default());
        assert_eq!((second.joins, second.players), (0, 0));
        assert_eq!(samples.history(), [first, second]);
        for _ in 0..HISTORY {
            sampler.sample(Census::default());
        }
        assert_eq!(samples.history().len(), HISTORY);
    }

    #[test]
    fn percentiles_are_of_ten_seconds_and_only_where_enough_was_measured() {
        let metrics = Arc::new(Metrics::default());
        let mut sampler = Sampler::new(metrics.clone(), Samples::default());
        let mut second = |flushes: u32| {
            for _ in 0..flushes {
                metrics.flush.record(Duration::from_millis(3));
            }
            let sample = sampler.sample(Census::default());
            let known = [
                sample.flush_p50_ms,
                sample.flush_p95_ms,
                sample.flush_p99_ms,
            ];
            (sample.flushes, known.map(|it| it.is_some()))
        };
        assert_eq!(second(0), (0, [false, false, false]));
        assert_eq!(second(19), (19, [true, false, false]));
        assert_eq!(second(1), (20, [true, true, false]));
        assert_eq!(second(80), (100, [true, true, true]));
        for _ in 0..7 {
            assert_eq!(second(0).0, 100);
        }
        assert_eq!(second(0).0, 81, "the oldest second is over ten seconds old");
        second(0);
        assert_eq!(second(0), (0, [false, false, false]));
    }
}
