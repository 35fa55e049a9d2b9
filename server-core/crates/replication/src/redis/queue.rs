//! What waits to be sent to Redis.

use std::collections::VecDeque;
use std::sync::{Arc, OnceLock};

use indexmap::IndexMap;
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
/// Players in one call of `flush.lua` or `assert.lua`: a script keeps all others waiting.
pub(super) const PLAYERS_PER_CALL: usize = 256;

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

/// A changed player: its id, fence and newest state.
pub(super) type MovedPlayer = (PlayerId, u64, SharedJson);

/// See the module. Changed players coalesce; commands are bounded.
#[derive(Debug, Default)]
pub(super) struct Queue {
    commands: VecDeque<Command>,
    moved: IndexMap<PlayerId, (u64, SharedJson)>,
}

impl Queue {
    pub(super) fn push(&mut self, command: Command) -> Result<(), Full> {
        if self.commands.len() >= WAITING {
            return Err(Full);
        }
        // The whole player follows, or nobody wants to know any more.
        if let Command::Refresh(id, ..) | Command::Release(id, _) = &command {
            self.moved.shift_remove(id);
        }
        self.commands.push_back(command);
        Ok(())
    }

    pub(super) fn note_moved(&mut self, players: Vec<MovedPlayer>) {
        for (id, fence, json) in players {
            self.moved.insert(id, (fence, json));
        }
    }

    /// Redis was sent a player's state by other means: the same state needs no flush.
    pub(super) fn forget_moved(&mut self, id: &PlayerId, json: &SharedJson) {
        let is_same = |(_, moved): &(u64, SharedJson)| moved.get() == json.get();
        if self.moved.get(id).is_some_and(is_same) {
            self.moved.shift_remove(id);
        }
    }

    /// The next commands.
    pub(super) fn take_commands(&mut self) -> Vec<Command> {
        let count = self.commands.len().min(IN_ONE_GO);
        self.commands.drain(..count).collect()
    }

    /// The players of the next flush.
    pub(super) fn take_moved(&mut self) -> Vec<MovedPlayer> {
        let count = self.moved.len().min(PLAYERS_PER_CALL);
        self.moved
            .drain(..count)
            .map(|(id, (fence, json))| (id, fence, json))
            .collect()
    }

    pub(super) fn has_commands(&self) -> bool {
        !self.commands.is_empty()
    }

    pub(super) fn has_moved(&self) -> bool {
        !self.moved.is_empty()
    }

    /// Drops everything; claimants get no answer and decide alone.
    pub(super) fn clear(&mut self) {
        self.commands.clear();
        self.moved.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> SharedJson {
        SharedJson::from(serde_json::value::RawValue::from_string(text.to_owned()).unwrap())
    }

    #[test]
    fn what_redis_was_told_by_other_means_is_not_flushed_as_well() {
        let mut queue = Queue::default();
        let (ada, bob) = (PlayerId::trusted("ada"), PlayerId::trusted("bob"));
        let moved = vec![(ada.clone(), 1, json("{}")), (bob.clone(), 2, json("[1]"))];
        queue.note_moved(moved);
        queue.forget_moved(&ada, &json("{}"));
        queue.forget_moved(&bob, &json("[2]"));
        let left: Vec<_> = queue.take_moved().into_iter().map(|it| it.0).collect();
        assert_eq!(left, [bob], "it has moved on since");
    }
}
