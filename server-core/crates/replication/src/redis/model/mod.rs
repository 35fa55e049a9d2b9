//! The rules of claims, leases and resync, tried in every order that loss, delay, death and
//! forgetting allow.
//!
//! The nodes are the real [`Owners`] and [`Order`]; Redis ([`store`]) does what the scripts do, for
//! one player. People play on two nodes, a third only watches. Checked, whenever everything has come to rest: at most one node holds the player,
//! every node shows the same holder, nobody is shown whom nobody holds, and nobody is lost whom a
//! node holds.

mod moves;
mod node;
mod store;
mod tests;

use stateright::{Model, Property};

use moves::ModelCrowd;
use node::ModelNode;
use store::Store;

/// What the world still has in stock.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct ModelBudget {
    joins: u8,
    leaves: u8,
    breaks: u8,
    losses: u8,
    deaths: u8,
    wipes: u8,
    moves: u8,
    refreshes: u8,
    mirrors: u8,
    crowd: ModelCrowd,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct ModelState {
    store: Store,
    nodes: Vec<ModelNode>,
    budget: ModelBudget,
    clock: u64,
    /// Where somebody came in when nobody was in or on the way, and neither left nor was followed.
    alone: Option<usize>,
}

impl ModelState {
    /// Nothing is on its way and nobody has anything to make up for.
    fn is_quiet(&self) -> bool {
        self.nodes.iter().all(|node| node.is_quiet(&self.store)) && !self.somebody_misses()
    }
}

