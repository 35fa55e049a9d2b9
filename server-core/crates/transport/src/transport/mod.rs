//! One TCP stream that knows when it last moved, can be aborted from outside, and once it is a websocket
//! takes finished frames from anywhere ([`direct`](super::direct)) and shows what arrives to a reader
//! first ([`incoming`](super::incoming)).

use std::io;
use std::net::Shutdown;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Weak};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_util::task::AtomicWaker;
use parking_lot::Mutex;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Instant;

use super::admission::ConnectionSlot;
use super::direct::{Direct, WriteProgress};
use super::heartbeat_rtt::HeartbeatRtt;
use super::incoming::TextReader;

struct TransportShared {
    opened: Instant,
    aborted: AtomicBool,
    /// Set when the writer flushed: everything it was given has gone to the operating system.
    flushed: AtomicBool,
    /// Milliseconds after `opened` at which bytes last left, or started to wait.
    moved_ms: AtomicU64,
    /// Bytes given to [`TransportHandle::write`] that wait; a copy of what `direct` knows.
    waiting: AtomicUsize,
    /// Whoever reads from the stream; also writes direct frames that found no room.
    reader: ReadWaker,
    /// The owner, when it wants to write.
    writer: AtomicWaker,
    heartbeat: HeartbeatRtt,
    // Held while a system call writes, which never waits.
    direct: Mutex<Direct>,
    remainder: Remainder,
    // Held to look it up.
    texts: Mutex<Option<Weak<dyn TextReader>>>,
}

/// A grip on a [`Transport`] that is owned elsewhere; cheap to clone.
#[derive(Clone)]
pub struct TransportHandle(Arc<TransportShared>);

impl std::fmt::Debug for TransportHandle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TransportHandle")
            .field("is_cut", &self.is_aborted())
            .finish_non_exhaustive()
    }
}

impl TransportHandle {
    /// Fails every later read and write, so that the owner lets go of the stream.
    pub fn abort(&self) {
        self.0.aborted.store(true, Ordering::SeqCst);
        self.0.reader.wake();
        self.0.writer.wake();
        self.0.remainder.wake();
    }

    /// Whether the stream was aborted or dropped.
    #[must_use]
    pub fn is_aborted(&self) -> bool {
        self.0.aborted.load(Ordering::Acquire)
    }

    /// Queues finished websocket frames; [`Self::flush_now`] or [`Self::flush_soon`] sends them on
    /// their way. Each call's are written in one piece, in the order of the calls, and never within a
    /// frame of the websocket's owner. Only for a stream that has become a websocket, after a
    /// [`Self::hold_until`].
    ///
    /// Answers `false` and takes nothing while more than `limit` bytes wait.
    pub fn write(&self, frames: Bytes, limit: usize) -> bool {
        let mut direct = self.0.direct.lock();
        let has_room = direct.waiting_bytes() <= limit;
        if has_room {
            direct.push(frames);
            self.0.note_waiting(&direct);
        }
        has_room
    }

    /// As [`Self::write`], for one frame in parts, most of which may be shared with other frames.
    pub fn write_parts(
        &self,
        beginning: impl IntoIterator<Item = Bytes>,
        end: Bytes,
        limit: usize,
    ) -> bool {
        let mut direct = self.0.direct.lock();
        let has_room = direct.waiting_bytes() <= limit;
        if has_room {
            direct.push_parts(beginning, end);
            self.0.note_waiting(&direct);
        }
        has_room
    }

    /// [`Self::write`] and [`Self::flush_now`] in one.
    pub fn write_now(&self, frames: &Bytes, limit: usize) -> bool {
        let mut direct = self.0.direct.lock();
        let before = direct.waiting_bytes();
        if before > limit {
            return false;
        }
        let written = if before == 0 {
            let written = direct.push_and_write(frames);
            self.0.after_write(&mut direct, 0);
            written
        } else {
            direct.push(frames.clone());
            self.0.write_direct(&mut direct)
        };
        if !matches!(written, Ok(WriteProgress::Done)) {
            self.0.reader.wake();
        }
        true
    }

    /// Writes what waits, as far as the system takes it without waiting; the rest follows by itself.
    pub fn flush_now(&self) {
        let written = self.0.write_direct(&mut self.0.direct.lock());
        // The owner's task waits until there is room, and hears of a broken stream.
        if !matches!(written, Ok(WriteProgress::Done)) {
            self.0.reader.wake();
        }
    }

