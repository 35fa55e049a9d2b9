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

use futures_util::task::AtomicWaker;
use parking_lot::Mutex;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Instant;

use super::direct::{Direct, WriteProgress};
use super::ends::{ReadEnd, WriteEnd};
use super::heartbeat_rtt::HeartbeatRtt;
use super::incoming::TextReader;
use super::tls::TlsLayer;
use super::unfinished::{CountedFor, HeldBytes};

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
    /// For a server with a certificate.
    tls: Option<Arc<TlsLayer>>,
    counted_for: Arc<CountedFor>,
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

    /// The owner has written something. Who reads writes the rest of it, should the owner never flush.
    fn after_owner(&self, direct: &mut Direct) {
        if self.tls.is_none() {
            return;
        }
        direct.mark_owner();
        self.note_waiting(direct);
        if direct.sealed() > 0 {
            self.reader.wake();
        }
    }

    /// Tries to write for the owner until it works or has to wait.
    fn poll_try(
        &self,
        cx: &mut Context<'_>,
        direct: &Direct,
        attempt: impl Fn(&WriteEnd) -> io::Result<usize>,
    ) -> Poll<io::Result<usize>> {
        let Some(stream) = direct.end() else {
            return Poll::Ready(Err(io::ErrorKind::NotConnected.into()));
        };
        loop {
            ready!(stream.poll_room(cx))?;
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
        while direct.may_write() || direct.sealed() > 0 {
            if direct.poll_room(cx)?.is_pending() {
                break;
            }
            self.write_direct(&mut direct)?;
        }
        Ok(())
    }

    /// Writes what TLS itself has to say, for whoever reads.
    fn write_answer(&self, cx: &mut Context<'_>) -> io::Result<()> {
        self.write_direct(&mut self.direct.lock())?;
        self.write_waiting(cx)
    }

    /// Writes what the owner gave and is sealed already.
    fn poll_flush_owner(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.tls.is_none() {
            return Poll::Ready(Ok(()));
        }
        let mut direct = self.direct.lock();
        while !direct.has_left_for_owner() {
            direct.owner_waits = true;
            ready!(direct.poll_room(cx))?;
            match direct.flush_sealed() {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                flushed => flushed?,
            }
            self.touch();
        }
        // Its turn is over, until it has something to write again.
        direct.owner_waits = false;
        self.note_waiting(&direct);
        if direct.may_write() {
            self.reader.wake();
        }
        Poll::Ready(Ok(()))
    }
}

/// See the module.
pub struct Transport {
    /// Gone when frames are read by a task of their own.
    reading: Option<Box<Reading>>,
    shared: Arc<TransportShared>,
    // Given back when the stream is dropped, also long after an upgrade to a websocket.
    _place: Option<Box<dyn Send + Sync>>,
}

impl Transport {
    /// A message of a websocket that has begun arrives within `patience`, or goes on arriving as on a
    /// slow line.
    pub(super) fn new(
        stream: TcpStream,
        tls: Option<Arc<TlsLayer>>,
        patience: Duration,
        counted_for: Arc<CountedFor>,
    ) -> Self {
        let held = HeldBytes::new(counted_for.clone());
        let (reading, stream) = stream.into_split();
        let (reading, stream) = (
            ReadEnd::new(reading, tls.clone()),
            WriteEnd::new(stream, tls.clone()),
        );
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
            tls,
            counted_for,
        });
        Self {
            reading: Some(Box::new(Reading::new(reading, patience, held))),
            shared,
            _place: None,
        }
    }

    /// Keeps `place` for as long as the stream lives.
    pub(super) fn occupy(&mut self, place: impl Send + Sync + 'static) {
        self._place = Some(Box::new(place));
    }

    /// A grip on it from anywhere.
    #[must_use]
    pub fn handle(&self) -> TransportHandle {
        TransportHandle(self.shared.clone())
    }

    /// The connection has become a websocket: the client sends frames from now on. `behind` is what was
    /// read with the request already, which the owner has to handle first.
    ///
    /// # Errors
    /// When `behind` holds what ends the connection.
    pub fn begin_frames(&mut self, behind: &[u8]) -> io::Result<()> {
        self.shared.heartbeat.begin(self.shared.opened.elapsed());
        match &mut self.reading {
            Some(reading) => reading.begin_frames(behind),
            None => Ok(()),
        }
    }

    /// Whether another owner may go on from here: this one has written and was left whole frames, has done
    /// with all of them, and nothing of what its client said lives on in it alone.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.reading.is_none()
            && self.shared.remainder.is_settled()
            && self.shared.direct.lock().is_settled()
    }

    /// Another owner goes on from here. The wakers of the one until now are given back: each keeps the
    /// memory of its task for as long as it is kept.
    pub fn change_owner(&mut self) {
        drop(self.shared.writer.take());
        self.shared.remainder.forget_owner();
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
            // It may be settled now, which who reads for the owner asks.
            self.shared.remainder.wake();
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
        self.shared.after_owner(&mut direct);
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
            shared.remainder.leave(&[], reading.is_settled());
            tokio::spawn(reading.read_frames(shared.clone()));
        }
        match &mut transport.reading {
            Some(reading) => {
                // Registered before the check: an abort in between wakes this task again.
                shared.reader.register_owner(cx);
                shared.check()?;
                shared.write_waiting(cx)?;
                ready!(reading.poll_read(cx, buffer, shared))?;
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
        let mut direct = self.shared.direct.lock();
        let write = |stream: &WriteEnd| stream.try_write_vectored(slices);
        let written = ready!(self.shared.poll_try(cx, &direct, write))?;
        self.shared.after_owner(&mut direct);
        Poll::Ready(Ok(written))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.shared.writer.register(cx.waker());
        self.shared.check()?;
        // What the system has taken needs no flushing.
        ready!(self.shared.poll_flush_owner(cx))?;
        self.shared.flushed.store(true, Ordering::Release);
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.shared.poll_flush_owner(cx))?;
        let direct = self.shared.direct.lock();
        let Some(stream) = direct.tcp() else {
            return Poll::Ready(Ok(()));
        };
        if let Some(end) = direct.end() {
            end.say_goodbye();
            // A client that reads no more misses a courtesy.
            let _ = end.flush_sealed();
        }
        match socket2::SockRef::from(stream).shutdown(Shutdown::Write) {
            Err(error) if error.kind() != io::ErrorKind::NotConnected => Poll::Ready(Err(error)),
            _ => Poll::Ready(Ok(())),
        }
    }
}

mod handle;
mod message_deadline;
mod read_waker;
mod reading;
mod remainder;
/// What [`read_waker`] is built on; its test has another one.
mod sync {
    pub(super) use std::sync::OnceLock;
    pub(super) use std::sync::atomic::{Ordering, fence};

    pub(super) use futures_util::task::AtomicWaker;
}

pub use handle::TransportHandle;
use read_waker::ReadWaker;
use reading::Reading;
use remainder::Remainder;

#[cfg(test)]
mod tests;