impl ModelState {
    fn somebody_misses(&self) -> bool {
        let nodes = self.nodes.iter();
        nodes
            .clone()
            .any(|node| nodes.clone().any(|owner| node.misses(owner)))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum ModelAction {
    /// Somebody with this secret joins on this node.
    Join(usize, &'static str),
    /// The holder on this node leaves.
    Leave(usize),
    /// Redis carries out the node's next command.
    Execute(usize),
    /// The node hears what comes next: an answer or an event.
    Deliver(usize),
    /// The next event gets lost on the way to the node.
    Lose(usize),
    /// The next event arrives twice.
    Double(usize),
    /// The node's link breaks; what was under way may still be carried out.
    Break(usize),
    /// The node introduces itself again.
    Link(usize),
    /// It says whom it holds.
    Assert(usize),
    /// It takes a snapshot.
    Snapshot(usize),
    /// A claimant's link broke before the answer: the node decides alone.
    GiveUp(usize),
    /// The node's lease ran out and another one says so.
    Reap(usize),
    /// Redis loses its memory.
    Wipe,
    /// The holder on this node moves.
    Move(usize),
    /// The holder on this node joins once more.
    Refresh(usize),
    /// The node writes to Redis who has moved.
    Mirror(usize),
    /// The node tells in a frame who has moved.
    Flush(usize),
    /// The node hears the next frame.
    ReceiveFrame(usize),
    /// The next frame gets lost on the way to the node.
    LoseFrame(usize),
    /// It arrives twice.
    DoubleFrame(usize),
    /// The first node asks the second for what it missed.
    Ask(usize, usize),
    /// The node gives the next part of an answer.
    Answer(usize),
}

/// Nodes on which people play; those behind them only watch.
const PLAYED: usize = 2;

struct ModelCluster {
    budget: ModelBudget,
    people: &'static [&'static str],
}

impl Model for ModelCluster {
    type State = ModelState;
    type Action = ModelAction;

    fn init_states(&self) -> Vec<ModelState> {
        let store = Store::default();
        let walks = self.budget.moves + self.budget.refreshes > 0;
        let crowd = self.budget.crowd;
        let nodes = ["a", "b", "watching"].map(|id| ModelNode::linked(id, &store, walks, crowd));
        vec![ModelState {
            store,
            nodes: nodes.into(),
            budget: self.budget.clone(),
            clock: 10,
            alone: None,
        }]
    }

    fn actions(&self, state: &ModelState, actions: &mut Vec<ModelAction>) {
        let ModelBudget {
            joins,
            leaves,
            breaks,
            losses,
            deaths,
            wipes,
            moves,
            refreshes,
            mirrors,
            crowd: _,
        } = state.budget;
        for (n, node) in state.nodes.iter().enumerate().take(PLAYED) {
            if joins > 0 && node.has_room() {
                actions.extend(self.people.iter().map(|who| ModelAction::Join(n, who)));
            }
            if leaves > 0 && node.holds() {
                actions.push(ModelAction::Leave(n));
            }
            if node.has_command() {
                actions.push(ModelAction::Execute(n));
            }
            if node.can_receive() {
                actions.push(ModelAction::Deliver(n));
            }
            if losses > 0 && node.receives_event_next() {
                actions.extend([ModelAction::Lose(n), ModelAction::Double(n)]);
            }
            if moves > 0 && node.can_move() {
                actions.push(ModelAction::Move(n));
            }
            if refreshes > 0 && node.can_move() {
                actions.push(ModelAction::Refresh(n));
            }
            if mirrors > 0 && node.is_to_mirror() {
                actions.push(ModelAction::Mirror(n));
            }
            if node.has_untold() {
                actions.push(ModelAction::Flush(n));
            }
            if node.has_frame() {
                actions.push(ModelAction::ReceiveFrame(n));
                if losses > 0 {
                    actions.extend([ModelAction::LoseFrame(n), ModelAction::DoubleFrame(n)]);
                }
            }
            for (o, owner) in state.nodes.iter().enumerate().take(PLAYED) {
                if node.is_to_ask(owner) {
                    actions.push(ModelAction::Ask(n, o));
                }
            }
            if node.is_to_answer() {
                actions.push(ModelAction::Answer(n));
            }
            if breaks > 0 && node.is_linked() {
                actions.push(ModelAction::Break(n));
            }
            if deaths > 0 && !node.is_linked() && state.store.knows(&node.id) {
                actions.push(ModelAction::Reap(n));
            }
            if node.claimant_is_alone() {
                actions.push(ModelAction::GiveUp(n));
            }
            actions.extend(node.next_step(&state.store).map(|step| match step {
                node::LinkStep::Link => ModelAction::Link(n),
                node::LinkStep::Assert => ModelAction::Assert(n),
                node::LinkStep::Snapshot => ModelAction::Snapshot(n),
            }));
        }
        if wipes > 0 {
            actions.push(ModelAction::Wipe);
        }
    }

    fn next_state(&self, before: &ModelState, action: ModelAction) -> Option<ModelState> {
        let mut state = before.clone();
        let ModelState {
            store,
            nodes,
            budget,
            clock,
            alone,
        } = &mut state;
        let mut events = Vec::new();
        match action {
            ModelAction::Join(n, who) => {
                budget.joins -= 1;
                *clock += 10;
                let is_free = nodes.iter().all(|it| !it.holds() && !it.has_claimants());
                *alone = is_free.then_some(n);
                nodes[n].join(who, *clock);
            }
            ModelAction::Leave(n) => {
                budget.leaves -= 1;
                *alone = None;
                nodes[n].leave();
            }
            ModelAction::Execute(n) => events = nodes[n].execute(store, *clock),
            ModelAction::Deliver(n) => nodes[n].deliver(),
            ModelAction::Lose(n) => {
                budget.losses -= 1;
                nodes[n].lose();
            }
            ModelAction::Double(n) => {
                budget.losses -= 1;
                nodes[n].double();
            }
            ModelAction::Break(n) => {
                budget.breaks -= 1;
                nodes[n].break_link();
            }
            ModelAction::Link(n) => nodes[n].link(store),
            ModelAction::Assert(n) => events = nodes[n].assert_held(store, *clock),
            ModelAction::Snapshot(n) => nodes[n].take_snapshot(store),
            ModelAction::GiveUp(n) => nodes[n].give_up(*clock),
            ModelAction::Reap(n) => {
                budget.deaths -= 1;
                let id = nodes[n].id.clone();
                events = store.reap(&id);
            }
            ModelAction::Wipe => {
                budget.wipes -= 1;
                store.wipe();
            }
            ModelAction::Move(n) => {
                budget.moves -= 1;
                nodes[n].move_on();
            }
            ModelAction::Refresh(n) => {
                budget.refreshes -= 1;
                nodes[n].refresh();
            }
            ModelAction::Mirror(n) => {
                budget.mirrors -= 1;
                nodes[n].mirror(store);
            }
            ModelAction::Flush(n) => {
                let frame = nodes[n].flush();
                for node in nodes.iter_mut() {
                    frame.iter().for_each(|frame| node.receive_frame(frame));
                }
            }
            ModelAction::ReceiveFrame(n) => nodes[n].deliver_frame(),
            ModelAction::LoseFrame(n) => {
                budget.losses -= 1;
                nodes[n].lose_frame();
            }
            ModelAction::DoubleFrame(n) => {
                budget.losses -= 1;
                nodes[n].double_frame();
            }
            ModelAction::Ask(n, o) => {
                let mut owner = nodes[o].clone();
                nodes[n].ask(&mut owner);
                nodes[o] = owner;
            }
            ModelAction::Answer(n) => {
                if let Some((asker, part)) = nodes[n].answer() {
                    let asker = nodes.iter_mut().find(|node| node.id == asker);
                    asker.into_iter().for_each(|node| node.receive_frame(&part));
                }
            }
        }
        for event in events {
            for node in nodes.iter_mut() {
                node.receive(&event);
            }
        }
        // They tell nobody anything, so one moment for what they do stands for all.
        let (played, watching) = nodes.split_at_mut(PLAYED);
        for node in watching {
            node.catch_up(store, played);
        }
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("at rest, one holder at most", |_, state: &ModelState| {
                let holders = state.nodes.iter().filter(|node| node.holds()).count();
                !state.is_quiet() || holders <= 1
            }),
            Property::always("at rest, nobody is a ghost", |_, state: &ModelState| {
                let held = state.nodes.iter().find_map(ModelNode::held_fence);
                let shown = |node: &ModelNode| node.shown_fence();
                !state.is_quiet()
                    || held.is_some()
                    || state.nodes.iter().all(|node| shown(node).is_none())
            }),
            Property::always(
                "at rest, everybody shows the holder",
                |_, state: &ModelState| {
                    let held = state.nodes.iter().find_map(ModelNode::held_fence);
                    !state.is_quiet()
                        || held.is_none()
                        || state.nodes.iter().all(|node| node.shown_fence() == held)
                },
            ),
            Property::always(
                "at rest, everybody shows where the holder stands",
                |_, state: &ModelState| {
                    let holder = state.nodes.iter().find(|node| node.holds());
                    !state.is_quiet()
                        || holder.is_none_or(|holder| {
                            state.nodes.iter().all(|node| node.place == holder.place)
                        })
                },
            ),
            Property::always(
                "at rest, Redis has where the holder stands when it was written",
                |_, state: &ModelState| {
                    let holder = state.nodes.iter().find(|node| node.holds());
                    let written =
                        holder.filter(|it| state.is_quiet() && it.published.is_mirrored());
                    let place = state.store.own().map(|own| own.place);
                    written.is_none_or(|holder| place == Some(holder.place))
                },
            ),
            Property::always("questions come to an end", |_, state: &ModelState| {
                state.nodes.iter().all(|node| node.questions < 20)
            }),
            Property::always(
                "who does not leave is not said to",
                |model: &Self, state: &ModelState| {
                    let ModelBudget {
                        leaves,
                        deaths,
                        wipes,
                        ..
                    } = model.budget;
                    leaves + deaths + wipes > 0
                        || state.nodes.iter().all(|node| !node.announced_left)
                },
            ),
            Property::always(
                "nobody comes in twice",
                |model: &Self, state: &ModelState| {
                    model.budget.wipes > 0 || state.nodes.iter().all(|node| !node.announced_twice)
                },
            ),
            Property::always("at rest, Redis agrees", |_, state: &ModelState| {
                let held = state.nodes.iter().find_map(ModelNode::held_fence);
                !state.is_quiet() || state.store.fence() == held
            }),
            Property::always(
                "who came last stays in",
                |model: &Self, state: &ModelState| {
                    let stays = state.alone.is_none_or(|n| state.nodes[n].holds());
                    // A stranger is refused while Redis knows of somebody else.
                    model.people.len() > 1 || !state.is_quiet() || stays
                },
            ),
            Property::sometimes("somebody is in at rest", |_, state: &ModelState| {
                state.is_quiet() && state.nodes.iter().any(ModelNode::holds)
            }),
            Property::sometimes(
                "somebody was evicted",
                |model: &Self, state: &ModelState| {
                    // Nobody is by a second window where there is one.
                    model.budget.joins < 2 || state.nodes.iter().any(|node| node.evicted)
                },
            ),
        ]
    }
}
