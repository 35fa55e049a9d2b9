//! What waits for one client.
//!
//! A queue of reliable frames and flushes in the order the world changed, and the players whose
//! updates this client missed. Frames go out as long as the link takes them. A flush that finds the
//! link busy is not queued: the players it names are noted in `missed`, newest state only, and sent
//! when the link has drained. So a slow client costs a bounded amount of memory: `limit` bytes of
//! reliable frames, beyond which it is aborted, plus one entry per player.
//!
//! A client that is still receiving a snapshot, or has not caught up since, is not aborted for what happens meanwhile: beyond `limit`
//! everything that a later snapshot holds as well gives way to one ([`MirrorState`]).

mod held;
mod sending;
mod unmade;
mod waiting;

use std::collections::HashMap;
use std::sync::Arc;

use super::flush::Flush;
use super::frame::{Frame, FrameGroup};
use super::link::ClientLink;
use contract::batch::UpdateForm;
use contract::{PlayerId, SharedJson};
use held::HeldFrame;
pub(crate) use unmade::Unmade;
use waiting::OutboxQueue;
use world::{ConnectionId, SharedSnapshot};

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

/// Whom an outbox belongs to.
#[derive(Debug, Clone, Copy)]
pub struct Recipient {
    /// Its own updates are not echoed to it.
    pub id: ConnectionId,
    /// In which form it reads updates.
    pub updates: UpdateForm,
    /// Whether it reads packed events.
    pub packed: bool,
}

impl Recipient {
    /// `world:state` in its form.
    fn world(self, snapshot: &Arc<SharedSnapshot>) -> Frame {
        match self.packed {
            true => Frame::PackedWorld(snapshot.clone()),
            false => Frame::World(snapshot.clone()),
        }
    }
}

/// What a client knows of the world, or will once it has read what waits for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MirrorState {
    /// Everything.
    Current,
    /// Everything, but it may not have read its snapshot yet, or the one in the answer to its join, or what
    /// happened meanwhile.
    Receiving,
    /// Nothing yet: it came into a crowd, and gets the snapshot of the tick.
    Newcomer,
    /// Too much for what may wait: it gets a fresh snapshot once its link has drained.
    Stale,
}

/// What several are told in one flush.
#[derive(Debug)]
enum FirstItem {
    /// Of everybody.
    Flush(Arc<Flush>),
    /// By distance.
    Near(Arc<FrameGroup>),
}

/// See the module.
#[derive(Debug)]
pub struct Outbox {
    recipient: Recipient,
    limit: usize,
    mirror: MirrorState,
    /// Messages that were left out for the next snapshot to hold.
    lines: usize,
    /// The first in the queue, when it is a flush that found the queue empty. That is nearly all
    /// there ever is, and beside the other fields it is at hand.
    first: Option<FirstItem>,
    waiting: OutboxQueue,
    /// Its own frames that wait for the tick of a crowd.
    held: Vec<HeldFrame>,
    /// Newest JSON for a plain client; `None` for a batch client, whose catch-up comes from the
    /// world.
    missed: HashMap<PlayerId, Option<SharedJson>>,
    /// Revision of the last snapshot: older changes are no news.
    seen: u64,
    /// The frame of the stream that was handed over last: only the one after it can be read.
    stream_at: Option<u32>,
    /// A frame of the stream was missed: none can be read before a keyframe.
    out_of_step: bool,
}

impl Outbox {
    /// An empty outbox for `recipient`, in which at most `limit` bytes of reliable frames wait.
    pub fn new(recipient: Recipient, limit: usize) -> Self {
        Self {
            recipient,
            limit,
            mirror: MirrorState::Current,
            lines: 0,
            first: None,
            waiting: OutboxQueue::default(),
            held: Vec::new(),
            missed: HashMap::new(),
            seen: 0,
            stream_at: None,
            out_of_step: false,
        }
    }

