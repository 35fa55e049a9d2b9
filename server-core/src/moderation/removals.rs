//! Removed lines: which of them were taken down here.
//!
//! A removal that another node stored and could not tell is found in the archive.

use std::collections::HashSet;

use parking_lot::Mutex;

use super::{Moderation, ModerationEvent};
use contract::MessageId;
use store::accounts::archive::RECALLED;
use store::storage::StoreError;

/// See the module. Holds no more than the last lines, of which the archive is asked.
#[derive(Debug)]
pub(super) struct Removals {
    // Held for a set operation, never across an await.
    known: Mutex<HashSet<MessageId>>,
}

impl Removals {
    /// What was removed before this node showed any line.
    pub(super) fn begin(removed: Vec<MessageId>) -> Self {
        Self {
            known: Mutex::new(removed.into_iter().collect()),
        }
    }

    /// A line was taken down here.
    pub(super) fn note(&self, id: &MessageId) {
        self.known.lock().insert(id.clone());
    }

    /// A line is back.
    pub(super) fn forget(&self, id: &MessageId) {
        self.known.lock().remove(id);
    }

    /// Takes over what the archive says; those of them that were not taken down here.
    fn renew(&self, removed: Vec<MessageId>) -> Vec<MessageId> {
        let removed: HashSet<_> = removed.into_iter().collect();
        let before = std::mem::replace(&mut *self.known.lock(), removed.clone());
        removed.difference(&before).cloned().collect()
    }
}

impl Moderation {
    /// Takes down what the archive calls removed and other nodes could not tell.
    pub(super) async fn reload_removals(&self) -> Result<(), StoreError> {
        let removed = self.accounts().archive().removed_of_last(RECALLED).await?;
        for id in self.inner.removals.renew(removed) {
            self.apply(&ModerationEvent::ChatRemoved { id }).await;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str) -> MessageId {
        MessageId(name.to_owned())
    }

    #[test]
    fn only_what_was_not_taken_down_here_is_news() {
        let removals = Removals::begin(vec![id("old")]);
        removals.note(&id("here"));
        let archive = || vec![id("old"), id("here"), id("there")];
        assert_eq!(removals.renew(archive()), [id("there")]);
        assert!(removals.renew(archive()).is_empty());
        removals.forget(&id("here"));
        assert_eq!(removals.renew(archive()), [id("here")]);
    }
}
