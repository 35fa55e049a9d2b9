//! The queue of an [`Outbox`](super::Outbox), and how many bytes count in it.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use super::{Flush, Unmade};
use crate::announcements::Announcements;
use crate::frame::{Frame, WorldCarrier};

/// Places a queue keeps when it runs empty.
const KEPT_PLACES: usize = 4;

#[derive(Debug)]
pub(super) enum OutboxItem {
    Frame {
        frame: Frame,
        /// Bytes that count against the limit.
        weight: usize,
    },
    Announced {
        announced: Arc<Announcements>,
        /// Those of them that have not left.
        range: Range<usize>,
        weight: usize,
    },
    Flush(Arc<Flush>),
}

/// See the module. Of the frames that carry a whole world one of each kind waits for nothing: they may be
/// of any size, and everybody's are the same bytes. So are those of a keyframe, and one comes behind each.
#[derive(Debug, Default)]
pub(super) struct OutboxQueue {
    items: VecDeque<OutboxItem>,
    bytes: usize,
    holds_world: bool,
    holds_ack: bool,
    /// How many of the items may have to be made before they can leave.
    makeable: usize,
}

impl OutboxQueue {
    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Whether a `world:state` waits.
    pub(super) fn holds_world(&self) -> bool {
        self.holds_world
    }

    /// What waits and is still to be made, for a client that reads `packed` events or not.
    pub(super) fn unmade(&self, packed: bool) -> impl Iterator<Item = Unmade> {
        let items = if self.makeable > 0 {
            self.items.len()
        } else {
            0
        };
        let items = self.items.range(..items);
        items.filter_map(move |item| match item {
            OutboxItem::Frame { frame, .. } => Unmade::of(frame),
            OutboxItem::Announced {
                announced, range, ..
            } if packed && announced.is_whole(range) && !announced.is_packed() => {
                Some(Unmade::Announced(announced.clone()))
            }
            _ => None,
        })
    }

    /// Whether a frame may wait here as well. A single one may exceed the limit; two may not.
    pub(super) fn fits(&self, frame: &Frame, limit: usize) -> bool {
        let weight = self.weight_of(frame);
        weight == 0 || self.has_room(weight, limit)
    }

    /// As [`Self::fits`], for so many bytes.
    pub(super) fn has_room(&self, weight: usize, limit: usize) -> bool {
        self.bytes == 0 || self.bytes + weight <= limit
    }

    fn weight_of(&self, frame: &Frame) -> usize {
        match frame.carries_world() {
            Some(WorldCarrier::Event) if !self.holds_world => 0,
            Some(WorldCarrier::Ack) if !self.holds_ack => 0,
            None if frame.is_keyframe() => 0,
            _ => frame.weight(),
        }
    }

    pub(super) fn push(&mut self, frame: Frame) {
        let weight = self.weight_of(&frame);
        if weight == 0 {
            self.note_free(&frame, true);
        }
        self.bytes += weight;
        self.makeable += usize::from(frame.carries_world().is_some());
        self.items.push_back(OutboxItem::Frame { frame, weight });
    }

    /// As [`Self::push`], of what counts for nothing.
    pub(super) fn push_near(&mut self, frame: Frame) {
        let weight = 0;
        self.items.push_back(OutboxItem::Frame { frame, weight });
    }

    /// As [`Self::push_near`], before everything else.
    pub(super) fn push_first_near(&mut self, frames: &[Frame]) {
        for frame in frames.iter().rev() {
            let (frame, weight) = (frame.clone(), 0);
            self.items.push_front(OutboxItem::Frame { frame, weight });
        }
    }

    pub(super) fn push_announced(
        &mut self,
        announced: Arc<Announcements>,
        range: Range<usize>,
        weight: usize,
    ) {
        self.bytes += weight;
        self.makeable += 1;
        self.items.push_back(OutboxItem::Announced {
            announced,
            range,
            weight,
        });
    }

    pub(super) fn push_flush(&mut self, flush: Arc<Flush>) {
        self.items.push_back(OutboxItem::Flush(flush));
    }

    pub(super) fn push_first(&mut self, flush: Arc<Flush>) {
        self.items.push_front(OutboxItem::Flush(flush));
    }

    pub(super) fn front(&self) -> Option<&OutboxItem> {
        self.items.front()
    }

    /// Of the announcements in front so many have left.
    pub(super) fn advance(&mut self, taken: usize) {
        if let Some(OutboxItem::Announced { range, .. }) = self.items.front_mut() {
            range.start += taken;
        }
    }

    pub(super) fn pop(&mut self) {
        match self.items.pop_front() {
            Some(OutboxItem::Frame { frame, weight }) => {
                self.bytes -= weight;
                self.makeable -= usize::from(frame.carries_world().is_some());
                if weight == 0 {
                    self.note_free(&frame, false);
                }
            }
            Some(OutboxItem::Announced { weight, .. }) => {
                self.bytes -= weight;
                self.makeable -= 1;
            }
            Some(OutboxItem::Flush(_)) | None => {}
        }
        if self.items.is_empty() && self.items.capacity() > KEPT_PLACES {
            self.items = VecDeque::new();
        }
    }

    fn note_free(&mut self, frame: &Frame, waits: bool) {
        match frame.carries_world() {
            Some(WorldCarrier::Event) => self.holds_world = waits,
            Some(WorldCarrier::Ack) => self.holds_ack = waits,
            None => {}
        }
    }

    /// Keeps only the frames that no snapshot replaces, and returns the others.
    pub(super) fn give_way(&mut self) -> Vec<Frame> {
        let mut dropped = Vec::new();
        for item in std::mem::take(self).items {
            match item {
                OutboxItem::Frame { frame, .. } if frame.is_in_snapshot() => dropped.push(frame),
                OutboxItem::Frame { frame, .. } => self.push(frame),
                OutboxItem::Announced {
                    announced, range, ..
                } => {
                    for frame in announced.frames(range) {
                        match frame.is_in_snapshot() {
                            true => dropped.push(frame.clone()),
                            false => self.push(frame.clone()),
                        }
                    }
                }
                OutboxItem::Flush(_) => {}
            }
        }
        dropped
    }
}
