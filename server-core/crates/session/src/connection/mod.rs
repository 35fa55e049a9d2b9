//! One socket, from its handshake to its end.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use parking_lot::Mutex;
use tokio::time::Instant;

use crate::SessionConfig;
use crate::announcements::Announcements;
use crate::flush::Flush;
use crate::frame::{Frame, FrameGroup, JoinAnswer};
use crate::inbox::Inbox;
use crate::link::{ClientLink, UPDATES_WAITING};
use crate::outbox::{Outbox, Overflow, Pumped, Recipient, Unmade};
use crate::rates::Meter;
use crate::tick::Tick;
use crate::world_access::WorldAccess;
use contract::batch::UpdateForm;
use contract::{PlayerId, SharedJson};
use identity::Visitor;
use transport::TransportHandle;
use world::{ConnectionId, SharedSnapshot};

/// What a client has to be given under the world's lock.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Owed {
    /// What it was offered will do.
    Nothing,
    /// These players, whole, and a reader of the stream its keyframe; there may be none.
    Players(Vec<PlayerId>),
    /// A fresh snapshot.
    World,
    /// The state for a join's answer.
    State,
}

/// Link and outbox, locked together so that frames leave in order.
#[derive(Default)]
struct Outgoing {
    link: Option<Arc<dyn ClientLink>>,
    outbox: Option<Outbox>,
    /// That of the link, at hand for what every flush does.
    transport: Option<TransportHandle>,
}

impl Outgoing {
    fn unmade(&self) -> Option<Unmade> {
        self.outbox.as_ref()?.unmade().next()
    }

    fn flush_now(&self) {
        if let Some(link) = &self.link {
            link.flush_now();
        }
    }

    fn flush_soon(&self) {
        if let Some(link) = &self.link {
            link.flush_soon();
        }
    }
}

/// See the module. Laid out as declared: what each update reads stands together, at the beginning. In a crowd
/// none of it is in a cache when the next update comes, and each line of memory costs as much as the arithmetic.
#[repr(C)]
pub(crate) struct Connection {
    pub(crate) id: ConnectionId,
    /// The session was ended by the server: what still arrives is ignored.
    pub(crate) ended: AtomicBool,
    /// In which form it reads updates.
    pub(crate) updates: UpdateForm,
    /// Reads announcements in the chat.
    pub(crate) log: bool,
    /// Its joins are answered without the world.
    pub(crate) lean: bool,
    /// Reads packed events.
    pub(crate) packed: bool,
    /// A client of a load test.
    pub(crate) bot: bool,
    // Another one after a login or logout; held to judge one event.
    pub(crate) meter: Mutex<Meter>,
    pub(crate) last_event: Mutex<Instant>,
    pub(crate) inbox: Inbox,
    /// Whether it is shown people and chat.
    pub(crate) access: WorldAccess,
    // Changed by a login or logout on a live socket; never held across an await.
    pub(crate) visitor: Mutex<Visitor>,
    /// The token by whose signature alone the visitor's account was believed, until it is proven.
    pub(crate) unproven: Mutex<Option<Box<str>>>,
    /// Digest of the ticket this socket was given last and nobody has used. Held for a comparison.
    pub(crate) ticket: Mutex<Option<Box<str>>>,
    pub(crate) connected: Instant,
    /// Since when this connection holds its player. Changed under the world's lock.
    pub(crate) joined: Mutex<Option<Instant>>,
    // Taken after the world's lock, never before it.
    outgoing: Mutex<Outgoing>,
    tick: Arc<Tick>,
}

