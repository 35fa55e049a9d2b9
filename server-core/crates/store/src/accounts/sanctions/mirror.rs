//! The sanctions that hold, in memory.

use std::collections::HashMap;

use super::active::ActiveSanction;
use super::sanction::StoredSanction;
use super::subject::Subject;

/// See the module.
#[derive(Debug)]
pub(super) struct Mirror<S: Subject> {
    /// By subject, then by id.
    by_subject: HashMap<S, HashMap<String, ActiveSanction>>,
    pub(super) index: S::Index,
}

// By hand, because a subject has no default.
impl<S: Subject> Default for Mirror<S> {
    fn default() -> Self {
        Self {
            by_subject: HashMap::new(),
            index: S::Index::default(),
        }
    }
}

impl<S: Subject> Mirror<S> {
    pub(super) fn put(&mut self, sanction: &StoredSanction<S>) {
        sanction.subject.note_in(&mut self.index);
        let of_subject = self.by_subject.entry(sanction.subject.clone()).or_default();
        of_subject.insert(sanction.id.clone(), sanction.active());
    }

    pub(super) fn remove(&mut self, id: &str) {
        self.by_subject.retain(|_, of_subject| {
            of_subject.remove(id);
            !of_subject.is_empty()
        });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.by_subject.is_empty()
    }

    /// The sanctions of a subject that hold at `now`, with their ids.
    pub(super) fn holding(
        &self,
        subject: &S,
        now: i64,
    ) -> impl Iterator<Item = (&str, &ActiveSanction)> {
        let of_subject = self.by_subject.get(subject).into_iter().flatten();
        of_subject
            .filter(move |(_, sanction)| sanction.holds(now))
            .map(|(id, sanction)| (id.as_str(), sanction))
    }
}
