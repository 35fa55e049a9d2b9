//! How what waits leaves an [`Outbox`].

use std::ops::Range;

use bytes::Bytes;

use super::waiting::OutboxItem;
use super::{Outbox, Pumped, Told, may_catch_up};
use crate::announcements::Announcements;
use crate::flush::Flush;
use crate::frame::Frame;
use crate::link::{ClientLink, LinkError};
use contract::events;

impl Outbox {
    /// Has the flush written when it is all that waits for a batch client and was encoded for another
    /// one before, which leaves nothing behind. `None` when nothing was done, also because `write`
    /// says that it did nothing: then [`Self::pump`] does it.
    pub(crate) fn write_only_batch(
        &mut self,
        write: impl FnOnce(&Bytes) -> bool,
    ) -> Option<Pumped> {
        let flush = self.first.as_ref()?;
        let is_all = self.waiting.is_empty() && self.missed.is_empty();
        let is_all = is_all && self.told == Told::Current;
        if !is_all || !self.recipient.batch || !flush.is_newer_than(self.seen) {
            return None;
        }
        let batch = flush.batch.as_ref()?.encoded()?;
        if !write(batch) {
            return None;
        }
        let delivered = flush.len_without(self.recipient.id);
        self.first = None;
        Some(Pumped {
            delivered,
            ..Pumped::default()
        })
    }

    /// Hands over as much as the link takes.
    pub fn pump(&mut self, link: &dyn ClientLink) -> Pumped {
        let mut pumped = Pumped::default();
        if self.told == Told::Receiving && !self.waiting.carries_world() && may_catch_up(link) {
            self.told = Told::Current;
        }
        if !self.is_behind() {
            return pumped;
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

    /// All of them, or an error: what was taken before that is not sent again.
    fn send_announced(
        &mut self,
        link: &dyn ClientLink,
        announced: &Announcements,
        range: Range<usize>,
    ) -> Result<(), LinkError> {
        let taken = link.send_announced(announced, range.clone())?;
        if !self.missed.is_empty() {
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
        if let Frame::Event {
            supersedes: Some(player),
            ..
        } = frame
        {
            self.missed.remove(player);
        }
    }

    fn send_flush(&mut self, link: &dyn ClientLink, flush: &Flush, pumped: &mut Pumped) {
        // Once behind, a batch client waits for its full catch-up (a delta on top of a missed one
        // would leave holes), and a plain client for the newest state.
        if self.missed.is_empty() {
            let sent = match self.recipient.batch {
                true => self.send_batch(link, flush),
                false => self.send_updates(link, flush),
            };
            if let Some(delivered) = sent {
                pumped.delivered += delivered;
                return;
            }
        }
        for (position, entry) in flush.entries.iter().enumerate() {
            if entry.concerns(self.recipient.id, self.seen) {
                let newest = match self.recipient.batch {
                    true => None,
                    false => flush.player(position),
                };
                let before = self.missed.insert(entry.id.clone(), newest);
                pumped.coalesced += u64::from(before.is_some());
            }
        }
    }

    /// Returns how many updates the batch was to this client; `None` if it was not sent.
    fn send_batch(&self, link: &dyn ClientLink, flush: &Flush) -> Option<u64> {
        let batch = flush.batch.as_ref()?;
        let sent = flush.is_newer_than(self.seen) && link.has_room(1) && link.send(batch).is_ok();
        sent.then(|| flush.len_without(self.recipient.id))
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
        if self.recipient.batch || self.missed.is_empty() || !may_catch_up(link) {
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