impl Connection {
    pub(crate) fn new(
        id: ConnectionId,
        visitor: Visitor,
        meter: Meter,
        session: &SessionConfig,
        now: Instant,
        tick: Arc<Tick>,
    ) -> Self {
        let recipient = Recipient {
            id,
            updates: visitor.updates,
            packed: visitor.packed,
        };
        Self {
            id,
            updates: visitor.updates,
            log: visitor.log,
            lean: visitor.lean,
            packed: visitor.packed,
            bot: visitor.is_bot(),
            inbox: Inbox::new(session.inbox_events),
            access: WorldAccess::default(),
            visitor: Mutex::new(visitor),
            meter: Mutex::new(meter),
            unproven: Mutex::new(None),
            ticket: Mutex::default(),
            ended: AtomicBool::new(false),
            last_event: Mutex::new(now),
            connected: now,
            joined: Mutex::new(None),
            outgoing: Mutex::new(Outgoing {
                link: None,
                outbox: Some(Outbox::new(recipient, session.outbox_bytes)),
                transport: None,
            }),
            tick,
        }
    }

    pub(crate) fn attach(&self, link: Arc<dyn ClientLink>) {
        self.outgoing.lock().link = Some(link);
    }

    /// Forgets the link and everything that waits; breaks the cycle with the socket's handlers.
    pub(crate) fn detach(&self) {
        *self.outgoing.lock() = Outgoing::default();
    }

    pub(crate) fn link(&self) -> Option<Arc<dyn ClientLink>> {
        self.outgoing.lock().link.clone()
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.ended.load(Ordering::Acquire)
    }

    /// Marks the session as over; `false` when it already was.
    pub(crate) fn end(&self) -> bool {
        !self.ended.swap(true, Ordering::AcqRel)
    }

    /// Queues a frame and hands over what the link takes. For callers that may hold the world's
    /// lock: the bytes leave in somebody else's time.
    pub(crate) fn send(&self, frame: Frame) -> Result<Pumped, Overflow> {
        self.deliver(frame, Outgoing::flush_soon)
    }

    /// As [`Self::send`], for callers that hold no lock: the bytes leave at once.
    pub(crate) fn answer(&self, frame: Frame) -> Result<Pumped, Overflow> {
        self.deliver(frame, Outgoing::flush_now)
    }

    /// In a crowd, on the tick instead.
    fn deliver(&self, frame: Frame, leave: fn(&Outgoing)) -> Result<Pumped, Overflow> {
        let mut outgoing = self.outgoing.lock();
        let Some(outbox) = &mut outgoing.outbox else {
            return Ok(Pumped::default());
        };
        let position = self.tick.position();
        if self.has_ended() {
            outbox.finish()?;
        } else if position.is_some() || outbox.must_hold() {
            outbox.hold(position.unwrap_or_default(), frame)?;
            // After it is there: a flush that is running may be past this connection.
            self.tick.wake();
            return Ok(Pumped::default());
        }
        outbox.push(frame)?;
        if outbox.unmade().any(|it| it.is_packed()) {
            // Whoever holds the world's lock packs nothing; the flush that queued it hands all of it over.
            self.tick.wake();
            return Ok(Pumped::default());
        }
        let pumped = pump(&mut outgoing);
        leave(&outgoing);
        Ok(pumped)
    }

    /// Queues a frame that a flush made for this client, behind it. The flush hands it over.
    pub(crate) fn queue(&self, frame: Frame) -> Result<(), Overflow> {
        let outbox = &mut self.outgoing.lock().outbox;
        outbox.as_mut().map_or(Ok(()), |outbox| outbox.push(frame))
    }

    /// Keeps a join's answer for the tick, with whose state it leaves. Under the world's lock.
    pub(crate) fn hold_join(&self, id: i64, answer: JoinAnswer) -> Result<(), Overflow> {
        let outbox = &mut self.outgoing.lock().outbox;
        outbox
            .as_mut()
            .map_or(Ok(()), |outbox| outbox.hold_join(id, answer))
    }

    /// Whether its own frames wait for the next flush, whatever everybody else does.
    pub(crate) fn must_hold(&self) -> bool {
        let outgoing = self.outgoing.lock();
        outgoing.outbox.as_ref().is_some_and(Outbox::must_hold)
    }

    /// Gives the answers of joins their state, on the tick.
    pub(crate) fn answer_joins(&self, state: &Arc<SharedSnapshot>) -> Result<(), Overflow> {
        let outbox = &mut self.outgoing.lock().outbox;
        outbox
            .as_mut()
            .map_or(Ok(()), |outbox| outbox.answer_joins(state))
    }

