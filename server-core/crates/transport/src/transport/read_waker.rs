//! Who is woken when there is something to read, or to write for whoever reads.
//!
//! Reading changes hands once, from the owner of a websocket to a task of its own, while others wake
//! whoever reads. A wake that goes to the owner after the task began to wait would be lost, so both
//! sides put a fence between what they write and what they read: whoever wakes stores what there is to
//! see and then looks for the task; the task stores its waker and then looks what there is to see. One
//! of the two sees the other (`tests/fences.rs` tries all orders).

use std::task::{Context, Waker};

use super::sync::{AtomicWaker, OnceLock, Ordering, fence};

/// Wakes whoever reads.
#[derive(Debug, Default)]
pub(super) struct ReadWaker {
    owner: AtomicWaker,
    /// The task's waker stays the same for as long as it lives, so it is kept once instead of being
    /// registered at each poll.
    task: OnceLock<Waker>,
}

impl ReadWaker {
    /// Called after what the reader has to see was stored.
    pub(super) fn wake(&self) {
        fence(Ordering::SeqCst);
        match self.task.get() {
            Some(task) => task.wake_by_ref(),
            None => self.owner.wake(),
        }
    }

    /// The owner reads. Called before it looks what there is to see.
    pub(super) fn register_owner(&self, cx: &Context<'_>) {
        self.owner.register(cx.waker());
    }

    /// The task reads from now on. Called before it looks what there is to see.
    pub(super) fn begin_task(&self, cx: &Context<'_>) {
        if self.task.get().is_none() {
            self.task.get_or_init(|| cx.waker().clone());
            fence(Ordering::SeqCst);
            // A waker keeps the memory of its task, which may be gone by then.
            drop(self.owner.take());
        }
    }
}
