//! Messages on their way through the nodes' common order.

use std::collections::HashMap;

use indexmap::IndexMap;
use tokio::sync::oneshot;

use super::recent_ids::RecentIds;
use contract::MessageId;

/// Messages whose ids are remembered, so that none is applied twice.
const REMEMBERED: usize = 1024;
/// Messages of this node that may wait for Redis. When it is away for longer, the oldest stay
/// here: the archive has them all, and no client keeps so many.
const UNSENT: usize = 256;

/// See the module.
#[derive(Debug)]
pub(super) struct Chats {
    applied: RecentIds<MessageId>,
    /// Messages of this node that Redis has not confirmed, as JSON.
    unsent: IndexMap<MessageId, String>,
    /// Speakers who wait until their message has its place.
    waiters: HashMap<MessageId, oneshot::Sender<()>>,
}

impl Default for Chats {
    fn default() -> Self {
        Self {
            applied: RecentIds::up_to(REMEMBERED),
            unsent: IndexMap::new(),
            waiters: HashMap::new(),
        }
    }
}

impl Chats {
    /// A message begins its way; the receiver fires when it was applied in its place.
    pub(super) fn begin(&mut self, id: &MessageId, json: String) -> oneshot::Receiver<()> {
        let (waiter, placed) = oneshot::channel();
        self.keep(id, json);
        self.waiters.insert(id.clone(), waiter);
        placed
    }

    /// A message is applied here without its place, and goes to the others later.
    pub(super) fn begin_alone(&mut self, id: &MessageId, json: String) {
        self.note_applied(id);
        self.keep(id, json);
    }

    fn keep(&mut self, id: &MessageId, json: String) {
        if self.unsent.len() >= UNSENT {
            self.unsent.shift_remove_index(0);
        }
        self.unsent.insert(id.clone(), json);
    }

    /// Its speaker waits no longer and applies it here. `false` when it found its place meanwhile.
    pub(super) fn give_up(&mut self, id: &MessageId) -> bool {
        self.waiters.remove(id);
        self.note_applied(id)
    }

    /// A message came in its place. `None` when it was applied here before; otherwise whom to wake
    /// after it was applied.
    pub(super) fn placed(&mut self, id: &MessageId) -> Option<Option<oneshot::Sender<()>>> {
        let waiter = self.waiters.remove(id);
        self.note_applied(id).then_some(waiter)
    }

    /// Redis keeps it, or it was removed.
    pub(super) fn settled(&mut self, id: &MessageId) {
        self.unsent.shift_remove(id);
    }

    /// The link broke: nobody waits any more. Speakers apply their messages here.
    pub(super) fn release_waiters(&mut self) {
        self.waiters.clear();
    }

    /// What has to be sent again over a new link.
    pub(super) fn unsent(&self) -> Vec<(MessageId, String)> {
        self.unsent
            .iter()
            .map(|(id, json)| (id.clone(), json.clone()))
            .collect()
    }

    /// Remembers that a message was applied here. `false` when it was applied before.
    pub(super) fn note_applied(&mut self, id: &MessageId) -> bool {
        self.applied.insert(id)
    }

    /// Whether a message was applied here.
    pub(super) fn is_applied(&self, id: &MessageId) -> bool {
        self.applied.contains(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_told_once_wherever_it_is_told_first() {
        let mut chats = Chats::default();
        let id = MessageId("m".to_owned());
        let mut placed = chats.begin(&id, "{}".to_owned());
        assert!(chats.give_up(&id), "told here first");
        assert!(chats.placed(&id).is_none(), "so not again in its place");
        assert!(placed.try_recv().is_err());

        let id = MessageId("n".to_owned());
        let _placed = chats.begin(&id, "{}".to_owned());
        assert!(matches!(chats.placed(&id), Some(Some(_))));
        assert!(!chats.give_up(&id), "it has its place already");
    }

    #[test]
    fn what_redis_did_not_confirm_is_sent_again() {
        let mut chats = Chats::default();
        for n in 0..UNSENT + 2 {
            chats.begin_alone(&MessageId(n.to_string()), n.to_string());
        }
        chats.settled(&MessageId("5".to_owned()));
        let unsent = chats.unsent();
        assert_eq!(unsent.len(), UNSENT - 1);
        assert_eq!(unsent[0].1, "2");
    }
}
