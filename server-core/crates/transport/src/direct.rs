//! Frames that go to a websocket beside the library that owns it.
//!
//! The library formats and copies every frame for every recipient, and keeps a write buffer as large
//! as the largest frame for as long as a connection lives. Most of what a world sends is the same
//! for everybody, so a [`Transport`](super::Transport) also takes finished frames as shared bytes and
//! writes them itself, between two frames of the library.
//!
//! The two ways must not overtake each other where they meet. A *gate* holds back all direct frames
//! that follow until the library writes one certain frame; the transport takes that frame out and
//! opens the gate. Everything the library was given before it is on the wire by then.

use std::collections::VecDeque;
use std::io::{self, IoSlice};
use std::task::{Context, Poll};

use bytes::{Buf, Bytes};
use tokio::net::TcpStream;

use crate::ends::WriteEnd;
use crate::owner_position::OwnerPosition;

/// Frames given to the system in one call.
const SLICES: usize = 64;
/// Places a queue keeps when it runs empty.
const KEPT_PLACES: usize = 4;

#[derive(Debug)]
enum DirectItem {
    Frames(Bytes),
    /// The beginning of a frame that the next item goes on with.
    Begun(Bytes),
    /// What follows waits for this frame of the library.
    Gate(Bytes),
}

/// Direct frames of one stream, and where its owner stands.
#[derive(Debug)]
pub(super) struct Direct {
    /// Where the owner writes as well; gone when it has let go.
    stream: Option<WriteEnd>,
    items: VecDeque<DirectItem>,
    /// The first item has been written in part: nothing else may be written before its rest.
    inside: bool,
    /// Bytes in `items`.
    waiting: usize,
    /// Nothing waited before what was pushed last.
    fresh: bool,
    pub(super) position: OwnerPosition,
    /// The owner wants to write and could not.
    pub(super) owner_waits: bool,
    /// What [`WriteEnd::gone`] has to reach before everything that the owner wrote has left.
    owner_mark: u64,
}

/// How far writing came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WriteProgress {
    /// Everything that may be written is.
    Done,
    /// The system takes no more now.
    Blocked,
}

impl Direct {
    pub(super) fn new(stream: Option<WriteEnd>) -> Self {
        Self {
            stream,
            items: VecDeque::new(),
            inside: false,
            waiting: 0,
            fresh: false,
            position: OwnerPosition::Between,
            owner_waits: false,
            owner_mark: 0,
        }
    }

    /// The stream, unless the owner has let go of it.
    pub(super) fn tcp(&self) -> Option<&TcpStream> {
        self.stream.as_ref().map(WriteEnd::tcp)
    }

    /// Where bytes go, unless the owner has let go of it.
    pub(super) fn end(&self) -> Option<&WriteEnd> {
        self.stream.as_ref()
    }

    /// Queues whole frames.
    pub(super) fn push(&mut self, frames: Bytes) {
        if self.stream.is_some() {
            self.fresh |= self.waiting == 0;
            self.waiting += frames.len();
            self.items.push_back(DirectItem::Frames(frames));
        }
    }

    /// Queues one frame in parts.
    pub(super) fn push_parts(&mut self, beginning: impl IntoIterator<Item = Bytes>, end: Bytes) {
        if self.stream.is_some() {
            self.fresh |= self.waiting == 0;
            for part in beginning {
                self.waiting += part.len();
                self.items.push_back(DirectItem::Begun(part));
            }
            self.waiting += end.len();
            self.items.push_back(DirectItem::Frames(end));
        }
    }

    /// Holds back what is pushed from now on until the library writes `frame`.
    pub(super) fn hold_until(&mut self, frame: Bytes) {
        self.items.push_back(DirectItem::Gate(frame));
    }

    /// Holds nothing back for `frame` any more: the library will not write it.
    pub(super) fn release(&mut self, frame: &Bytes) {
        self.items
            .retain(|item| !matches!(item, DirectItem::Gate(gate) if gate == frame));
    }

    /// Bytes that the system has not taken.
    pub(super) fn waiting_bytes(&self) -> usize {
        self.waiting + self.sealed()
    }

    /// How many of them are sealed already, and go before everything else.
    pub(super) fn sealed(&self) -> usize {
        self.stream.as_ref().map_or(0, WriteEnd::sealed)
    }

    /// Whether something waits since the last call, before which nothing did.
    pub(super) fn begins_to_wait(&mut self) -> bool {
        std::mem::take(&mut self.fresh) && self.waiting_bytes() > 0
    }

    /// Whether the first item has been written in part.
    pub(super) fn is_inside_item(&self) -> bool {
        self.inside
    }

    /// Whether the owner is between two frames, waits for nothing, and no gate waits for it.
    pub(super) fn is_settled(&self) -> bool {
        let is_gate = |item: &DirectItem| matches!(item, DirectItem::Gate(_));
        self.position == OwnerPosition::Between
            && !self.owner_waits
            && !self.items.iter().any(is_gate)
    }

