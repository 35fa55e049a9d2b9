//! Several nodes behind a Redis.
//!
//! What happens here is applied here first and then published to the others; what happens on other nodes
//! comes in through the session channel, in one order for all nodes. [`owners`] knows who holds
//! whom, [`queue`] what waits to be sent, [`link`] keeps one connection alive, [`resync`] makes up
//! for what was missed. Players that walk are told from node to node ([`moves`]). While Redis cannot be reached, this node
//! decides alone.
//!
//! Nothing here waits for Redis except a claim, as long as the link lives, and the place of a chat
//! message, for a set time.

mod addresses;
mod chats;
mod common;
mod connection;
mod dispatch;
mod driver;
mod envelope;
mod error;
mod group;
mod heartbeat;
mod keys;
mod link;
#[cfg(test)]
mod model;
mod moves;
mod notices;
mod order;
mod owners;
mod queue;
mod recent_ids;
mod resync;
mod scripts;
mod send;
mod settings;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use parking_lot::Mutex;
use tokio::sync::{Notify, oneshot, watch};
use tokio::time::{Instant, sleep_until, timeout};
use tokio_util::sync::CancellationToken;

use super::{
    ChatPlacement, Claimed, MoveTurn, NodeDescriptor, NodeSeen, Notice, Proof, SharedJson,
};
use contract::nodes::{LinkState, LinkStatus};
use contract::{ChatMessage, Player, PlayerId};
use metrics::LinkMetrics;

pub use driver::ChannelDriver;
pub use error::RedisLinkError;
pub use moves::PeerInterests;
pub use settings::NodeSettings;

use addresses::Addresses;
use chats::Chats;
use group::RedisGroup;
use keys::{Digester, WorldKeys};
use link::micros;
use moves::{Moves, PROTOCOL};
use notices::{Notices, OutgoingNotice};
use owners::{GivenUp, Owners};
use queue::{Claim, Command, Full, Queue};

/// This node's part in the cluster; see the module.
#[derive(Debug)]
pub struct RedisHub {
    settings: NodeSettings,
    addresses: Addresses,
    keys: WorldKeys,
    digester: Digester,
    node: String,
    started: Instant,
    // Held for look-ups and small changes, never across an await. Taken after the world's lock and
    // never while calling the replica.
    state: Mutex<HubState>,
    /// There are commands to send.
    wake: Notify,
    /// There is something to publish about moves.
    moves_due: Notify,
    /// a snapshot of the common state is wanted.
    resync: Notify,
    status: watch::Sender<LinkStatus>,
    /// Attempts to link that have ended, well or not.
    attempts: watch::Sender<u64>,
    /// Heartbeats of this node so far.
    heartbeats: AtomicU64,
    /// Number of the last heartbeat of ours that came back.
    echo: watch::Sender<u64>,
    /// How long the last heartbeat took to come back, in ms.
    lag: AtomicU64,
    group: RedisGroup,
    metrics: Arc<LinkMetrics>,
    stop: CancellationToken,
    stopped: CancellationToken,
}

#[derive(Debug)]
struct HubState {
    owners: Owners,
    queue: Queue,
    moves: Moves,
    chats: Chats,
    notices: Notices,
    reach: LinkPhase,
    /// The clock of Redis in microseconds, and when it was read. It cannot be ahead: the answer took
    /// its time.
    clock: Option<(u64, Instant)>,
    /// Lines may have been missed that Redis does not hold any more; the archive has to be asked.
    owes_recall: bool,
    /// Until when nodes that are missing after a loss of Redis' memory may still come back.
    grace_until: Option<Instant>,
    /// As the last heartbeat saw them, and when that was.
    nodes: Vec<(NodeDescriptor, Duration)>,
    nodes_seen: Instant,
    /// When the heartbeat was sent that has not come back yet.
    heartbeat_sent: Option<Instant>,
    meeting: Meeting,
}

/// How well this node knows the others, which says whether it may fill an empty Redis.
#[derive(Debug, Default)]
struct Meeting {
    /// It was linked before.
    was_linked: bool,
    /// An attempt failed before the first one that worked.
    was_alone: bool,
    /// Since when Redis is there and empty.
    empty_since: Option<Instant>,
}

/// How far the link is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum LinkPhase {
    /// There is none.
    Alone,
    /// It is being brought up to date: what changes here is collected for it.
    Linked,
    /// It carries everything.
    Live,
}

impl HubState {
    /// What the clock of Redis shows now, in microseconds, as well as it is known.
    fn now(&self) -> u64 {
        if let Some((then, read)) = self.clock {
            return then.saturating_add(micros(read.elapsed()));
        }
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        since.map_or(0, micros)
    }

    /// Until when this node waits for what it sends now, at least: on its own clock and on that of
    /// Redis in microseconds. The link ends when a heartbeat does not come back in time.
    fn patience(&self, answer_timeout: Duration) -> (Instant, u64) {
        let now = Instant::now();
        let since = self.heartbeat_sent.unwrap_or(now);
        let left = (since + answer_timeout).saturating_duration_since(now);
        (now + left, self.now().saturating_add(micros(left)))
    }
}

