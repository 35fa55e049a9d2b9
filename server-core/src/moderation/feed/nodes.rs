//! What the feeds of several nodes tell each other: who watches, and what changes where.

use std::sync::atomic::Ordering;

use super::roster::RosterChanges;
use super::task::Task;
use crate::moderation::{ModerationEvent, RosterUpdate};

/// Seconds between two words to other nodes that somebody watches here.
const ASK_SECONDS: u32 = 2;

impl Task {
    /// Once a second while somebody watches here: says so, and asks for everything where something
    /// is missing.
    pub(super) fn ask_nodes(&self) {
        let fresh = self.feed.elsewhere().take_wants_all();
        if fresh || self.seconds.is_multiple_of(ASK_SECONDS) {
            let node = self.feed.shared.parts.node.to_string();
            self.send(ModerationEvent::Watching { node, fresh });
        }
    }

    /// Tells the other nodes what changed about the sessions here.
    pub(super) fn tell_nodes(&mut self, changes: &RosterChanges) {
        let full = self.feed.shared.wanted_fresh.swap(false, Ordering::AcqRel);
        if changes.is_empty() && !full {
            return;
        }
        self.roster_seq += 1;
        let mut update = RosterUpdate {
            node: self.feed.shared.parts.node.to_string(),
            seq: self.roster_seq,
            full,
            sessions: Vec::new(),
            moved: Vec::new(),
            gone: Vec::new(),
        };
        if full {
            update.sessions = self.roster.all();
        } else {
            update.sessions.clone_from(&changes.sessions);
            update.moved.clone_from(&changes.moved);
            update.gone.clone_from(&changes.gone);
        }
        let update = Box::new(update);
        self.send(ModerationEvent::Roster { update });
    }

    /// What does not fit is lost; the number that is missing then tells.
    fn send(&self, event: ModerationEvent) {
        if let Some(carrier) = self.feed.shared.carrier.get() {
            let _ = carrier.try_send(event);
        }
    }
}
