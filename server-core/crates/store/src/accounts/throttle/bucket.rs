//! A token bucket; one that is full is not kept.

use std::time::{Duration, Instant};

/// A day, in seconds.
const DAY: f64 = 24.0 * 60.0 * 60.0;

/// Size of a bucket, and the time in which one token comes back.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limit {
    burst: f64,
    refill: Duration,
}

pub(super) const fn limit(burst: u32, seconds: u64) -> Limit {
    Limit {
        burst: burst as f64,
        refill: Duration::from_secs(seconds),
    }
}

impl Limit {
    pub(super) fn per_day(tokens: u32) -> Self {
        let burst = f64::from(tokens.max(1));
        Self {
            burst,
            refill: Duration::from_secs_f64(DAY / burst),
        }
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Bucket {
    tokens: f64,
    at: Instant,
}

impl Bucket {
    /// What becomes of a bucket; `None` is a full one.
    pub(super) fn add(
        before: Option<Self>,
        limit: Limit,
        tokens: f64,
        now: Instant,
    ) -> Option<Self> {
        let before = before.map_or(limit.burst, |it| it.tokens(limit, now));
        let tokens = before + tokens;
        (tokens < limit.burst).then_some(Self { tokens, at: now })
    }

    /// Time until it has a token.
    pub(super) fn wait(&self, limit: Limit, now: Instant) -> Duration {
        let missing = 1.0 - self.tokens(limit, now);
        limit.refill.mul_f64(missing.max(0.0))
    }

    /// Share of it that is missing, 0 to 1.
    pub(super) fn gap(&self, limit: Limit, now: Instant) -> f64 {
        1.0 - self.tokens(limit, now) / limit.burst
    }

    fn tokens(&self, limit: Limit, now: Instant) -> f64 {
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        (self.tokens + passed / limit.refill.as_secs_f64()).min(limit.burst)
    }
}