impl RedisHub {
    /// A node that is not linked yet; [`Self::run`] does that.
    ///
    /// # Errors
    /// [`RedisLinkError::Address`].
    pub fn new(
        settings: NodeSettings,
        metrics: Arc<LinkMetrics>,
    ) -> Result<Arc<Self>, RedisLinkError> {
        let addresses = Addresses::read(&settings.url)?;
        let node = uuid::Uuid::new_v4().simple().to_string()[..12].to_owned();
        let status = LinkStatus {
            state: LinkState::Resyncing,
            reason: Some("This node is looking for the others.".to_owned()),
            node: Some(node.clone()),
        };
        Ok(Arc::new(Self {
            keys: WorldKeys::new(&settings.prefix),
            digester: Digester::new(&settings.key),
            state: Mutex::new(HubState {
                owners: Owners::new(node.clone(), settings.guest_takeover),
                queue: Queue::default(),
                moves: Moves::default(),
                chats: Chats::default(),
                notices: Notices::default(),
                reach: LinkPhase::Alone,
                clock: None,
                owes_recall: true,
                heartbeat_sent: None,
                meeting: Meeting::default(),
                grace_until: None,
                nodes: Vec::new(),
                nodes_seen: Instant::now(),
            }),
            settings,
            addresses,
            node,
            started: Instant::now(),
            wake: Notify::new(),
            moves_due: Notify::new(),
            resync: Notify::new(),
            status: watch::Sender::new(status),
            attempts: watch::Sender::new(0),
            heartbeats: AtomicU64::new(0),
            echo: watch::Sender::new(0),
            lag: AtomicU64::new(0),
            group: RedisGroup::default(),
            metrics,
            stop: CancellationToken::new(),
            stopped: CancellationToken::new(),
        }))
    }

    /// This node's id, new at every start.
    #[must_use]
    pub fn node(&self) -> &str {
        &self.node
    }

    /// The way of the Socket.IO adapter to the other nodes, over a connection of its own.
    #[must_use]
    pub fn adapter_driver(&self) -> ChannelDriver {
        ChannelDriver::over(
            self.addresses.clone(),
            self.settings.answer_timeout,
            self.stop.clone(),
        )
    }

    /// Begins the names of the Socket.IO adapter's channels.
    #[must_use]
    pub fn adapter_prefix(&self) -> String {
        self.keys.adapter.clone()
    }

    /// How the link is now.
    #[must_use]
    pub fn status(&self) -> LinkStatus {
        self.status.borrow().clone()
    }

    /// Waits until the first attempt to link has ended.
    pub async fn first_attempt(&self) {
        // The sender lives as long as this node.
        let _ = self.attempts.subscribe().wait_for(|ended| *ended > 0).await;
    }

    /// This node as it describes itself to the others.
    #[must_use]
    pub fn descriptor(&self) -> NodeDescriptor {
        NodeDescriptor {
            id: self.node.clone(),
            address: self.settings.listen.clone(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            players: self.state.lock().owners.local_count() as u64,
            lag_ms: self.lag.load(Ordering::Relaxed),
            protocol: PROTOCOL,
        }
    }

    /// Every node that is known to live.
    #[must_use]
    pub fn nodes(&self) -> Vec<NodeSeen> {
        let state = self.state.lock();
        let since = state.nodes_seen.elapsed();
        // The list itself is up to one beat old, so the two times count apart.
        let overdue = (self.settings.beat_interval + self.settings.lease) / 2;
        let nodes = state.nodes.iter();
        nodes
            .map(|(descriptor, age)| NodeSeen {
                descriptor: descriptor.clone(),
                age: *age + since,
                silent: since.max(*age) > overdue,
            })
            .collect()
    }

    /// Takes leave of the other nodes and waits until that is done.
    pub async fn close(&self) {
        self.stop.cancel();
        if timeout(self.settings.answer_timeout * 2, self.stopped.cancelled())
            .await
            .is_err()
        {
            tracing::warn!("the other nodes were not informed that this one closes");
        }
    }

    /// See [`super::Hub::claim`]. When the link breaks before the answer, this node decides by what it
    /// knows, but not before the time after which Redis refuses the claim: what Redis still carries
    /// out must not be decided here as well.
    pub async fn claim(&self, player: &Player, proof: &Proof) -> Claimed {
        let claimant = self.digester.claimant(proof);
        let (answer, waiting) = oneshot::channel();
        let until = Arc::new(OnceLock::new());
        let token = {
            let mut state = self.state.lock();
            let now = state.now();
            if state.reach < LinkPhase::Live {
                return state.owners.grant_alone(None, &player.id, &claimant, now);
            }
            let token = state.owners.begin_claim(&player.id);
            let claim = Command::Claim(Claim {
                token,
                id: player.id.clone(),
                claimant: claimant.clone(),
                player: to_json(player),
                answer,
                until: until.clone(),
            });
            if state.queue.push(claim).is_err() {
                return state
                    .owners
                    .grant_alone(Some(token), &player.id, &claimant, now);
            }
            token
        };
        self.wake.notify_one();
        if let Ok(claimed) = waiting.await {
            return claimed;
        }
        if let Some(until) = until.get() {
            sleep_until(*until).await;
        }
        let mut state = self.state.lock();
        let now = state.now();
        let owners = &mut state.owners;
        let claimed = owners.grant_alone(Some(token), &player.id, &claimant, now);
        if claimed == Claimed::InUse {
            // Redis may have granted it.
            self.resync.notify_one();
        }
        claimed
    }

    /// See [`super::Hub::release`].
    pub fn release(&self, id: &PlayerId, fence: u64) {
        let mut state = self.state.lock();
        let held = match state.owners.released(id, fence) {
            // Redis would take the player from whoever holds it now.
            GivenUp::Superseded => return,
            GivenUp::Free(held) => held,
            GivenUp::Doubtful(held) => {
                self.resync.notify_one();
                held
            }
        };
        state.moves.published.released(id);
        self.enqueue(&mut state, Command::Release(id.clone(), held));
    }

    /// See [`super::Hub::has_peers`].
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.state.lock().reach > LinkPhase::Alone
    }

