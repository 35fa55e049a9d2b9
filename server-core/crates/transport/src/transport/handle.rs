//! A grip on a transport from anywhere: write frames, abort, ask what waits.

use std::net::IpAddr;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};
use std::time::Duration;

use bytes::Bytes;
use tokio::time::Instant;

use super::TransportShared;
use crate::direct::WriteProgress;
use crate::heartbeat_rtt::PING;
use crate::incoming::TextReader;

/// A grip on a [`Transport`] that is owned elsewhere; cheap to clone.
#[derive(Clone)]
pub struct TransportHandle(pub(super) Arc<TransportShared>);

impl std::fmt::Debug for TransportHandle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TransportHandle")
            .field("is_aborted", &self.is_aborted())
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

    /// Says for whom unfinished messages and bodies count from here on: the client of the request that
    /// is read now, `None` for this machine. Without a word they count for nobody.
    pub fn counts_for(&self, address: Option<IpAddr>) {
        self.0.counted_for.set(address);
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

    /// Asks the client of a websocket whether it is there (the heartbeat `2` of Engine.IO), before
    /// everything that waits and has not begun.
    pub fn write_heartbeat(&self) {
        let mut direct = self.0.direct.lock();
        direct.push_next(Bytes::from_static(&PING));
        self.0.heartbeat.wrote(&PING, || self.0.opened.elapsed());
        let written = self.0.write_direct(&mut direct);
        drop(direct);
        if !matches!(written, Ok(WriteProgress::Done)) {
            self.0.reader.wake();
        }
    }

    /// When a heartbeat last left, or frames began.
    #[must_use]
    pub fn last_heartbeat(&self) -> Instant {
        self.0.opened + self.0.heartbeat.last()
    }

    /// Has the owner look at its stream again.
    pub fn wake_owner(&self) {
        self.0.remainder.wake();
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
        // Reading changes hands when the owner reads next.
        self.0.reader.wake();
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

    /// Whether the client speaks TLS; known once it has sent something.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.0.tls.as_ref().is_some_and(|layer| layer.is_begun())
    }

    /// How long nothing has left, counted from when something had to.
    #[must_use]
    pub fn idle_for(&self) -> Duration {
        let moved = Duration::from_millis(self.0.moved_ms.load(Ordering::Relaxed));
        self.0.opened.elapsed().saturating_sub(moved)
    }
}
