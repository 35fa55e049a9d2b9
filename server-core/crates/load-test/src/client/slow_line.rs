//! A poor connection: a client reads no faster than it lets it, without a pause.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

/// How often a line lets something through.
const BEAT: Duration = Duration::from_millis(20);

/// See the module.
#[derive(Debug)]
pub(super) struct SlowLine {
    budget: Budget,
    opens: Pin<Box<Sleep>>,
}

impl SlowLine {
    pub(super) fn new(bytes_a_second: u32) -> Self {
        let now = Instant::now();
        Self {
            budget: Budget {
                bytes_a_second,
                busy_until: now,
            },
            opens: Box::pin(sleep_until(now)),
        }
    }

    /// How many bytes may be read now; ready when some may.
    pub(super) fn poll_room(&mut self, cx: &mut Context<'_>) -> Poll<usize> {
        if self.budget.busy_until > Instant::now() {
            self.opens.as_mut().reset(self.budget.busy_until);
            ready!(self.opens.as_mut().poll(cx));
        }
        Poll::Ready(self.budget.room())
    }

    /// So many bytes were read.
    pub(super) fn took(&mut self, bytes: usize) {
        self.budget.took(bytes, Instant::now());
    }
}

/// What a line carries. Pure: times are arguments.
#[derive(Debug)]
struct Budget {
    bytes_a_second: u32,
    /// What was read so far takes until then.
    busy_until: Instant,
}

impl Budget {
    /// How many bytes fit into a beat.
    fn room(&self) -> usize {
        let room = f64::from(self.bytes_a_second) * BEAT.as_secs_f64();
        (room as usize).max(1)
    }

    /// A line that had nothing to carry makes up for nothing.
    fn took(&mut self, bytes: usize, now: Instant) {
        let took = Duration::from_secs_f64(bytes as f64 / f64::from(self.bytes_a_second));
        self.busy_until = self.busy_until.max(now) + took;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budget(now: Instant) -> Budget {
        Budget {
            bytes_a_second: 50_000,
            busy_until: now,
        }
    }

    #[test]
    fn a_second_lets_through_what_the_line_carries() {
        let started = Instant::now();
        let mut budget = budget(started);
        let mut read = 0;
        while budget.busy_until < started + Duration::from_secs(10) {
            read += budget.room();
            budget.took(budget.room(), budget.busy_until);
        }
        assert_eq!(read, 500_000);
    }

    #[test]
    fn silence_is_not_saved_up() {
        let started = Instant::now();
        let mut budget = budget(started);
        let later = started + Duration::from_secs(60);
        budget.took(budget.room(), later);
        assert_eq!(budget.busy_until, later + BEAT);
    }
}
