//! What the feeds of several nodes tell each other: who watches, and what changes where.

use std::collections::HashSet;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::Feed;
use super::roster::RosterChanges;
use super::task::Task;
use crate::moderation::{ModerationEvent, RosterUpdate};
use contract::admin::{AdminSession, Cluster};

/// Seconds between two words to other nodes that somebody watches here.
const ASK_SECONDS: u32 = 2;
/// How long other nodes may take to say who is there. A node that is linked answers within a look.
const ANSWER_PATIENCE: Duration = Duration::from_secs(2);

impl Feed {
    /// Waits until the sessions of the other nodes are known here. They are kept up to date for a
    /// while, as if somebody watched. Nodes that cannot be reached are not waited for.
    pub async fn ask_elsewhere(&self) {
        let vitals = self.vitals();
        let nodes = vitals.nodes.into_iter();
        let others: Vec<_> = nodes.filter(|it| !it.is_self).map(|it| it.id).collect();
        if vitals.cluster != Cluster::Healthy || others.is_empty() {
            return;
        }
        if self.elsewhere().note_question() {
            self.ask_nodes(true);
        }
        self.elsewhere().know(&others, ANSWER_PATIENCE).await;
    }

    /// The sessions of other nodes that hear now what is told. Those of nodes that cannot be reached
    /// may be known still.
    #[must_use]
    pub fn reached_elsewhere(&self) -> Vec<AdminSession> {
        let vitals = self.vitals();
        if vitals.cluster != Cluster::Healthy {
            return Vec::new();
        }
        let silent = vitals.nodes.into_iter().filter(|node| node.silent);
        let silent: HashSet<String> = silent.map(|node| node.id).collect();
        let mut reached = self.elsewhere().all();
        reached.retain(|session| !silent.contains(&session.node));
        reached
    }

    /// Tells the other nodes that somebody here wants to know.
    fn ask_nodes(&self, fresh: bool) {
        let node = self.shared.parts.node.to_string();
        self.send(ModerationEvent::Watching { node, fresh });
    }

    /// What does not fit is lost; the number that is missing then tells.
    fn send(&self, event: ModerationEvent) {
        if let Some(carrier) = self.shared.carrier.get() {
            let _ = carrier.try_send(event);
        }
    }
}

impl Task {
    /// Once a second while somebody wants to know of the other nodes: says so, and asks for everything
    /// where something is missing.
    pub(super) fn ask_nodes(&self, second: u32) {
        let elsewhere = self.feed.elsewhere();
        if !elsewhere.is_wanted() {
            return;
        }
        let fresh = elsewhere.take_wants_all();
        if fresh || second.is_multiple_of(ASK_SECONDS) {
            self.feed.ask_nodes(fresh);
        }
        if !self.watching {
            // Who watches looks at the nodes anyway, and is told what changed.
            let nodes = self.feed.vitals().nodes;
            let alive: HashSet<_> = nodes.iter().map(|node| node.id.as_str()).collect();
            elsewhere.keep_only(&alive);
            drop(elsewhere.take_changes());
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
        self.feed.send(ModerationEvent::Roster { update });
    }
}
