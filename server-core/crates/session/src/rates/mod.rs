//! How often somebody may do what. Pure: the time is an argument.
//!
//! Whatever a stranger renews for nothing carries no limit alone: a socket, a session, a guest secret,
//! an address of its network. So every event is counted twice, for the person who sends it and for the
//! [`Network`](identity::Network) it comes from, which has [`RateLimits::network_factor`] times
//! as much. [`Budgets`] remembers both across connections. A connection holds what concerns it as a
//! [`Meter`], so that an event looks nothing up, and takes updates from its person's budget some at a time.
//!
//! Each node counts for itself: on several nodes everybody may do so much on each of them.

mod budget;
mod memory;

use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::time::Instant;

use crate::{Rate, RateLimits};
use budget::Budget;
pub use budget::TokenBucket;
use contract::admin::PersonRef;
use contract::events::RateBucket;
use identity::Network;
use identity::Visitor;
use memory::Memory;

/// What to do with an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RateDecision {
    Pass,
    /// Too many of this kind; a refused event costs no token.
    Refuse,
    /// Too many refusals: the connection ends.
    Flooding,
}

/// A budget that several connections draw on. Its lock is held for an event's arithmetic: that of a
/// person before that of a network, and never two of a kind.
type SharedBudget = Arc<Mutex<Budget>>;

/// What everybody has left.
#[derive(Debug)]
pub(crate) struct Budgets {
    persons: Memory<PersonRef>,
    networks: Memory<Network>,
}

/// What one connection draws on.
#[derive(Debug)]
pub(crate) struct Meter {
    person: SharedBudget,
    /// `None` for whom no network's limits bind.
    network: Option<SharedBudget>,
    ahead: Ahead,
}

/// Updates that a connection took from its person's budget before they came, so that most of them do
/// not touch that. They are of use for a moment only, and few: another connection of that person lacks them meanwhile.
#[derive(Debug, Default)]
struct Ahead {
    updates: u8,
    until: Option<Instant>,
}

impl Ahead {
    const UPDATES: u8 = 8;
    const FOR: Duration = Duration::from_secs(1);

    fn take(&mut self, now: Instant) -> bool {
        let is_there = self.updates > 0 && self.until.is_some_and(|until| now < until);
        self.updates -= u8::from(is_there);
        is_there
    }
}

impl Budgets {
    pub(crate) fn new(limits: &RateLimits) -> Self {
        Self {
            persons: Memory::new(limits, 1.0),
            networks: Memory::new(limits, f64::from(limits.network_factor)),
        }
    }

    /// What a visitor draws on: as much as it has left from earlier connections. This machine and
    /// the clients of a load test that a host started share no network's budget: many people of
    /// theirs come from one place on purpose.
    pub(crate) fn meter(&mut self, visitor: &Visitor, now: Instant) -> Meter {
        let exempt = visitor.local || visitor.is_of_load_test();
        Meter {
            person: self.persons.of(&visitor.person(), now),
            network: (!exempt).then(|| self.networks.of(&Network::of(visitor.address), now)),
            ahead: Ahead::default(),
        }
    }
}

impl Meter {
    pub(crate) fn check(
        &mut self,
        limits: &RateLimits,
        bucket: RateBucket,
        now: Instant,
    ) -> RateDecision {
        let rate = limits.events.of(bucket);
        let passes = match bucket {
            RateBucket::Updates => self.take_update(rate, now),
            _ => self.person.lock().bucket(bucket).take(rate, now),
        };
        if !passes {
            return self.person.lock().refused(limits, now);
        }
        let Some(network) = &self.network else {
            return RateDecision::Pass;
        };
        let rate = rate.times(f64::from(limits.network_factor));
        let passes = network.lock().bucket(bucket).take(rate, now);
        if passes {
            return RateDecision::Pass;
        }
        let mut person = self.person.lock();
        person.bucket(bucket).give_back(1);
        person.refused_with_others(limits, now)
    }

    /// Takes an update from what was taken ahead, or from the person's budget, and a few more ahead.
    fn take_update(&mut self, rate: Rate, now: Instant) -> bool {
        if self.ahead.take(now) {
            return true;
        }
        let mut person = self.person.lock();
        let bucket = person.bucket(RateBucket::Updates);
        bucket.give_back(std::mem::take(&mut self.ahead.updates));
        if !bucket.take(rate, now) {
            return false;
        }
        self.ahead = Ahead {
            updates: bucket.take_up_to(Ahead::UPDATES - 1),
            until: Some(now + Ahead::FOR),
        };
        true
    }

    /// Counts a refusal that another bound caused.
    pub(crate) fn refused(&self, limits: &RateLimits, now: Instant) -> RateDecision {
        self.person.lock().refused(limits, now)
    }
}

#[cfg(test)]
mod tests;