    /// Has this client wait for the snapshot of the tick. Under the world's lock.
    pub(crate) fn await_snapshot(&self) {
        if let Some(outbox) = &mut self.outgoing.lock().outbox {
            outbox.await_snapshot();
        }
    }

    /// Queues the world as it was at `revision`, for a reader of the stream its keyframe, and behind both what waited for that. The flush hands it over.
    pub(crate) fn queue_snapshot(
        &self,
        snapshot: &Arc<SharedSnapshot>,
        revision: u64,
        keyframe: Option<Frame>,
    ) -> Result<(), Overflow> {
        let outbox = &mut self.outgoing.lock().outbox;
        outbox.as_mut().map_or(Ok(()), |outbox| {
            outbox.push_snapshot(snapshot.clone(), revision, keyframe);
            outbox.answer_joins(snapshot)
        })
    }

    /// Asked before [`Self::send_snapshot`]: how many messages this client has missed; the snapshot is to
    /// hold them.
    pub(crate) fn make_room(&self, snapshot: &Arc<SharedSnapshot>) -> usize {
        let outbox = &mut self.outgoing.lock().outbox;
        outbox.as_mut().map_or(0, |outbox| {
            let weight = outbox.weight_of(snapshot);
            outbox.make_room(weight)
        })
    }

    /// As [`Self::send`], for the world as it was at `revision` and, for a reader of the stream, its keyframe.
    pub(crate) fn send_snapshot(
        &self,
        snapshot: Arc<SharedSnapshot>,
        revision: u64,
        keyframe: Option<Frame>,
    ) -> Pumped {
        let mut outgoing = self.outgoing.lock();
        let Some(outbox) = &mut outgoing.outbox else {
            return Pumped::default();
        };
        outbox.push_snapshot(snapshot, revision, keyframe);
        let pumped = pump(&mut outgoing);
        outgoing.flush_soon();
        pumped
    }

    /// Queues what the crowd is told on this tick, and the flush. Instead of the flush a batch client that is
    /// behind gets back, if `may_catch_up` and its link has drained, the players it has to be told in full:
    /// those it missed and those of the flush. Outside a closed world it is offered no flush.
    ///
    /// # Errors
    /// When it is too much for this client, which has to be ended.
    pub(crate) fn offer(
        &self,
        announced: Option<&Arc<Announcements>>,
        flush: Option<&Arc<Flush>>,
        may_catch_up: bool,
    ) -> Result<Owed, Overflow> {
        let is_inside = self.access.is_inside();
        let mut outgoing = self.outgoing.lock();
        let Outgoing { link, outbox, .. } = &mut *outgoing;
        let Some(outbox) = outbox else {
            return Ok(Owed::Nothing);
        };
        if let Some(link) = link {
            outbox.note_caught_up(link.as_ref());
        }
        let missed = match link {
            Some(link) if may_catch_up && is_inside => {
                outbox.take_missed(link.as_ref(), flush.map(Arc::as_ref))
            }
            _ => None,
        };
        if let Some(missed) = missed {
            outbox.offer(announced, None, is_inside)?;
            return Ok(Owed::Players(missed));
        }
        outbox.offer(announced, flush, is_inside)?;
        Ok(match link {
            Some(link) if outbox.awaits_snapshot(link.as_ref()) => Owed::World,
            _ if outbox.awaits_state() => Owed::State,
            _ => Owed::Nothing,
        })
    }

    /// Whether it is inside, has been handed all that waited for it and takes more. Asked before [`Self::offer`].
    pub(crate) fn takes_more(&self) -> bool {
        let outgoing = self.outgoing.lock();
        let (Some(link), Some(outbox)) = (&outgoing.link, &outgoing.outbox) else {
            return false;
        };
        self.access.is_inside() && outbox.takes_more(link.as_ref())
    }

    /// The frame of the stream that it was given last.
    pub(crate) fn stream_at(&self) -> Option<u32> {
        self.outgoing.lock().outbox.as_ref()?.stream_at()
    }