    /// Queues a reliable frame.
    ///
    /// # Errors
    /// When more than the limit would wait: the client is to be ended, and the frame is not queued.
    pub fn push(&mut self, frame: Frame) -> Result<(), Overflow> {
        if self.mirror == MirrorState::Receiving && !self.waiting.fits(&frame, self.limit) {
            self.give_way();
        }
        if matches!(self.mirror, MirrorState::Newcomer | MirrorState::Stale)
            && frame.is_in_snapshot()
        {
            self.leave_out(&frame);
            return Ok(());
        }
        if !self.waiting.fits(&frame, self.limit) {
            return Err(Overflow);
        }
        // While it is on its way, what happens meanwhile is treated as behind any other world.
        if self.mirror == MirrorState::Current && frame.carries_world().is_some() {
            self.mirror = MirrorState::Receiving;
        }
        self.settle_first();
        self.waiting.push(frame);
        Ok(())
    }

    /// Bytes that a snapshot would count for: none, unless another one waits.
    pub(crate) fn weight_of(&self, snapshot: &Arc<SharedSnapshot>) -> usize {
        match self.waiting.holds_world() {
            true => self.recipient.world(snapshot).weight(),
            false => 0,
        }
    }

    /// Asked before a snapshot of so many bytes is pushed: what had to be left out may be more chat
    /// than snapshots usually hold. Returns how many messages.
    pub(crate) fn make_room(&mut self, bytes: usize) -> usize {
        if self.waiting.holds_world() && self.waiting.bytes() + bytes > self.limit {
            self.give_way();
        }
        self.lines
    }

    /// Queues the whole world as it was at `revision`. What was missed until then is in it; changes up to
    /// then that a later flush brings are not told again. A join's ack is no such frame, though it carries
    /// the world too: a client may live by events alone. A reader of the stream needs the `keyframe` of the same moment.
    pub(crate) fn push_snapshot(
        &mut self,
        snapshot: Arc<SharedSnapshot>,
        revision: u64,
        keyframe: Option<Frame>,
    ) {
        self.settle_first();
        self.waiting.push(self.recipient.world(&snapshot));
        if let Some(keyframe) = keyframe {
            self.waiting.push(keyframe);
        }
        // An empty map keeps the places of a whole crowd.
        self.missed = HashMap::new();
        self.seen = revision;
        self.mirror = MirrorState::Receiving;
        self.lines = 0;
    }

    /// What waits and is still to be made, in its order.
    pub(crate) fn unmade(&self) -> impl Iterator<Item = Unmade> {
        self.waiting.unmade(self.recipient.packed)
    }

    /// Whether it is time for the fresh snapshot.
    pub(crate) fn awaits_snapshot(&self, link: &dyn ClientLink) -> bool {
        match self.mirror {
            MirrorState::Newcomer => true,
            MirrorState::Stale => self.is_queue_empty() && may_catch_up(link),
            MirrorState::Current | MirrorState::Receiving => false,
        }
    }

    /// Drops what the next snapshot will hold, and waits for that.
    fn give_way(&mut self) {
        self.mirror = MirrorState::Stale;
        self.first = None;
        self.missed = HashMap::new();
        for frame in self.waiting.give_way() {
            self.leave_out(&frame);
        }
    }

    fn leave_out(&mut self, frame: &Frame) {
        self.lines = self.lines.saturating_add(frame.lines());
    }

    /// Queues a flush.
    pub(crate) fn push_flush(&mut self, flush: &Arc<Flush>) {
        if matches!(self.mirror, MirrorState::Newcomer | MirrorState::Stale) {
            return;
        }
        let flush = flush.clone();
        match self.is_queue_empty() {
            true => self.first = Some(FirstItem::Flush(flush)),
            false => {
                self.settle_first();
                self.waiting.push_flush(flush);
            }
        }
    }

    /// Puts the first flush where everything else waits.
    fn settle_first(&mut self) {
        match self.first.take() {
            Some(FirstItem::Flush(flush)) => self.waiting.push_first(flush),
            Some(FirstItem::Near(group)) => self.waiting.push_first_near(group.frames()),
            None => {}
        }
    }

