//! One TCP stream that knows when it last moved, can be cut from outside, and once it is a websocket
//! takes finished frames from anywhere ([`direct`](super::direct)).

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_util::task::AtomicWaker;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Instant;

use super::admission::Place;
use super::direct::{Inbox, Position, Writer};

#[derive(Debug)]
struct Shared {
    opened: Instant,
    cut: AtomicBool,
    /// Set when the writer flushed: everything it was given has gone to the operating system.
    flushed: AtomicBool,
    /// Milliseconds after `opened` at which bytes last left, or started to wait.
    moved_ms: AtomicU64,
    reader: AtomicWaker,
    writer: AtomicWaker,
    direct: Inbox,
}

/// A grip on a [`Transport`] that is owned elsewhere; cheap to clone.
#[derive(Debug, Clone)]
pub struct TransportHandle(Arc<Shared>);

impl TransportHandle {
    /// Fails every later read and write, so that the owner lets go of the stream.
    pub fn cut(&self) {
        self.0.cut.store(true, Ordering::Release);
        self.0.reader.wake();
        self.0.writer.wake();
    }

    /// Whether the stream was cut or dropped.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.0.cut.load(Ordering::Acquire)
    }

    /// Queues finished websocket frames. They are written in one piece each call, in the order of the
    /// calls, and never within a frame of the websocket's owner. Only for a stream that has become a
    /// websocket, after a [`Self::hold_until`].
    pub fn write(&self, frames: Bytes) {
        if self.0.direct.push(frames) {
            self.0.touch();
            self.0.reader.wake();
        }
    }

    /// Holds back what is written from now on until the owner of the websocket writes exactly
    /// `frame`, which is then left out.
    pub fn hold_until(&self, frame: Bytes) {
        self.0.direct.hold_until(frame);
    }

    /// Bytes given to [`Self::write`] that the operating system has not taken yet.
    #[must_use]
    pub fn waiting_bytes(&self) -> usize {
        self.0.direct.waiting_bytes()
    }

    /// Whether the writer has flushed since [`Self::expect_flush`].
    #[must_use]
    pub fn is_flushed(&self) -> bool {
        self.0.flushed.load(Ordering::Acquire)
    }

    /// Announces that bytes are about to be written.
    pub fn expect_flush(&self) {
        if self.0.flushed.swap(false, Ordering::AcqRel) {
            self.0.touch();
        }
    }

    /// How long nothing has left, counted from when something had to.
    #[must_use]
    pub fn idle_for(&self) -> Duration {
        let moved = Duration::from_millis(self.0.moved_ms.load(Ordering::Relaxed));
        self.0.opened.elapsed().saturating_sub(moved)
    }
}

impl Shared {
    fn touch(&self) {
        let now = u64::try_from(self.opened.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.moved_ms.store(now, Ordering::Relaxed);
    }
}

/// See the module.
#[derive(Debug)]
pub struct Transport {
    stream: TcpStream,
    shared: Arc<Shared>,
    direct: Writer,
    position: Position,
    /// The owner waits to write, perhaps for a direct frame to be complete.
    owner_waits: bool,
    // Given back when the stream is dropped, also long after an upgrade to a websocket.
    _place: Place,
}

impl Transport {
    pub(super) fn new(stream: TcpStream, place: Place) -> Self {
        let shared = Arc::new(Shared {
            opened: Instant::now(),
            cut: AtomicBool::new(false),
            flushed: AtomicBool::new(true),
            moved_ms: AtomicU64::new(0),
            reader: AtomicWaker::new(),
            writer: AtomicWaker::new(),
            direct: Inbox::default(),
        });
        place.hold(TransportHandle(shared.clone()));
        Self {
            stream,
            shared,
            direct: Writer::default(),
            position: Position::Between,
            owner_waits: false,
            _place: place,
        }
    }

    pub(super) fn handle(&self) -> TransportHandle {
        TransportHandle(self.shared.clone())
    }

    fn check(&self) -> io::Result<()> {
        if self.shared.cut.load(Ordering::Acquire) {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        Ok(())
    }

    /// Writes direct frames as far as the system takes them. Called whenever the owner reads, which
    /// it always does: it waits for the client's next frame.
    fn write_direct(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        while self.position == Position::Between && self.direct.refill(&self.shared.direct) {
            let mut slices = Writer::no_slices();
            let count = self.direct.fill(&mut slices);
            let stream = Pin::new(&mut self.stream);
            match stream.poll_write_vectored(cx, &slices[..count])? {
                Poll::Ready(written) => {
                    self.shared.touch();
                    self.direct.advance(&self.shared.direct, written);
                }
                Poll::Pending => break,
            }
        }
        if std::mem::take(&mut self.owner_waits) {
            self.shared.writer.wake();
        }
        Ok(())
    }

    /// Writes for the owner, up to the frame that opens a gate; that frame counts as written.
    fn write_owner(&mut self, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.direct.is_inside_item() {
            self.owner_waits = true;
            return Poll::Pending;
        }
        // What was pushed before a gate went before it; a gate alone may be first.
        self.direct.refill(&self.shared.direct);
        let gate = self.direct.gate();
        let found = gate.and_then(|gate| Some((self.position.find(bytes, gate)?, gate.len())));
        if let Some((0, len)) = found {
            self.direct.open_gate();
            self.shared.reader.wake();
            return Poll::Ready(Ok(len));
        }
        let bytes = found.map_or(bytes, |(start, _)| &bytes[..start]);
        let result = Pin::new(&mut self.stream).poll_write(cx, bytes);
        match &result {
            Poll::Ready(Ok(written)) => {
                self.position = self.position.after(bytes, *written);
                if *written > 0 {
                    self.shared.touch();
                }
                if self.shared.direct.waiting_bytes() > 0 {
                    self.shared.reader.wake();
                }
            }
            Poll::Pending => self.owner_waits = true,
            Poll::Ready(Err(_)) => {}
        }
        result
    }
}

impl Drop for Transport {
    fn drop(&mut self) {
        self.shared.cut.store(true, Ordering::Release);
        self.shared.direct.close();
    }
}

impl AsyncRead for Transport {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        // Registered before the check: a cut in between wakes this task again.
        self.shared.reader.register(cx.waker());
        self.check()?;
        self.write_direct(cx)?;
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Transport {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.shared.writer.register(cx.waker());
        self.check()?;
        self.write_owner(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.shared.writer.register(cx.waker());
        self.check()?;
        // Only HTTP answers come in slices; a websocket's frames do not.
        let result = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
        if matches!(result, Poll::Ready(Ok(bytes)) if bytes > 0) {
            self.shared.touch();
        }
        result
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.shared.writer.register(cx.waker());
        self.check()?;
        let result = Pin::new(&mut self.stream).poll_flush(cx);
        if matches!(result, Poll::Ready(Ok(()))) {
            self.shared.flushed.store(true, Ordering::Release);
        }
        result
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests;
