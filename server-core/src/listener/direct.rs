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
use std::io::IoSlice;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::{Buf, Bytes};
use parking_lot::Mutex;

/// Frames given to the system in one call.
const SLICES: usize = 64;
/// Places a queue keeps when it runs empty.
const KEPT_PLACES: usize = 8;

#[derive(Debug)]
enum Item {
    Frames(Bytes),
    /// What follows waits for this frame of the library.
    Gate(Bytes),
}

/// What waits to be written, from any thread.
#[derive(Debug, Default)]
pub(super) struct Inbox {
    // Held for a push or a swap; never across a system call.
    items: Mutex<VecDeque<Item>>,
    /// Bytes that wait here or with the writer.
    waiting: AtomicUsize,
}

impl Inbox {
    /// Queues whole frames. `true` when nothing waited before: the writer has to be woken.
    #[must_use]
    pub(super) fn push(&self, frames: Bytes) -> bool {
        let mut items = self.items.lock();
        let before = self.waiting.fetch_add(frames.len(), Ordering::AcqRel);
        items.push_back(Item::Frames(frames));
        before == 0
    }

    /// Holds back what is pushed from now on until the library writes `frame`.
    pub(super) fn hold_until(&self, frame: Bytes) {
        self.items.lock().push_back(Item::Gate(frame));
    }

    pub(super) fn waiting_bytes(&self) -> usize {
        self.waiting.load(Ordering::Acquire)
    }

    /// Forgets everything: the transport is gone.
    pub(super) fn close(&self) {
        let mut items = self.items.lock();
        *items = VecDeque::new();
        self.waiting.store(0, Ordering::Release);
    }
}

/// The writing side; owned by the transport.
#[derive(Debug, Default)]
pub(super) struct Writer {
    items: VecDeque<Item>,
    /// The first item has been written in part.
    inside: bool,
}

impl Writer {
    /// Whether an item has been written in part: nothing else may be written before its rest.
    pub(super) fn is_inside_item(&self) -> bool {
        self.inside
    }

    /// Takes over what was pushed. `false` when nothing can be written now.
    pub(super) fn refill(&mut self, inbox: &Inbox) -> bool {
        if inbox.waiting_bytes() > 0 || self.items.is_empty() {
            let mut items = inbox.items.lock();
            match self.items.is_empty() {
                true => std::mem::swap(&mut self.items, &mut items),
                false => self.items.append(&mut items),
            }
        }
        if self.items.is_empty() && self.items.capacity() > KEPT_PLACES {
            self.items = VecDeque::new();
        }
        matches!(self.items.front(), Some(Item::Frames(_)))
    }

    /// What can be written now, in at most as many pieces as `slices` has.
    pub(super) fn fill<'a>(&'a self, slices: &mut [IoSlice<'a>; SLICES]) -> usize {
        let frames = self.items.iter().map_while(|item| match item {
            Item::Frames(bytes) => Some(bytes),
            Item::Gate(_) => None,
        });
        let mut count = 0;
        for (slice, bytes) in slices.iter_mut().zip(frames) {
            *slice = IoSlice::new(bytes);
            count += 1;
        }
        count
    }

    /// An array for [`Self::fill`].
    pub(super) fn no_slices<'a>() -> [IoSlice<'a>; SLICES] {
        [IoSlice::new(&[]); SLICES]
    }

    /// Notes that `written` bytes of what [`Self::fill`] gave have left.
    pub(super) fn advance(&mut self, inbox: &Inbox, written: usize) {
        let mut rest = written;
        while let Some(Item::Frames(bytes)) = self.items.front_mut() {
            if bytes.len() > rest {
                bytes.advance(rest);
                self.inside |= rest > 0;
                break;
            }
            rest -= bytes.len();
            self.items.pop_front();
            self.inside = false;
        }
        inbox.waiting.fetch_sub(written, Ordering::AcqRel);
    }

    /// The frame that opens the first gate, when nothing stands before that gate.
    pub(super) fn gate(&self) -> Option<&Bytes> {
        match self.items.front() {
            Some(Item::Gate(frame)) => Some(frame),
            _ => None,
        }
    }

    /// Opens the first gate.
    pub(super) fn open_gate(&mut self) {
        if self.gate().is_some() {
            self.items.pop_front();
        }
    }
}

/// Where the library stands in what it writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// Between two frames.
    Between,
    /// In a frame of which so many bytes have not been written.
    Inside(usize),
    /// Unknown until everything it has to write was taken: its buffer always ends with a frame.
    Lost,
}

impl Position {
    /// The position after `written` of `bytes`, which the library offered at this position.
    pub(super) fn after(self, bytes: &[u8], written: usize) -> Self {
        if written == bytes.len() {
            return Self::Between;
        }
        let mut end = match self {
            Self::Between => 0,
            Self::Inside(rest) => rest,
            Self::Lost => return Self::Lost,
        };
        while end < written {
            match bytes.get(end..).and_then(frame_len) {
                Some(len) => end += len,
                None => return Self::Lost,
            }
        }
        match end - written {
            0 => Self::Between,
            rest => Self::Inside(rest),
        }
    }

