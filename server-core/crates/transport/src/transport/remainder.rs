//! What a task that reads frames leaves to the owner of the websocket.

use std::io;
use std::task::{Context, Poll};

use futures_util::task::AtomicWaker;
use parking_lot::Mutex;
use tokio::io::ReadBuf;

#[derive(Debug, Default)]
struct RemainderState {
    bytes: Vec<u8>,
    /// How many of `bytes` the owner has taken.
    taken: usize,
    /// The owner has not done with what it was left.
    pending: bool,
    /// [`IncomingBytes::is_settled`](crate::incoming::IncomingBytes::is_settled), with all of it.
    settled: bool,
    end: Option<io::Result<()>>,
}

/// See the module. Bounded by what is read at once: nothing is added before the owner has done with
/// what is there.
#[derive(Debug, Default)]
pub(super) struct Remainder {
    // Held for a copy.
    state: Mutex<RemainderState>,
    owner: AtomicWaker,
}

impl Remainder {
    /// Leaves bytes to the owner, which with them has been left whole messages or not.
    pub(super) fn leave(&self, bytes: &[u8], settled: bool) {
        {
            let mut state = self.state.lock();
            state.bytes.extend_from_slice(bytes);
            state.pending |= !bytes.is_empty();
            state.settled = settled;
        }
        self.owner.wake();
    }

    /// Whether the owner has done with everything, which was settled, and nothing has ended.
    pub(super) fn is_settled(&self) -> bool {
        let state = self.state.lock();
        state.settled && !state.pending && state.end.is_none()
    }

    /// Nothing will follow.
    pub(super) fn end(&self, end: io::Result<()>) {
        self.state.lock().end = Some(end);
        self.owner.wake();
    }

    /// Whether the owner has something to do still: what follows must not overtake it.
    pub(super) fn is_pending(&self) -> bool {
        self.state.lock().pending
    }

    /// Wakes `cx` when there is something for the owner.
    pub(super) fn register(&self, cx: &Context<'_>) {
        self.owner.register(cx.waker());
    }

    pub(super) fn wake(&self) {
        self.owner.wake();
    }

    /// The owner is not woken any more, until another one registers.
    pub(super) fn forget_owner(&self) {
        drop(self.owner.take());
    }

    /// Gives the owner what it was left. It asks for more when it has done with that; `done` is called
    /// then.
    pub(super) fn poll_take(
        &self,
        buffer: &mut ReadBuf<'_>,
        done: impl FnOnce(),
    ) -> Poll<io::Result<()>> {
        let mut state = self.state.lock();
        let RemainderState { bytes, taken, .. } = &mut *state;
        let rest = &bytes[*taken..];
        if !rest.is_empty() {
            let len = rest.len().min(buffer.remaining());
            buffer.put_slice(&rest[..len]);
            *taken += len;
            return Poll::Ready(Ok(()));
        }
        // Nothing is kept between two of them.
        (state.bytes, state.taken) = (Vec::new(), 0);
        if std::mem::take(&mut state.pending) {
            done();
        }
        match state.end.take() {
            // The end stays the end, however often it is asked for.
            Some(Ok(())) => {
                state.end = Some(Ok(()));
                Poll::Ready(Ok(()))
            }
            end => end.map_or(Poll::Pending, Poll::Ready),
        }
    }
}