    /// Has what waits written by the owner's task.
    pub fn flush_soon(&self) {
        if self.0.direct.lock().begins_to_wait() {
            self.0.touch();
        }
        self.0.reader.wake();
    }

    /// Holds back what is written from now on until the owner of the websocket writes exactly
    /// `frame`, which is then left out.
    pub fn hold_until(&self, frame: Bytes) {
        self.0.direct.lock().hold_until(frame);
    }

    /// Takes a [`Self::hold_until`] back: the owner will not write that frame.
    pub fn release(&self, frame: &Bytes) {
        let mut direct = self.0.direct.lock();
        direct.release(frame);
        drop(direct);
        self.0.reader.wake();
    }

    /// Shows what the client of a websocket sends from now on to `reader` first, as long as that
    /// lives.
    pub fn show_texts(&self, reader: Weak<dyn TextReader>) {
        *self.0.texts.lock() = Some(reader);
    }

    /// Bytes given to [`Self::write`] that the operating system has not taken yet.
    #[must_use]
    pub fn waiting_bytes(&self) -> usize {
        self.0.waiting.load(Ordering::Acquire)
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
        self.0.heartbeat.round_trip()
    }

    /// How long nothing has left, counted from when something had to.
    #[must_use]
    pub fn idle_for(&self) -> Duration {
        let moved = Duration::from_millis(self.0.moved_ms.load(Ordering::Relaxed));
        self.0.opened.elapsed().saturating_sub(moved)
    }
}

impl TransportShared {
    fn check(&self) -> io::Result<()> {
        if self.aborted.load(Ordering::Acquire) {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        Ok(())
    }

    fn has_text_reader(&self) -> bool {
        self.texts.lock().is_some()
    }

    fn note_waiting(&self, direct: &Direct) {
        self.waiting
            .store(direct.waiting_bytes(), Ordering::Release);
    }

    fn touch(&self) {
        let now = u64::try_from(self.opened.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.moved_ms.store(now, Ordering::Relaxed);
    }

    fn write_direct(&self, direct: &mut Direct) -> io::Result<WriteProgress> {
        let before = direct.waiting_bytes();
        let progress = direct.write()?;
        self.after_write(direct, before);
        Ok(progress)
    }

    /// So many bytes waited before something was written or tried to be.
    fn after_write(&self, direct: &mut Direct, before: usize) {
        self.note_waiting(direct);
        let waiting = direct.waiting_bytes();
        // What left at once needs no time noted.
        if waiting > 0 && (waiting < before || direct.begins_to_wait()) {
            self.touch();
        }
        // It waits on until it has written: what follows leaves it its turn.
        if direct.owner_waits {
            self.writer.wake();
        }
    }

    /// Tries to write for the owner until it works or has to wait.
    fn poll_try(
        &self,
        cx: &mut Context<'_>,
        direct: &Direct,
        attempt: impl Fn(&TcpStream) -> io::Result<usize>,
    ) -> Poll<io::Result<usize>> {
        let Some(stream) = direct.tcp() else {
            return Poll::Ready(Err(io::ErrorKind::NotConnected.into()));
        };
        loop {
            ready!(stream.poll_write_ready(cx))?;
            match attempt(stream) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                result => {
                    if matches!(result, Ok(written) if written > 0) {
                        self.touch();
                    }
                    return Poll::Ready(result);
                }
            }
        }
    }

    /// Writes direct frames that found no room before. Called whenever somebody reads, which somebody
    /// always does: it waits for the client's next frame.
    fn write_waiting(&self, cx: &mut Context<'_>) -> io::Result<()> {
        // Mostly nothing waits. Who pushes something wakes the reader after that.
        if self.waiting.load(Ordering::Acquire) == 0 {
            return Ok(());
        }
        let mut direct = self.direct.lock();
        while direct.may_write() {
            if direct.poll_room(cx)?.is_pending() {
                break;
            }
            self.write_direct(&mut direct)?;
        }
        Ok(())
    }
}

/// See the module.
pub struct Transport {
    /// Gone when frames are read by a task of their own.
    reading: Option<Reading>,
    shared: Arc<TransportShared>,
    // Given back when the stream is dropped, also long after an upgrade to a websocket.
    _place: ConnectionSlot,
}

impl Transport {
    pub(super) fn new(stream: TcpStream, place: ConnectionSlot) -> Self {
        let (reading, stream) = stream.into_split();
        let shared = Arc::new(TransportShared {
            opened: Instant::now(),
            aborted: AtomicBool::new(false),
            flushed: AtomicBool::new(true),
            moved_ms: AtomicU64::new(0),
            waiting: AtomicUsize::new(0),
            reader: ReadWaker::default(),
            writer: AtomicWaker::new(),
            heartbeat: HeartbeatRtt::default(),
            direct: Mutex::new(Direct::new(Some(stream))),
            remainder: Remainder::default(),
            texts: Mutex::new(None),
        });
        place.hold(TransportHandle(shared.clone()));
        Self {
            reading: Some(Reading::new(reading)),
            shared,
            _place: place,
        }
    }

