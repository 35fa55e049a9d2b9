//! Sessions of other nodes, as they tell while somebody here wants to know.
//!
//! Every node tells what changed about its own sessions, numbered; a gap means that something was
//! lost, and the node is asked for everything. What a node told is forgotten when it leaves the list
//! of nodes.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio::time::{Instant, timeout};

use super::{RosterChanges, RosterUpdate};
use contract::PlayerId;
use contract::admin::{AdminSession, SessionKind};

/// How long whoever asked once is kept up to date, so that the next question needs no wait.
const INTEREST: Duration = Duration::from_secs(10);

/// See the module; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct RemoteSessions {
    // Held for map operations, never across an await.
    state: Arc<Mutex<RemoteState>>,
    /// A node answered with everything.
    answered: Arc<Notify>,
}

#[derive(Debug, Default)]
struct RemoteState {
    /// Somebody watches the feed here.
    watching: bool,
    /// Somebody asked for a list; what nobody wants is not kept.
    asked_until: Option<Instant>,
    nodes: HashMap<String, Node>,
    /// What the watchers here have not been told.
    pending: RosterChanges,
    /// Something was lost, or nothing is known yet.
    wants_all: bool,
}

#[derive(Debug, Default)]
struct Node {
    seq: u64,
    sessions: HashMap<String, AdminSession>,
}

impl RemoteSessions {
    /// Takes what another node told.
    pub fn take(&self, update: &RosterUpdate) {
        let mut state = self.state.lock();
        if !state.is_wanted() {
            return;
        }
        let follows = state
            .nodes
            .get(&update.node)
            .is_some_and(|node| node.seq + 1 == update.seq);
        if update.full {
            state.replace(update);
            self.answered.notify_waiters();
        } else if follows {
            state.apply(update);
        } else {
            state.wants_all = true;
        }
    }

    /// The session with this id.
    #[must_use]
    pub fn session(&self, id: &str) -> Option<AdminSession> {
        let (node, _) = id.rsplit_once('-')?;
        self.state.lock().nodes.get(node)?.sessions.get(id).cloned()
    }

    /// The session that holds a player.
    #[must_use]
    pub fn holder(&self, player_id: &str) -> Option<AdminSession> {
        let state = self.state.lock();
        let mut all = state.nodes.values().flat_map(|node| node.sessions.values());
        all.find(|session| session.player_id.as_deref() == Some(player_id))
            .cloned()
    }

    /// Every session.
    #[must_use]
    pub fn all(&self) -> Vec<AdminSession> {
        let state = self.state.lock();
        let all = state.nodes.values().flat_map(|node| node.sessions.values());
        all.cloned().collect()
    }

    /// The players that are bots.
    #[must_use]
    pub fn bots(&self) -> Vec<PlayerId> {
        let state = self.state.lock();
        let all = state.nodes.values().flat_map(|node| node.sessions.values());
        all.filter(|session| session.kind == SessionKind::Bot)
            .filter_map(|session| session.player_id.as_deref().map(PlayerId::trusted))
            .collect()
    }

    /// Somebody asks: from now on the other nodes' sessions are kept, for a while. Whether they have
    /// to be asked, because that was not so before.
    pub(super) fn note_question(&self) -> bool {
        let mut state = self.state.lock();
        let was_wanted = state.is_wanted();
        if !was_wanted {
            *state = RemoteState::default();
        }
        state.asked_until = Some(Instant::now() + INTEREST);
        !was_wanted
    }

    /// Waits until each of `nodes` has told everything; for no longer than `patience`.
    pub(super) async fn know(&self, nodes: &[String], patience: Duration) {
        let knowing = async {
            loop {
                let answered = self.answered.notified();
                tokio::pin!(answered);
                answered.as_mut().enable();
                if nodes
                    .iter()
                    .all(|node| self.state.lock().nodes.contains_key(node))
                {
                    return;
                }
                answered.await;
            }
        };
        if timeout(patience, knowing).await.is_err() {
            tracing::warn!("another node did not send in time who is there");
        }
    }

    /// Whether anybody wants to know.
    pub(super) fn is_wanted(&self) -> bool {
        self.state.lock().is_wanted()
    }

    /// From now on somebody watches, or nobody does.
    pub(crate) fn watch(&self, watching: bool) {
        let mut state = self.state.lock();
        *state = RemoteState {
            watching,
            wants_all: watching,
            asked_until: state.asked_until,
            ..RemoteState::default()
        };
    }

    /// What changed since the last call.
    pub(crate) fn take_changes(&self) -> RosterChanges {
        std::mem::take(&mut self.state.lock().pending)
    }

    /// Whether the other nodes have to be asked for everything; asked once.
    pub(super) fn take_wants_all(&self) -> bool {
        std::mem::take(&mut self.state.lock().wants_all)
    }

    /// Forgets nodes that are not among `alive`.
    pub(crate) fn keep_only(&self, alive: &HashSet<&str>) {
        let mut state = self.state.lock();
        let RemoteState { nodes, pending, .. } = &mut *state;
        nodes.retain(|id, node| {
            let stays = alive.contains(id.as_str());
            if !stays {
                pending.gone.extend(node.sessions.drain().map(|(id, _)| id));
            }
            stays
        });
    }
}

impl RemoteState {
    fn is_wanted(&self) -> bool {
        self.watching || self.asked_until.is_some_and(|until| Instant::now() < until)
    }

