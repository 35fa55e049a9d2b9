//! What the clients of a run share. All run on one thread.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use bytes::BytesMut;
use tokio::time::Instant;

use super::frame_cache::FrameCache;
use super::pacer::Pacer;
use super::streams::Streams;
use crate::plan::{Names, Plan};
use crate::stats::Recorder;
use crate::walk::BotSteps;

/// What all clients do at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CrowdPhase {
    /// Join and move.
    Play,
    /// Vanish without a word, to come back as others.
    Drop,
    /// Stand still and receive what is on its way.
    Settle,
    /// Give the player up and watch the others go.
    Leave,
    /// Disconnect.
    Close,
}

/// What the clients of a run share. All run on one thread.
pub(crate) struct CrowdState {
    pub(crate) plan: Plan,
    pub(crate) names: Names,
    pub(crate) recorder: RefCell<Recorder>,
    pub(super) steps: RefCell<BotSteps>,
    /// The guest secrets with which clients come back, by index; only where they will.
    guest_tokens: RefCell<HashMap<u32, Box<str>>>,
    pub(crate) started: Instant,
    /// When the clients stop moving.
    pub(crate) ends: Cell<Instant>,
    /// What a client has just read; taken out and put back by whoever reads.
    pub(super) arrived: Cell<BytesMut>,
    pub(super) frame_cache: RefCell<FrameCache>,
    pub(super) streams: RefCell<Streams>,
    pub(super) pacer: Pacer,
    /// Acks that are awaited, over all clients.
    pub(crate) awaited: Cell<u64>,
}

impl CrowdState {
    pub(crate) fn new(plan: Plan) -> Self {
        let steps = BotSteps::new(plan.knobs.crowd, plan.clients());
        let mut recorder = Recorder::new(plan.clients(), steps.numbering());
        for index in 0..plan.clients() {
            if plan.bytes_a_second(index).is_some() {
                recorder.deliveries.reads_slowly(index);
            }
            if plan.is_single_among_batches(index) {
                recorder.deliveries.reads_single(index);
            }
        }
        let started = Instant::now();
        Self {
            names: plan.names(),
            recorder: RefCell::new(recorder),
            steps: RefCell::new(steps),
            guest_tokens: RefCell::default(),
            started,
            ends: Cell::new(started + plan.knobs.duration),
            arrived: Cell::default(),
            frame_cache: RefCell::default(),
            streams: RefCell::default(),
            pacer: Pacer::default(),
            awaited: Cell::new(0),
            plan,
        }
    }

    /// Sends updates at their times; has to be polled during the whole run.
    pub(crate) async fn keep_pace(&self) {
        self.pacer.run().await;
    }

    /// Keeps the secret of a guest who will have to show it.
    pub(super) fn keep_guest_token(&self, index: u32, token: Option<Box<str>>) {
        if let Some(token) = token.filter(|_| self.plan.outage().is_some()) {
            self.guest_tokens.borrow_mut().insert(index, token);
        }
    }

    /// The secret of a guest who comes back.
    pub(crate) fn guest_token(&self, index: u32) -> Option<Box<str>> {
        self.guest_tokens.borrow().get(&index).cloned()
    }

    /// Nothing that was planned happens any more; whoever comes back plans anew.
    pub(crate) fn forget_turns(&self) {
        self.pacer.forget();
    }

    /// From now on nobody moves.
    pub(crate) fn stand_still(&self) {
        self.pacer.stop();
    }

    /// Microseconds since the start of the run.
    pub(crate) fn now(&self) -> u64 {
        self.started.elapsed().as_micros() as u64
    }
}