    /// Queues what a flush tells it by distance; see [`Outbox::push_near`]. The flush hands it over.
    pub(crate) fn queue_near(&self, frames: impl Iterator<Item = Frame>, stream_at: Option<u32>) {
        if let Some(outbox) = &mut self.outgoing.lock().outbox {
            outbox.push_near(frames, stream_at);
        }
    }

    /// As [`Self::queue_near`], of what others are told as well.
    pub(crate) fn queue_near_group(&self, group: &Arc<FrameGroup>, stream_at: Option<u32>) {
        if let Some(outbox) = &mut self.outgoing.lock().outbox {
            outbox.push_near_group(group, stream_at);
        }
    }

    /// Has it catch up with these players.
    pub(crate) fn note_missed(
        &self,
        players: impl Iterator<Item = (PlayerId, Option<SharedJson>)>,
    ) {
        if let Some(outbox) = &mut self.outgoing.lock().outbox {
            players.for_each(|(id, player)| outbox.note_missed(id, player));
        }
    }

    /// Queues a flush alone, ahead of the usual one.
    pub(crate) fn offer_flush(&self, flush: &Arc<Flush>) {
        if self.access.is_inside()
            && let Some(outbox) = &mut self.outgoing.lock().outbox
        {
            outbox.push_flush(flush);
        }
    }

    /// Hands over what waits, and has it leave at once. Not for callers that hold the world's lock.
    /// Returns also whether something waits still.
    pub(crate) fn pump(&self) -> (Pumped, bool) {
        self.pump_made(Unmade::make)
    }

    /// As [`Self::pump`], with what has to be made before made by `make`.
    pub(crate) fn pump_made(&self, mut make: impl FnMut(&Unmade)) -> (Pumped, bool) {
        loop {
            match self.pump_at_once() {
                Ok(pumped) => return pumped,
                // Beside this connection's lock as well, for which others wait who hold the world's.
                Err(unmade) => make(&unmade),
            }
        }
    }

    /// As [`Self::pump`].
    ///
    /// # Errors
    /// What has to be made before, which may take milliseconds; nothing is handed over then.
    pub(crate) fn pump_at_once(&self) -> Result<(Pumped, bool), Unmade> {
        let mut outgoing = self.outgoing.lock();
        if let Some(unmade) = outgoing.unmade() {
            return Err(unmade);
        }
        let Outgoing {
            link: Some(link),
            outbox: Some(outbox),
            transport,
        } = &mut *outgoing
        else {
            return Ok((Pumped::default(), false));
        };
        if let Some(transport) = transport {
            let write =
                |bytes: &_| !transport.is_aborted() && transport.write_now(bytes, UPDATES_WAITING);
            if let Some(pumped) = outbox.write_only_batch(write) {
                return Ok((pumped, false));
            }
        }
        let has_waited = outbox.is_behind();
        let pumped = outbox.pump(link.as_ref());
        if transport.is_none() && has_waited {
            *transport = link.transport();
        }
        link.flush_now();
        Ok((pumped, outbox.is_behind()))
    }

    /// Whether something waits for this client.
    pub(crate) fn is_behind(&self) -> bool {
        self.outgoing
            .lock()
            .outbox
            .as_ref()
            .is_some_and(Outbox::is_behind)
    }

    /// How long nothing has moved towards the client though something waits in its link; `None` when
    /// nothing does. What waits in the outbox alone is this server's own doing: a flush queues for
    /// everybody before it serves the first.
    pub(crate) fn stalled_for(&self) -> Option<Duration> {
        // Locked while both are asked: whoever hands something to the link notes when, and holds this.
        let outgoing = self.outgoing.lock();
        outgoing.link.as_ref()?.stalled_for()
    }
}

fn pump(outgoing: &mut Outgoing) -> Pumped {
    let Outgoing {
        link: Some(link),
        outbox: Some(outbox),
        ..
    } = outgoing
    else {
        return Pumped::default();
    };
    outbox.pump(link.as_ref())
}

#[cfg(test)]
mod tests;