    /// Whether this client is behind: something waits here or inside the link.
    pub fn is_behind(&self) -> bool {
        !self.is_queue_empty()
            || self.has_missed()
            || !self.held.is_empty()
            || matches!(self.mirror, MirrorState::Newcomer | MirrorState::Stale)
    }

    fn has_missed(&self) -> bool {
        !self.missed.is_empty() || self.out_of_step
    }

    fn is_queue_empty(&self) -> bool {
        self.first.is_none() && self.waiting.is_empty()
    }

    /// Takes the players whose full state a batch client needs, when the link can take it: those it
    /// missed, and those of the `flush` that is then not pushed. There may be none: who is out of step
    /// with the stream needs its keyframe all the same.
    pub(crate) fn take_missed(
        &mut self,
        link: &dyn ClientLink,
        flush: Option<&Flush>,
    ) -> Option<Vec<PlayerId>> {
        // Who waits for a snapshot gets all of it there, and its keyframe behind it.
        let knows_world = matches!(self.mirror, MirrorState::Current | MirrorState::Receiving);
        let behind = knows_world && self.recipient.updates.is_batched() && self.has_missed();
        if !behind || !self.is_queue_empty() || !may_catch_up(link) {
            return None;
        }
        for entry in flush
            .iter()
            .flat_map(|it| it.entries_for(self.recipient.id, self.seen))
        {
            self.missed.insert(entry.id.clone(), None);
        }
        Some(std::mem::take(&mut self.missed).into_keys().collect())
    }

    /// Whether this client has been handed all that waited for it and takes more, and is to be told of others by
    /// how near they are.
    pub(crate) fn takes_more(&self, link: &dyn ClientLink) -> bool {
        matches!(self.mirror, MirrorState::Current | MirrorState::Receiving)
            && self.is_queue_empty()
            && !self.has_missed()
            && link.has_room(1)
    }

    /// The frame of the stream that was queued or handed over last.
    pub(crate) fn stream_at(&self) -> Option<u32> {
        self.stream_at
    }

    /// Queues what a flush tells this client by distance, with the number of the stream's frame among it. That counts for
    /// nothing in the limit: nothing of the kind waits here when a client is told, so it is one flush at most.
    pub(crate) fn push_near(
        &mut self,
        frames: impl Iterator<Item = Frame>,
        stream_at: Option<u32>,
    ) {
        if matches!(self.mirror, MirrorState::Newcomer | MirrorState::Stale) {
            return;
        }
        self.settle_first();
        frames.for_each(|frame| self.waiting.push_near(frame));
        self.stream_at = stream_at.or(self.stream_at);
    }

    /// As [`Self::push_near`], of what others are told as well.
    pub(crate) fn push_near_group(&mut self, group: &Arc<FrameGroup>, stream_at: Option<u32>) {
        if !self.is_queue_empty() {
            return self.push_near(group.frames().iter().cloned(), stream_at);
        }
        if !matches!(self.mirror, MirrorState::Newcomer | MirrorState::Stale) {
            self.first = Some(FirstItem::Near(group.clone()));
            self.stream_at = stream_at.or(self.stream_at);
        }
    }

    /// Has this client catch up with these players, the newest state of each.
    pub(crate) fn note_missed(&mut self, id: PlayerId, player: Option<SharedJson>) {
        if !matches!(self.mirror, MirrorState::Newcomer | MirrorState::Stale) {
            self.missed.insert(id, player);
        }
    }

    /// Drops everything; the client is gone.
    pub fn clear(&mut self) {
        self.first = None;
        self.waiting = OutboxQueue::default();
        self.held = Vec::new();
        self.missed = HashMap::new();
    }
}

/// Whether a client may be told what it missed: it has taken everything so far and takes more. One
/// that polls has taken everything as soon as its poll was answered.
fn may_catch_up(link: &dyn ClientLink) -> bool {
    link.is_drained() && link.has_room(1)
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
