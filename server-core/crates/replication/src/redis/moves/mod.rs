//! Moves go from node to node, past the scripts: a player that walks costs Redis no more than the bytes it passes on.
//!
//! Each node numbers its frames. [`told`] is what this node tells, [`streams`] how far the others were heard, [`early`] what came before the
//! claim under which it was made. Who holds a player the scripts alone decide, and `Owners` knows: a move counts only under the
//! fence and from the node that hold its player. What was missed its owner tells again, when it is asked.

mod early;
mod message;
mod streams;
mod tell;
mod told;

use std::collections::HashSet;

use tokio::time::Instant;

use super::RedisHub;
use super::owners::{MoveCheck, Owners};
use crate::Replica;
use contract::{Player, PlayerId};

pub(super) use early::EarlyMoves;
pub(super) use message::fuzz;
#[cfg(test)]
pub(super) use streams::StreamOrder;
pub(super) use streams::{FrameCheck, StatePart};
pub(super) use told::{MovedPlayer, PLAYERS_PER_CALL};

use message::{MovesMessage, Said};
use streams::MoveStreams;
use told::ToldMoves;

/// What this node speaks with others: 1 told moves through `flush.lua` alone.
pub(super) const PROTOCOL: u32 = 2;

/// See the module.
#[derive(Debug)]
pub(super) struct Moves {
    pub(super) told: ToldMoves,
    pub(super) streams: MoveStreams,
    early: EarlyMoves<Player>,
    /// A node is there, or may be, that hears of moves through `flush.lua` alone.
    pub(super) speaks_old: bool,
}

impl Default for Moves {
    fn default() -> Self {
        Self {
            told: ToldMoves::default(),
            streams: MoveStreams::default(),
            early: EarlyMoves::default(),
            speaks_old: true,
        }
    }
}

impl Moves {
    /// The link is a new one, or gone. Who else is there is not known yet.
    pub(super) fn restart(&mut self) {
        self.told.restart();
        self.streams.restart();
        self.early.clear();
        self.speaks_old = true;
    }

    /// Who is there: each node and what it speaks.
    pub(super) fn meet(&mut self, nodes: &[(String, u32)]) {
        let is_there = |node: &str| nodes.iter().any(|(id, _)| id == node);
        self.streams.retain(is_there);
        self.early.retain(is_there);
        let speaks_old = nodes.iter().any(|(_, protocol)| *protocol < PROTOCOL);
        if speaks_old && !self.speaks_old {
            self.told.tell_all();
        }
        self.speaks_old = speaks_old;
    }

    /// A snapshot of the common state was taken. What stood in the way of it is over, and anything may have been missed of these
    /// nodes, which tell their moves themselves.
    pub(super) fn resynced(&mut self, here: &str, nodes: &HashSet<String>) {
        self.early.clear();
        for node in nodes.iter().filter(|node| *node != here) {
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
                MoveCheck::Early => self.early.keep(&player.id, node, *fence, player.clone()),
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
    frames: Vec<(u64, Vec<MovedPlayer>)>,
    parts: Vec<(String, StatePart, Vec<MovedPlayer>)>,
    asks: Vec<(String, u64)>,
    mark: Option<u64>,
}

impl MovesTurn {
    pub(super) fn is_empty(&self) -> bool {
        self.frames.is_empty()
            && self.parts.is_empty()
            && self.asks.is_empty()
            && self.mark.is_none()
    }

    /// Players in frames.
    pub(super) fn moved(&self) -> impl Iterator<Item = &MovedPlayer> {
        self.frames.iter().flat_map(|(_, players)| players)
    }

    /// The messages, each with the node to whose own channel it goes; `None` is the channel of all.
    pub(super) fn messages<'a>(
        &'a self,
        node: &'a str,
    ) -> impl Iterator<Item = (Option<&'a str>, String)> {
        let frames = self
            .frames
            .iter()
            .map(move |(sequence, players)| (None, message::moves(node, *sequence, players)));
        let parts = self.parts.iter().map(move |(asker, part, players)| {
            (Some(asker.as_str()), message::state(node, *part, players))
        });
        let asks = self.asks.iter();
        let asks =
            asks.map(move |(owner, since)| (Some(owner.as_str()), message::ask(node, *since)));
        let mark = self
            .mark
            .map(move |sequence| (None, message::mark(node, sequence)));
        frames.chain(parts).chain(asks).chain(mark)
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
        while flushes && let Some(frame) = self.told.take_frame(fence_of) {
            turn.frames.push(frame);
            if self.speaks_old {
                // A script keeps all others waiting.
                break;
            }
        }
        turn.parts.extend(self.told.take_part(now, fence_of));
        turn.mark = self.told.take_mark();
        turn
    }

    /// Of the frames of this turn, what `flush.lua` has to tell as well.
    pub(super) fn take_flushed(&mut self, turn: &MovesTurn) -> Vec<MovedPlayer> {
        if !self.speaks_old {
            return Vec::new();
        }
        let moved: Vec<MovedPlayer> = turn.moved().cloned().collect();
        self.told.written(&moved);
        moved
    }

    /// What is to be written to Redis now, for nodes that come.
    pub(super) fn take_mirrored(&mut self, owners: &Owners, now: Instant) -> Vec<MovedPlayer> {
        let fence_of = |id: &PlayerId, fence| owners.fence_of(id, fence);
        self.told.begin_mirroring(now, fence_of);
        self.told.take_unmirrored(fence_of)
    }

    /// When there is something to say next; frames apart.
    pub(super) fn next_turn(&self, now: Instant) -> Option<Instant> {
        let ask = self.streams.next_ask(now);
        let answer = self.told.next_answer(now);
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
        let mut tell: fn(&dyn Replica, Vec<(Player, u64)>) = |replica, it| replica.moved(it);
        let (check, lines) = match message.what {
            Said::Moves { sequence, players } => (moves.streams.moves(node, sequence), players),
            Said::State { part, players } => {
                let (check, is_whole) = moves.streams.state(node, part, now);
                if is_whole {
                    self.metrics.moves_healed.increment();
                }
                tell = |replica, it| replica.told_again(it);
                (check, players)
            }
            Said::Mark { sequence } => {
                moves.streams.mark(node, sequence);
                (FrameCheck::Skip, "")
            }
            Said::Ask { since } => {
                moves.told.ask(node, since);
                (FrameCheck::Skip, "")
            }
            Said::Unknown => return,
        };
        if moves.streams.next_ask(now).is_some() || moves.told.next_answer(now).is_some() {
            self.tells.notify_one();
        }
        drop(state);
        if check == FrameCheck::Skip {
            return;
        }
        let players = message::players(lines);
        let players = {
            let state = &mut *self.state.lock();
            state.moves.sort(&state.owners, node, players)
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
            replica.moved(vec![(player, fence)]);
        }
    }

    /// A node asserted anew whom it holds. What was heard of them before may be older or newer than that: the node is asked.
    pub(super) fn ask_after_return(&self, node: &str) {
        let mut state = self.state.lock();
        if state.moves.streams.knows(node) {
            state.moves.streams.owe_everything(node);
            self.tells.notify_one();
        }
    }
}