    fn replace(&mut self, update: &RosterUpdate) {
        let fresh: HashMap<String, AdminSession> = update
            .sessions
            .iter()
            .map(|session| (session.id.clone(), session.clone()))
            .collect();
        let node = Node {
            seq: update.seq,
            sessions: fresh,
        };
        let before = self.nodes.insert(update.node.clone(), node);
        let now = self.nodes.get(&update.node);
        let is_gone = |id: &String| now.is_none_or(|node| !node.sessions.contains_key(id));
        let before = before
            .into_iter()
            .flat_map(|node| node.sessions.into_keys());
        self.pending.gone.extend(before.filter(is_gone));
        self.pending
            .sessions
            .extend(update.sessions.iter().cloned());
    }

    fn apply(&mut self, update: &RosterUpdate) {
        let Some(node) = self.nodes.get_mut(&update.node) else {
            return;
        };
        node.seq = update.seq;
        for session in &update.sessions {
            node.sessions.insert(session.id.clone(), session.clone());
            self.pending.sessions.push(session.clone());
        }
        for moved in &update.moved {
            if let Some(session) = node.sessions.get_mut(&moved.id) {
                session.position = moved.position;
                session.last_active_at.clone_from(&moved.last_active_at);
                session.ping_ms = moved.ping_ms;
                self.pending.moved.push(moved.clone());
            }
        }
        for id in &update.gone {
            if node.sessions.remove(id).is_some() {
                self.pending.gone.push(id.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::admin::SessionKind;
    use contract::admin::session::TransportKind;

    fn session(id: &str, player: &str) -> AdminSession {
        AdminSession {
            id: id.to_owned(),
            node: "b".to_owned(),
            kind: SessionKind::Guest,
            subject: "0af9".to_owned(),
            joined: true,
            player_id: Some(player.to_owned()),
            name: None,
            account: None,
            role: None,
            address: "192.0.2.1".to_owned(),
            transport: TransportKind::Websocket,
            batch: false,
            user_agent: None,
            connected_at: String::new(),
            joined_at: None,
            last_active_at: String::new(),
            position: None,
            map_id: None,
            avatar_id: None,
            sprite: None,
            appearance: None,
            ping_ms: None,
            muted: None,
            warnings: 0,
            open_reports: 0,
        }
    }

    fn update(seq: u64, full: bool, sessions: &[AdminSession], gone: &[&str]) -> RosterUpdate {
        RosterUpdate {
            node: "b".to_owned(),
            seq,
            full,
            sessions: sessions.to_vec(),
            moved: Vec::new(),
            gone: gone.iter().map(|&id| id.to_owned()).collect(),
        }
    }

    #[test]
    fn updates_in_their_order_are_told_and_a_gap_asks_for_everything() {
        let remote = RemoteSessions::default();
        remote.take(&update(1, true, &[session("b-1", "ana")], &[]));
        assert!(remote.all().is_empty(), "nobody watches");
        remote.watch(true);
        assert!(remote.take_wants_all());
        assert!(!remote.take_wants_all());
        remote.take(&update(4, false, &[session("b-2", "bo")], &[]));
        assert!(remote.take_wants_all() && remote.all().is_empty());
        remote.take(&update(
            5,
            true,
            &[session("b-1", "ana"), session("b-2", "bo")],
            &[],
        ));
        assert_eq!(remote.take_changes().sessions.len(), 2);
        remote.take(&update(6, false, &[session("b-3", "cy")], &["b-1"]));
        let changes = remote.take_changes();
        assert_eq!(
            (changes.sessions.len(), changes.gone),
            (1, vec!["b-1".to_owned()])
        );
        assert_eq!(remote.holder("cy").unwrap().id, "b-3");
        assert!(remote.session("b-1").is_none());
        remote.take(&update(8, false, &[], &["b-3"]));
        assert!(remote.take_wants_all());
        remote.take(&update(9, true, &[session("b-2", "bo")], &[]));
        assert_eq!(remote.take_changes().gone, ["b-3"]);
    }

    #[tokio::test]
    async fn who_asks_once_is_kept_up_to_date_for_a_while() {
        let remote = RemoteSessions::default();
        assert!(remote.note_question() && remote.is_wanted());
        let nodes = ["b".to_owned()];
        let asking = remote.clone();
        let know = tokio::spawn(async move { asking.know(&nodes, INTEREST).await });
        tokio::task::yield_now().await;
        remote.take(&update(1, true, &[session("b-1", "ana")], &[]));
        know.await.unwrap();
        assert_eq!(remote.all().len(), 1);
        assert!(!remote.note_question(), "known already");
        remote.state.lock().asked_until = Some(Instant::now());
        assert!(!remote.is_wanted());
        assert!(remote.note_question(), "what is known may be old");
        assert!(remote.all().is_empty());
    }

    #[test]
    fn a_node_that_left_takes_its_sessions_along() {
        let remote = RemoteSessions::default();
        remote.watch(true);
        remote.take(&update(1, true, &[session("b-1", "ana")], &[]));
        remote.take_changes();
        remote.keep_only(&HashSet::from(["a", "b"]));
        assert_eq!(remote.take_changes(), RosterChanges::default());
        remote.keep_only(&HashSet::from(["a"]));
        assert_eq!(remote.take_changes().gone, ["b-1"]);
        assert!(remote.all().is_empty());
    }
}
