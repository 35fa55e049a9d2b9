//! Frames that a client of this crowd has read before.
//!
//! The server sends the same bytes to everybody, in the same order, so a crowd in one process needs
//! to read them once. What is compared is every byte, which keeps it honest: a frame that differs
//! in one of them is read like any other.

use std::collections::{HashMap, VecDeque};
use std::hash::BuildHasher as _;

use foldhash::fast::FixedState;

use contract::batch::stream::FrameHead;

use crate::plan::Names;
use crate::sequence;
use crate::stats::Recorder;

/// Bytes of frames remembered: some tenths of a second of a large crowd, little enough to stay in a
/// processor's cache.
const REMEMBERED_BYTES: usize = 1024 * 1024;

/// A frame of more bytes is kept apart: it would push out everything else.
const LARGE_FRAME: usize = REMEMBERED_BYTES / 8;

/// Large frames remembered; a crowd that comes in at once gets the same few snapshots.
const LARGE_FRAMES: usize = 3;

/// Frames passed over in search of the next one: a client does not get its own.
const SKIPPED: u64 = 4;

/// One bot's change: who, which number, and when that update was sent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct SentUpdate {
    pub(super) sender: u32,
    pub(super) update: (u64, u64),
}

impl SentUpdate {
    /// What a state of `id` at x and z means, or nothing when it is not one of this crowd's.
    pub(super) fn resolve(
        id: &str,
        [x, z]: [f64; 2],
        names: &Names,
        recorder: &Recorder,
    ) -> Option<Self> {
        let sender = names.index(id)?;
        let update = recorder.deliveries.resolve(sender, sequence::code(x, z)?)?;
        Some(Self { sender, update })
    }
}

/// What a binary message holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AttachmentKind {
    /// Updates of players.
    Batch,
    /// Events that everybody gets.
    Packed,
}

/// What a frame says, as far as a client cares.
#[derive(Debug, PartialEq)]
pub(super) enum FrameContent {
    Changes(Vec<SentUpdate>),
    /// As `Changes`, in a frame of a stream.
    Streamed(FrameHead, Vec<SentUpdate>),
    /// What the next binary message is.
    AttachmentFollows(AttachmentKind),
    /// What an attachment packs, event by event.
    Packed(Box<[FrameContent]>),
    /// The whole world: its bots, with the codes of where they are.
    Snapshot(Box<[(u32, u64)]>),
    Joined {
        sender: u32,
        code: u64,
    },
    Left {
        sender: u32,
    },
}

/// A frame and what it says.
#[derive(Debug)]
struct CachedFrame {
    bytes: Box<[u8]>,
    hash: u64,
    payload: usize,
    content: FrameContent,
}

/// Where a client is in the order of frames.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct FrameCursor(u64);

/// See the module.
#[derive(Debug, Default)]
pub(super) struct FrameCache {
    frames: VecDeque<CachedFrame>,
    /// The number of the first of `frames`.
    first: u64,
    bytes: usize,
    by_hash: HashMap<u64, u64, FixedState>,
    /// Newest last.
    large: VecDeque<CachedFrame>,
}

impl FrameCache {
    /// What `frame` says if it was seen before, and how many bytes its payload has. It is probably
    /// the one at `place`.
    pub(super) fn find(
        &self,
        place: &mut FrameCursor,
        frame: &[u8],
    ) -> Option<(&FrameContent, usize)> {
        if frame.len() > LARGE_FRAME {
            let found = self.large.iter().rev().find(|it| *it.bytes == *frame)?;
            return Some((&found.content, found.payload));
        }
        let is_next = |number: &u64| self.get(*number).is_some_and(|it| *it.bytes == *frame);
        let number = (place.0..place.0 + SKIPPED).find(is_next);
        let number = number.or_else(|| {
            let number = self.by_hash.get(&hash(frame));
            number.copied().filter(is_next)
        })?;
        *place = FrameCursor(number + 1);
        let found = self.get(number)?;
        Some((&found.content, found.payload))
    }

    fn get(&self, number: u64) -> Option<&CachedFrame> {
        let index = number.checked_sub(self.first)?;
        self.frames.get(usize::try_from(index).ok()?)
    }

    /// Remembers what `frame`, with a payload of so many bytes, says.
    pub(super) fn remember(&mut self, frame: &[u8], payload: usize, content: FrameContent) {
        let hash = hash(frame);
        let cached = CachedFrame {
            bytes: frame.into(),
            hash,
            payload,
            content,
        };
        if frame.len() > LARGE_FRAME {
            self.large.push_back(cached);
            let excess = self.large.len().saturating_sub(LARGE_FRAMES);
            self.large.drain(..excess);
            return;
        }
        self.by_hash
            .insert(hash, self.first + self.frames.len() as u64);
        self.bytes += frame.len();
        self.frames.push_back(cached);
        while self.bytes > REMEMBERED_BYTES
            && let Some(oldest) = self.frames.pop_front()
        {
            self.bytes -= oldest.bytes.len();
            if self.by_hash.get(&oldest.hash) == Some(&self.first) {
                self.by_hash.remove(&oldest.hash);
            }
            self.first += 1;
        }
    }
}

fn hash(frame: &[u8]) -> u64 {
    FixedState::default().hash_one(frame)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(number: u64) -> FrameContent {
        FrameContent::Changes(vec![SentUpdate {
            sender: 0,
            update: (number, 0),
        }])
    }

    fn found(frame_cache: &FrameCache, place: &mut FrameCursor, frame: &[u8]) -> Option<u64> {
        match frame_cache.find(place, frame)? {
            (FrameContent::Changes(changes), _) => Some(changes[0].update.0),
            _ => None,
        }
    }

    #[test]
    fn frames_are_found_in_any_order_and_only_whole() {
        let mut frame_cache = FrameCache::default();
        for number in 0..20_u8 {
            frame_cache.remember(&[number; 8], 6, change(u64::from(number)));
        }
        let mut place = FrameCursor::default();
        for number in [0, 1, 3, 19, 2, 3, 3] {
            let frame = [number; 8];
            assert_eq!(
                found(&frame_cache, &mut place, &frame),
                Some(u64::from(number))
            );
        }
        assert_eq!(found(&frame_cache, &mut place, &[4; 7]), None);
        assert_eq!(found(&frame_cache, &mut place, &[20; 8]), None);
    }

    #[test]
    fn the_oldest_are_forgotten() {
        let mut frame_cache = FrameCache::default();
        let frame = |number: u8| vec![number; LARGE_FRAME];
        for number in 0..10 {
            frame_cache.remember(&frame(number), 0, change(u64::from(number)));
        }
        let mut place = FrameCursor::default();
        for number in 0..10 {
            let expected = (number >= 2).then_some(u64::from(number));
            assert_eq!(found(&frame_cache, &mut place, &frame(number)), expected);
        }
        assert_eq!(frame_cache.by_hash.len(), 8);
    }

    #[test]
    fn a_large_frame_pushes_out_only_large_ones() {
        let mut frame_cache = FrameCache::default();
        frame_cache.remember(b"small", 0, change(100));
        let frame = |number: u8| vec![number; 2 * REMEMBERED_BYTES];
        for number in 0..5 {
            frame_cache.remember(&frame(number), 0, change(u64::from(number)));
        }
        let mut place = FrameCursor::default();
        for number in 0..5 {
            let expected = (number >= 2).then_some(u64::from(number));
            assert_eq!(found(&frame_cache, &mut place, &frame(number)), expected);
        }
        assert_eq!(found(&frame_cache, &mut place, b"small"), Some(100));
    }
}
