//! One TCP stream that knows when it last moved, can be cut from outside, and once it is a websocket
//! takes finished frames from anywhere ([`direct`](super::direct)).

use std::io;
use std::net::Shutdown;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_util::task::AtomicWaker;
use parking_lot::Mutex;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Instant;

use super::admission::Place;
use super::direct::{Direct, Progress};
use super::pulse::Pulse;

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
    pulse: Pulse,
    // Held while a system call writes, which never waits.
    direct: Mutex<Direct>,
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

    /// Queues finished websocket frames; [`Self::flush_now`] or [`Self::flush_soon`] sends them on
    /// their way. Each call's are written in one piece, in the order of the calls, and never within a
    /// frame of the websocket's owner. Only for a stream that has become a websocket, after a
    /// [`Self::hold_until`].
    pub fn write(&self, frames: Bytes) {
        let mut direct = self.0.direct.lock();
        if direct.waiting_bytes() == 0 {
            self.0.touch();
        }
        direct.push(frames);
    }

    /// Writes what waits, as far as the system takes it without waiting; the rest follows by itself.
    pub fn flush_now(&self) {
        let written = {
            let mut direct = self.0.direct.lock();
            self.0.write_direct(&mut direct)
        };
        // The owner's task waits until there is room, and hears of a broken stream.
        if !matches!(written, Ok(Progress::Done)) {
            self.0.reader.wake();
        }
    }

    /// Has what waits written by the owner's task.
    pub fn flush_soon(&self) {
        self.0.reader.wake();
    }

    /// Holds back what is written from now on until the owner of the websocket writes exactly
    /// `frame`, which is then left out.
    pub fn hold_until(&self, frame: Bytes) {
        self.0.direct.lock().hold_until(frame);
    }

    /// Bytes given to [`Self::write`] that the operating system has not taken yet.
    #[must_use]
    pub fn waiting_bytes(&self) -> usize {
        self.0.direct.lock().waiting_bytes()
    }

    /// Whether the writer has flushed since [`Self::expect_flush`].
    #[must_use]
    pub fn is_flushed(&self) -> bool {
        self.0.flushed.load(Ordering::Acquire)
    }

    /// Notes that what was announced has left some other way.
    pub fn mark_flushed(&self) {
        self.0.flushed.store(true, Ordering::Release);
    }

    /// Announces that bytes are about to be written.
    pub fn expect_flush(&self) {
        if self.0.flushed.swap(false, Ordering::AcqRel) {
            self.0.touch();
        }
    }

    /// Round trip of the last heartbeat, for a websocket.
    #[must_use]
    pub fn round_trip(&self) -> Option<Duration> {
        self.0.pulse.round_trip()
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

    fn write_direct(&self, direct: &mut Direct) -> io::Result<Progress> {
        let progress = direct.write(|| self.touch())?;
        if std::mem::take(&mut direct.owner_waits) {
            self.writer.wake();
        }
        Ok(progress)
    }
}

/// See the module.
#[derive(Debug)]
pub struct Transport {
    stream: Arc<TcpStream>,
    shared: Arc<Shared>,
    // Given back when the stream is dropped, also long after an upgrade to a websocket.
    _place: Place,
}

impl Transport {
    pub(super) fn new(stream: TcpStream, place: Place) -> Self {
        let stream = Arc::new(stream);
        let shared = Arc::new(Shared {
            opened: Instant::now(),
            cut: AtomicBool::new(false),
            flushed: AtomicBool::new(true),
            moved_ms: AtomicU64::new(0),
            reader: AtomicWaker::new(),
            writer: AtomicWaker::new(),
            pulse: Pulse::default(),
            direct: Mutex::new(Direct::new(Some(stream.clone()))),
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

    /// Writes direct frames that found no room before. Called whenever the owner reads, which it
    /// always does: it waits for the client's next frame.
    fn write_direct(&self, cx: &mut Context<'_>) -> io::Result<()> {
        let mut direct = self.shared.direct.lock();
        while direct.may_write() {
            if self.stream.poll_write_ready(cx)?.is_pending() {
                break;
            }
            self.shared.write_direct(&mut direct)?;
        }
        Ok(())
    }

    /// Writes for the owner, up to the frame that opens a gate; that frame counts as written.
    fn write_owner(&self, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let mut direct = self.shared.direct.lock();
        if direct.is_inside_item() {
            direct.owner_waits = true;
            return Poll::Pending;
        }
        let gate = direct.find_gate(bytes);
        if let Some((0, len)) = gate {
            direct.open_gate();
            self.shared.reader.wake();
            return Poll::Ready(Ok(len));
        }
        let bytes = gate.map_or(bytes, |(start, _)| &bytes[..start]);
        direct.owner_waits = true;
        let written = ready!(self.poll_try(cx, || self.stream.try_write(bytes)))?;
        direct.owner_waits = false;
        direct.position = direct.position.after(bytes, written);
        let opened = self.shared.opened;
        self.shared
            .pulse
            .wrote(&bytes[..written], || opened.elapsed());
        if direct.may_write() {
            self.shared.reader.wake();
        }
        Poll::Ready(Ok(written))
    }

    /// Tries to write until it works or has to wait.
    fn poll_try(
        &self,
        cx: &mut Context<'_>,
        attempt: impl Fn() -> io::Result<usize>,
    ) -> Poll<io::Result<usize>> {
        loop {
            ready!(self.stream.poll_write_ready(cx))?;
            match attempt() {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                result => {
                    if matches!(result, Ok(written) if written > 0) {
                        self.shared.touch();
                    }
                    return Poll::Ready(result);
                }
            }
        }
    }
}

impl Drop for Transport {
    fn drop(&mut self) {
        self.shared.cut.store(true, Ordering::Release);
        self.shared.direct.lock().close();
    }
}

impl AsyncRead for Transport {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        // Registered before the check: a cut in between wakes this task again.
        self.shared.reader.register(cx.waker());
        self.check()?;
        self.write_direct(cx)?;
        loop {
            ready!(self.stream.poll_read_ready(cx))?;
            let before = buffer.filled().len();
            match self.stream.try_read_buf(buffer) {
                Ok(_) => {
                    let opened = self.shared.opened;
                    let read = &buffer.filled()[before..];
                    self.shared.pulse.read(read, || opened.elapsed());
                    return Poll::Ready(Ok(()));
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }
}

impl AsyncWrite for Transport {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.shared.writer.register(cx.waker());
        self.check()?;
        self.write_owner(cx, bytes)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.shared.writer.register(cx.waker());
        self.check()?;
        // Only HTTP answers come in slices; a websocket's frames do not.
        self.poll_try(cx, || self.stream.try_write_vectored(slices))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.shared.writer.register(cx.waker());
        self.check()?;
        // What the system has taken needs no flushing.
        self.shared.flushed.store(true, Ordering::Release);
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match socket2::SockRef::from(&*self.stream).shutdown(Shutdown::Write) {
            Err(error) if error.kind() != io::ErrorKind::NotConnected => Poll::Ready(Err(error)),
            _ => Poll::Ready(Ok(())),
        }
    }
}

#[cfg(test)]
mod tests;
