//! Who owns a player, across all nodes of a world.
//!
//! The session manager claims a player before it applies a join and releases it when the player
//! leaves. Each claim gets a fence, a number that only grows: wherever two owners meet, the higher
//! fence wins. One node alone is a cluster of one: [`Hub::Memory`] answers the same questions from
//! a map in this process.

mod memory;

use std::net::IpAddr;

use crate::protocol::PlayerId;

pub use memory::MemoryHub;

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

/// The nodes' common memory.
#[derive(Debug)]
pub enum Hub {
    /// This node alone.
    Memory(MemoryHub),
}

impl Hub {
    /// Claims a player for a connection of this node.
    #[expect(
        clippy::unused_async,
        reason = "a hub shared by several nodes has to ask them"
    )]
    pub async fn claim(&self, id: &PlayerId, proof: &Proof) -> Claimed {
        match self {
            Self::Memory(hub) => hub.claim(id, proof),
        }
    }

    /// Gives a player up. A stale fence is ignored. Never waits.
    pub fn release(&self, id: &PlayerId, fence: u64) {
        match self {
            Self::Memory(hub) => hub.release(id, fence),
        }
    }
}
