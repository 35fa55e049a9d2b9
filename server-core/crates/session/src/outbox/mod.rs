//! What waits for one client.
//!
//! A queue of reliable frames and flushes in the order the world changed, and the players whose
//! updates this client missed. Frames go out as long as the link takes them. A flush that finds the
//! link busy is not queued: the players it names are noted in `missed`, newest state only, and sent
//! when the link has drained. So a slow client costs a bounded amount of memory: `limit` bytes of
//! reliable frames, beyond which it is aborted, plus one entry per player.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;

use super::flush::Flush;
use super::frame::Frame;
use super::link::{ClientLink, LinkError};
use contract::SharedJson;
use contract::{PlayerId, events};
use world::ConnectionId;

/// Reliable frames outgrew the outbox: the client has to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overflow;

/// What one pump did.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Pumped {
    /// Updates of one player that were handed over.
    pub delivered: u64,
    /// Updates replaced by a newer one before they were sent.
    pub coalesced: u64,
    /// Times the link was full.
    pub blocked: u64,
}

impl std::ops::AddAssign for Pumped {
    fn add_assign(&mut self, other: Self) {
        self.delivered += other.delivered;
        self.coalesced += other.coalesced;
        self.blocked += other.blocked;
    }
}

#[derive(Debug)]
enum OutboxItem {
    Frame(Frame),
    Flush(Arc<Flush>),
}

/// Whom an outbox belongs to.
#[derive(Debug, Clone, Copy)]
pub struct Recipient {
    /// Its own updates are not echoed to it.
    pub id: ConnectionId,
    /// Whether it reads batches.
    pub batch: bool,
}

/// See the module.
#[derive(Debug)]
pub struct Outbox {
    recipient: Recipient,
    limit: usize,
    /// The first in the queue, when it is a flush that found the queue empty. That is nearly all
    /// there ever is, and beside the other fields it is at hand.
    first: Option<Arc<Flush>>,
    queue: VecDeque<OutboxItem>,
    bytes: usize,
    /// Newest JSON for a plain client; `None` for a batch client, whose catch-up comes from the
    /// world.
    missed: HashMap<PlayerId, Option<SharedJson>>,
    /// Revision of the last snapshot: older changes are no news.
    seen: u64,
}

impl Outbox {
    /// An empty outbox for `recipient`, in which at most `limit` bytes of reliable frames wait.
    pub fn new(recipient: Recipient, limit: usize) -> Self {
        Self {
            recipient,
            limit,
            first: None,
            queue: VecDeque::new(),
            bytes: 0,
            missed: HashMap::new(),
            seen: 0,
        }
    }

    /// Queues a reliable frame.
    ///
    /// # Errors
    /// When more than the limit would wait: the client is to be ended, and the frame is not queued.
    pub fn push(&mut self, frame: Frame) -> Result<(), Overflow> {
        let weight = frame.weight();
        // A single frame may exceed the limit (the snapshot of a large world); two may not wait.
        if self.bytes > 0 && self.bytes + weight > self.limit {
            return Err(Overflow);
        }
        self.bytes += weight;
        self.queue.push_back(OutboxItem::Frame(frame));
        Ok(())
    }

    /// Queues a frame that carries the whole world as it was at `revision`. What was missed until
    /// then is in it; changes up to then that a later flush brings are not told again. A join's ack
    /// is no such frame, though it carries the world too: a client may live by events alone.
    pub(crate) fn push_snapshot(&mut self, frame: Frame, revision: u64) -> Result<(), Overflow> {
        self.push(frame)?;
        self.missed.clear();
        self.seen = revision;
        Ok(())
    }

    /// Queues a flush.
    pub(crate) fn push_flush(&mut self, flush: &Arc<Flush>) {
        let flush = flush.clone();
        match self.is_queue_empty() {
            true => self.first = Some(flush),
            false => self.queue.push_back(OutboxItem::Flush(flush)),
        }
    }

    /// Whether this client is behind: something waits here or inside the link.
    pub fn is_behind(&self) -> bool {
        !self.is_queue_empty() || !self.missed.is_empty()
    }

    fn is_queue_empty(&self) -> bool {
        self.first.is_none() && self.queue.is_empty()
    }

    /// Takes the players whose full state a batch client needs, when the link can take it: those it
    /// missed, and those of the `flush` that is then not pushed.
    pub(crate) fn take_missed(
        &mut self,
        link: &dyn ClientLink,
        flush: Option<&Flush>,
    ) -> Vec<PlayerId> {
        let behind = self.recipient.batch && !self.missed.is_empty();
        if !behind || !self.is_queue_empty() || !may_catch_up(link) {
            return Vec::new();
        }
        for entry in flush
            .iter()
            .flat_map(|it| it.entries_for(self.recipient.id, self.seen))
        {
            self.missed.insert(entry.id.clone(), None);
        }
        self.missed.drain().map(|(id, _)| id).collect()
    }

    /// Drops everything; the client is gone.
    pub fn clear(&mut self) {
        self.first = None;
        self.queue = VecDeque::new();
        self.missed = HashMap::new();
        self.bytes = 0;
    }

    /// Has the flush written when it is all that waits for a batch client and was encoded for another
    /// one before, which leaves nothing behind. `None` when nothing was done, also because `write`
    /// says that it did nothing: then [`Self::pump`] does it.
    pub(crate) fn write_only_batch(
        &mut self,
        write: impl FnOnce(&Bytes) -> bool,
    ) -> Option<Pumped> {
        let flush = self.first.as_ref()?;
        let is_all = self.queue.is_empty() && self.missed.is_empty();
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
        if !self.is_behind() {
            return pumped;
        }
        if let Some(flush) = self.first.take() {
            self.queue.push_front(OutboxItem::Flush(flush));
        }
        while let Some(item) = self.queue.front() {
            let sent = match item {
                OutboxItem::Frame(frame) => {
                    let frame = frame.clone();
                    link.send(&frame).map(|()| self.frame_sent(&frame))
                }
                OutboxItem::Flush(flush) => {
                    let flush = flush.clone();
                    self.send_flush(link, &flush, &mut pumped);
                    Ok(())
                }
            };
            match sent {
                Ok(()) => drop(self.queue.pop_front()),
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
        if self.queue.is_empty() && self.queue.capacity() > 64 {
            self.queue = VecDeque::new();
        }
        pumped
    }

    fn frame_sent(&mut self, frame: &Frame) {
        self.bytes = self.bytes.saturating_sub(frame.weight());
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

/// Whether a client may be told what it missed: it has taken everything so far and takes more. One
/// that polls has taken everything as soon as its poll was answered.
fn may_catch_up(link: &dyn ClientLink) -> bool {
    link.is_drained() && link.has_room(1)
}

#[cfg(test)]
mod tests;
