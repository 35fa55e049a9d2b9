//! What the nodes' clients have near, as each node says it to the others: a text that the nodes' worlds know how to read.
//!
//! Nothing depends on it but how soon a move is told, so it is said again with every heartbeat and asked for by nobody.

use std::collections::BTreeMap;
use std::sync::Arc;

/// What a node of this protocol and later ones says; others are told everything.
pub(in crate::redis) const WANTS_PROTOCOL: u32 = 3;

/// See the module.
#[derive(Debug, Default)]
pub(in crate::redis) struct Wants {
    /// What this node says; `None` before it has ever had anything to say.
    own: Option<Arc<str>>,
    /// It is to be said now.
    is_due: bool,
    of: BTreeMap<String, Arc<str>>,
    /// Every other node that is there, and whether it may say what it wants.
    others: BTreeMap<String, bool>,
    /// Grows whenever something is another than it was.
    version: u64,
}

impl Wants {
    /// The link is a new one, or gone.
    pub(in crate::redis) fn restart(&mut self) {
        self.of.clear();
        self.others.clear();
        self.version += 1;
    }

    /// What this node says from now on. Whether that is to be said at once.
    pub(in crate::redis) fn update(&mut self, text: &str) -> bool {
        if self.own.as_deref() != Some(text) {
            self.own = Some(text.into());
            self.is_due = true;
        }
        self.is_due
    }

    /// It is to be said once more.
    pub(in crate::redis) fn repeat(&mut self) {
        self.is_due = true;
    }

    /// What is to be said now.
    pub(in crate::redis) fn take(&mut self) -> Option<Arc<str>> {
        let is_due = std::mem::take(&mut self.is_due);
        self.own.clone().filter(|_| is_due)
    }

    /// Another node said it.
    pub(in crate::redis) fn receive_frame(&mut self, node: &str, text: &str) {
        if self.of.get(node).is_none_or(|known| **known != *text) {
            self.of.insert(node.to_owned(), text.into());
            self.version += 1;
        }
    }

    /// Who is there besides this node, `here`: each node and what it speaks.
    pub(in crate::redis) fn meet(&mut self, here: &str, nodes: &[(String, u32)]) {
        let others = nodes.iter().filter(|(node, _)| node != here);
        let others: BTreeMap<String, bool> = others
            .map(|(node, protocol)| (node.clone(), *protocol >= WANTS_PROTOCOL))
            .collect();
        self.of.retain(|node, _| others.contains_key(node));
        if others != self.others {
            self.others = others;
            self.version += 1;
        }
    }

    /// What all others said, unless that is known as this `version`.
    pub(in crate::redis) fn newer_than(&self, version: u64) -> Option<PeerInterests> {
        let all = || {
            let of =
                |(node, may_say): (&String, &bool)| self.of.get(node).filter(|_| *may_say).cloned();
            let texts: Option<Vec<Arc<str>>> = self.others.iter().map(of).collect();
            texts.filter(|texts| !texts.is_empty())
        };
        (self.version != version).then(|| PeerInterests {
            version: self.version,
            texts: all(),
        })
    }
}

/// What all other nodes' clients have near.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeerInterests {
    /// Tells it from what was said before.
    pub version: u64,
    /// One text of each node; `None` while there is one that is told everything, or none at all.
    pub texts: Option<Vec<Arc<str>>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(name: &str, protocol: u32) -> (String, u32) {
        (name.to_owned(), protocol)
    }

    #[track_caller]
    fn check(wants: &Wants, known: &mut u64, expected: Option<Option<&[&str]>>) {
        let newer = wants.newer_than(*known);
        if let Some(newer) = &newer {
            *known = newer.version;
        }
        let texts = newer.map(|it| it.texts);
        let expected = expected.map(|it| {
            let texts = it?.iter().map(|text| Arc::from(*text));
            Some(texts.collect::<Vec<_>>())
        });
        assert_eq!(texts, expected);
    }

    #[test]
    fn who_has_said_nothing_is_told_everything() {
        let (mut wants, mut known) = (Wants::default(), 0);
        check(&wants, &mut known, None);
        wants.meet("a", &[node("a", 3), node("b", 3), node("c", 3)]);
        check(&wants, &mut known, Some(None));
        wants.receive_frame("b", "x");
        check(&wants, &mut known, Some(None));
        wants.receive_frame("c", "y");
        check(&wants, &mut known, Some(Some(&["x", "y"])));
        wants.receive_frame("c", "y");
        wants.meet("a", &[node("a", 3), node("b", 3), node("c", 3)]);
        check(&wants, &mut known, None);
        wants.meet("a", &[node("b", 3), node("c", 3), node("old", 2)]);
        check(&wants, &mut known, Some(None));
        wants.meet("a", &[node("b", 3)]);
        check(&wants, &mut known, Some(Some(&["x"])));
        wants.restart();
        check(&wants, &mut known, Some(None));
    }

    #[test]
    fn a_node_says_what_is_new_at_once_and_everything_with_each_heartbeat() {
        let mut wants = Wants::default();
        wants.repeat();
        assert_eq!(wants.take(), None, "it never had anything to say");
        assert!(wants.update("x"));
        assert_eq!(wants.take().as_deref(), Some("x"));
        assert!(!wants.update("x"));
        assert_eq!(wants.take(), None);
        wants.repeat();
        assert_eq!(wants.take().as_deref(), Some("x"));
    }
}
