//! Moves in the model: frames between nodes, each on a way of its own beside the session channel, so that a move
//! may come before or after the claim under which it was made, however far.
//!
//! The order of frames ([`StreamOrder`]), the moves that are kept ([`EarlyMoves`](crate::redis::moves::EarlyMoves)) and what counts
//! ([`Owners::check_move`](crate::redis::owners::Owners)) are the real ones.

use super::node::{ModelNode, ModelReach, Shown, player};
use crate::redis::moves::{FrameCheck, StatePart};
use crate::redis::owners::MoveCheck;

/// What one node says to another about the player: under which fence, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct ModelFrame {
    node: String,
    sequence: u64,
    /// The answer to who misses what came behind this frame.
    since: Option<u64>,
    moved: Option<(u64, u8)>,
}

/// What a node published of the player it holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct ModelPublished {
    fence: u64,
    place: u8,
    /// The frame that brought it; `None` before there was one.
    sequence: Option<u64>,
}

impl ModelNode {
    /// Whether the player can move here. While a link is being brought up to date, what moves waits for it as in the hub: that
    /// is the same as moving afterwards.
    pub(super) fn can_move(&self) -> bool {
        self.holds() && matches!(self.reach, ModelReach::Alone | ModelReach::Live)
    }

    /// The player goes on, and the nodes that can be reached receive it.
    pub(super) fn move_on(&mut self) -> Option<ModelFrame> {
        self.place += 1;
        let fence = self.owners.fence_of(&player(), self.held_fence()?)?;
        if self.reach < ModelReach::Live {
            return None;
        }
        self.sequence += 1;
        self.published = Some(ModelPublished {
            fence,
            place: self.place,
            sequence: Some(self.sequence),
        });
        Some(ModelFrame {
            node: self.id.clone(),
            sequence: self.sequence,
            since: None,
            moved: Some((fence, self.place)),
        })
    }

    /// The player is about to be asserted as it is.
    pub(super) fn note_asserting(&mut self, fence: u64) {
        if self
            .published
            .as_ref()
            .is_none_or(|published| published.fence != fence)
        {
            self.published = Some(ModelPublished {
                fence,
                place: self.place,
                sequence: None,
            });
        }
    }

    pub(super) fn refence_published(&mut self, from: u64, to: u64) {
        if let Some(published) = self
            .published
            .as_mut()
            .filter(|published| published.fence == from)
        {
            published.fence = to;
        }
    }

    pub(super) fn receive_frame(&mut self, frame: &ModelFrame) {
        if self.reach > ModelReach::Alone && frame.node != self.id {
            self.frames.push_back(frame.clone());
        }
    }

    pub(super) fn has_frame(&self) -> bool {
        self.reach == ModelReach::Live && !self.frames.is_empty()
    }

    pub(super) fn lose_frame(&mut self) {
        self.frames.pop_front();
    }

    pub(super) fn double_frame(&mut self) {
        if let Some(front) = self.frames.front().cloned() {
            self.frames.push_front(front);
        }
    }

    pub(super) fn deliver_frame(&mut self) {
        let Some(frame) = self.frames.pop_front() else {
            return;
        };
        let order = self.streams.entry(frame.node.clone()).or_default();
        let check = match frame.since {
            None => order.moves(frame.sequence),
            Some(since) => order.state(StatePart {
                sequence: frame.sequence,
                since,
                part: 1,
                parts: 1,
            }),
        };
        let Some((fence, place)) = frame.moved.filter(|_| check == FrameCheck::Apply) else {
            return;
        };
        match self.owners.check_move(&frame.node, &player(), fence) {
            MoveCheck::Apply => self.place_remote(fence, place),
            MoveCheck::Early => self.early.keep(&player(), &frame.node, fence, place),
            MoveCheck::Stale => {}
        }
    }

    /// What the player did that came before its claim.
    pub(super) fn follow_early(&mut self, node: &str, fence: u64) {
        if let Some(place) = self.early.take(&player(), node, fence) {
            self.place_remote(fence, place);
        }
    }

    pub(super) fn owe_everything(&mut self, node: &str) {
        if self.walks {
            let order = self.streams.entry(node.to_owned()).or_default();
            order.owe_everything();
        }
    }

    fn place_remote(&mut self, fence: u64, place: u8) {
        if self.shown == Shown::Remote(fence) {
            self.place = place;
        }
    }

    /// Something of what `owner` published is missing here, as its next mark shows at the latest.
    pub(super) fn misses(&self, owner: &Self) -> Option<u64> {
        if self.reach < ModelReach::Live || !self.frames.is_empty() || owner.id == self.id {
            return None;
        }
        let mut order = self.streams.get(&owner.id).cloned().unwrap_or_default();
        order.mark(owner.sequence);
        order.owed_since()
    }

    /// `self` is asked by a node that misses what came behind `since`.
    pub(super) fn answer(&self, since: u64) -> Option<ModelFrame> {
        if self.reach < ModelReach::Live {
            return None;
        }
        let published = self.published.as_ref();
        let published = published
            .filter(|published| published.sequence.is_none_or(|sequence| sequence > since));
        let moved = published.and_then(|published| {
            let fence = self.owners.fence_of(&player(), published.fence)?;
            Some((fence, published.place))
        });
        Some(ModelFrame {
            node: self.id.clone(),
            sequence: self.sequence,
            since: Some(since),
            moved,
        })
    }

    /// The mark that shows it and the question.
    pub(super) fn ask(&mut self, owner: &Self) {
        let Some(answer) = self.misses(owner).and_then(|since| owner.answer(since)) else {
            return;
        };
        let order = self.streams.entry(owner.id.clone()).or_default();
        order.mark(owner.sequence);
        self.frames.push_back(answer);
    }
}
