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
    /// The tick of a world in which distance decides: everything waits for it.
    crowd: Option<Duration>,
}

impl FlushPacer {
    pub(crate) fn new(interval: Duration, budget: u64, now: Instant) -> Self {
        Self {
            interval,
            budget,
            window_start: now,
            spent: 0,
            crowd: None,
        }
    }

    /// Has everything wait for another tick, or again only what is beyond the budget for the usual one.
    pub(crate) fn set_crowd(&mut self, tick: Option<Duration>) {
        self.crowd = tick;
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
        self.window_start + self.crowd.unwrap_or(self.interval)
    }

    /// Whether flushes wait for the tick.
    pub(crate) fn is_ticking(&self) -> bool {
        self.crowd.is_some() || self.spent >= self.budget
    }

    pub(crate) fn charge(&mut self, now: Instant, deliveries: u64) {
        if now >= self.tick() {
            self.window_start = now;
            self.spent = 0;
        }
        self.spent += deliveries;
    }
}

/// Longest time from one flush that let newcomers in to the next one: those who are in hear of each other five times a
/// second at least.
const MOST_APART: Duration = Duration::from_millis(200);

/// How long after the beginning of a flush that let newcomers in and took so long the next one may begin. Each costs a write
/// to everybody who is in, however few come in by it, so it gets a third of the time, and those who are to come the rest.
pub(crate) fn apart(took: Duration) -> Duration {
    (took * 3).min(MOST_APART)
}

/// Flushes in a row that have to be too much for a tick, or so little that a shorter one would do.
const HIGH_FOR: u32 = 4;
const LOW_FOR: u32 = 40;
/// The most of the latter, where shorter ticks have been too short.
const LOW_FOR_AT_MOST: u32 = 640;

/// Beats that a flush may take in a tick of so many. The slowest tick is for a server that cannot keep the one before
/// it: until then those who are near are to hear of each other ten times a second.
fn most_for(beats: u32) -> f64 {
    match beats {
        1 => 0.6,
        2 => 2.0,
        _ => f64::INFINITY,
    }
}

/// Beats below which a flush may do with half of so many. Nearly all of one in the slowest tick are writes, one to each
/// client, and a flush in half of it has as many of these and less to say; whether it can is seen by trying.
fn least_for(beats: u32) -> f64 {
    match beats {
        0 | 1 => 0.0,
        2 => most_for(1) / 2.0,
        _ => most_for(2) * 1.15,
    }
}

/// The tick of a world in which distance decides: as long as the load asks for. Pure.
#[derive(Debug)]
pub(crate) struct CrowdTick {
    beats: u32,
    high: u32,
    low: u32,
    /// Flushes in a row after which the slowest tick gives way; more with each time it had to come back.
    low_for: u32,
}

impl Default for CrowdTick {
    fn default() -> Self {
        Self {
            beats: 1,
            high: 0,
            low: 0,
            low_for: LOW_FOR / 4,
        }
    }
}

impl CrowdTick {
    /// Its length, in beats.
    pub(crate) fn beats(&self) -> u32 {
        self.beats
    }

    /// A flush took so many beats.
    pub(crate) fn follow(&mut self, took: f64) {
        let is_high = took > most_for(self.beats);
        let is_low = took < least_for(self.beats);
        let low_for = if self.beats > 2 {
            self.low_for
        } else {
            LOW_FOR
        };
        self.high = if is_high { self.high + 1 } else { 0 };
        self.low = if is_low { self.low + 1 } else { 0 };
        if self.high >= HIGH_FOR {
            self.beats *= 2;
            self.high = 0;
            if self.beats > 2 {
                self.low_for = (self.low_for * 2).min(LOW_FOR_AT_MOST);
            }
        } else if self.low >= low_for {
            self.beats /= 2;
            self.low = 0;
            if self.beats == 1 {
                self.low_for = Self::default().low_for;
            }
        }
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

    #[test]
    fn where_distance_decides_everything_waits_for_its_tick() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut pacer = FlushPacer::new(Duration::from_millis(50), 2000, start);
        pacer.set_crowd(Some(Duration::from_millis(100)));
        assert_eq!(pacer.due(at(3)), at(100));
        pacer.set_crowd(None);
        assert_eq!(pacer.due(at(3)), at(3));
    }

    #[test]
    fn flushes_leave_time_for_those_who_come_in() {
        let check = |took, expected| {
            let apart = apart(Duration::from_millis(took));
            assert_eq!(apart, Duration::from_millis(expected));
        };
        check(0, 0);
        check(10, 30);
        check(50, 150);
        check(90, 200);
        check(500, 200);
    }

    #[test]
    fn the_tick_of_a_crowd_follows_the_load() {
        let mut tick = CrowdTick::default();
        let mut check = |flushes: u32, took: f64, expected: u32| {
            (0..flushes).for_each(|_| tick.follow(took));
            assert_eq!(tick.beats(), expected);
        };
        check(3, 0.9, 1);
        check(1, 0.1, 1);
        check(4, 0.9, 2);
        check(50, 1.9, 2);
        check(4, 2.1, 4);
        check(50, 9.0, 4);
        check(50, 2.4, 4);
        check(19, 2.2, 4);
        check(1, 2.2, 2);
        check(50, 1.9, 2);
        check(4, 2.1, 4);
        check(39, 1.1, 4);
        check(1, 1.1, 2);
        check(50, 0.4, 2);
        check(40, 0.2, 1);
    }
}