    /// Where `frame` begins among the frames of `bytes`.
    pub(super) fn find(self, bytes: &[u8], frame: &[u8]) -> Option<usize> {
        let mut start = match self {
            Self::Between => 0,
            Self::Inside(rest) => rest,
            Self::Lost => return None,
        };
        loop {
            let rest = bytes.get(start..)?;
            if rest.starts_with(frame) {
                return Some(start);
            }
            start += frame_len(rest)?;
        }
    }
}

/// Length of the unmasked frame that `bytes` begin with, head included; RFC 6455, section 5.2.
fn frame_len(bytes: &[u8]) -> Option<usize> {
    let head = match bytes.get(1)? & 0x7F {
        126 => 4,
        127 => 10,
        short => return Some(2 + usize::from(short)),
    };
    let mut len = 0_usize;
    for byte in bytes.get(2..head)? {
        len = len.checked_mul(256)? + usize::from(*byte);
    }
    len.checked_add(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(len: usize) -> Vec<u8> {
        let mut frame = match len {
            0..=125 => vec![0x81, u8::try_from(len).unwrap()],
            126..=65_535 => {
                let len = u16::try_from(len).unwrap().to_be_bytes();
                vec![0x81, 126, len[0], len[1]]
            }
            _ => [&[0x81, 127][..], &(len as u64).to_be_bytes()].concat(),
        };
        frame.resize(frame.len() + len, b'x');
        frame
    }

    #[test]
    fn positions() {
        let lens = [0, 125, 126, 65_535, 65_536];
        let all: Vec<u8> = lens.iter().flat_map(|len| frame(*len)).collect();
        let mut ends = Vec::new();
        for len in lens {
            ends.push(ends.last().unwrap_or(&0) + frame(len).len());
        }
        for written in [0, 1, 2, 100, 129, 130, 200, 66_000, 131_000] {
            let next = *ends.iter().find(|end| **end >= written).unwrap();
            let expected = match next - written {
                0 => Position::Between,
                rest => Position::Inside(rest),
            };
            let expected = if written == 0 {
                Position::Between
            } else {
                expected
            };
            let position = Position::Between.after(&all, written);
            assert_eq!(position, expected, "after {written}");
            // From there on, as if offered again.
            assert_eq!(
                position.after(&all[written..], all.len() - written),
                Position::Between
            );
        }
        assert_eq!(Position::Lost.after(&all, 5), Position::Lost);
        assert_eq!(Position::Lost.after(&all, all.len()), Position::Between);
    }

    #[test]
    fn a_frame_is_found_only_where_a_frame_begins() {
        let gate = [&[0x81, 4][..], b"gate"].concat();
        // The same bytes inside another frame are no gate.
        let decoy = [&[0x81, 6][..], &gate].concat();
        let all = [&decoy[..], &gate, &frame(3)].concat();
        assert_eq!(Position::Between.find(&all, &gate), Some(decoy.len()));
        assert_eq!(Position::Between.find(&decoy, &gate), None);
        assert_eq!(Position::Inside(6).find(&all[2..], &gate), Some(6));
        assert_eq!(Position::Lost.find(&all, &gate), None);
    }

    #[test]
    fn what_is_held_back_waits_for_its_gate() {
        let inbox = Inbox::default();
        let mut writer = Writer::default();
        assert!(inbox.push(Bytes::from_static(b"abc")));
        inbox.hold_until(Bytes::from_static(b"gate"));
        assert!(
            !inbox.push(Bytes::from_static(b"later")),
            "one wake-up is enough"
        );
        assert!(writer.refill(&inbox));
        assert_eq!(written(&mut writer, &inbox, 2), b"ab");
        assert!(writer.is_inside_item());
        assert_eq!(writer.gate(), None, "the gate is behind the rest");
        assert_eq!(written(&mut writer, &inbox, 9), b"c");
        assert!(!writer.is_inside_item());
        assert!(!writer.refill(&inbox));
        assert_eq!(writer.gate().map(|gate| &gate[..]), Some(&b"gate"[..]));
        assert_eq!(inbox.waiting_bytes(), 5);
        writer.open_gate();
        assert!(writer.refill(&inbox));
        assert_eq!(written(&mut writer, &inbox, 9), b"later");
        assert_eq!(inbox.waiting_bytes(), 0);
        assert!(!writer.refill(&inbox));
        assert!(inbox.push(Bytes::from_static(b"x")), "woken again");
    }

    fn written(writer: &mut Writer, inbox: &Inbox, room: usize) -> Vec<u8> {
        let mut slices = Writer::no_slices();
        let count = writer.fill(&mut slices);
        let mut bytes: Vec<u8> = slices[..count].concat_slices();
        bytes.truncate(room);
        writer.advance(inbox, bytes.len());
        bytes
    }

    trait Concat {
        fn concat_slices(&self) -> Vec<u8>;
    }
    impl Concat for [IoSlice<'_>] {
        fn concat_slices(&self) -> Vec<u8> {
            self.iter().flat_map(|slice| slice.to_vec()).collect()
        }
    }
}
