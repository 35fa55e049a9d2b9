//! What the library writes to a client waits while the library is not yet where its answer says.
//!
//! It answers a CONNECT first, then calls the handler that starts a session, and only then forgets that
//! the transport is connecting; and it says goodbye before it has removed a socket. A client that has
//! its answer by then may enter again at once, and the library, which answers no CONNECT of a transport
//! that is connecting or inside, would leave that one unanswered for good. So nothing leaves meanwhile.
//! Those are microseconds.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use parking_lot::Mutex;

/// See the module; of one Engine.IO session.
#[derive(Debug, Default)]
pub(in crate::gateway) struct Holds {
    held: AtomicUsize,
    // Held to add or take wakers.
    waiting: Mutex<Vec<Waker>>,
}

/// A reason to write nothing, until it is dropped.
#[derive(Debug)]
pub(in crate::gateway) struct Hold(Arc<Holds>);

impl Holds {
    /// Nothing leaves from now on.
    pub(in crate::gateway) fn begin(self: &Arc<Self>) -> Hold {
        self.held.fetch_add(1, Ordering::AcqRel);
        Hold(self.clone())
    }

    /// Ready while there is no hold; `cx` is woken otherwise.
    pub(super) fn poll_over(&self, cx: &Context<'_>) -> Poll<()> {
        if self.held.load(Ordering::Acquire) == 0 {
            return Poll::Ready(());
        }
        let mut waiting = self.waiting.lock();
        // Whoever makes it 0 locks after that: it is seen here, or this waker there.
        if self.held.load(Ordering::Acquire) == 0 {
            return Poll::Ready(());
        }
        if !waiting.iter().any(|waker| waker.will_wake(cx.waker())) {
            waiting.push(cx.waker().clone());
        }
        Poll::Pending
    }
}

impl Hold {
    /// Ends once the task that is being polled by this thread returns from that poll, however long that
    /// takes and whatever other threads do meanwhile.
    ///
    /// A task that was spawned here would not do: another thread may run it at once. But the waker of
    /// [`yield_now`](tokio::task::yield_now) waits with the thread itself, which wakes it between two
    /// tasks. Outside of a runtime it ends at once.
    pub(in crate::gateway) fn end_behind_this_poll(self) {
        let ends = Waker::from(Arc::new(EndWhenWoken { _hold: self }));
        let yielding = pin!(tokio::task::yield_now());
        // Pending: what goes on behind the poll is the waker.
        let _: Poll<()> = yielding.poll(&mut Context::from_waker(&ends));
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        if self.0.held.fetch_sub(1, Ordering::AcqRel) > 1 {
            return;
        }
        let waiting = std::mem::take(&mut *self.0.waiting.lock());
        for waker in waiting {
            waker.wake();
        }
    }
}

/// The waker is the last to own it, and waking consumes a waker.
struct EndWhenWoken {
    _hold: Hold,
}

impl Wake for EndWhenWoken {
    fn wake(self: Arc<Self>) {}
}

#[cfg(test)]
mod tests;
