//! What the nodes tell each other: who wants to know of the sessions, and what changes where.

use std::collections::HashSet;
use std::sync::atomic::Ordering;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{LocalSessions, Roster, RosterChanges};
use contract::admin::session::SessionMove;
use contract::admin::{AdminSession, Cluster};

/// Seconds between two words to other nodes that somebody wants to know here.
const ASK_SECONDS: u32 = 2;
/// How long other nodes may take to say who is there. A node that is linked answers within a look.
const ANSWER_PATIENCE: Duration = Duration::from_secs(2);

/// A word to the other nodes.
#[derive(Debug, Clone, PartialEq)]
pub enum RosterMessage {
    /// Somebody at a node wants to know of every node's sessions. Sent every few seconds for as long
    /// as that is so.
    Watching {
        /// The node.
        node: String,
        /// It knows nothing yet, or missed something: send everything.
        fresh: bool,
    },
    /// What changed about the sessions of a node.
    Changed(Box<RosterUpdate>),
}

/// Changes of one node's sessions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RosterUpdate {
    /// Whose.
    pub node: String,
    /// One more than in the update before.
    pub seq: u64,
    /// Whether `sessions` are all there are, and everything known before is void.
    pub full: bool,
    /// New or changed ones, whole.
    pub sessions: Vec<AdminSession>,
    /// Ones that moved.
    pub moved: Vec<SessionMove>,
    /// Ids of those that are gone.
    pub gone: Vec<String>,
}

impl Roster {
    /// Waits until the sessions of the other nodes are known here. They are kept up to date for a
    /// while, as if somebody watched. Nodes that cannot be reached are not waited for.
    pub async fn fetch_remote(&self) {
        let (cluster, nodes) = (self.shared.nodes)();
        let others = nodes.into_iter().filter(|it| !it.is_self);
        let others: Vec<_> = others.map(|it| it.id).collect();
        if cluster != Cluster::Healthy || others.is_empty() {
            return;
        }
        if self.remote().note_question() {
            self.send_watching(true);
        }
        self.remote().know(&others, ANSWER_PATIENCE).await;
    }

    /// The sessions of other nodes that hear now what is told. Those of nodes that cannot be reached
    /// may be known still.
    #[must_use]
    pub fn reached(&self) -> Vec<AdminSession> {
        let (cluster, nodes) = (self.shared.nodes)();
        if cluster != Cluster::Healthy {
            return Vec::new();
        }
        let silent = nodes.into_iter().filter(|node| node.silent);
        let silent: HashSet<String> = silent.map(|node| node.id).collect();
        let mut reached = self.remote().all();
        reached.retain(|session| !silent.contains(&session.node));
        reached
    }

    /// To be called once a second: while somebody wants to know of the other nodes, says so, and asks
    /// for everything where something is missing. Who is `watching` looks at the nodes by itself.
    pub(crate) fn renew_interest(&self, second: u32, watching: bool) {
        let remote = self.remote();
        if !remote.is_wanted() {
            return;
        }
        let fresh = remote.take_wants_all();
        if fresh || second.is_multiple_of(ASK_SECONDS) {
            self.send_watching(fresh);
        }
        if !watching {
            let (_, nodes) = (self.shared.nodes)();
            let alive: HashSet<_> = nodes.iter().map(|node| node.id.as_str()).collect();
            remote.keep_only(&alive);
            drop(remote.take_changes());
        }
    }

    /// Tells the other nodes what changed about the sessions here.
    pub(crate) fn publish_changes(&self, local: &mut LocalSessions, changes: &RosterChanges) {
        let full = self.shared.wanted_fresh.swap(false, Ordering::AcqRel);
        if changes.is_empty() && !full {
            return;
        }
        let mut update = RosterUpdate {
            node: self.node().to_string(),
            seq: local.next_seq(),
            full,
            sessions: Vec::new(),
            moved: Vec::new(),
            gone: Vec::new(),
        };
        if full {
            update.sessions = local.all();
        } else {
            update.sessions.clone_from(&changes.sessions);
            update.moved.clone_from(&changes.moved);
            update.gone.clone_from(&changes.gone);
        }
        self.send(RosterMessage::Changed(Box::new(update)));
    }

    fn send_watching(&self, fresh: bool) {
        let node = self.node().to_string();
        self.send(RosterMessage::Watching { node, fresh });
    }

    /// What does not fit is lost; the number that is missing then tells.
    fn send(&self, message: RosterMessage) {
        if let Some(carry) = self.shared.carrier.get() {
            carry(message);
        }
    }
}
