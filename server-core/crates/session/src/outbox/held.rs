//! What is a client's own and waits for the tick of a crowd, each behind what happened before it.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::{MirrorState, Outbox, Overflow};
use crate::announcements::Announcements;
use crate::flush::Flush;
use crate::frame::{Frame, JoinAnswer};
use world::SharedSnapshot;

/// One frame that waits.
#[derive(Debug)]
pub(super) enum HeldFrame {
    /// Behind so many of the tick's announcements.
    Frame { position: usize, frame: Frame },
    /// A join's answer: it gets the world of the tick, and so do those behind it wait for that.
    Join { id: i64, answer: JoinAnswer },
}

impl HeldFrame {
    /// Bytes as they count; a world in an answer is everybody's, and of any size.
    fn weight(&self) -> usize {
        match self {
            Self::Join { answer, .. } => answer.player.get().len(),
            Self::Frame { frame, .. } => match frame {
                Frame::JoinAck { answer, .. } => answer.player.get().len(),
                other => other.weight(),
            },
        }
    }
}

impl Outbox {
    /// From now on the client waits for the snapshot of the tick, and is told nothing that is in it.
    pub(crate) fn await_snapshot(&mut self) {
        self.mirror = MirrorState::Newcomer;
        self.missed = HashMap::new();
    }

    /// Whether its own frames have to be held, whatever everybody else does.
    pub(crate) fn must_hold(&self) -> bool {
        !self.held.is_empty() || self.mirror == MirrorState::Newcomer
    }

    /// Keeps a frame of this client for the tick, behind `position` announcements.
    ///
    /// # Errors
    /// When more than the limit would wait.
    pub(crate) fn hold(&mut self, position: usize, frame: Frame) -> Result<(), Overflow> {
        if matches!(self.mirror, MirrorState::Newcomer | MirrorState::Stale)
            && frame.is_in_snapshot()
        {
            self.leave_out(&frame);
            return Ok(());
        }
        self.keep(HeldFrame::Frame { position, frame })
    }

    /// As [`Self::hold`], for a join's answer without its state, which it gets on the tick.
    ///
    /// # Errors
    /// When more than the limit would wait.
    pub(crate) fn hold_join(&mut self, id: i64, answer: JoinAnswer) -> Result<(), Overflow> {
        self.keep(HeldFrame::Join { id, answer })
    }

    fn keep(&mut self, held: HeldFrame) -> Result<(), Overflow> {
        let weight: usize = self.held.iter().map(HeldFrame::weight).sum();
        if weight > 0 && weight + held.weight() > self.limit {
            return Err(Overflow);
        }
        self.held.push(held);
        Ok(())
    }

    /// Queues what the crowd is told on this tick, this client's own frames in their places among it,
    /// and the flush behind it all.
    ///
    /// # Errors
    /// When more than the limit would wait: the client is to be ended.
    pub(crate) fn offer(
        &mut self,
        announced: Option<&Arc<Announcements>>,
        flush: Option<&Arc<Flush>>,
        is_inside: bool,
    ) -> Result<(), Overflow> {
        if announced.is_some() || !self.held.is_empty() {
            self.push_tick(announced, is_inside)?;
        }
        if let (Some(flush), true) = (flush, is_inside) {
            self.push_flush(flush);
        }
        Ok(())
    }

    fn push_tick(
        &mut self,
        announced: Option<&Arc<Announcements>>,
        is_inside: bool,
    ) -> Result<(), Overflow> {
        if self.mirror == MirrorState::Newcomer {
            return Ok(());
        }
        let is_join = |held: &HeldFrame| matches!(held, HeldFrame::Join { .. });
        let ready = self.held.iter().position(is_join);
        let waiting = self.held.split_off(ready.unwrap_or(self.held.len()));
        let ready = std::mem::replace(&mut self.held, waiting);
        let all = announced.map_or(0, |it| it.len());
        let mut next = 0;
        // Who reads packed events gets the tick in one piece: its answers are behind all of it, and so behind what
        // happened before them. Those who move have some on every tick.
        let in_one = self.recipient.packed && announced.is_some_and(|it| it.is_worth_packing());
        if in_one {
            self.push_announced(announced, 0..all, is_inside)?;
            next = all;
        }
        for held in ready {
            let HeldFrame::Frame { position, frame } = held else {
                continue;
            };
            let position = position.clamp(next, all);
            self.push_announced(announced, next..position, is_inside)?;
            next = position;
            self.push(frame)?;
        }
        self.push_announced(announced, next..all, is_inside)
    }

    fn push_announced(
        &mut self,
        announced: Option<&Arc<Announcements>>,
        range: Range<usize>,
        is_inside: bool,
    ) -> Result<(), Overflow> {
        let Some(announced) = announced else {
            return Ok(());
        };
        for range in announced.ranges_for(self.recipient.id, is_inside, range) {
            let weight = announced.weight(&range);
            // Also of who has read its snapshot: however much a crowd does, a fresh one is less.
            if !self.waiting.has_room(weight, self.limit) {
                self.give_way();
            }
            if self.mirror == MirrorState::Stale {
                // Which ones need not be told, and how many lines that makes, is decided there.
                for frame in announced.frames(range) {
                    self.push(frame.clone())?;
                }
                continue;
            }
            self.settle_first();
            self.waiting
                .push_announced(announced.clone(), range, weight);
        }
        Ok(())
    }

    /// Whether a join's answer waits for the world as it is on the tick.
    pub(crate) fn awaits_state(&self) -> bool {
        self.mirror != MirrorState::Newcomer
            && self
                .held
                .iter()
                .any(|it| matches!(it, HeldFrame::Join { .. }))
    }

    /// Queues the answers that were held, those of joins with this state.
    ///
    /// # Errors
    /// When more than the limit would wait.
    pub(crate) fn answer_joins(&mut self, state: &Arc<SharedSnapshot>) -> Result<(), Overflow> {
        for held in std::mem::take(&mut self.held) {
            let frame = match held {
                HeldFrame::Frame { frame, .. } => frame,
                HeldFrame::Join { id, answer } => Frame::JoinAck {
                    id,
                    answer: Arc::new(JoinAnswer {
                        state: Some(state.clone()),
                        ..answer
                    }),
                },
            };
            self.push(frame)?;
        }
        Ok(())
    }

    /// The session ends: no tick and no snapshot is waited for, and the last answers are queued.
    ///
    /// # Errors
    /// When more than the limit would wait.
    pub(crate) fn finish(&mut self) -> Result<(), Overflow> {
        if matches!(self.mirror, MirrorState::Newcomer | MirrorState::Stale) {
            self.mirror = MirrorState::Current;
        }
        for held in std::mem::take(&mut self.held) {
            if let HeldFrame::Frame { frame, .. } = held {
                self.push(frame)?;
            }
        }
        Ok(())
    }
}
