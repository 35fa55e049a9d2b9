//! The world on this node, as the hub that several nodes share sees it.

use std::collections::HashSet;
use std::pin::Pin;

use super::{Notice, SharedJson};
use contract::{ChatMessage, MessageId, Player, PlayerId};

/// What all nodes agree on at one moment, without the players this node holds itself.
#[derive(Debug, Default)]
pub struct ClusterSnapshot {
    /// Players of other nodes, each with its fence.
    pub players: Vec<(Player, u64)>,
    /// Players that connections of this node held under these fences, and that belong to whoever is
    /// in [`Self::players`], whatever their fences say.
    pub yielded: Vec<(PlayerId, u64)>,
    /// Players that are missing from [`Self::players`] and stay all the same: their node may still
    /// be on its way back.
    pub spared: HashSet<PlayerId>,
    /// Players of nodes that tell their moves themselves: where they are shown already, that is newer than in [`Self::players`].
    pub moving: HashSet<PlayerId>,
    /// Messages that were missed, oldest first.
    pub chat: Vec<ChatMessage>,
}

/// What the archive that the nodes share says about the last messages.
#[derive(Debug, Default)]
pub struct Recall {
    /// Those of them that clients keep and that are to be seen, oldest first.
    pub lines: Vec<ChatMessage>,
    /// Those that were removed.
    pub removed: HashSet<MessageId>,
}

/// When a move is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoveTurn {
    /// As soon as it happened.
    AtOnce,
    /// It waited for its turn on its node, where nobody elsewhere was known to be near. Whoever hears of it has it wait no longer.
    Waited,
}

/// An answer of the archive; `None` when it cannot answer.
pub type Recalling<'a> = Pin<Box<dyn Future<Output = Option<Recall>> + Send + 'a>>;

/// See the module. Calls come one after the other, in the order on which all nodes agree. None may
/// block.
pub trait Replica: Send + Sync + 'static {
    /// Another node's player came in: an older holder here has to go, it is published to everybody.
    fn joined(&self, player: Player, fence: u64);

    /// Another node says again that it holds a player. It is published unless it is known.
    fn returned(&self, player: Player, fence: u64);

    /// Players of other nodes changed.
    fn moved(&self, players: Vec<(Player, u64)>, turn: MoveTurn);

    /// Where players of other nodes are, for whom something was missed: only what differs here is published.
    fn moves_healed(&self, players: Vec<(Player, u64)>);

    /// Players of other nodes left.
    fn left(&self, players: &[(PlayerId, u64)]);

    /// Somebody spoke, on any node.
    fn chat_placed(&self, message: &ChatMessage);

    /// Brings the world in line with `snapshot` and publishes only differences.
    fn reconcile(&self, snapshot: ClusterSnapshot);

    /// A player that a connection of this node holds: its fence and newest state.
    fn held(&self, id: &PlayerId) -> Option<(u64, SharedJson)>;

    /// Whoever holds a player goes on under another fence.
    fn refence(&self, id: &PlayerId, from: u64, to: u64);

    /// The last messages, oldest first.
    fn history(&self) -> Vec<SharedJson>;

    /// Asks the archive for what may have been missed. The caller does not wait for long.
    fn recall(&self) -> Recalling<'_>;

    /// Another node published a notice.
    fn notified(&self, notice: Notice);

    /// Notices may have been missed: what they are about has to be read again.
    fn reload(&self);
}
