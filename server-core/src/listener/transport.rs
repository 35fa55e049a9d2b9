//! One TCP stream that knows when it last moved and can be cut from outside.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::task::AtomicWaker;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Instant;

use super::admission::Place;

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
        });
        place.hold(TransportHandle(shared.clone()));
        Self {
            stream,
            shared,
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

    fn wrote(&self, result: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if matches!(result, Poll::Ready(Ok(bytes)) if bytes > 0) {
            self.shared.touch();
        }
        result
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
        let result = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.wrote(result)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.shared.writer.register(cx.waker());
        self.check()?;
        let result = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
        self.wrote(result)
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
