//! How what waits leaves an [`Outbox`].

use std::ops::Range;

use bytes::Bytes;

use super::waiting::OutboxItem;
use super::{FirstItem, MirrorState, Outbox, Pumped, may_catch_up};
use crate::announcements::Announcements;
use crate::flush::Flush;
use crate::frame::Frame;
use crate::link::{ClientLink, LinkError};
use contract::batch::UpdateForm;
use contract::events;

impl Outbox {
    /// Has the flush written when it is all that waits for a batch client and was encoded for another
    /// one before, which leaves nothing behind. `None` when nothing was done, also because `write`
    /// says that it did nothing: then [`Self::pump`] does it.
    pub(crate) fn write_only_batch(
        &mut self,
        write: impl FnOnce(&Bytes) -> bool,
    ) -> Option<Pumped> {
        let first = self.first.take()?;
        let is_all = self.waiting.is_empty() && !self.has_missed();
        let is_all = is_all && self.mirror == MirrorState::Current;
        let encoded = match &first {
            _ if !is_all => None,
            FirstItem::Flush(flush) => self.readable(flush).and_then(Frame::encoded),
            FirstItem::Near(group) => group.encoded(),
        };
        if !encoded.is_some_and(write) {
            self.first = Some(first);
            return None;
        }
        let mut pumped = Pumped::default();
        if let FirstItem::Flush(flush) = first {
            self.note_read(&flush);
            pumped.delivered = flush.len_without(self.recipient.id);
        }
        Some(pumped)
    }

    /// Hands over as much as the link takes.
    pub fn pump(&mut self, link: &dyn ClientLink) -> Pumped {
        let mut pumped = Pumped::default();
        self.note_caught_up(link);
        if !self.is_behind() {
            return pumped;
        }
        if let Some(FirstItem::Near(group)) = &self.first
            && self.waiting.is_empty()
            && link.send_group(group).is_ok()
        {
            self.first = None;
        }
        self.settle_first();
        while let Some(item) = self.waiting.front() {
            let sent = match item {
                OutboxItem::Frame { frame, .. } => {
                    let frame = frame.clone();
                    link.send(&frame).map(|()| self.frame_sent(&frame))
                }
                OutboxItem::Announced {
                    announced, range, ..
                } => {
                    let (announced, range) = (announced.clone(), range.clone());
                    self.send_announced(link, &announced, range)
                }
                OutboxItem::Flush(flush) => {
                    let flush = flush.clone();
                    self.send_flush(link, &flush, &mut pumped);
                    Ok(())
                }
            };
            match sent {
                Ok(()) => self.waiting.pop(),
                Err(LinkError::Full) => {
                    pumped.blocked += 1;
                    return pumped;
                }
                Err(LinkError::Closed) => {
                    self.clear();
                    return pumped;
                }
            }
        }
        self.send_missed(link, &mut pumped);
        pumped
    }

    /// Whoever has taken its snapshot and all that waited behind it has received the world. Asked before
    /// more is queued: right behind that, something always waits in its link or here.
    pub(crate) fn note_caught_up(&mut self, link: &dyn ClientLink) {
        if self.mirror == MirrorState::Receiving && self.is_queue_empty() && may_catch_up(link) {
            self.mirror = MirrorState::Current;
        }
    }

    /// All of them, or an error: what was taken before that is not sent again.
    fn send_announced(
        &mut self,
        link: &dyn ClientLink,
        announced: &Announcements,
        range: Range<usize>,
    ) -> Result<(), LinkError> {
        let packed = match self.recipient.packed && announced.is_whole(&range) {
            true => announced.packed(),
            false => None,
        };
        let taken = match packed {
            Some(frame) => link.send(frame).map(|()| range.len())?,
            None => link.send_announced(announced, range.clone())?,
        };
        if self.has_missed() {
            for frame in announced.frames(range.start..range.start + taken) {
                self.frame_sent(frame);
            }
        }
        if taken < range.len() {
            self.waiting.advance(taken);
            return Err(LinkError::Full);
        }
        Ok(())
    }

