//! Answers to CONNECT wait until their sockets are there.
//!
//! The library sends the answer first, then calls the handler that starts a session, and only then
//! forgets that the transport is connecting. A client that has its answer by then may leave and enter
//! again at once, and the library, which answers no CONNECT of a transport that is connecting, would
//! leave that one unanswered for good; or its events would find nobody. So from the moment a namespace
//! has said yes until its handler is done, nothing the library writes to that client leaves. Those are
//! microseconds.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};

use parking_lot::Mutex;

/// See the module; of one Engine.IO session.
#[derive(Debug, Default)]
pub(in crate::gateway) struct Openings {
    unfinished: AtomicUsize,
    // Held to add or take wakers.
    waiting: Mutex<Vec<Waker>>,
}

/// A namespace that is being opened; it is open, or never will be, when this is dropped. Its socket
/// carries it, so that it ends with that whatever happens.
#[derive(Debug)]
pub(in crate::gateway) struct Opening(Arc<Openings>);

impl Openings {
    /// A namespace has said yes.
    pub(in crate::gateway) fn begin(self: &Arc<Self>) -> Opening {
        self.unfinished.fetch_add(1, Ordering::AcqRel);
        Opening(self.clone())
    }

    /// Ready while no namespace is being opened; `cx` is woken otherwise.
    pub(super) fn poll_done(&self, cx: &Context<'_>) -> Poll<()> {
        if self.unfinished.load(Ordering::Acquire) == 0 {
            return Poll::Ready(());
        }
        let mut waiting = self.waiting.lock();
        // Whoever makes it 0 locks after that: it is seen here, or this waker there.
        if self.unfinished.load(Ordering::Acquire) == 0 {
            return Poll::Ready(());
        }
        if !waiting.iter().any(|waker| waker.will_wake(cx.waker())) {
            waiting.push(cx.waker().clone());
        }
        Poll::Pending
    }
}

impl Drop for Opening {
    fn drop(&mut self) {
        if self.0.unfinished.fetch_sub(1, Ordering::AcqRel) > 1 {
            return;
        }
        let waiting = std::mem::take(&mut *self.0.waiting.lock());
        for waker in waiting {
            waker.wake();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn what_waits_goes_on_after_the_last() {
        let openings = Arc::new(Openings::default());
        let done = |openings: Arc<Openings>| async move {
            poll_fn(|cx| openings.poll_done(cx)).await;
        };
        done(openings.clone()).await;
        let first = openings.begin();
        let second = openings.begin();
        let mut waiting = [(); 3].map(|()| Box::pin(done(openings.clone())));
        for waits in &mut waiting {
            assert!(futures_util::poll!(waits).is_pending());
        }
        drop(first);
        for waits in &mut waiting {
            assert!(futures_util::poll!(waits).is_pending());
        }
        drop(second);
        for waits in waiting {
            let limit = Duration::from_secs(10);
            tokio::time::timeout(limit, waits).await.unwrap();
        }
    }
}
