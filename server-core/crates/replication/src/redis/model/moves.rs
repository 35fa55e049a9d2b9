//! Moves in the model: frames between nodes, each on a way of its own beside the session channel, so that a move
//! may come before or after the claim under which it was made, however far. So do answers about moves.
//!
//! What is told ([`PublishedMoves`](crate::redis::moves::PublishedMoves)), the order of frames ([`StreamOrder`](crate::redis::moves::StreamOrder)), the
//! moves that are kept ([`EarlyMoves`](crate::redis::moves::EarlyMoves)) and what counts ([`Owners::check_move`]) are the real ones.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::Instant;

use super::node::{ModelNode, ModelReach, Shown, player};
use super::store::{ModelCommand, Store};
use crate::MoveTurn;
use crate::redis::moves::{FrameCheck, MovedPlayer, StatePart};
use crate::redis::owners::{MoveCheck, Owners};
use contract::{PlayerId, SharedJson};

/// What one node says to another about the player: under which fence, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct ModelFrame {
    node: String,
    what: ModelSaid,
    moved: Option<(u64, u8)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum ModelSaid {
    Frame(u64),
    Part(StatePart),
}

/// Somebody else on each node of whom answers tell as well, in a part before or behind that of the player.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum ModelCrowd {
    Nobody,
    InFront,
    Behind,
}

impl ModelNode {
    /// Whether the player can move here. While a link is being brought up to date, what moves waits for it as in the hub: that
    /// is the same as moving afterwards.
    pub(super) fn can_move(&self) -> bool {
        self.holds() && matches!(self.reach, ModelReach::Alone | ModelReach::Live)
    }

    /// The player goes on.
    pub(super) fn move_on(&mut self) {
        self.place += 1;
        if self.reach == ModelReach::Live
            && let Some(fence) = self.held_fence()
        {
            let moved = (player(), fence, json(self.place));
            self.published.moved(vec![moved], MoveTurn::AtOnce);
            self.crowd_comes(ModelCrowd::InFront);
        }
    }

    /// The player joins once more, and stands elsewhere.
    pub(super) fn refresh(&mut self) {
        self.place += 1;
        if self.reach == ModelReach::Live
            && let Some(fence) = self.held_fence()
        {
            let place = self.place;
            self.published.refreshed(&player(), fence, json(place));
            self.crowd_comes(ModelCrowd::InFront);
            self.send(ModelCommand::Refresh { fence, place });
        }
    }

    /// What is told of the crowd, if it is this one. The last one comes in the first part.
    pub(super) fn crowd_comes(&mut self, crowd: ModelCrowd) {
        if self.crowd == crowd {
            self.published.asserting(&bystander(), 1, &json(0));
        }
    }

    pub(super) fn is_to_mirror(&self) -> bool {
        self.reach == ModelReach::Live && !self.published.is_mirrored()
    }

    /// Redis is told where the player stands.
    pub(super) fn mirror(&mut self, store: &mut Store) {
        if !self.has_session(store) {
            self.break_link();
            return;
        }
        for _ in 0..2 {
            let fence_of = fence_of(&self.owners);
            self.published.begin_mirroring(later(), fence_of);
        }
        let players = self.published.take_unmirrored(fence_of(&self.owners));
        if let Some((fence, place)) = moved(&players)
            && !store.mirror(&self.id, fence, place)
        {
            self.owners.doubt_one(&player());
        }
    }

    pub(super) fn has_untold(&self) -> bool {
        self.reach == ModelReach::Live && self.published.has_waiting()
    }

    /// Those who can be reached are told.
    pub(super) fn flush(&mut self) -> Option<ModelFrame> {
        let frame = self.published.take_frame(fence_of(&self.owners))?;
        Some(ModelFrame {
            node: self.id.clone(),
            what: ModelSaid::Frame(frame.sequence),
            moved: moved(&frame.players),
        })
    }

    /// The player is about to be asserted as it is.
    pub(super) fn note_asserting(&mut self, fence: u64) {
        self.crowd_comes(ModelCrowd::Behind);
        self.published
            .asserting(&player(), fence, &json(self.place));
        self.crowd_comes(ModelCrowd::InFront);
    }

