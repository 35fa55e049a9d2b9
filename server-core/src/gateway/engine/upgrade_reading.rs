//! Whoever has a request in hand may wait until what came before it on another connection is read.
//!
//! A client says on its websocket that it has moved, and then polls: both have arrived, but two threads
//! read them in any order. So the poll asks the reader of the websocket, who answers once it finds
//! nothing more to read. Only readiness that the runtime has heard of counts, and it hears of it in the
//! order in which things arrived.

use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Waker;

use futures_util::task::AtomicWaker;
use tokio::sync::Notify;

/// See the module; of one session.
#[derive(Debug, Default)]
pub(super) struct UpgradeReading {
    /// How many have asked.
    asked: AtomicU64,
    /// How many of them are answered.
    answered: AtomicU64,
    reader: AtomicWaker,
    changed: Notify,
}

impl UpgradeReading {
    /// Waits until the reader finds nothing more to read, or `is_over`.
    pub(super) async fn catch_up(&self, is_over: impl Fn() -> bool) {
        let number = self.asked.fetch_add(1, Ordering::AcqRel) + 1;
        self.reader.wake();
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            if self.answered.load(Ordering::Acquire) >= number || is_over() {
                return;
            }
            changed.await;
        }
    }

    /// How many have asked. The reader, before it looks for something to read; `waker` is its own.
    pub(super) fn asked(&self, waker: &Waker) -> u64 {
        // Registered before the look: who asks in between wakes it again.
        self.reader.register(waker);
        self.asked.load(Ordering::Acquire)
    }

    /// Nothing was left to read after so many had asked.
    pub(super) fn caught_up(&self, asked: u64) {
        if self.answered.fetch_max(asked, Ordering::AcqRel) < asked {
            self.changed.notify_waiters();
        }
    }

    /// Whether it is over may have changed.
    pub(super) fn changed(&self) {
        self.changed.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use std::task::Context;

    use super::*;

    #[tokio::test]
    async fn who_asks_waits_for_a_look_that_begins_after_that() {
        let reading = UpgradeReading::default();
        let waker = Waker::noop();
        let before = reading.asked(waker);
        let mut asks = Box::pin(reading.catch_up(|| false));
        assert!(futures_util::poll!(&mut asks).is_pending());
        reading.caught_up(before);
        assert!(
            futures_util::poll!(&mut asks).is_pending(),
            "it looked too early"
        );
        reading.caught_up(reading.asked(waker));
        asks.await;
    }

    #[tokio::test]
    async fn who_asks_wakes_the_reader_and_waits_no_longer_than_it_reads() {
        struct Woken(std::sync::atomic::AtomicBool);
        impl std::task::Wake for Woken {
            fn wake(self: std::sync::Arc<Self>) {
                self.0.store(true, Ordering::SeqCst);
            }
        }
        let reading = UpgradeReading::default();
        let woken = std::sync::Arc::new(Woken(false.into()));
        let over = std::sync::atomic::AtomicBool::new(false);
        reading.asked(&Waker::from(woken.clone()));
        let mut asks = Box::pin(reading.catch_up(|| over.load(Ordering::SeqCst)));
        let mut cx = Context::from_waker(Waker::noop());
        assert!(asks.as_mut().poll(&mut cx).is_pending());
        assert!(woken.0.load(Ordering::SeqCst));
        over.store(true, Ordering::SeqCst);
        reading.changed();
        asks.await;
    }
}
