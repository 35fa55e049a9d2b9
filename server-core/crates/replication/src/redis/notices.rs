//! Notices of this node on their way to the others, and which of the others' were acted on.
//!
//! A notice has an id and is acted on once, however often it is told: when it is published, again
//! from the list that Redis keeps, and again when Redis has lost that list. It says when it was made,
//! by the clock of Redis, so that a node that started later leaves it alone: nobody who is there now
//! is meant.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use super::heard::Heard;
use contract::MessageId;

/// Notices of this node that are kept, to be told or to be told again; the oldest are lost beyond it.
const KEPT: usize = 256;
/// Notices whose ids are remembered: what all nodes together have Redis keep, several times.
const REMEMBERED: usize = 4096;

/// A notice on its way.
#[derive(Debug, Clone)]
pub(super) struct Telling {
    pub(super) id: String,
    pub(super) json: String,
    /// The chat message it takes down.
    pub(super) forget: Option<MessageId>,
    /// Whether nodes that miss it hear of it later.
    pub(super) lasts: bool,
    made: Instant,
}

impl Telling {
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
struct Kept {
    telling: Telling,
    /// Redis keeps it.
    is_told: bool,
}

/// See the module.
#[derive(Debug)]
pub(super) struct Notices {
    own: VecDeque<Kept>,
    heard: Heard<String>,
}

impl Default for Notices {
    fn default() -> Self {
        Self {
            own: VecDeque::new(),
            heard: Heard::up_to(REMEMBERED),
        }
    }
}

impl Notices {
    /// This node made a notice, on which it has acted.
    pub(super) fn begin(&mut self, telling: Telling) {
        self.heard.insert(&telling.id);
        while self.own.len() >= KEPT {
            let lost = self.own.pop_front();
            if lost.is_some_and(|lost| !lost.is_told) {
                tracing::warn!("too many notices wait for the other nodes; one is lost");
            }
        }
        self.own.push_back(Kept {
            telling,
            is_told: false,
        });
    }

    /// A notice came. `false` when it was acted on before.
    pub(super) fn hear(&mut self, id: &str) -> bool {
        self.heard.insert(&id.to_owned())
    }

    /// Redis keeps a notice of this node.
    pub(super) fn confirmed(&mut self, id: &str) {
        for kept in &mut self.own {
            kept.is_told |= kept.telling.id == id;
        }
    }

    /// Redis lost what it kept; who was away then has heard nothing.
    pub(super) fn forgotten(&mut self) {
        for kept in &mut self.own {
            kept.is_told = false;
        }
    }

    /// What has to be told, oldest first.
    pub(super) fn untold(&self) -> Vec<Telling> {
        let untold = self.own.iter().filter(|kept| !kept.is_told);
        untold.map(|kept| kept.telling.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(count: usize) -> (Notices, Vec<String>) {
        let mut notices = Notices::default();
        let mut ids = Vec::new();
        for n in 0..count {
            let telling = Telling::new(n.to_string(), true, None);
            ids.push(telling.id.clone());
            notices.begin(telling);
        }
        (notices, ids)
    }

    #[test]
    fn a_notice_is_told_until_redis_keeps_it_and_again_when_it_forgot() {
        let (mut notices, ids) = told(2);
        notices.confirmed(&ids[0]);
        let untold: Vec<_> = notices.untold().into_iter().map(|it| it.id).collect();
        assert_eq!(untold, ids[1..]);
        notices.forgotten();
        assert_eq!(notices.untold().len(), 2);
    }

    #[test]
    fn a_notice_is_acted_on_once_wherever_it_comes_from() {
        let (mut notices, ids) = told(1);
        assert!(!notices.hear(&ids[0]), "its own node acted on it");
        assert!(notices.hear("elsewhere"));
        assert!(!notices.hear("elsewhere"));
    }

    #[test]
    fn what_waits_is_bounded() {
        let (notices, ids) = told(KEPT + 3);
        let untold = notices.untold();
        assert_eq!((untold.len(), &untold[0].id), (KEPT, &ids[3]));
    }
}