    /// That was answered.
    pub(super) fn note_asserted(&mut self) {
        self.published.asserted(&player(), &json(self.place));
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
        let check = match frame.what {
            ModelSaid::Frame(sequence) => order.moves(sequence),
            ModelSaid::Part(part) => order.state(part),
        };
        let Some((fence, place)) = frame.moved.filter(|_| check == FrameCheck::Apply) else {
            return;
        };
        match self.owners.check_move(&frame.node, &player(), fence) {
            MoveCheck::Apply => self.place_remote(fence, place),
            MoveCheck::Early => {
                self.early.keep(&player(), &frame.node, fence, place);
            }
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

    /// Something of what `owner` told is missing here, as its next mark shows at the latest, which comes behind its frames.
    pub(super) fn misses(&self, owner: &Self) -> bool {
        let is_silent = self.frames.iter().all(|frame| frame.node != owner.id);
        if self.reach < ModelReach::Live || owner.id == self.id || !is_silent {
            return false;
        }
        let mut order = self.streams.get(&owner.id).cloned().unwrap_or_default();
        order.mark(owner.published.sequence());
        order.owed_since().is_some()
    }

    /// Whether `owner` is to be asked now: at once, or since a mark or the silence after a question shows that it has to be.
    pub(super) fn is_to_ask(&self, owner: &Self) -> bool {
        if self.reach < ModelReach::Live || owner.reach < ModelReach::Live || owner.id == self.id {
            return false;
        }
        let order = self.streams.get(&owner.id);
        let is_news = order.is_some_and(|it| it.owed_since().is_some() && !it.is_asked());
        is_news || (self.misses(owner) && !owner.published.is_asked_by(&self.id))
    }

    /// The mark, where it has come, and the question.
    pub(super) fn ask(&mut self, owner: &mut Self) {
        let misses = self.misses(owner);
        let order = self.streams.entry(owner.id.clone()).or_default();
        if misses {
            order.mark(owner.published.sequence());
        }
        self.questions += 1;
        if let Some(question) = order.ask(self.questions) {
            owner.published.ask(&self.id, question);
        }
    }

    pub(super) fn is_to_answer(&self) -> bool {
        self.reach == ModelReach::Live && self.published.next_answer(later()).is_some()
    }

    /// The next part of an answer, and for whom it is.
    pub(super) fn answer(&mut self) -> Option<(String, ModelFrame)> {
        let (asker, part, players) = self.published.take_part(later(), fence_of(&self.owners))?;
        Some((asker, self.part(part, &players)))
    }

    /// Asks and is answered in one moment, if there is something to ask.
    pub(super) fn ask_and_hear(&mut self, owner: &Self) -> bool {
        if !self.misses(owner) || owner.reach < ModelReach::Live {
            return false;
        }
        let order = self.streams.entry(owner.id.clone()).or_default();
        order.mark(owner.published.sequence());
        let Some(question) = order.ask(0) else {
            return false;
        };
        let answer = owner
            .published
            .answer_now(question, later(), fence_of(&owner.owners));
        let parts = answer.iter().map(|(part, it)| owner.part(*part, it));
        self.frames.extend(parts);
        true
    }

    fn part(&self, part: StatePart, players: &[MovedPlayer]) -> ModelFrame {
        ModelFrame {
            node: self.id.clone(),
            what: ModelSaid::Part(part),
            moved: moved(players),
        }
    }
}

fn fence_of(owners: &Owners) -> impl Fn(&PlayerId, u64) -> Option<u64> {
    move |id, fence| match *id == bystander() {
        true => Some(fence),
        false => owners.fence_of(id, fence),
    }
}

fn bystander() -> PlayerId {
    PlayerId::trusted("bystander")
}

/// A place as the JSON of a player.
fn json(place: u8) -> SharedJson {
    let text = serde_json::value::RawValue::from_string(place.to_string());
    SharedJson::from(text.expect("a number is JSON"))
}

/// Of what is told, the player.
fn moved(players: &[MovedPlayer]) -> Option<(u64, u8)> {
    let (_, fence, json) = players.iter().find(|(id, ..)| *id == player())?;
    let place = json.get().parse().expect("it was a place");
    Some((*fence, place))
}

/// A moment before which every pause is over.
fn later() -> Instant {
    static BEGAN: OnceLock<Instant> = OnceLock::new();
    static MINUTES: AtomicU64 = AtomicU64::new(1);
    let minutes = MINUTES.fetch_add(1, Ordering::Relaxed);
    *BEGAN.get_or_init(Instant::now) + Duration::from_secs(60 * minutes)
}