    /// See [`super::Hub::moved`].
    pub fn moved(&self, players: Vec<(PlayerId, u64, SharedJson)>, turn: MoveTurn) {
        if players.is_empty() {
            return;
        }
        let mut state = self.state.lock();
        if state.reach > LinkPhase::Alone {
            state.moves.published.moved(players, turn);
            self.moves_due.notify_one();
        }
    }

    /// See [`super::Hub::want`].
    pub fn want(&self, text: &str) {
        let mut state = self.state.lock();
        if state.moves.wants.update(text) && state.reach > LinkPhase::Alone {
            self.moves_due.notify_one();
        }
    }

    /// See [`super::Hub::interests`].
    #[must_use]
    pub fn interests(&self, version: u64) -> Option<PeerInterests> {
        self.state.lock().moves.wants.newer_than(version)
    }

    /// See [`super::Hub::refreshed`].
    pub fn refreshed(&self, id: &PlayerId, fence: u64, player: SharedJson) {
        let mut state = self.state.lock();
        if state.reach > LinkPhase::Alone {
            state.moves.published.refreshed(id, fence, player.clone());
        }
        self.enqueue(&mut state, Command::Refresh(id.clone(), fence, player));
    }

    /// See [`super::Hub::place_chat`].
    pub async fn place_chat(&self, message: &ChatMessage) -> ChatPlacement {
        let placed = {
            let mut state = self.state.lock();
            let json = to_json(message);
            if state.reach < LinkPhase::Live {
                state.chats.begin_alone(&message.id, json);
                return ChatPlacement::Here;
            }
            let placed = state.chats.begin(&message.id, json.clone());
            self.enqueue(&mut state, Command::Chat(message.id.clone(), json));
            placed
        };
        if let Ok(Ok(())) = timeout(self.settings.chat_patience, placed).await {
            return ChatPlacement::InOrder;
        }
        match self.state.lock().chats.give_up(&message.id) {
            true => ChatPlacement::Here,
            false => ChatPlacement::InOrder,
        }
    }

    /// See [`super::Hub::publish`]. Without a link it is published when there is one again.
    pub fn publish(&self, notice: Notice) {
        let forget = match &notice {
            Notice::Moderation { removes, .. } => removes.clone(),
            _ => None,
        };
        let outgoing = OutgoingNotice::new(to_json(&notice), true, forget);
        let mut state = self.state.lock();
        if let Some(message) = &outgoing.forget {
            state.chats.settled(message);
        }
        state.notices.begin(outgoing.clone());
        if state.reach == LinkPhase::Live {
            self.enqueue(&mut state, Command::Publish(outgoing));
        }
    }

    /// See [`super::Hub::publish_live`].
    pub fn publish_live(&self, notice: &Notice) {
        let mut state = self.state.lock();
        if state.reach == LinkPhase::Live {
            let outgoing = OutgoingNotice::new(to_json(notice), false, None);
            self.enqueue(&mut state, Command::Publish(outgoing));
        }
    }

    /// Queues a command for a link that exists; one that does not is brought up to date later.
    fn enqueue(&self, state: &mut HubState, command: Command) {
        if state.reach == LinkPhase::Alone {
            return;
        }
        if state.queue.push(command) == Err(Full) {
            // Nothing is lost: the next link begins with a comparison of everything.
            tracing::warn!("Redis takes commands too slowly; the link is made anew");
            self.leave_link(state);
        }
        self.wake.notify_one();
    }

    /// From here on this node is alone, until it is linked again.
    fn leave_link(&self, state: &mut HubState) {
        state.reach = LinkPhase::Alone;
        state.queue.clear();
        state.moves.restart();
        state.chats.release_waiters();
    }
}

/// Serialises a value of ours.
#[expect(
    clippy::expect_used,
    reason = "our types hold only string keys and finite numbers, which always serialise"
)]
fn to_json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("our types serialise")
}

/// For the fuzz target `node_envelope` and the replay of its corpus: reads what may be an envelope, or a message about moves.
#[doc(hidden)]
pub fn fuzz_envelope(text: &str) {
    envelope::fuzz(text);
    moves::fuzz(text);
}
