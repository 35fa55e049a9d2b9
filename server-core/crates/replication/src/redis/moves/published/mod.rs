//! What this node published of its players' moves, and what it still has to publish.
//!
//! The newest state of each player that has moved stays here, so that a node which missed something is answered out of the same
//! memory from which frames are made: an answer is never older than the frames before it, and never newer than those behind it.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::time::Duration;

use indexmap::{IndexMap, IndexSet};
use tokio::time::Instant;

use super::streams::{MovesQuestion, StatePart};
use crate::{MoveTurn, SharedJson};
use contract::PlayerId;

/// Players in one message, and in one call of a script: it keeps all others waiting.
pub(in crate::redis) const PLAYERS_PER_CALL: usize = 256;
/// Time between two rounds of answers, whoever asks.
const ANSWER_PAUSE: Duration = Duration::from_millis(100);
/// Time between two rounds in which what moved is written to Redis, for nodes that come.
const MIRROR_PAUSE: Duration = Duration::from_secs(5);
/// Nodes that may wait for an answer.
const ASKERS: usize = 64;
/// In a frame that is still to come: whoever asks gets it.
const TO_COME: u64 = u64::MAX;

/// A changed player: its id, fence and newest state.
pub(in crate::redis) type MovedPlayer = (PlayerId, u64, SharedJson);

/// Players that changed since the frame before, all of them at once or all behind a turn.
#[derive(Debug)]
pub(in crate::redis) struct MovesFrame {
    pub(in crate::redis) sequence: u64,
    pub(in crate::redis) turn: MoveTurn,
    pub(in crate::redis) players: Vec<MovedPlayer>,
}

#[derive(Debug)]
#[cfg_attr(test, derive(Clone))]
struct PublishedPlayer {
    fence: u64,
    json: SharedJson,
    /// The frame that brought this state.
    sequence: u64,
    /// Redis has this state.
    mirrored: bool,
}

/// Players in one frame or part of an answer; the model has smaller ones.
#[derive(Debug, Clone, Copy)]
struct PartSize(usize);

impl Default for PartSize {
    fn default() -> Self {
        Self(PLAYERS_PER_CALL)
    }
}

/// One answer, of which some parts may have been given.
#[derive(Debug)]
#[cfg_attr(test, derive(Clone))]
struct MovesAnswer {
    asker: String,
    question: MovesQuestion,
    /// Whom parts to come tell of. It is looked up with the first part, which names the frame up to which it is all.
    left: Vec<PlayerId>,
    part: u32,
    parts: u32,
}

impl MovesAnswer {
    fn new(asker: String, question: MovesQuestion) -> Self {
        Self {
            asker,
            question,
            left: Vec::new(),
            part: 0,
            parts: 0,
        }
    }

    fn look_up(&mut self, players: &IndexMap<PlayerId, PublishedPlayer>, size: PartSize) {
        let since = self.question.since;
        let missing = players.iter().filter(|(_, it)| it.sequence > since);
        self.left = missing.map(|(id, _)| id.clone()).collect();
        let parts = self.left.len().div_ceil(size.0).max(1);
        self.parts = u32::try_from(parts).unwrap_or(u32::MAX);
    }
}

/// See the module.
#[derive(Debug, Default)]
#[cfg_attr(test, derive(Clone))]
pub(in crate::redis) struct PublishedMoves {
    players: IndexMap<PlayerId, PublishedPlayer>,
    /// Who has moved since the last frame.
    waiting: IndexSet<PlayerId>,
    /// Those of them who had to wait for their turn before.
    waited: HashSet<PlayerId>,
    /// The last frame. It goes on for as long as this node lives, over all its links.
    sequence: u64,
    /// Who asks, and what.
    asked: BTreeMap<String, MovesQuestion>,
    answers: VecDeque<MovesAnswer>,
    answered: Option<Instant>,
    /// Who is still to be written to Redis in this round.
    unmirrored: Vec<PlayerId>,
    mirrored: Option<Instant>,
    /// A mark is due.
    marks: bool,
    size: PartSize,
}

impl PublishedMoves {
    /// The link is a new one, or gone. All that is held here is asserted before moves count again.
    pub(in crate::redis) fn restart(&mut self) {
        *self = Self {
            sequence: self.sequence,
            size: self.size,
            ..Self::default()
        };
    }

    pub(in crate::redis) fn moved(&mut self, players: Vec<MovedPlayer>, turn: MoveTurn) {
        for (id, fence, json) in players {
            self.waiting.insert(id.clone());
            if turn == MoveTurn::Waited {
                self.waited.insert(id.clone());
            }
            self.note(id, fence, json);
        }
    }

