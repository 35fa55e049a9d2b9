//! What waits to be sent to Redis.

use std::collections::VecDeque;
use std::sync::{Arc, OnceLock};

use tokio::sync::oneshot;
use tokio::time::Instant;

use super::keys::ClaimantDigest;
use super::notices::OutgoingNotice;
use super::owners::Held;
use crate::{Claimed, SharedJson};
use contract::{MessageId, PlayerId};

/// Commands that may wait. More of them means that Redis does not take them, and that the link is
/// as good as broken.
const WAITING: usize = 8192;
/// Commands sent in one go.
const IN_ONE_GO: usize = 128;

/// A command. They are sent in the order in which they came.
#[derive(Debug)]
pub(super) enum Command {
    Claim(Claim),
    Release(PlayerId, Held),
    Refresh(PlayerId, u64, SharedJson),
    Chat(MessageId, String),
    Publish(OutgoingNotice),
}

/// A claim whose claimant waits.
#[derive(Debug)]
pub(super) struct Claim {
    pub(super) token: u64,
    pub(super) id: PlayerId,
    pub(super) claimant: ClaimantDigest,
    pub(super) player: String,
    pub(super) answer: oneshot::Sender<Claimed>,
    /// Set when it is sent: the claimant waits at least so long, and Redis refuses it afterwards.
    pub(super) until: Arc<OnceLock<Instant>>,
}

/// The queue is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Full;

/// See the module. Bounded; players that moved wait in [`PublishedMoves`](super::moves).
#[derive(Debug, Default)]
pub(super) struct Queue {
    commands: VecDeque<Command>,
}

impl Queue {
    pub(super) fn push(&mut self, command: Command) -> Result<(), Full> {
        if self.commands.len() >= WAITING {
            return Err(Full);
        }
        self.commands.push_back(command);
        Ok(())
    }

    /// The next commands.
    pub(super) fn take_commands(&mut self) -> Vec<Command> {
        let count = self.commands.len().min(IN_ONE_GO);
        self.commands.drain(..count).collect()
    }

    pub(super) fn has_commands(&self) -> bool {
        !self.commands.is_empty()
    }

    /// Drops everything; claimants get no answer and decide alone.
    pub(super) fn clear(&mut self) {
        self.commands.clear();
    }
}
