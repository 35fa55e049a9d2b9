//! Moves go from node to node, past the scripts: a player that walks costs Redis no more than the bytes it passes on.
//!
//! Each node numbers its frames. [`published`] is what this node tells, [`streams`] how far the others were heard, [`early`] what came before the
//! claim under which it was made. Who holds a player the scripts alone decide, and `Owners` knows: a move counts only under the
//! fence and from the node that hold its player. What was missed its owner tells again, when it is asked.

mod early;
mod message;
mod publish;
mod published;
mod streams;
mod wants;

use std::collections::HashSet;
use std::sync::Arc;

use tokio::time::Instant;

use super::RedisHub;
use super::owners::{MoveCheck, Owners};
use crate::{MoveTurn, Replica};
use contract::{Player, PlayerId};

pub(super) use early::EarlyMoves;
pub(super) use message::fuzz;
pub(super) use published::{MovedPlayer, MovesFrame, PLAYERS_PER_CALL, PublishedMoves};
#[cfg(test)]
pub(super) use streams::StreamOrder;
pub(super) use streams::{FrameCheck, MovesQuestion, StatePart};
pub use wants::PeerInterests;

use message::{MovesBody, MovesMessage};
use streams::MoveStreams;
use wants::Wants;

/// What this node speaks with others: 1 told moves through `flush.lua` alone, 2 told everybody every move.
pub(super) const PROTOCOL: u32 = wants::WANTS_PROTOCOL;
/// The first that hears of moves past the scripts.
const FRAMES_PROTOCOL: u32 = 2;

/// See the module.
#[derive(Debug)]
pub(super) struct Moves {
    pub(super) published: PublishedMoves,
    pub(super) streams: MoveStreams,
    pub(super) wants: Wants,
    early: EarlyMoves<Player>,
    /// A node is there, or may be, that hears of moves through `flush.lua` alone.
    pub(super) has_old_nodes: bool,
}

impl Default for Moves {
    fn default() -> Self {
        Self {
            published: PublishedMoves::default(),
            streams: MoveStreams::default(),
            wants: Wants::default(),
            early: EarlyMoves::default(),
            has_old_nodes: true,
        }
    }
}

impl Moves {
    /// The link is a new one, or gone. Who else is there is not known yet.
    pub(super) fn restart(&mut self) {
        self.published.restart();
        self.streams.restart();
        self.wants.restart();
        self.early.clear();
        self.has_old_nodes = true;
    }

    /// Who is there besides this node, `here`: each node and what it speaks.
    pub(super) fn meet(&mut self, here: &str, nodes: &[(String, u32)]) {
        self.wants.meet(here, nodes);
        let is_there = |node: &str| nodes.iter().any(|(id, _)| id == node);
        self.streams.meet(nodes.iter().map(|(id, _)| id.as_str()));
        self.early.retain(is_there);
        let has_old_nodes = nodes
            .iter()
            .any(|(_, protocol)| *protocol < FRAMES_PROTOCOL);
        if has_old_nodes && !self.has_old_nodes {
            self.published.publish_all();
        }
        self.has_old_nodes = has_old_nodes;
    }

    /// A snapshot of the common state was taken. What stood in the way of it is over, and anything may have been missed of these
    /// nodes, which tell their moves themselves.
    pub(super) fn resynced(&mut self, here: &str, nodes: &HashSet<String>) {
        self.early.clear();
        for node in nodes.iter().filter(|node| *node != here) {
            self.streams.note_there(node);
            self.streams.owe_everything(node);
        }
    }

    /// Nobody comes in any more under this fence or an older one: the player left, or was asserted under it.
    pub(super) fn settled(&mut self, id: &PlayerId, fence: u64) {
        self.early.forget(id, fence);
    }

    /// Sorts what `node` told by what counts.
    fn sort(
        &mut self,
        owners: &Owners,
        node: &str,
        mut players: Vec<(Player, u64)>,
    ) -> Vec<(Player, u64)> {
        players.retain(|(player, fence)| {
            match owners.check_move(node, &player.id, *fence) {
                MoveCheck::Apply => return true,
                MoveCheck::Early => {
                    let gone = self.early.keep(&player.id, node, *fence, player.clone());
                    if let Some(node) = gone {
                        self.streams.owe_everything(&node);
                    }
                }
                MoveCheck::Stale => {}
            }
            false
        });
        players
    }
}

/// One turn of what goes past the scripts, in this order.
#[derive(Debug, Default)]
pub(super) struct MovesTurn {
    frames: Vec<MovesFrame>,
    parts: Vec<(String, StatePart, Vec<MovedPlayer>)>,
    asks: Vec<(String, MovesQuestion)>,
    mark: Option<u64>,
    wants: Option<Arc<str>>,
}

impl MovesTurn {
    pub(super) fn is_empty(&self) -> bool {
        self.frames.is_empty()
            && self.parts.is_empty()
            && self.asks.is_empty()
            && self.mark.is_none()
            && self.wants.is_none()
    }

    /// Players in frames.
    pub(super) fn moved(&self) -> impl Iterator<Item = &MovedPlayer> {
        self.frames.iter().flat_map(|frame| &frame.players)
    }

