//! The queue of an [`Outbox`](super::Outbox), and how many bytes count in it.

use std::collections::VecDeque;
use std::sync::Arc;

use super::Flush;
use crate::frame::{Frame, WorldCarrier};

/// Places a queue keeps when it runs empty.
const KEPT_PLACES: usize = 64;

#[derive(Debug)]
pub(super) enum OutboxItem {
    Frame {
        frame: Frame,
        /// Bytes that count against the limit.
        weight: usize,
    },
    Flush(Arc<Flush>),
}

/// See the module. Of the frames that carry a whole world one of each kind waits for nothing: they may be
/// of any size, and everybody's are the same bytes.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    items: VecDeque<OutboxItem>,
    bytes: usize,
    holds_world: bool,
    holds_ack: bool,
}

impl Waiting {
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

    /// Whether a frame may wait here as well. A single one may exceed the limit; two may not.
    pub(super) fn fits(&self, frame: &Frame, limit: usize) -> bool {
        let weight = self.weight_of(frame);
        self.bytes == 0 || weight == 0 || self.bytes + weight <= limit
    }

    fn weight_of(&self, frame: &Frame) -> usize {
        match frame.carries_world() {
            Some(WorldCarrier::Event) if !self.holds_world => 0,
            Some(WorldCarrier::Ack) if !self.holds_ack => 0,
            _ => frame.weight(),
        }
    }

    pub(super) fn push(&mut self, frame: Frame) {
        let weight = self.weight_of(&frame);
        if weight == 0 {
            self.note_free(&frame, true);
        }
        self.bytes += weight;
        self.items.push_back(OutboxItem::Frame { frame, weight });
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

    pub(super) fn pop(&mut self) {
        if let Some(OutboxItem::Frame { frame, weight }) = self.items.pop_front() {
            self.bytes -= weight;
            if weight == 0 {
                self.note_free(&frame, false);
            }
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
                OutboxItem::Flush(_) => {}
            }
        }
        dropped
    }
}
