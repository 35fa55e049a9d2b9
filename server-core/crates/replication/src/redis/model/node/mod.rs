//! A node: the real [`Owners`] and [`Order`], a world of one player, and the link's queues.

mod delivery;

use std::collections::{BTreeMap, VecDeque};

use super::moves::{ModelCrowd, ModelFrame};
use super::store::{ModelCommand, ModelEvent, ModelReply, Own, Store, claimant};
use crate::Claimed;
use crate::GuestTakeover;
use crate::redis::moves::{EarlyMoves, PublishedMoves, StreamOrder};
use crate::redis::order::Order;
use crate::redis::owners::{GivenUp, Held, HolderVerdict, Owners};
use contract::PlayerId;

/// Claims of one node that may wait for an answer at the same time.
const CLAIMANTS: usize = 2;

/// Whom a world shows, as `WorldState` would.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Shown {
    Nobody,
    Here(u64),
    Remote(u64),
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum NodeInput {
    Event(ModelEvent),
    Reply(ModelReply),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Hash)]
pub(super) enum ModelReach {
    Alone,
    Introduced,
    Asserted,
    Live,
}

/// What a link does next by itself.
pub(super) enum LinkStep {
    Link,
    Assert,
    Snapshot,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct ModelNode {
    pub(super) id: String,
    /// A session ended because somebody else is the player now.
    pub(super) evicted: bool,
    /// Somebody was told that the player left.
    pub(super) announced_left: bool,
    /// Somebody was told twice in a row that the same claim came in.
    pub(super) announced_twice: bool,
    /// The claim that came in last, as people here were told.
    announced: Option<(String, u64)>,
    pub(super) owners: Owners,
    order: Order,
    pub(super) shown: Shown,
    /// Where whoever is shown stands.
    pub(super) place: u8,
    pub(super) reach: ModelReach,
    session: u8,
    /// Sent under the session that stands beside it.
    commands: VecDeque<(u8, ModelCommand)>,
    inbox: VecDeque<NodeInput>,
    /// Who waits for the answers to claims, and the sessions they were sent under.
    claimants: VecDeque<(u64, String, u8)>,
    gap: bool,
    /// What other nodes said of moves and is on its way here.
    pub(super) frames: VecDeque<ModelFrame>,
    /// Somebody moves at all in this model. Where nobody does, there is nothing to ask.
    pub(super) walks: bool,
    pub(super) streams: BTreeMap<String, StreamOrder>,
    pub(super) early: EarlyMoves<u8>,
    pub(super) published: PublishedMoves,
    pub(super) crowd: ModelCrowd,
    /// Questions to other nodes about moves, so far.
    pub(super) questions: u64,
}

pub(super) fn player() -> PlayerId {
    PlayerId::trusted("p")
}

impl ModelNode {
    pub(super) fn linked(id: &str, store: &Store, walks: bool, crowd: ModelCrowd) -> Self {
        let published = match crowd {
            ModelCrowd::Nobody => PublishedMoves::default(),
            ModelCrowd::InFront | ModelCrowd::Behind => PublishedMoves::in_small_parts(),
        };
        let mut node = Self {
            id: id.to_owned(),
            evicted: false,
            announced_left: false,
            announced_twice: false,
            announced: None,
            owners: Owners::new(id.to_owned(), GuestTakeover::Secret),
            order: Order::after(store.epoch.to_string(), store.offset),
            shown: Shown::Nobody,
            place: 0,
            reach: ModelReach::Live,
            session: 0,
            commands: VecDeque::new(),
            inbox: VecDeque::new(),
            claimants: VecDeque::new(),
            gap: false,
            frames: VecDeque::new(),
            walks,
            streams: BTreeMap::new(),
            early: EarlyMoves::default(),
            published,
            crowd,
            questions: 0,
        };
        node.crowd_comes(ModelCrowd::Behind);
        node
    }

    pub(super) fn is_quiet(&self, store: &Store) -> bool {
        self.reach == ModelReach::Live
            && self.has_session(store)
            && self.commands.is_empty()
            && self.inbox.is_empty()
            && self.claimants.is_empty()
            && self.frames.is_empty()
            && !self.published.has_waiting()
            && !self.is_to_answer()
            && self.next_step(store).is_none()
    }

    pub(super) fn has_session(&self, store: &Store) -> bool {
        store.is_session(&self.id, self.session)
    }

    pub(super) fn is_linked(&self) -> bool {
        self.reach > ModelReach::Alone
    }

    pub(super) fn has_claimants(&self) -> bool {
        !self.claimants.is_empty()
    }

    pub(super) fn has_room(&self) -> bool {
        self.claimants.len() < CLAIMANTS
    }

    /// The link over which a claim was sent is gone.
    pub(super) fn claimant_is_alone(&self) -> bool {
        let oldest = self.claimants.front();
        oldest.is_some_and(|(_, _, session)| !self.is_linked() || *session != self.session)
    }

