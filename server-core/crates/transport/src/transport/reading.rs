//! What reads from the stream: the owner at first, a task of its own once texts have a reader.
//!
//! The owner's way from a wake to a read is long: the library's tasks, the websocket, hyper. Waking a
//! small task instead spares all of that for each frame that is taken.

use std::cell::RefCell;
use std::future::poll_fn;
use std::io;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::ReadBuf;

use super::TransportShared;
use super::message_deadline::MessageDeadline;
use crate::connect_packets::Excess;
use crate::ends::ReadEnd;
use crate::incoming::{IncomingBytes, READ_BYTES};
use crate::unfinished::HeldBytes;

thread_local! {
    /// Where frames are read, so that an idle connection needs no buffer of its own.
    static SCRATCH: RefCell<Box<[u8]>> = RefCell::new(vec![0; READ_BYTES].into());
}

/// See the module.
pub(super) struct Reading {
    stream: ReadEnd,
    incoming: IncomingBytes,
    /// The owner was left something, and nobody has asked yet whether it has done with that.
    owner_works: bool,
    deadline: MessageDeadline,
    /// What the owner collects of a message that has not ended.
    held: HeldBytes,
}

impl Reading {
    pub(super) fn new(stream: ReadEnd, patience: Duration, held: HeldBytes) -> Self {
        Self {
            stream,
            incoming: IncomingBytes::default(),
            owner_works: false,
            deadline: MessageDeadline::new(patience),
            held,
        }
    }

    /// Whether the next byte is one of a client's frames.
    pub(super) fn has_frames(&self) -> bool {
        self.incoming.has_frames()
    }

    /// Whether the owner has only read whole messages that leave nothing behind.
    pub(super) fn is_settled(&self) -> bool {
        self.incoming.is_settled()
    }

    /// The client sends frames from now on, after `behind`, which the owner has read already.
    pub(super) fn begin_frames(&mut self, behind: &[u8]) -> io::Result<()> {
        self.incoming.begin_frames(behind).map_err(refused)
    }

    /// Reads for the owner.
    pub(super) fn poll_read(
        &mut self,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
        shared: &TransportShared,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let answer = |cx: &mut Context<'_>| shared.write_answer(cx);
        if self.stream.poll_read(cx, buffer, answer)?.is_pending() {
            return self.poll_late(cx);
        }
        let bytes = &buffer.filled()[before..];
        self.deadline.arrived(bytes.len());
        self.incoming.read(bytes).map_err(refused)?;
        Poll::Ready(self.held.set(self.incoming.unfinished_bytes()))
    }

    /// Reads until the stream ends or is aborted: shows texts to their reader, and leaves the owner what
    /// remains.
    pub(super) async fn read_frames(mut self: Box<Self>, shared: Arc<TransportShared>) {
        let end = poll_fn(|cx| {
            shared.reader.begin_task(cx);
            self.poll_frames(cx, &shared)
        });
        let end = end.await;
        shared.remainder.end(end);
    }

    /// Ready when nothing more will come.
    fn poll_frames(
        &mut self,
        cx: &mut Context<'_>,
        shared: &TransportShared,
    ) -> Poll<io::Result<()>> {
        let polled = self.poll_more(cx, shared);
        // What the owner has to do first is not the client's delay.
        match polled.is_pending() && !self.owner_works {
            true => self.poll_late(cx),
            false => polled,
        }
    }

    fn poll_late(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let unfinished = self.incoming.unfinished();
        self.deadline.poll_late(cx, unfinished).map(Err)
    }

    fn poll_more(
        &mut self,
        cx: &mut Context<'_>,
        shared: &TransportShared,
    ) -> Poll<io::Result<()>> {
        shared.check()?;
        shared.write_waiting(cx)?;
        SCRATCH.with_borrow_mut(|scratch| {
            loop {
                self.owner_works = self.owner_works && shared.remainder.is_pending();
                if self.owner_works {
                    return Poll::Pending;
                }
                let kept = self.incoming.ahead.len();
                scratch[..kept].copy_from_slice(&self.incoming.ahead);
                let mut len = kept;
                let mut is_full = false;
                // What was kept may hold whole frames, if the owner had to have its own first.
                if kept == 0 || self.incoming.is_partial {
                    let mut read = ReadBuf::new(&mut scratch[kept..]);
                    let answer = |cx: &mut Context<'_>| shared.write_answer(cx);
                    ready!(self.stream.poll_read(cx, &mut read, answer))?;
                    is_full = read.remaining() == 0;
                    if read.filled().is_empty() {
                        shared.remainder.leave(&self.incoming.ahead, false);
                        return Poll::Ready(Ok(()));
                    }
                    self.deadline.arrived(read.filled().len());
                    len += read.filled().len();
                }
                let bytes = &mut scratch[..len];
                let reader = shared.texts.lock().as_ref().and_then(Weak::upgrade);
                let take = |text: &str| reader.as_ref().is_some_and(|it| it.take(text));
                let left = self.incoming.pass(bytes, take).map_err(refused)?;
                self.incoming.keep(&bytes[left.end..], left.is_empty());
                self.held.set(self.incoming.unfinished_bytes())?;
                if !left.is_empty() {
                    self.owner_works = true;
                    let settled = self.incoming.is_settled();
                    shared.remainder.leave(&bytes[left], settled);
                }
                if is_full {
                    // There is more. Others have their turn first.
                    cx.waker().wake_by_ref();
                    return Poll::Pending;
                }
            }
        })
    }
}

/// A client that breaks the bounds of CONNECT packets is read no further.
fn refused(excess: Excess) -> io::Error {
    tracing::debug!(%excess, "a connection was ended");
    io::Error::new(io::ErrorKind::InvalidData, excess)
}