    /// A repeated join publishes the whole player.
    pub(in crate::redis) fn refreshed(&mut self, id: &PlayerId, fence: u64, json: SharedJson) {
        self.waiting.shift_remove(id);
        self.waited.remove(id);
        self.note(id.clone(), fence, json);
        // The script writes it to Redis as it tells it. Written before, an assertion would find it known, and tell nobody.
        if let Some(player) = self.players.get_mut(id) {
            player.mirrored = true;
        }
    }

    /// The script has published it. A frame behind it brings what is newest, since one that came before it may have been newer as well.
    pub(in crate::redis) fn publish_again(&mut self, id: &PlayerId) {
        if self.players.contains_key(id) {
            self.waiting.insert(id.clone());
        }
    }

    fn note(&mut self, id: PlayerId, fence: u64, json: SharedJson) {
        let player = PublishedPlayer {
            fence,
            json,
            sequence: TO_COME,
            mirrored: false,
        };
        self.players.insert(id, player);
    }

    /// The player left: nobody wants to know any more where it went last.
    pub(in crate::redis) fn released(&mut self, id: &PlayerId) {
        self.waiting.shift_remove(id);
        self.waited.remove(id);
        self.players.swap_remove(id);
    }

    /// The player goes on under another fence.
    pub(in crate::redis) fn refence(&mut self, id: &PlayerId, from: u64, to: u64) {
        if let Some(player) = self.players.get_mut(id).filter(|it| it.fence == from) {
            player.fence = to;
        }
    }

    /// Redis is about to get this state by an assertion, and publishes it to all.
    pub(in crate::redis) fn asserting(&mut self, id: &PlayerId, fence: u64, json: &SharedJson) {
        let is_known = self.players.get(id).is_some_and(|it| it.fence == fence);
        if !is_known {
            self.note(id.clone(), fence, json.clone());
        }
    }

    /// The assertion was answered. What was published meanwhile is published once more, since the assertion may have come behind it.
    pub(in crate::redis) fn asserted(&mut self, id: &PlayerId, json: &SharedJson) {
        let Some(player) = self.players.get_mut(id) else {
            return;
        };
        if player.json.get() == json.get() {
            // Who waits for a frame goes on waiting: Redis publishes nothing that it has already, and may have got something
            // else in between.
            player.mirrored = true;
        } else {
            self.waiting.insert(id.clone());
        }
    }

    pub(in crate::redis) fn has_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// The next frame, with as many players as fit. `fence_of` says under which fence a player is held here that was known
    /// under another, or that it is not held any more.
    pub(in crate::redis) fn take_frame(
        &mut self,
        fence_of: impl Fn(&PlayerId, u64) -> Option<u64>,
    ) -> Option<MovesFrame> {
        let (ids, turn) = self.take_waiting();
        let sequence = self.sequence + 1;
        let mut players = Vec::with_capacity(ids.len());
        for id in ids {
            let Some(player) = self.players.get_mut(&id) else {
                continue;
            };
            let Some(fence) = fence_of(&id, player.fence) else {
                self.players.swap_remove(&id);
                continue;
            };
            player.fence = fence;
            player.sequence = sequence;
            players.push((id, fence, player.json.clone()));
        }
        if players.is_empty() {
            return None;
        }
        self.sequence = sequence;
        Some(MovesFrame {
            sequence,
            turn,
            players,
        })
    }

    /// The first of those who wait, all of one kind.
    fn take_waiting(&mut self) -> (Vec<PlayerId>, MoveTurn) {
        let is_first_waited = |ids: &IndexSet<PlayerId>| {
            let first = ids.first();
            first.is_some_and(|id| self.waited.contains(id))
        };
        let has_waited = is_first_waited(&self.waiting);
        let is_alike = |id: &&PlayerId| self.waited.contains(*id) == has_waited;
        let alike = self.waiting.iter().take_while(is_alike);
        let count = alike.take(self.size.0).count();
        let ids: Vec<PlayerId> = self.waiting.drain(..count).collect();
        for id in &ids {
            self.waited.remove(id);
        }
        let turn = match has_waited {
            true => MoveTurn::Waited,
            false => MoveTurn::AtOnce,
        };
        (ids, turn)
    }

    /// Redis has what was taken just now.
    pub(in crate::redis) fn written(&mut self, players: &[MovedPlayer]) {
        for (id, ..) in players {
            if let Some(player) = self.players.get_mut(id) {
                player.mirrored = true;
            }
        }
    }