    pub(super) fn has_command(&self) -> bool {
        !self.commands.is_empty()
    }

    pub(super) fn can_receive(&self) -> bool {
        self.reach == ModelReach::Live && !self.gap && !self.inbox.is_empty()
    }

    pub(super) fn receives_event_next(&self) -> bool {
        self.can_receive() && matches!(self.inbox.front(), Some(NodeInput::Event(_)))
    }

    pub(super) fn holds(&self) -> bool {
        self.held_fence().is_some()
    }

    pub(super) fn held_fence(&self) -> Option<u64> {
        match self.shown {
            Shown::Here(fence) => Some(fence),
            Shown::Nobody | Shown::Remote(_) => None,
        }
    }

    pub(super) fn shown_fence(&self) -> Option<u64> {
        match self.shown {
            Shown::Here(fence) | Shown::Remote(fence) => Some(fence),
            Shown::Nobody => None,
        }
    }

    /// What the link does by itself: come back, say whom it holds, make up for a gap. The beat
    /// notices a lost last event and a lost session.
    pub(super) fn next_step(&self, store: &Store) -> Option<LinkStep> {
        let idle = self.commands.is_empty() && self.inbox.is_empty();
        match self.reach {
            ModelReach::Alone => Some(LinkStep::Link),
            ModelReach::Introduced => Some(LinkStep::Assert),
            ModelReach::Asserted => Some(LinkStep::Snapshot),
            ModelReach::Live if !self.has_session(store) => Some(LinkStep::Link),
            ModelReach::Live if self.gap => Some(LinkStep::Snapshot),
            ModelReach::Live if idle && self.is_behind(store) => Some(LinkStep::Snapshot),
            ModelReach::Live if !self.owners.unconfirmed().is_empty() => Some(LinkStep::Assert),
            ModelReach::Live => None,
        }
    }

    fn is_behind(&self, store: &Store) -> bool {
        self.order.offset() != store.offset || self.order.epoch() != store.epoch.to_string()
    }

    pub(super) fn join(&mut self, who: &str, now: u64) {
        if self.reach < ModelReach::Live {
            let claimed = self
                .owners
                .grant_alone(None, &player(), &claimant(who), now);
            let claim = self.owners.last_claim();
            self.claimed(claimed, claim);
            return;
        }
        let token = self.owners.begin_claim(&player());
        let claimant = (token, who.to_owned(), self.session);
        self.claimants.push_back(claimant);
        let owner = who.to_owned();
        let late = false;
        self.send(ModelCommand::Claim { token, owner, late });
    }

    /// As the session manager does with the answer to a claim.
    fn claimed(&mut self, claimed: Claimed, claim: u64) {
        let Claimed::Granted { fence } = claimed else {
            return;
        };
        if self.shown_fence().is_some_and(|shown| shown > fence) {
            self.release(fence);
            self.evicted = true;
            return;
        }
        self.shown = Shown::Here(fence);
        self.place = 0;
        self.announce_joined(self.id.clone(), claim);
    }

    fn announce_joined(&mut self, node: String, claim: u64) {
        let id = Some((node, claim));
        self.announced_twice |= self.announced == id;
        self.announced = id;
    }

    fn announce_left(&mut self) {
        self.shown = Shown::Nobody;
        self.announced = None;
        self.announced_left = true;
    }

    pub(super) fn give_up(&mut self, now: u64) {
        if let Some((token, who, _)) = self.claimants.pop_front() {
            for (_, command) in &mut self.commands {
                if let ModelCommand::Claim {
                    token: sent, late, ..
                } = command
                {
                    *late |= *sent == token;
                }
            }
            let claimant = claimant(&who);
            let claimed = self
                .owners
                .grant_alone(Some(token), &player(), &claimant, now);
            self.gap |= claimed == Claimed::InUse && self.is_linked();
            self.claimed(claimed, token);
        }
    }

    pub(super) fn leave(&mut self) {
        if let Some(fence) = self.held_fence() {
            self.announce_left();
            self.release(fence);
        }
    }

    fn release(&mut self, fence: u64) {
        let held = match self.owners.released(&player(), fence) {
            GivenUp::Superseded => return,
            GivenUp::Free(held) => held,
            GivenUp::Doubtful(held) => {
                self.gap = true;
                held
            }
        };
        self.published.released(&player());
        self.send(ModelCommand::Release(held));
    }

    pub(super) fn send(&mut self, command: ModelCommand) {
        if self.reach > ModelReach::Alone {
            self.commands.push_back((self.session, command));
        }
    }

    pub(super) fn execute(&mut self, store: &mut Store, now: u64) -> Vec<ModelEvent> {
        let Some((session, command)) = self.commands.pop_front() else {
            return Vec::new();
        };
        let (answer, events) = store.execute(&self.id, session, command, now);
        if session == self.session && self.reach > ModelReach::Alone {
            match answer {
                ModelReply::Refused => self.break_link(),
                answer => self.inbox.push_back(NodeInput::Reply(answer)),
            }
        }
        events
    }

