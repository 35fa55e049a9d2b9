//! When what changed may leave: at once, or on the tick.

use std::time::Duration;

use tokio::time::Instant;

/// While the running interval cost fewer deliveries than the budget, a change leaves at once; above that,
/// on the tick. Pure.
#[derive(Debug)]
pub(crate) struct FlushPacer {
    interval: Duration,
    budget: u64,
    window_start: Instant,
    spent: u64,
}

impl FlushPacer {
    pub(crate) fn new(interval: Duration, budget: u64, now: Instant) -> Self {
        Self {
            interval,
            budget,
            window_start: now,
            spent: 0,
        }
    }

    /// When the next flush may start.
    pub(crate) fn due(&self, now: Instant) -> Instant {
        if self.is_ticking() && now < self.tick() {
            self.tick()
        } else {
            now
        }
    }

    pub(crate) fn tick(&self) -> Instant {
        self.window_start + self.interval
    }

    /// Whether flushes wait for the tick.
    pub(crate) fn is_ticking(&self) -> bool {
        self.spent >= self.budget
    }

    pub(crate) fn charge(&mut self, now: Instant, deliveries: u64) {
        if now >= self.tick() {
            self.window_start = now;
            self.spent = 0;
        }
        self.spent += deliveries;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_costs_go_at_once_and_a_crowd_waits_for_the_tick() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut pacer = FlushPacer::new(Duration::from_millis(50), 2000, start);
        assert_eq!(pacer.due(at(3)), at(3));
        pacer.charge(at(3), 1999);
        assert_eq!(pacer.due(at(4)), at(4));
        assert!(!pacer.is_ticking());
        pacer.charge(at(4), 1);
        assert!(pacer.is_ticking());
        assert_eq!(pacer.due(at(5)), at(50));
        pacer.charge(at(50), 5000);
        assert_eq!(pacer.due(at(60)), at(100));
        assert_eq!(pacer.due(at(130)), at(130));
    }
}
