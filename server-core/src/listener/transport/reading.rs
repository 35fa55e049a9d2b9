//! What reads from the stream: the owner at first, a task of its own once texts have a reader.
//!
//! The owner's way from a wake to a read is long: the library's tasks, the websocket, hyper. Waking a
//! small task instead spares all of that for each frame that is taken.

use std::cell::RefCell;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{Ordering, fence};
use std::sync::{Arc, OnceLock, Weak};
use std::task::{Context, Poll, Waker, ready};

use futures_util::task::AtomicWaker;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::net::tcp::OwnedReadHalf;

use super::TransportShared;
use crate::listener::incoming::{IncomingBytes, READ_BYTES};

thread_local! {
    /// Where frames are read, so that an idle connection needs no buffer of its own.
    static SCRATCH: RefCell<Box<[u8]>> = RefCell::new(vec![0; READ_BYTES].into());
}

/// Wakes whoever reads.
#[derive(Debug, Default)]
pub(super) struct ReadWaker {
    owner: AtomicWaker,
    /// The task's waker stays the same for as long as it lives, so it is kept once instead of being
    /// registered at each poll.
    task: OnceLock<Waker>,
}

impl ReadWaker {
    pub(super) fn wake(&self) {
        // What the reader has to see was stored before; `begin_task` stores the waker before it looks.
        fence(Ordering::SeqCst);
        match self.task.get() {
            Some(task) => task.wake_by_ref(),
            None => self.owner.wake(),
        }
    }

    pub(super) fn register_owner(&self, cx: &Context<'_>) {
        self.owner.register(cx.waker());
    }

    fn begin_task(&self, cx: &Context<'_>) {
        if self.task.get().is_none() {
            self.task.get_or_init(|| cx.waker().clone());
            fence(Ordering::SeqCst);
        }
    }
}

/// See the module.
pub(super) struct Reading {
    stream: OwnedReadHalf,
    incoming: IncomingBytes,
    /// The owner was left something, and nobody has asked yet whether it has done with that.
    owner_works: bool,
}

impl Reading {
    pub(super) fn new(stream: OwnedReadHalf) -> Self {
        Self {
            stream,
            incoming: IncomingBytes::default(),
            owner_works: false,
        }
    }

    /// Whether the next byte is one of a client's frames.
    pub(super) fn has_frames(&self) -> bool {
        self.incoming.has_frames()
    }

    /// The owner writes `bytes`.
    pub(super) fn wrote(&mut self, bytes: &[u8]) {
        self.incoming.wrote(bytes);
    }

    /// Reads for the owner.
    pub(super) fn poll_read(
        &mut self,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(cx, buffer))?;
        self.incoming.read(&buffer.filled()[before..]);
        Poll::Ready(Ok(()))
    }

    /// Reads until the stream ends or is aborted: shows texts to their reader, and leaves the owner what
    /// remains.
    pub(super) async fn read_frames(mut self, shared: Arc<TransportShared>) {
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
                    ready!(Pin::new(&mut self.stream).poll_read(cx, &mut read))?;
                    is_full = read.remaining() == 0;
                    if read.filled().is_empty() {
                        shared.remainder.leave(&self.incoming.ahead);
                        return Poll::Ready(Ok(()));
                    }
                    len += read.filled().len();
                }
                let bytes = &mut scratch[..len];
                let reader = shared.texts.lock().as_ref().and_then(Weak::upgrade);
                let take = |text: &str| reader.as_ref().is_some_and(|it| it.take(text));
                let left = self.incoming.pass(bytes, take);
                self.incoming.keep(&bytes[left.end..], left.is_empty());
                if !left.is_empty() {
                    self.owner_works = true;
                    shared.remainder.leave(&bytes[left]);
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