    fn frame_sent(&mut self, frame: &Frame) {
        match frame {
            Frame::Event {
                supersedes: Some(player),
                ..
            } => drop(self.missed.remove(player)),
            // Whoever may see the world has its keyframe behind it.
            Frame::World(_) | Frame::PackedWorld(_) => self.out_of_step = false,
            Frame::Binary {
                keyframe: Some(number),
                ..
            } => {
                self.stream_at = Some(*number);
                self.out_of_step = false;
            }
            _ => {}
        }
    }

    fn send_flush(&mut self, link: &dyn ClientLink, flush: &Flush, pumped: &mut Pumped) {
        // Once behind, a batch client waits for its full catch-up (a delta on top of a missed one
        // would leave holes), and a plain client for the newest state.
        let is_batched = self.recipient.updates.is_batched();
        if !self.has_missed() {
            let sent = match is_batched {
                true => self.send_batch(link, flush),
                false => self.send_updates(link, flush),
            };
            if let Some(delivered) = sent {
                pumped.delivered += delivered;
                return;
            }
        }
        self.out_of_step = self.recipient.updates == UpdateForm::Stream;
        for (position, entry) in flush.entries.iter().enumerate() {
            if entry.concerns(self.recipient.id, self.seen) {
                let newest = match is_batched {
                    true => None,
                    false => flush.player(position),
                };
                let before = self.missed.insert(entry.id.clone(), newest);
                pumped.coalesced += u64::from(before.is_some());
            }
        }
    }

    /// Returns how many updates the batch was to this client; `None` if it was not sent.
    fn send_batch(&mut self, link: &dyn ClientLink, flush: &Flush) -> Option<u64> {
        let batch = self.readable(flush)?;
        if !link.has_room(1) || link.send(batch).is_err() {
            return None;
        }
        self.note_read(flush);
        Some(flush.len_without(self.recipient.id))
    }

    /// The form in which this client reads batches, if it can read this one: a batch without changes that its
    /// snapshot had, or the next frame of the stream, which may repeat some.
    fn readable<'a>(&self, flush: &'a Flush) -> Option<&'a Frame> {
        match self.recipient.updates {
            UpdateForm::Single => None,
            UpdateForm::Batch => flush
                .batch
                .as_ref()
                .filter(|_| flush.is_newer_than(self.seen)),
            UpdateForm::Stream => {
                let streamed = flush.streamed.as_ref()?;
                let follows = self.stream_at.map(|number| number.wrapping_add(1));
                (follows == Some(streamed.number)).then_some(&streamed.frame)
            }
        }
    }

    fn note_read(&mut self, flush: &Flush) {
        self.stream_at = flush.streamed.as_ref().map(|streamed| streamed.number);
    }

    /// Returns how many updates were sent: all, or `None` for none.
    fn send_updates(&mut self, link: &dyn ClientLink, flush: &Flush) -> Option<u64> {
        let updates = flush.updates.as_ref()?;
        if !link.has_room(flush.entries.len()) {
            return None;
        }
        let mut delivered = 0;
        for range in flush.ranges_for(self.recipient.id, self.seen) {
            let len = range.len() as u64;
            if link.send_updates(updates, range.clone()).is_err() {
                self.miss(flush, range);
            } else {
                delivered += len;
            }
        }
        Some(delivered)
    }

    fn miss(&mut self, flush: &Flush, range: Range<usize>) {
        for position in range {
            let id = flush.entries[position].id.clone();
            self.missed.insert(id, flush.player(position));
        }
    }

    /// Sends the newest state of what a plain client missed, once the link has drained.
    fn send_missed(&mut self, link: &dyn ClientLink, pumped: &mut Pumped) {
        if self.recipient.updates.is_batched() || self.missed.is_empty() || !may_catch_up(link) {
            return;
        }
        let missed = std::mem::take(&mut self.missed);
        for (id, player) in missed {
            let Some(player) = player else { continue };
            let frame = Frame::event(events::PLAYER_UPDATED, player.clone());
            if link.has_room(1) && link.send(&frame).is_ok() {
                pumped.delivered += 1;
            } else {
                self.missed.insert(id, Some(player));
            }
        }
    }
}