    /// The messages, each with the node to whose own channel it goes; `None` is the channel of all.
    pub(super) fn messages<'a>(
        &'a self,
        node: &'a str,
    ) -> impl Iterator<Item = (Option<&'a str>, String)> {
        let frames = self
            .frames
            .iter()
            .map(move |frame| (None, message::moves(node, frame)));
        let parts = self.parts.iter().map(move |(asker, part, players)| {
            (Some(asker.as_str()), message::state(node, *part, players))
        });
        let asks = self.asks.iter();
        let asks = asks.map(move |(owner, it)| (Some(owner.as_str()), message::ask(node, *it)));
        let mark = self
            .mark
            .map(move |sequence| (None, message::mark(node, sequence)));
        let wants = self.wants.iter();
        let wants = wants.map(move |text| (None, message::wants(node, text)));
        frames.chain(parts).chain(asks).chain(mark).chain(wants)
    }
}

impl Moves {
    /// What is to be said now. Frames only when it is their time: `flushes`.
    pub(super) fn take_turn(&mut self, owners: &Owners, now: Instant, flushes: bool) -> MovesTurn {
        let fence_of = |id: &PlayerId, fence| owners.fence_of(id, fence);
        let mut turn = MovesTurn {
            asks: self.streams.take_asks(now),
            ..MovesTurn::default()
        };
        while flushes && let Some(frame) = self.published.take_frame(fence_of) {
            turn.frames.push(frame);
            if self.has_old_nodes {
                // A script keeps all others waiting.
                break;
            }
        }
        turn.parts.extend(self.published.take_part(now, fence_of));
        turn.mark = self.published.take_mark();
        turn.wants = self.wants.take();
        turn
    }

    /// Of the frames of this turn, what `flush.lua` has to tell as well.
    pub(super) fn take_flushed(&mut self, turn: &MovesTurn) -> Vec<MovedPlayer> {
        if !self.has_old_nodes {
            return Vec::new();
        }
        let moved: Vec<MovedPlayer> = turn.moved().cloned().collect();
        self.published.written(&moved);
        moved
    }

    /// What is to be written to Redis now, for nodes that come.
    pub(super) fn take_mirrored(&mut self, owners: &Owners, now: Instant) -> Vec<MovedPlayer> {
        let fence_of = |id: &PlayerId, fence| owners.fence_of(id, fence);
        self.published.begin_mirroring(now, fence_of);
        self.published.take_unmirrored(fence_of)
    }

    /// When there is something to say next; frames apart.
    pub(super) fn next_turn(&self, now: Instant) -> Option<Instant> {
        let ask = self.streams.next_ask(now);
        let answer = self.published.next_answer(now);
        ask.into_iter().chain(answer).min()
    }
}

impl RedisHub {
    /// Acts on what another node says about moves.
    pub(super) fn dispatch_moves(&self, text: &str, replica: &dyn Replica) {
        self.metrics.events.increment();
        self.metrics.event_bytes.add(text.len() as u64);
        let Ok(message) = MovesMessage::read(text) else {
            tracing::warn!("something that no node writes came through the channel for moves");
            return;
        };
        let node = message.node;
        if node == self.node {
            return;
        }
        let mut state = self.state.lock();
        let moves = &mut state.moves;
        let now = Instant::now();
        let mut tell: fn(&dyn Replica, Vec<(Player, u64)>) =
            |replica, it| replica.moved(it, MoveTurn::AtOnce);
        let (check, lines) = match message.body {
            MovesBody::Moves {
                sequence,
                turn,
                players,
            } => {
                if turn == MoveTurn::Waited {
                    tell = |replica, it| replica.moved(it, MoveTurn::Waited);
                }
                (moves.streams.moves(node, sequence), players)
            }
            MovesBody::Wants { text } => {
                moves.wants.receive_frame(node, text);
                (FrameCheck::Skip, "")
            }
            MovesBody::State { part, players } => {
                let (check, is_whole) = moves.streams.state(node, part, now);
                if is_whole {
                    self.metrics.moves_healed.increment();
                }
                tell = |replica, it| replica.moves_healed(it);
                (check, players)
            }
            MovesBody::Mark { sequence } => {
                moves.streams.mark(node, sequence);
                (FrameCheck::Skip, "")
            }
            MovesBody::Ask { question } => {
                moves.published.ask(node, question);
                (FrameCheck::Skip, "")
            }
            MovesBody::Unknown => return,
        };
        if moves.streams.next_ask(now).is_some() || moves.published.next_answer(now).is_some() {
            self.moves_due.notify_one();
        }
        drop(state);
        if check == FrameCheck::Skip {
            return;
        }
        let players = message::players(lines);
        let players = {
            let state = &mut *self.state.lock();
            let players = state.moves.sort(&state.owners, node, players);
            if state.moves.streams.next_ask(now).is_some() {
                self.moves_due.notify_one();
            }
            players
        };
        if !players.is_empty() {
            tell(replica, players);
        }
    }

    /// A claim of `node` was applied: what its player did since may have come before it.
    pub(super) fn follow_early(
        &self,
        node: &str,
        id: &PlayerId,
        fence: u64,
        replica: &dyn Replica,
    ) {
        let early = self.state.lock().moves.early.take(id, node, fence);
        if let Some(player) = early {
            replica.moved(vec![(player, fence)], MoveTurn::Waited);
        }
    }

    /// A node asserted anew whom it holds. What was heard of them before may be older or newer than that: the node is asked.
    pub(super) fn ask_after_return(&self, node: &str) {
        let mut state = self.state.lock();
        if state.moves.streams.knows(node) {
            state.moves.streams.owe_everything(node);
            self.moves_due.notify_one();
        }
    }
}

#[cfg(test)]
mod tests;