    /// Queues a whole frame before all others that have not begun.
    pub(super) fn push_next(&mut self, frame: Bytes) {
        if self.stream.is_some() {
            let is_last = |item: &DirectItem| matches!(item, DirectItem::Frames(_));
            let begun = self.inside.then(|| self.items.iter().position(is_last));
            let place = begun.flatten().map_or(0, |last| last + 1);
            self.fresh |= self.waiting == 0;
            self.waiting += frame.len();
            self.items.insert(place, DirectItem::Frames(frame));
        }
    }

    /// Forgets everything: the owner let go of the stream.
    pub(super) fn close(&mut self) {
        *self = Self::new(None);
    }

    /// [`Self::push`] and [`Self::write`] in one.
    ///
    /// # Errors
    /// When the stream is broken.
    pub(super) fn push_and_write(&mut self, frames: &Bytes) -> io::Result<WriteProgress> {
        let mut written = 0;
        // Where there is room, and nobody's turn comes before.
        let is_free = self.items.is_empty() && !self.owner_waits;
        if let (Some(stream), true, OwnerPosition::Between) = (self.end(), is_free, self.position) {
            written = stream.write_at_once(frames);
        }
        if written < frames.len() {
            self.push(frames.slice(written..));
            self.inside |= written > 0;
        } else {
            self.fresh |= self.sealed() > 0;
        }
        self.write()
    }