    /// Everything goes into the next frames: a node came that receives moves through Redis only.
    pub(in crate::redis) fn publish_all(&mut self) {
        self.waiting.extend(self.players.keys().cloned());
    }

    /// A node misses something. The answer to a question that is asked once more answers the older ones, too.
    pub(in crate::redis) fn ask(&mut self, asker: &str, question: MovesQuestion) {
        let mut to_come = self.answers.iter_mut().filter(|it| it.part == 0);
        let answer = to_come.find(|it| it.asker == asker);
        let known = answer.map(|it| &mut it.question);
        if let Some(known) = known.or_else(|| self.asked.get_mut(asker)) {
            known.since = question.since.min(known.since);
            known.number = question.number.max(known.number);
        } else if self.asked.len() < ASKERS {
            self.asked.insert(asker.to_owned(), question);
        }
    }

    /// Where the next part of an answer goes, and what it is.
    pub(in crate::redis) fn take_part(
        &mut self,
        now: Instant,
        fence_of: impl Fn(&PlayerId, u64) -> Option<u64>,
    ) -> Option<(String, StatePart, Vec<MovedPlayer>)> {
        if self.answers.is_empty() && self.next_answer(now).is_some_and(|due| due <= now) {
            self.answered = Some(now);
            for (asker, question) in std::mem::take(&mut self.asked) {
                self.answers.push_back(MovesAnswer::new(asker, question));
            }
        }
        let answer = self.answers.front_mut()?;
        if answer.part == 0 {
            answer.look_up(&self.players, self.size);
        }
        answer.part += 1;
        let rest = answer.left.len().saturating_sub(self.size.0);
        let part = StatePart {
            sequence: self.sequence,
            question: answer.question,
            part: answer.part,
            parts: answer.parts,
        };
        let mut players = Vec::new();
        for id in answer.left.drain(rest..) {
            if let Some(player) = self.players.get(&id)
                && let Some(fence) = fence_of(&id, player.fence)
            {
                players.push((id, fence, player.json.clone()));
            }
        }
        let asker = answer.asker.clone();
        if answer.left.is_empty() {
            self.answers.pop_front();
        }
        Some((asker, part, players))
    }

    /// When somebody is to be answered next.
    pub(in crate::redis) fn next_answer(&self, now: Instant) -> Option<Instant> {
        if !self.answers.is_empty() {
            return Some(now);
        }
        let due = self
            .answered
            .map_or(now, |answered| answered + ANSWER_PAUSE);
        (!self.asked.is_empty()).then_some(due)
    }

    /// The others are to know which frame was the last.
    pub(in crate::redis) fn mark(&mut self) {
        self.marks = true;
    }

    /// The last frame, when the others are to know it.
    pub(in crate::redis) fn take_mark(&mut self) -> Option<u64> {
        std::mem::take(&mut self.marks).then_some(self.sequence)
    }

    /// Begins a round of writing to Redis, when it is time for one; also forgets whom `fence_of` knows no more.
    pub(in crate::redis) fn begin_mirroring(
        &mut self,
        now: Instant,
        fence_of: impl Fn(&PlayerId, u64) -> Option<u64>,
    ) {
        let began = self.mirrored.get_or_insert(now);
        if now < *began + MIRROR_PAUSE || !self.unmirrored.is_empty() {
            return;
        }
        *began = now;
        self.players
            .retain(|id, it| fence_of(id, it.fence).is_some());
        let unmirrored = self.players.iter().filter(|(_, it)| !it.mirrored);
        self.unmirrored = unmirrored.map(|(id, _)| id.clone()).collect();
    }

    /// The next players to be written to Redis. Nobody in it whom no frame brought yet: an assertion of what Redis has is not published.
    pub(in crate::redis) fn take_unmirrored(
        &mut self,
        fence_of: impl Fn(&PlayerId, u64) -> Option<u64>,
    ) -> Vec<MovedPlayer> {
        let rest = self.unmirrored.len().saturating_sub(self.size.0);
        let mut players = Vec::new();
        for id in self.unmirrored.drain(rest..) {
            if self.waiting.contains(&id) {
                continue;
            }
            if let Some(player) = self.players.get_mut(&id)
                && let Some(fence) = fence_of(&id, player.fence)
            {
                player.mirrored = true;
                players.push((id, fence, player.json.clone()));
            }
        }
        players
    }

    #[cfg(test)]
    fn has_unmirrored(&self) -> bool {
        !self.unmirrored.is_empty()
    }
}

#[cfg(test)]
mod picture;
#[cfg(test)]
mod tests;
