//! Who owns a player, across all nodes of a world, and how nodes share each other's players.
//!
//! The session manager claims a player before it applies a join and releases it when the player
//! leaves. Each claim gets a fence, a number that only grows: wherever two owners meet, the higher
//! fence wins. One node alone is a cluster of one: [`Hub::Memory`] answers the same questions from
//! a map in this process. With [`Hub::Redis`] the nodes' common memory is a Redis; what other nodes
//! do comes in through [`Replica`].

mod config;
mod descriptor;
mod memory;
mod notice;
mod redis;
mod replica;
mod takeover;

use std::net::IpAddr;
use std::sync::Arc;

use contract::SharedJson;
use contract::nodes::LinkStatus;
use contract::{ChatMessage, MessageId, Player, PlayerId};

#[doc(hidden)]
pub use self::redis::fuzz_envelope;
pub use self::redis::{ChannelDriver, NodeSettings, PeerInterests, RedisHub, RedisLinkError};
pub use config::{GuestTakeover, ReplicationConfig, redis_addresses};
pub use descriptor::{NodeDescriptor, NodeSeen};
pub use memory::MemoryHub;
pub use notice::Notice;
pub use replica::{ClusterSnapshot, MoveTurn, Recall, Recalling, Replica};

/// What a claimant shows for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The account or guest secret, in a form that can be compared and stored.
    pub owner: Owner,
    /// Where it comes from.
    pub address: IpAddr,
}

/// To whom a player belongs while it is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// An account, by its id.
    Account(String),
    /// A guest, by its secret.
    Guest(String),
}

/// The answer to a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claimed {
    /// The claimant owns the player now; an earlier owner has to go.
    Granted {
        /// Higher than the fence of every claim before.
        fence: u64,
    },
    /// Somebody else holds it and does not have to yield.
    InUse,
}

/// How a chat message finds its place among those of other nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChatPlacement {
    /// It came back in the nodes' common order and was applied to the [`Replica`].
    InOrder,
    /// The caller applies it: there is no other node, or none can be reached.
    Here,
}

/// The nodes' common memory.
#[derive(Debug)]
pub enum Hub {
    /// This node alone.
    Memory(MemoryHub),
    /// Several nodes behind a Redis.
    Redis(Arc<RedisHub>),
}

impl Hub {
    /// How the Socket.IO adapter reaches the other nodes, and what the names of its channels begin
    /// with. Alone, it reaches nobody and costs nothing.
    #[must_use]
    pub fn adapter(&self) -> (ChannelDriver, String) {
        match self {
            Self::Memory(_) => (ChannelDriver::alone(), String::new()),
            Self::Redis(hub) => (hub.adapter_driver(), hub.adapter_prefix()),
        }
    }

    /// Begins to work with the other nodes, until [`Self::close`]; alone there is nothing to begin.
    /// `known` are the messages this node brings along.
    pub fn start(&self, replica: Arc<dyn Replica>, known: Vec<MessageId>) {
        match self {
            Self::Memory(_) => {}
            Self::Redis(hub) => {
                tokio::spawn(hub.clone().run(replica, known));
            }
        }
    }

    /// Takes leave of the other nodes and waits until that is done.
    pub async fn close(&self) {
        match self {
            Self::Memory(_) => {}
            Self::Redis(hub) => hub.close().await,
        }
    }

    /// This node's id among the others; `None` when there is one node.
    #[must_use]
    pub fn node(&self) -> Option<&str> {
        match self {
            Self::Memory(_) => None,
            Self::Redis(hub) => Some(hub.node()),
        }
    }

    /// Every node that is known to live; none when there is one node.
    #[must_use]
    pub fn nodes(&self) -> Vec<NodeSeen> {
        match self {
            Self::Memory(_) => Vec::new(),
            Self::Redis(hub) => hub.nodes(),
        }
    }

    /// How well this node is linked with the others.
    #[must_use]
    pub fn status(&self) -> LinkStatus {
        match self {
            Self::Memory(_) => LinkStatus::standalone(),
            Self::Redis(hub) => hub.status(),
        }
    }

    /// Waits until this node has tried to link with the others; alone, not at all.
    pub async fn first_attempt(&self) {
        match self {
            Self::Memory(_) => {}
            Self::Redis(hub) => hub.first_attempt().await,
        }
    }

    /// Claims a player for a connection of this node; `player` is what it will be.
    pub async fn claim(&self, player: &Player, proof: &Proof) -> Claimed {
        match self {
            Self::Memory(hub) => hub.claim(&player.id, proof),
            Self::Redis(hub) => hub.claim(player, proof).await,
        }
    }

    /// Gives a player up. A stale fence is ignored. Never waits.
    pub fn release(&self, id: &PlayerId, fence: u64) {
        match self {
            Self::Memory(hub) => hub.release(id, fence),
            Self::Redis(hub) => hub.release(id, fence),
        }
    }

    /// Whether [`Self::moved`] has anybody to inform; spares the work of finding out what moved.
    #[must_use]
    pub fn has_peers(&self) -> bool {
        match self {
            Self::Memory(_) => false,
            Self::Redis(hub) => hub.is_live(),
        }
    }

    /// Tells other nodes the newest state of players that connections of this node hold. Coalesced
    /// per player; never waits.
    pub fn moved(&self, players: Vec<(PlayerId, u64, SharedJson)>, turn: MoveTurn) {
        match self {
            Self::Memory(_) => {}
            Self::Redis(hub) => hub.moved(players, turn),
        }
    }

    /// Tells other nodes what the clients of this one have near, in words that the nodes' worlds know how to read. Never waits.
    pub fn want(&self, text: &str) {
        match self {
            Self::Memory(_) => {}
            Self::Redis(hub) => hub.want(text),
        }
    }

    /// What the clients of all other nodes have near, unless it is known as this `version`. At first that is 0.
    #[must_use]
    pub fn interests(&self, version: u64) -> Option<PeerInterests> {
        match self {
            Self::Memory(_) => None,
            Self::Redis(hub) => hub.interests(version),
        }
    }

    /// Tells other nodes of a repeated join of a player that is held already. Never waits.
    pub fn refreshed(&self, id: &PlayerId, fence: u64, player: SharedJson) {
        match self {
            Self::Memory(_) => {}
            Self::Redis(hub) => hub.refreshed(id, fence, player),
        }
    }

    /// Puts a message into the nodes' common order.
    pub async fn place_chat(&self, message: &ChatMessage) -> ChatPlacement {
        match self {
            Self::Memory(_) => ChatPlacement::Here,
            Self::Redis(hub) => hub.place_chat(message).await,
        }
    }

    /// Tells other nodes what is no player's state; this node acts on it by itself. Never waits.
    pub fn publish(&self, notice: Notice) {
        match self {
            Self::Memory(_) => {}
            Self::Redis(hub) => hub.publish(notice),
        }
    }

    /// As [`Self::publish`], for what is good only now: a node that misses it never receives it.
    pub fn publish_live(&self, notice: &Notice) {
        match self {
            Self::Memory(_) => {}
            Self::Redis(hub) => hub.publish_live(notice),
        }
    }
}