    /// Writes as much as may be written now.
    ///
    /// # Errors
    /// When the stream is broken.
    pub(super) fn write(&mut self) -> io::Result<WriteProgress> {
        while self.may_write() {
            match self.try_write() {
                Ok(written) => self.advance(written),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    return Ok(WriteProgress::Blocked);
                }
                Err(error) => return Err(error),
            }
        }
        match self.flush_sealed() {
            Ok(()) => Ok(WriteProgress::Done),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(WriteProgress::Blocked),
            Err(error) => Err(error),
        }
    }

    /// Writes what is sealed.
    ///
    /// # Errors
    /// `WouldBlock` when the system does not take all of it, else when the stream is broken.
    pub(super) fn flush_sealed(&self) -> io::Result<()> {
        self.end().map_or(Ok(()), WriteEnd::flush_sealed)
    }

    /// The owner has written something.
    pub(super) fn mark_owner(&mut self) {
        self.owner_mark = self.end().map_or(0, WriteEnd::taken);
    }

    /// Whether what the owner has written so far has left.
    pub(super) fn has_left_for_owner(&self) -> bool {
        self.end().is_none_or(|end| end.gone() >= self.owner_mark)
    }

    fn try_write(&self) -> io::Result<usize> {
        let Some(stream) = self.end() else {
            return Err(io::ErrorKind::NotConnected.into());
        };
        // Mostly there is one piece, and the system takes that faster than a list of one.
        if let (Some(DirectItem::Frames(bytes)), 1) = (self.items.front(), self.items.len()) {
            return stream.try_write(bytes);
        }
        let mut slices = [IoSlice::new(&[]); SLICES];
        let count = self.fill(&mut slices);
        stream.try_write_vectored(&slices[..count])
    }

    /// Whether the system takes more; `cx` is woken when it does.
    pub(super) fn poll_room(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.end() {
            Some(stream) => stream.poll_room(cx),
            None => Poll::Ready(Ok(())),
        }
    }

    /// Whether frames are first in the queue and the owner is within none of its own, nor waits to begin
    /// one: between two frames it is the owner's turn, so that its heartbeat is not kept until a slow client
    /// has read everything.
    pub(super) fn may_write(&self) -> bool {
        self.position == OwnerPosition::Between
            && (self.inside || !self.owner_waits)
            && !matches!(self.items.front(), None | Some(DirectItem::Gate(_)))
    }

    fn fill<'a>(&'a self, slices: &mut [IoSlice<'a>; SLICES]) -> usize {
        let mut ends = false;
        let frames = self.items.iter().map_while(|item| {
            let bytes = match item {
                DirectItem::Frames(bytes) | DirectItem::Begun(bytes) => bytes,
                DirectItem::Gate(_) => return None,
            };
            // Behind the rest of a frame that the owner waits for it is its turn.
            let is_next = !ends;
            ends |= self.owner_waits && matches!(item, DirectItem::Frames(_));
            is_next.then_some(bytes)
        });
        let mut count = 0;
        for (slice, bytes) in slices.iter_mut().zip(frames) {
            *slice = IoSlice::new(bytes);
            count += 1;
        }
        count
    }

    fn advance(&mut self, written: usize) {
        self.waiting -= written;
        let mut rest = written;
        loop {
            let (bytes, is_begun) = match self.items.front_mut() {
                Some(DirectItem::Frames(bytes)) => (bytes, false),
                Some(DirectItem::Begun(bytes)) => (bytes, true),
                None | Some(DirectItem::Gate(_)) => break,
            };
            if bytes.len() > rest {
                bytes.advance(rest);
                self.inside |= rest > 0;
                break;
            }
            rest -= bytes.len();
            self.items.pop_front();
            self.inside = is_begun;
        }
        if self.items.is_empty() && self.items.capacity() > KEPT_PLACES {
            self.items = VecDeque::new();
        }
    }

    /// Where the frame that opens the first gate begins in `bytes`, and its length, when nothing
    /// stands before that gate.
    pub(super) fn find_gate(&self, bytes: &[u8]) -> Option<(usize, usize)> {
        match self.items.front() {
            Some(DirectItem::Gate(frame)) => Some((self.position.find(bytes, frame)?, frame.len())),
            _ => None,
        }
    }

    /// Opens the first gate.
    pub(super) fn open_gate(&mut self) {
        if matches!(self.items.front(), Some(DirectItem::Gate(_))) {
            self.items.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_back_waits_for_its_gate() {
        let mut direct = Direct::new(None);
        direct
            .items
            .push_back(DirectItem::Frames(Bytes::from_static(b"abc")));
        direct.hold_until(Bytes::from_static(&[0x81, 1, b'g']));
        direct
            .items
            .push_back(DirectItem::Frames(Bytes::from_static(b"later")));
        direct.waiting = 8;
        assert_eq!(first(&direct), b"abc");
        direct.advance(2);
        assert!(direct.is_inside_item());
        assert_eq!(
            direct.find_gate(&[0x81, 1, b'g']),
            None,
            "the rest goes first"
        );
        direct.advance(1);
        assert!(!direct.is_inside_item());
        assert!(!direct.may_write());
        assert_eq!(direct.find_gate(&[0x81, 0, 0x81, 1, b'g']), Some((2, 3)));
        direct.open_gate();
        assert!(direct.may_write());
        assert_eq!(first(&direct), b"later");
        direct.advance(5);
        assert_eq!(direct.waiting_bytes(), 0);
        assert!(!direct.may_write());
    }

    #[test]
    fn a_gate_that_will_not_come_holds_nothing_back() {
        let mut direct = Direct::new(None);
        let gates = [&b"one"[..], b"two"].map(Bytes::from_static);
        for gate in &gates {
            direct.hold_until(gate.clone());
        }
        direct
            .items
            .push_back(DirectItem::Frames(Bytes::from_static(b"behind both")));
        direct.release(&gates[0]);
        assert!(!direct.may_write(), "the other one holds still");
        direct.release(&gates[1]);
        assert!(direct.may_write());
    }

    #[test]
    fn a_frame_in_parts_is_one_frame() {
        let mut direct = Direct::new(None);
        direct.items.extend([
            DirectItem::Begun(Bytes::from_static(b"he")),
            DirectItem::Begun(Bytes::from_static(b"a")),
            DirectItem::Frames(Bytes::from_static(b"d")),
        ]);
        direct.waiting = 4;
        assert_eq!(first(&direct), b"head");
        direct.advance(2);
        assert!(direct.is_inside_item(), "between two parts");
        direct.advance(1);
        assert!(direct.is_inside_item());
        direct.advance(1);
        assert!(!direct.is_inside_item());
    }

    #[tokio::test]
    async fn what_goes_next_goes_behind_the_frame_that_has_begun() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stream, _) = tokio::join!(TcpStream::connect(address), listener.accept());
        let (_, stream) = stream.unwrap().into_split();
        let mut direct = Direct::new(Some(WriteEnd::new(stream, None)));
        direct.push_parts([Bytes::from_static(b"he")], Bytes::from_static(b"ad"));
        direct.push(Bytes::from_static(b"later"));
        direct.advance(1);
        direct.push_next(Bytes::from_static(b"next"));
        assert_eq!(first(&direct), b"eadnextlater");
        direct.advance(3);
        direct.push_next(Bytes::from_static(b"first"));
        assert_eq!(first(&direct), b"firstnextlater");
        assert_eq!(direct.waiting_bytes(), 14);
    }

    #[test]
    fn between_two_frames_it_is_the_owners_turn_when_it_waits() {
        let mut direct = Direct::new(None);
        for frame in [&b"one"[..], b"two"] {
            direct
                .items
                .push_back(DirectItem::Frames(Bytes::from_static(frame)));
        }
        direct.waiting = 6;
        direct.advance(1);
        direct.owner_waits = true;
        assert!(direct.may_write(), "a frame is not left in the middle");
        assert_eq!(first(&direct), b"ne");
        direct.advance(2);
        assert!(!direct.may_write());
        direct.owner_waits = false;
        assert!(direct.may_write());
        assert_eq!(first(&direct), b"two");
    }

    fn first(direct: &Direct) -> Vec<u8> {
        let mut slices = [IoSlice::new(&[]); SLICES];
        let count = direct.fill(&mut slices);
        slices[..count]
            .iter()
            .flat_map(|slice| slice.to_vec())
            .collect()
    }
}
