//! The roster: who is here now, on every node, as the administration lists them.
//!
//! [`Roster`] answers who holds a session or a player. The sessions of this node are asked of the
//! session manager; those of other nodes are known while somebody wants to know ([`RemoteSessions`]),
//! and the nodes tell each other what changed ([`exchange`]). Moderation acts on what it finds here,
//! the live feed shows it; the roster knows neither.

mod exchange;
mod lister;
mod local;
mod person;
mod remote;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio::time::Instant;

pub use exchange::{RosterMessage, RosterUpdate};
pub use lister::person_in;
pub(crate) use local::{LocalSessions, RosterChanges};
pub use person::persons_of;
pub use remote::RemoteSessions;

use contract::PlayerId;
use contract::admin::{AdminSession, Cluster, NodeInfo};
use lister::Lister;
use session::SessionManager;
use store::records::Records;
use world::ConnectionId;

/// How long a node's word that somebody watches there is believed.
const WATCHING_FRESH: Duration = Duration::from_secs(6);

/// How this node stands to the others, and all nodes, this one first. Answers from memory.
pub type NodesSource = Arc<dyn Fn() -> (Cluster, Vec<NodeInfo>) + Send + Sync>;

/// Takes a message to the other nodes; one that does not fit is lost.
pub type Carrier = Arc<dyn Fn(RosterMessage) + Send + Sync>;

/// See the module; cheap to clone.
#[derive(Clone)]
pub struct Roster {
    shared: Arc<RosterShared>,
}

struct RosterShared {
    node: Arc<str>,
    sessions: SessionManager,
    lister: Lister,
    remote: RemoteSessions,
    nodes: NodesSource,
    /// Set where there may be other nodes.
    carrier: OnceLock<Carrier>,
    /// Nodes whose feeds are watched, and when they last said so. Held for a map operation.
    watched_from: Mutex<HashMap<String, Instant>>,
    /// Somebody there knows nothing of our sessions yet.
    wanted_fresh: AtomicBool,
    asked: Arc<Notify>,
}

impl Roster {
    /// The roster of the node with this id.
    #[must_use]
    pub fn new(
        node: Arc<str>,
        sessions: SessionManager,
        records: Records,
        nodes: NodesSource,
    ) -> Self {
        Self {
            shared: Arc::new(RosterShared {
                lister: Lister::new(node.clone(), records),
                node,
                sessions,
                remote: RemoteSessions::default(),
                nodes,
                carrier: OnceLock::new(),
                watched_from: Mutex::default(),
                wanted_fresh: AtomicBool::new(false),
                asked: Arc::default(),
            }),
        }
    }

    /// From now on other nodes are asked and told through `carrier`. Once.
    pub fn carry(&self, carrier: Carrier) {
        let _ = self.shared.carrier.set(carrier);
    }

    /// This node's id.
    #[must_use]
    pub fn node(&self) -> &Arc<str> {
        &self.shared.node
    }

    /// The sessions of other nodes.
    #[must_use]
    pub fn remote(&self) -> &RemoteSessions {
        &self.shared.remote
    }

    /// The connection of this node that a session id names, whether or not it still lives.
    #[must_use]
    pub fn own_connection(&self, session_id: &str) -> Option<ConnectionId> {
        let (node, number) = session_id.rsplit_once('-')?;
        let number = number.parse().ok().map(ConnectionId)?;
        (node == self.node().as_ref()).then_some(number)
    }

    /// The live session with this id.
    pub async fn session(&self, id: &str) -> Option<AdminSession> {
        match self.own_connection(id) {
            Some(id) => self.own(id),
            None => {
                self.fetch_remote().await;
                self.remote().session(id)
            }
        }
    }

    /// The live session that holds a player, as far as it is known without asking.
    #[must_use]
    pub fn known_holder(&self, player_id: &str) -> Option<AdminSession> {
        match self.shared.sessions.holder(&PlayerId::trusted(player_id)) {
            Some(id) => self.own(id),
            None => self.remote().holder(player_id),
        }
    }

    /// The live session that holds a player, on any node.
    pub async fn holder(&self, player_id: &str) -> Option<AdminSession> {
        let id = PlayerId::trusted(player_id);
        if self.shared.sessions.holder(&id).is_none() {
            self.fetch_remote().await;
        }
        self.known_holder(player_id)
    }

    /// Every live session: those of this node first, newest first.
    pub async fn all(&self) -> Vec<AdminSession> {
        self.fetch_remote().await;
        let mut all = self.shared.lister.all(&self.shared.sessions);
        all.extend(self.remote().all());
        all
    }

    /// Somebody watches the feed of another node.
    pub fn watched_from(&self, node: &str, fresh: bool) {
        let mut watched = self.shared.watched_from.lock();
        let was_watched = watched.insert(node.to_owned(), Instant::now()).is_some();
        drop(watched);
        if fresh || !was_watched {
            self.shared.wanted_fresh.store(true, Ordering::Release);
        }
        self.shared.asked.notify_one();
    }

    /// Whether somebody watches the feed of another node. Who did not say so for a while does not.
    pub(crate) fn is_watched_remotely(&self) -> bool {
        let mut watched = self.shared.watched_from.lock();
        watched.retain(|_, at| at.elapsed() < WATCHING_FRESH);
        !watched.is_empty()
    }

    /// Told whenever another node wants to know who is here.
    pub(crate) fn asked(&self) -> Arc<Notify> {
        self.shared.asked.clone()
    }

    /// The sessions of this node, to be looked at again and again.
    pub(crate) fn local(&self) -> LocalSessions {
        LocalSessions::new(self.shared.lister.clone(), self.shared.sessions.clone())
    }

    fn own(&self, id: ConnectionId) -> Option<AdminSession> {
        self.shared.lister.one(&self.shared.sessions, id)
    }
}
