//! What the polls of a session are given, and what waits for one. A value: the time is an argument.

use std::time::Duration;

use tokio::time::Instant;

use session::link::LinkError;

/// Bytes that go into one poll's answer, a first frame of any size apart.
const POLL_BYTES: usize = 256 * 1024;
/// Bytes above which a poll takes no updates: what follows replaces them.
const POLL_UPDATES: usize = 64 * 1024;

/// See the module. Nothing is given before a poll is there to take it: what waits, waits where it is
/// counted and where newer states replace older ones.
#[derive(Debug, Default)]
pub(super) struct Polls {
    /// What the poll that waits now was given.
    poll: Option<Given>,
    /// Something was given that no poll has taken.
    undelivered: bool,
    /// Since when something waits for a poll, given already or with a caller that was sent away.
    waiting_since: Option<Instant>,
}

#[derive(Debug, Default)]
struct Given {
    packets: usize,
    bytes: usize,
}

impl Polls {
    /// A poll has come; `false` when another one waits.
    pub(super) fn begin(&mut self) -> bool {
        let is_first = self.poll.is_none();
        if is_first {
            self.poll = Some(Given::default());
            self.waiting_since = None;
        }
        is_first
    }

    /// The poll gets its answer: what was given is on its way.
    pub(super) fn answer(&mut self) {
        self.undelivered = false;
        self.waiting_since = None;
    }

    /// The poll is over, also when its client went away without an answer.
    pub(super) fn end(&mut self) {
        self.poll = None;
    }

    /// Whether a poll waits that takes so many updates more, of at most `packet_limit` packets.
    pub(super) fn has_room(&self, packets: usize, packet_limit: usize) -> bool {
        self.poll.as_ref().is_some_and(|given| match given.packets {
            0 => packets <= packet_limit,
            held => held + packets <= packet_limit / 2 && given.bytes < POLL_UPDATES,
        })
    }

    /// Gives the poll that waits one packet more, of at most `packet_limit`.
    ///
    /// # Errors
    /// [`LinkError::Full`] without a poll, or when it takes no more.
    pub(super) fn give(
        &mut self,
        bytes: usize,
        packet_limit: usize,
        now: Instant,
    ) -> Result<(), LinkError> {
        self.waiting_since.get_or_insert(now);
        let given = self.poll.as_mut().ok_or(LinkError::Full)?;
        let fits = given.bytes == 0 || given.bytes + bytes <= POLL_BYTES;
        if !fits || given.packets >= packet_limit {
            return Err(LinkError::Full);
        }
        given.packets += 1;
        given.bytes += bytes;
        self.undelivered = true;
        Ok(())
    }

    /// Notes that something was given beside [`Self::give`], whether or not a poll waits.
    pub(super) fn gave(&mut self, now: Instant) {
        self.undelivered = true;
        self.waiting_since.get_or_insert(now);
    }

    /// Whether polls have taken everything that was given.
    pub(super) fn are_even(&self) -> bool {
        !self.undelivered
    }

    /// The last answer was still on its way at this time.
    pub(super) fn moved(&mut self, at: Instant) {
        if let Some(since) = &mut self.waiting_since {
            *since = at.max(*since);
        }
    }

    /// How long something has been waiting.
    pub(super) fn wait(&self, now: Instant) -> Option<Duration> {
        Some(now.saturating_duration_since(self.waiting_since?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACKET_LIMIT: usize = 8;

    #[test]
    fn nothing_is_given_without_a_poll() {
        let start = Instant::now();
        let later = start + Duration::from_secs(3);
        let mut polls = Polls::default();
        assert!(!polls.has_room(1, PACKET_LIMIT));
        assert_eq!(polls.give(10, PACKET_LIMIT, start), Err(LinkError::Full));
        assert_eq!(polls.give(10, PACKET_LIMIT, later), Err(LinkError::Full));
        assert!(polls.are_even(), "nothing was given");
        assert_eq!(polls.wait(later), Some(Duration::from_secs(3)));
        assert!(polls.begin());
        assert_eq!(polls.wait(later), None, "the client takes again");
        assert_eq!(polls.give(10, PACKET_LIMIT, later), Ok(()));
        assert!(!polls.are_even());
        polls.answer();
        polls.end();
        assert!(polls.are_even() && polls.wait(later).is_none());
        assert_eq!(polls.give(10, PACKET_LIMIT, later), Err(LinkError::Full));
    }

    #[test]
    fn a_poll_takes_so_much() {
        let now = Instant::now();
        let mut polls = Polls::default();
        assert!(polls.begin());
        assert!(!polls.begin(), "one at a time");
        assert!(
            polls.has_room(PACKET_LIMIT, PACKET_LIMIT)
                && !polls.has_room(PACKET_LIMIT + 1, PACKET_LIMIT)
        );
        // A first frame may be of any size, and is the only one then.
        assert_eq!(polls.give(POLL_BYTES * 4, PACKET_LIMIT, now), Ok(()));
        assert_eq!(polls.give(1, PACKET_LIMIT, now), Err(LinkError::Full));
        assert!(!polls.has_room(1, PACKET_LIMIT));
        polls.answer();
        polls.end();
        assert!(polls.begin());
        for _ in 0..PACKET_LIMIT {
            assert_eq!(polls.give(1, PACKET_LIMIT, now), Ok(()));
        }
        assert_eq!(polls.give(1, PACKET_LIMIT, now), Err(LinkError::Full));
        assert!(!polls.has_room(1, PACKET_LIMIT), "half is kept for answers");
    }

    #[test]
    fn who_still_takes_an_answer_is_not_late() {
        let start = Instant::now();
        let after = |seconds| start + Duration::from_secs(seconds);
        let mut polls = Polls::default();
        assert_eq!(polls.give(1, PACKET_LIMIT, start), Err(LinkError::Full));
        polls.moved(after(8));
        assert_eq!(polls.wait(after(9)), Some(Duration::from_secs(1)));
        polls.moved(after(5));
        assert_eq!(polls.wait(after(12)), Some(Duration::from_secs(4)));
    }

    #[test]
    fn a_poll_that_ends_without_its_answer_leaves_what_it_was_given() {
        let now = Instant::now();
        let mut polls = Polls::default();
        assert!(polls.begin());
        assert_eq!(polls.give(1, PACKET_LIMIT, now), Ok(()));
        polls.end();
        assert!(!polls.are_even());
        assert_eq!(polls.wait(now), Some(Duration::ZERO));
    }
}
