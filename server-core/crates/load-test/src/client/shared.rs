//! What the clients of a run share. All run on one thread.

use std::cell::{Cell, RefCell};

use bytes::BytesMut;
use tokio::time::Instant;

use super::frame_cache::FrameCache;
use super::pacer::Pacer;
use crate::plan::{Names, Plan};
use crate::stats::Recorder;

/// What all clients do at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CrowdPhase {
    /// Join and move.
    Play,
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
    pub(crate) started: Instant,
    /// What a client has just read; taken out and put back by whoever reads.
    pub(super) arrived: Cell<BytesMut>,
    pub(super) frame_cache: RefCell<FrameCache>,
    pub(super) pacer: Pacer,
    /// Acks that are awaited, over all clients.
    pub(crate) awaited: Cell<u64>,
}

impl CrowdState {
    pub(crate) fn new(plan: Plan) -> Self {
        Self {
            names: plan.names(),
            recorder: RefCell::new(Recorder::new(plan.clients())),
            started: Instant::now(),
            arrived: Cell::default(),
            frame_cache: RefCell::default(),
            pacer: Pacer::default(),
            awaited: Cell::new(0),
            plan,
        }
    }

    /// Sends updates at their times; has to be polled during the whole run.
    pub(crate) async fn keep_pace(&self) {
        self.pacer.run().await;
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
