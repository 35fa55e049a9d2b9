//! The buckets of one person or one network.

use std::time::Duration;

use tokio::time::Instant;

use super::RateDecision;
use crate::{Rate, RateLimits};
use contract::events::RateBucket;

/// A token bucket. How it fills is told with every use, so that it stays small.
#[derive(Debug, Clone, Copy)]
pub struct TokenBucket {
    tokens: f64,
    filled: Instant,
}

impl TokenBucket {
    /// A bucket nothing was taken from.
    pub fn full(rate: Rate, now: Instant) -> Self {
        Self {
            tokens: rate.burst,
            filled: now,
        }
    }

    /// Takes a token, or answers `false` and takes nothing.
    pub fn take(&mut self, rate: Rate, now: Instant) -> bool {
        self.tokens = self.level(rate, now);
        self.filled = now;
        if self.tokens < 1.0 {
            return false;
        }
        self.tokens -= 1.0;
        true
    }

    /// Whether nothing was taken that has not come back.
    pub fn is_full(&self, rate: Rate, now: Instant) -> bool {
        self.missing(rate, now) <= 0.0
    }

    /// How long it takes until [`Self::take`] succeeds.
    pub fn wait(&self, rate: Rate, now: Instant) -> Duration {
        let lacking = (1.0 - self.level(rate, now)).max(0.0);
        // A rate may be so low that its time has no number.
        Duration::try_from_secs_f64(lacking / rate.per_second).unwrap_or(Duration::MAX)
    }

    /// As many tokens as there are, whole ones and at most `count`, of those there were at the last [`Self::take`].
    pub(super) fn take_up_to(&mut self, count: u8) -> u8 {
        // At most `count`, so that nothing is lost.
        let taken = self.tokens.clamp(0.0, f64::from(count)) as u8;
        self.tokens -= f64::from(taken);
        taken
    }

    /// Puts tokens back that were taken; what there is never exceeds the burst for long, since the next
    /// [`Self::take`] looks.
    pub(super) fn give_back(&mut self, count: u8) {
        self.tokens += f64::from(count);
    }

    fn level(&self, rate: Rate, now: Instant) -> f64 {
        let elapsed = now.saturating_duration_since(self.filled).as_secs_f64();
        (self.tokens + elapsed * rate.per_second).min(rate.burst)
    }

    /// Seconds until it is full.
    fn missing(&self, rate: Rate, now: Instant) -> f64 {
        (rate.burst - self.level(rate, now)) / rate.per_second
    }
}

/// See the module.
#[derive(Debug)]
pub(super) struct Budget {
    buckets: [TokenBucket; RateBucket::ALL.len()],
    /// Refusals since `counting_since`: for going beyond one's own limits, and for those of others
    /// of the same network.
    refusals: u32,
    refusals_with_others: u32,
    counting_since: Instant,
}

impl Budget {
    /// A budget nothing was taken from; `factor` times what one person has.
    pub(super) fn full(limits: &RateLimits, factor: f64, now: Instant) -> Self {
        Self {
            buckets: std::array::from_fn(|number| {
                let rate = limits.events.of(RateBucket::ALL[number]);
                TokenBucket::full(rate.times(factor), now)
            }),
            refusals: 0,
            refusals_with_others: 0,
            counting_since: now,
        }
    }

    pub(super) fn bucket(&mut self, bucket: RateBucket) -> &mut TokenBucket {
        &mut self.buckets[bucket as usize]
    }

    /// Counts a refusal that this person alone caused.
    pub(super) fn refused(&mut self, limits: &RateLimits, now: Instant) -> RateDecision {
        self.count_from(limits, now);
        self.refusals += 1;
        match self.refusals >= limits.flood_refusals {
            true => RateDecision::Flooding,
            false => RateDecision::Refuse,
        }
    }

    /// Counts a refusal because the network has nothing left. Whoever keeps to their own limits is
    /// never taken for the neighbour who used it up: it is a flood only beyond what those allow.
    pub(super) fn refused_with_others(
        &mut self,
        limits: &RateLimits,
        now: Instant,
    ) -> RateDecision {
        self.count_from(limits, now);
        self.refusals_with_others += 1;
        let window = limits.flood_window.as_secs_f64();
        let allowed: f64 = limits
            .events
            .all()
            .iter()
            .map(|rate| rate.burst + rate.per_second * window)
            .sum();
        let flood = allowed + f64::from(limits.flood_refusals);
        match f64::from(self.refusals_with_others) >= flood {
            true => RateDecision::Flooding,
            false => RateDecision::Refuse,
        }
    }

    fn count_from(&mut self, limits: &RateLimits, now: Instant) {
        if !self.is_counting(limits, now) {
            self.counting_since = now;
            self.refusals = 0;
            self.refusals_with_others = 0;
        }
    }

    fn is_counting(&self, limits: &RateLimits, now: Instant) -> bool {
        now.saturating_duration_since(self.counting_since) <= limits.flood_window
    }

    /// Whether something was refused so lately that it still counts as part of a flood.
    pub(super) fn offends(&self, limits: &RateLimits, now: Instant) -> bool {
        self.refusals + self.refusals_with_others > 0 && self.is_counting(limits, now)
    }

    /// Seconds until all buckets are full; nothing restricts anybody then.
    pub(super) fn missing(&self, limits: &RateLimits, factor: f64, now: Instant) -> f64 {
        let missing = self
            .buckets
            .iter()
            .zip(RateBucket::ALL)
            .map(|(bucket, kind)| {
                let rate = limits.events.of(*kind).times(factor);
                bucket.missing(rate, now)
            });
        missing.fold(0.0, f64::max)
    }
}