    pub(super) fn handle(&self) -> TransportHandle {
        TransportHandle(self.shared.clone())
    }

    /// The connection has become a websocket: the client sends frames from now on. `behind` is what was
    /// read with the request already, which the owner has to handle first.
    ///
    /// # Errors
    /// When `behind` holds what ends the connection.
    pub fn begin_frames(&mut self, behind: &[u8]) -> io::Result<()> {
        match &mut self.reading {
            Some(reading) => reading.begin_frames(behind),
            None => Ok(()),
        }
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
            direct.owner_waits = false;
            self.shared.reader.wake();
            return Poll::Ready(Ok(len));
        }
        let bytes = gate.map_or(bytes, |(start, _)| &bytes[..start]);
        direct.owner_waits = true;
        let written = ready!(self.shared.poll_try(cx, &direct, |it| it.try_write(bytes)))?;
        direct.owner_waits = false;
        direct.position = direct.position.after(bytes, written);
        let opened = self.shared.opened;
        self.shared
            .heartbeat
            .wrote(&bytes[..written], || opened.elapsed());
        if direct.may_write() {
            self.shared.reader.wake();
        }
        Poll::Ready(Ok(written))
    }
}

impl Drop for Transport {
    fn drop(&mut self) {
        self.shared.aborted.store(true, Ordering::SeqCst);
        {
            let mut direct = self.shared.direct.lock();
            direct.close();
            self.shared.note_waiting(&direct);
        }
        // Also ends the task that reads frames.
        self.shared.reader.wake();
    }
}

impl AsyncRead for Transport {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let transport = self.get_mut();
        let shared = &transport.shared;
        let before = buffer.filled().len();
        if shared.has_text_reader()
            && let Some(reading) = transport.reading.take_if(|it| it.has_frames())
        {
            tokio::spawn(reading.read_frames(shared.clone()));
        }
        match &mut transport.reading {
            Some(reading) => {
                // Registered before the check: an abort in between wakes this task again.
                shared.reader.register_owner(cx);
                shared.check()?;
                shared.write_waiting(cx)?;
                ready!(reading.poll_read(cx, buffer))?;
            }
            None => {
                shared.remainder.register(cx);
                shared.check()?;
                ready!(shared.remainder.poll_take(buffer, || shared.reader.wake()))?;
            }
        }
        let read = &buffer.filled()[before..];
        shared.heartbeat.read(read, || shared.opened.elapsed());
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Transport {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.shared.writer.register(cx.waker());
        self.shared.check()?;
        self.write_owner(cx, bytes)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.shared.writer.register(cx.waker());
        self.shared.check()?;
        // Only HTTP answers come in slices; a websocket's frames do not.
        let direct = self.shared.direct.lock();
        let write = |stream: &TcpStream| stream.try_write_vectored(slices);
        self.shared.poll_try(cx, &direct, write)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.shared.writer.register(cx.waker());
        self.shared.check()?;
        // What the system has taken needs no flushing.
        self.shared.flushed.store(true, Ordering::Release);
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let direct = self.shared.direct.lock();
        let Some(stream) = direct.tcp() else {
            return Poll::Ready(Ok(()));
        };
        match socket2::SockRef::from(stream).shutdown(Shutdown::Write) {
            Err(error) if error.kind() != io::ErrorKind::NotConnected => Poll::Ready(Err(error)),
            _ => Poll::Ready(Ok(())),
        }
    }
}

mod read_waker;
mod reading;
mod remainder;
/// What [`read_waker`] is built on; its test has another one.
mod sync {
    pub(super) use std::sync::OnceLock;
    pub(super) use std::sync::atomic::{Ordering, fence};

    pub(super) use futures_util::task::AtomicWaker;
}

use read_waker::ReadWaker;
use reading::Reading;
use remainder::Remainder;

#[cfg(test)]
mod tests;
