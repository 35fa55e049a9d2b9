//! Ids of what was received lately, so that nothing is applied twice.

use std::borrow::Borrow;
use std::collections::{HashSet, VecDeque};
use std::hash::Hash;

/// A set that forgets what came first when it grows beyond its limit.
#[derive(Debug)]
pub(super) struct RecentIds<T> {
    known: HashSet<T>,
    order: VecDeque<T>,
    limit: usize,
}

impl<T: Clone + Eq + Hash> RecentIds<T> {
    pub(super) fn up_to(limit: usize) -> Self {
        Self {
            known: HashSet::new(),
            order: VecDeque::new(),
            limit,
        }
    }

    /// `false` when it was received before.
    pub(super) fn insert(&mut self, value: &T) -> bool {
        if !self.known.insert(value.clone()) {
            return false;
        }
        self.order.push_back(value.clone());
        while self.order.len() > self.limit {
            if let Some(oldest) = self.order.pop_front() {
                self.known.remove(&oldest);
            }
        }
        true
    }

    pub(super) fn contains<Q: Eq + Hash + ?Sized>(&self, value: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.known.contains(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_is_forgotten_first() {
        let mut recent = RecentIds::up_to(2);
        assert!(recent.insert(&1) && recent.insert(&2));
        assert!(!recent.insert(&1));
        assert!(recent.insert(&3));
        assert!(!recent.contains(&1) && recent.contains(&2) && recent.contains(&3));
    }
}
