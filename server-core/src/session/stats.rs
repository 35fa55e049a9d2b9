//! Counters of the session manager: plain atomics, read by the metrics at scrape time.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use parking_lot::Mutex;

use super::outbox::Pumped;
use crate::protocol::{RefusalCode, TerminationCode};

/// A number that only grows.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    pub(crate) fn add(&self, n: u64) {
        if n > 0 {
            self.0.fetch_add(n, Ordering::Relaxed);
        }
    }

    /// The sum so far.
    #[must_use]
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Upper bounds of the histogram buckets, in seconds; one more bucket takes the rest.
pub const BUCKETS: [f64; 14] = [
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5,
];

/// A distribution of durations in fixed buckets.
#[derive(Debug, Default)]
pub struct Histogram {
    buckets: [AtomicU64; BUCKETS.len() + 1],
    nanos: AtomicU64,
}

impl Histogram {
    pub(crate) fn record(&self, duration: Duration) {
        let seconds = duration.as_secs_f64();
        let bucket = BUCKETS.partition_point(|bound| *bound < seconds);
        self.buckets[bucket].fetch_add(1, Ordering::Relaxed);
        let nanos = u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX);
        self.nanos.fetch_add(nanos, Ordering::Relaxed);
    }

    /// Observations at or below each bound of [`BUCKETS`], then all of them; and their sum.
    #[must_use]
    pub fn read(&self) -> (Vec<u64>, Duration) {
        let mut sum = 0;
        let cumulative = self
            .buckets
            .iter()
            .map(|bucket| {
                sum += bucket.load(Ordering::Relaxed);
                sum
            })
            .collect();
        (
            cumulative,
            Duration::from_nanos(self.nanos.load(Ordering::Relaxed)),
        )
    }
}

/// What the session manager counted since it started.
#[derive(Debug, Default)]
pub struct Stats {
    /// Updates of one player handed to another client; own echoes do not count.
    pub deliveries: Counter,
    /// Updates replaced by a newer one before a slow client could take them.
    pub coalesced: Counter,
    /// Times a client's channel had no room.
    pub full_channels: Counter,
    /// Players that came in.
    pub joins: Counter,
    /// Players that left.
    pub leaves: Counter,
    /// Chat messages.
    pub messages: Counter,
    /// From the arrival of an event to its answer.
    pub receipt_to_ack: Histogram,
    /// From the start of a flush to its last recipient.
    pub flush: Histogram,
    refused: Mutex<HashMap<RefusalCode, u64>>,
    terminated: Mutex<HashMap<TerminationCode, u64>>,
}

impl Stats {
    pub(crate) fn pumped(&self, pumped: Pumped) {
        self.deliveries.add(pumped.delivered);
        self.coalesced.add(pumped.coalesced);
        self.full_channels.add(u64::from(pumped.blocked));
    }

    pub(crate) fn refused(&self, code: RefusalCode) {
        *self.refused.lock().entry(code).or_default() += 1;
    }

    pub(crate) fn terminated(&self, code: TerminationCode) {
        *self.terminated.lock().entry(code).or_default() += 1;
    }

    /// Refused events by code.
    #[must_use]
    pub fn refusals(&self) -> HashMap<RefusalCode, u64> {
        self.refused.lock().clone()
    }

    /// Ended sessions by code.
    #[must_use]
    pub fn terminations(&self) -> HashMap<TerminationCode, u64> {
        self.terminated.lock().clone()
    }
}
