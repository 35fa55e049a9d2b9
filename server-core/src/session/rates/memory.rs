//! Budgets by the person or network they belong to, as many as there is room for.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::time::Instant;

use super::SharedBudget;
use super::budget::Budget;
use crate::config::RateLimits;

/// Bounded by [`RateLimits::remembered`]. Without room those that restrict nobody are forgotten,
/// then those that will soonest restrict nobody; never one that is in use or was refused something
/// lately. If all are such, whoever comes next is not remembered.
#[derive(Debug)]
pub(super) struct Memory<K> {
    limits: RateLimits,
    factor: f64,
    known: HashMap<K, SharedBudget>,
    /// Looking for room found none; it is not looked for again before.
    full_until: Option<Instant>,
}

impl<K: Hash + Eq + Clone> Memory<K> {
    pub(super) fn new(limits: &RateLimits, factor: f64) -> Self {
        Self {
            limits: limits.clone(),
            factor,
            known: HashMap::new(),
            full_until: None,
        }
    }

    pub(super) fn of(&mut self, key: &K, now: Instant) -> SharedBudget {
        if let Some(budget) = self.known.get(key) {
            return budget.clone();
        }
        let budget = Arc::new(Mutex::new(Budget::full(&self.limits, self.factor, now)));
        if self.has_room(now) {
            self.known.insert(key.clone(), budget.clone());
        }
        budget
    }

    fn has_room(&mut self, now: Instant) -> bool {
        let capacity = self.limits.remembered;
        if self.known.len() < capacity {
            return true;
        }
        if self.full_until.is_some_and(|until| now < until) {
            return false;
        }
        self.forget_the_fullest(now);
        let has_room = self.known.len() < capacity;
        self.full_until = (!has_room).then(|| now + self.limits.flood_window);
        has_room
    }

    /// Leaves three quarters at most, so that this happens seldom.
    fn forget_the_fullest(&mut self, now: Instant) {
        let keep = self.limits.remembered - self.limits.remembered.div_ceil(4);
        let mut forgettable: Vec<(f64, K)> = self
            .known
            .iter()
            .filter(|(_, budget)| Arc::strong_count(budget) == 1)
            .filter_map(|(key, budget)| {
                let budget = budget.lock();
                let missing = budget.missing(&self.limits, self.factor, now);
                (!budget.offends(&self.limits, now)).then(|| (missing, key.clone()))
            })
            .collect();
        forgettable.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        let surplus = self.known.len().saturating_sub(keep);
        for (_, key) in forgettable.into_iter().take(surplus) {
            self.known.remove(&key);
        }
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }
}