    pub(super) fn receive(&mut self, event: &ModelEvent) {
        if self.reach > ModelReach::Alone {
            self.inbox.push_back(NodeInput::Event(event.clone()));
        }
    }

    pub(super) fn lose(&mut self) {
        self.inbox.pop_front();
    }

    pub(super) fn double(&mut self) {
        if let Some(front) = self.inbox.front().cloned() {
            self.inbox.push_front(front);
        }
    }

    /// The commands stay under way: Redis may carry them out, nobody hears of it.
    pub(super) fn break_link(&mut self) {
        self.reach = ModelReach::Alone;
        self.inbox.clear();
        self.restart_moves();
        self.gap = false;
    }

    pub(super) fn link(&mut self, store: &mut Store) {
        self.session += 1;
        store.hello(&self.id, self.session);
        self.owners.doubt();
        self.inbox.clear();
        self.restart_moves();
        self.gap = false;
        self.reach = ModelReach::Introduced;
    }

    fn restart_moves(&mut self) {
        self.frames.clear();
        for order in self.streams.values_mut() {
            *order = StreamOrder::default();
        }
        self.early.clear();
        self.published.restart();
    }

    pub(super) fn assert_held(&mut self, store: &mut Store, now: u64) -> Vec<ModelEvent> {
        if !self.has_session(store) {
            self.break_link();
            return Vec::new();
        }
        let mut events = Vec::new();
        for held in self.owners.unconfirmed() {
            if self.held_fence() != Some(held.fence) {
                continue;
            }
            self.note_asserting(held.fence);
            let (answer, published) = store.assert_held(&self.id, &held, self.place, now);
            events.extend(published);
            match self.owners.asserted(&held.id, held.fence, answer) {
                HolderVerdict::Apply => self.gap = true,
                HolderVerdict::Refence(from) => {
                    self.refence(from, answer.unwrap_or(from));
                    self.published
                        .refence(&player(), from, answer.unwrap_or(from));
                }
                HolderVerdict::Ignore | HolderVerdict::Orphan => {}
            }
            self.note_asserted();
        }
        if self.reach == ModelReach::Introduced {
            self.reach = ModelReach::Asserted;
        }
        events
    }

    /// Hears and does whatever there is, as a node on which nobody plays.
    pub(super) fn catch_up(&mut self, store: &mut Store, owners: &[Self]) {
        loop {
            if self.can_receive() {
                self.deliver();
                continue;
            }
            if self.has_frame() {
                self.deliver_frame();
                continue;
            }
            if owners.iter().any(|owner| self.ask_and_hear(owner)) {
                continue;
            }
            match self.next_step(store) {
                Some(LinkStep::Link) => self.link(store),
                Some(LinkStep::Assert) => drop(self.assert_held(store, 0)),
                Some(LinkStep::Snapshot) => self.take_snapshot(store),
                None => break,
            }
        }
    }

    fn refence(&mut self, from: u64, to: u64) {
        match &mut self.shown {
            Shown::Here(shown) | Shown::Remote(shown) if *shown == from => *shown = to,
            _ => {}
        }
    }

    pub(super) fn take_snapshot(&mut self, store: &Store) {
        if !self.has_session(store) {
            self.break_link();
            return;
        }
        let lost_memory = self.order.epoch() != store.epoch.to_string();
        if lost_memory {
            self.owners.doubt();
        }
        // The grace that spares flicker ends before things come to rest, so it plays no part here.
        let settled = self.owners.settle(store.records(), |_| false);
        for (_, fence) in settled.orphans {
            self.send(ModelCommand::Release(Held::Fence(fence)));
        }
        for (_, from, to) in settled.refenced {
            self.refence(from, to);
        }
        for (_, fence) in settled.yielded {
            self.refence(fence, 0);
        }
        let own = store.own().filter(|_| !settled.present.is_empty());
        match (&mut self.shown, own) {
            (Shown::Remote(_), None) if settled.spared.is_empty() => self.announce_left(),
            (Shown::Remote(shown), Some(own)) if *shown > own.fence => *shown = 0,
            _ => {}
        }
        if let Some(own) = own.filter(|own| self.shown != Shown::Remote(own.fence)) {
            self.show(own);
        }
        self.early.clear();
        // Nobody plays on the third, so it would have nothing to answer.
        let playing = |node: &&str| *node != "watching" && *node != self.id;
        for other in store.nodes().filter(playing).collect::<Vec<_>>() {
            self.owe_everything(other);
        }
        self.order = Order::after(store.epoch.to_string(), store.offset);
        self.gap = false;
        self.reach = ModelReach::Live;
    }

    fn show(&mut self, own: &Own) {
        let fence = own.fence;
        if self.shown_fence().is_some_and(|shown| shown > fence) {
            return;
        }
        self.announce_joined(own.node.clone(), own.claim);
        if self.holds() {
            self.evicted = true;
        }
        self.shown = Shown::Remote(fence);
        self.place = own.place;
    }
}
