//! How often a client may do what. Pure: the time is an argument.

use tokio::time::Instant;

use super::inbox::EventKind;
use crate::config::{Rate, RateLimits};

#[derive(Debug)]
struct Bucket {
    rate: Rate,
    tokens: f64,
    filled: Instant,
}

impl Bucket {
    fn new(rate: Rate, now: Instant) -> Self {
        Self {
            rate,
            tokens: rate.burst,
            filled: now,
        }
    }

    fn take(&mut self, now: Instant) -> bool {
        let elapsed = now.saturating_duration_since(self.filled).as_secs_f64();
        self.tokens = (self.tokens + elapsed * self.rate.per_second).min(self.rate.burst);
        self.filled = now;
        if self.tokens < 1.0 {
            return false;
        }
        self.tokens -= 1.0;
        true
    }
}

/// What to do with an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Pass,
    /// Too many of this kind; a refused event costs no token.
    Refuse,
    /// Too many refusals: the connection ends.
    Flooding,
}

/// The buckets of one connection.
#[derive(Debug)]
pub(crate) struct Rates {
    updates: Bucket,
    chat: Bucket,
    joins: Bucket,
    flood_refusals: u32,
    flood_window: std::time::Duration,
    refusals: u32,
    window_start: Instant,
}

impl Rates {
    pub(crate) fn new(limits: &RateLimits, now: Instant) -> Self {
        Self {
            updates: Bucket::new(limits.updates, now),
            chat: Bucket::new(limits.chat, now),
            joins: Bucket::new(limits.joins, now),
            flood_refusals: limits.flood_refusals,
            flood_window: limits.flood_window,
            refusals: 0,
            window_start: now,
        }
    }

    pub(crate) fn judge(&mut self, kind: EventKind, now: Instant) -> Verdict {
        let bucket = match kind {
            EventKind::Update | EventKind::Unknown => &mut self.updates,
            EventKind::Chat | EventKind::Report => &mut self.chat,
            EventKind::Join => &mut self.joins,
            // Whoever wants to leave can: it takes nothing from anybody.
            EventKind::Leave => return Verdict::Pass,
        };
        if bucket.take(now) {
            Verdict::Pass
        } else {
            self.refused(now)
        }
    }

    /// Counts a refusal that another bound caused.
    pub(crate) fn refused(&mut self, now: Instant) -> Verdict {
        if now.saturating_duration_since(self.window_start) > self.flood_window {
            self.window_start = now;
            self.refusals = 0;
        }
        self.refusals += 1;
        if self.refusals >= self.flood_refusals {
            Verdict::Flooding
        } else {
            Verdict::Refuse
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_bucket_refills_with_time_and_refusals_cost_nothing() {
        let start = Instant::now();
        let mut rates = Rates::new(&RateLimits::default(), start);
        let passed = |rates: &mut Rates, now, n| {
            (0..n)
                .filter(|_| rates.judge(EventKind::Chat, now) == Verdict::Pass)
                .count()
        };
        assert_eq!(passed(&mut rates, start, 100), 20);
        assert_eq!(passed(&mut rates, start + Duration::from_secs(1), 100), 5);
        assert_eq!(
            passed(&mut rates, start + Duration::from_secs(100), 100),
            20
        );
    }

    #[test]
    fn five_hundred_refusals_in_the_window_are_a_flood() {
        let start = Instant::now();
        let mut rates = Rates::new(&RateLimits::default(), start);
        let verdicts: Vec<_> = (0..520)
            .map(|_| rates.judge(EventKind::Chat, start))
            .collect();
        assert_eq!(
            verdicts.iter().position(|v| *v == Verdict::Flooding),
            Some(519)
        );
        let later = start + Duration::from_secs(11);
        assert_eq!(
            rates.refused(later),
            Verdict::Refuse,
            "a new window starts from nothing"
        );
    }
}
