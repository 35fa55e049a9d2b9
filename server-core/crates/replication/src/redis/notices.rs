//! Notices of this node on their way to the others, and which of the others' were acted on.
//!
//! A notice has an id and is acted on once, however often it is received: when it is published, again
//! from the list that Redis keeps, and again when Redis has lost that list. It says when it was made,
//! by the clock of Redis, so that a node that started later leaves it alone: nobody who is there now
//! is meant.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use super::recent_ids::RecentIds;
use contract::MessageId;

/// Notices of this node that are kept, to be published or published again; the oldest are lost beyond it.
const KEPT: usize = 256;
/// Notices whose ids are remembered: what all nodes together have Redis keep, several times.
const REMEMBERED: usize = 4096;

/// A notice on its way.
#[derive(Debug, Clone)]
pub(super) struct OutgoingNotice {
    pub(super) id: String,
    pub(super) json: String,
    /// The chat message it takes down.
    pub(super) forget: Option<MessageId>,
    /// Whether nodes that miss it receive it later.
    pub(super) lasts: bool,
    made: Instant,
}

impl OutgoingNotice {
    pub(super) fn new(json: String, lasts: bool, forget: Option<MessageId>) -> Self {
        Self {
            id: uuid::Uuid::now_v7().simple().to_string(),
            json,
            forget,
            lasts,
            made: Instant::now(),
        }
    }

    pub(super) fn age(&self) -> Duration {
        self.made.elapsed()
    }
}

#[derive(Debug)]
struct KeptNotice {
    outgoing: OutgoingNotice,
    /// Redis keeps it.
    is_published: bool,
}

/// See the module.
#[derive(Debug)]
pub(super) struct Notices {
    own: VecDeque<KeptNotice>,
    received: RecentIds<String>,
}

impl Default for Notices {
    fn default() -> Self {
        Self {
            own: VecDeque::new(),
            received: RecentIds::up_to(REMEMBERED),
        }
    }
}

impl Notices {
    /// This node made a notice, on which it has acted.
    pub(super) fn begin(&mut self, outgoing: OutgoingNotice) {
        self.received.insert(&outgoing.id);
        while self.own.len() >= KEPT {
            let lost = self.own.pop_front();
            if lost.is_some_and(|lost| !lost.is_published) {
                tracing::warn!("too many notices wait for the other nodes; one is lost");
            }
        }
        self.own.push_back(KeptNotice {
            outgoing,
            is_published: false,
        });
    }

    /// A notice came. `false` when it was acted on before.
    pub(super) fn note_received(&mut self, id: &str) -> bool {
        self.received.insert(&id.to_owned())
    }

    /// Redis keeps a notice of this node.
    pub(super) fn confirmed(&mut self, id: &str) {
        for kept in &mut self.own {
            kept.is_published |= kept.outgoing.id == id;
        }
    }

    /// Redis lost what it kept; who was away then has received nothing.
    pub(super) fn forgotten(&mut self) {
        for kept in &mut self.own {
            kept.is_published = false;
        }
    }

    /// What has to be published, oldest first.
    pub(super) fn unpublished(&self) -> Vec<OutgoingNotice> {
        let unpublished = self.own.iter().filter(|kept| !kept.is_published);
        unpublished.map(|kept| kept.outgoing.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published(count: usize) -> (Notices, Vec<String>) {
        let mut notices = Notices::default();
        let mut ids = Vec::new();
        for n in 0..count {
            let outgoing = OutgoingNotice::new(n.to_string(), true, None);
            ids.push(outgoing.id.clone());
            notices.begin(outgoing);
        }
        (notices, ids)
    }

    #[test]
    fn a_notice_is_told_until_redis_keeps_it_and_again_when_it_forgot() {
        let (mut notices, ids) = published(2);
        notices.confirmed(&ids[0]);
        let unpublished: Vec<_> = notices.unpublished().into_iter().map(|it| it.id).collect();
        assert_eq!(unpublished, ids[1..]);
        notices.forgotten();
        assert_eq!(notices.unpublished().len(), 2);
    }

    #[test]
    fn a_notice_is_acted_on_once_wherever_it_comes_from() {
        let (mut notices, ids) = published(1);
        assert!(!notices.note_received(&ids[0]), "its own node acted on it");
        assert!(notices.note_received("elsewhere"));
        assert!(!notices.note_received("elsewhere"));
    }

    #[test]
    fn what_waits_is_bounded() {
        let (notices, ids) = published(KEPT + 3);
        let unpublished = notices.unpublished();
        assert_eq!((unpublished.len(), &unpublished[0].id), (KEPT, &ids[3]));
    }
}
