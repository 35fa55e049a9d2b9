//! Which Redis this is: an id that the nodes sharing its memory have in common.
//!
//! Nodes of one world share a database as well, so there the ids of two groups meet: servers that are
//! linked, but not with each other. The id has to be the memory's own, made by the first node that
//! comes: one that is kept in the database and taken to any Redis would be equal everywhere.

use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::watch;

use super::RedisHub;

/// What this node knows of its group.
#[derive(Debug)]
pub(super) struct RedisGroup {
    /// What Redis said last; `None` before it said anything.
    id: watch::Sender<Option<String>>,
    /// The database knows the group by this id.
    known: AtomicBool,
}

impl Default for RedisGroup {
    fn default() -> Self {
        Self {
            id: watch::Sender::new(None),
            known: AtomicBool::new(false),
        }
    }
}

impl RedisGroup {
    /// The id for a Redis that has none, and whether it is put in place of another one: Redis lost its
    /// memory, and a node that knew nothing came first.
    pub(super) fn proposal(&self) -> (String, bool) {
        let id = self.id.borrow().clone();
        let is_known = id.is_some() && self.known.load(Ordering::Acquire);
        let id = id.unwrap_or_else(|| uuid::Uuid::new_v4().simple().to_string());
        (id, is_known)
    }

    pub(super) fn set_id(&self, id: String) {
        self.id.send_replace(Some(id));
    }
}

impl RedisHub {
    /// The id of the nodes that share this Redis under this prefix: the same on all of them, and
    /// another one in any other Redis. `None` until the first link; every link says it anew.
    #[must_use]
    pub fn group(&self) -> watch::Receiver<Option<String>> {
        self.group.id.subscribe()
    }

    /// The id is the one that the database knows: it stays, also when Redis forgets it.
    pub fn group_is_known(&self) {
        self.group.known.store(true, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_insisted_on_only_when_the_database_knows_it() {
        let group = RedisGroup::default();
        let (first, is_known) = group.proposal();
        assert!(!is_known);
        assert_ne!(group.proposal().0, first);
        group.set_id("theirs".to_owned());
        assert_eq!(group.proposal(), ("theirs".to_owned(), false));
        group.known.store(true, Ordering::Release);
        assert_eq!(group.proposal(), ("theirs".to_owned(), true));
    }
}
