//! One socket, from its handshake to its end.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;
use tokio::time::Instant;

use super::flush::Flush;
use super::frame::Frame;
use super::identity::Visitor;
use super::inbox::Inbox;
use super::link::{ClientLink, UPDATES_WAITING};
use super::outbox::{Outbox, Overflow, Pumped, Recipient};
use super::rates::Rates;
use crate::config::{RateLimits, SessionConfig};
use crate::listener::TransportHandle;
use crate::protocol::PlayerId;
use crate::world::ConnectionId;

/// Road and outbox, locked together so that frames leave in order.
#[derive(Default)]
struct Outgoing {
    link: Option<Arc<dyn ClientLink>>,
    outbox: Option<Outbox>,
    /// That of the link, at hand for what every flush does.
    transport: Option<TransportHandle>,
}

impl Outgoing {
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

/// See the module.
pub(crate) struct Connection {
    pub(crate) id: ConnectionId,
    pub(crate) batch: bool,
    /// A client of a load test.
    pub(crate) bot: bool,
    pub(crate) inbox: Inbox,
    // Changed by a login or logout on a live socket; never held across an await.
    pub(crate) visitor: Mutex<Visitor>,
    pub(crate) rates: Mutex<Rates>,
    /// The session was ended by the server: what still arrives is ignored.
    pub(crate) ended: AtomicBool,
    pub(crate) last_event: Mutex<Instant>,
    pub(crate) connected: Instant,
    /// Since when this connection holds its player. Changed under the world's lock.
    pub(crate) joined: Mutex<Option<Instant>>,
    // Taken after the world's lock, never before it.
    outgoing: Mutex<Outgoing>,
}

impl Connection {
    pub(crate) fn new(
        id: ConnectionId,
        visitor: Visitor,
        rates: &RateLimits,
        session: &SessionConfig,
        now: Instant,
    ) -> Self {
        let recipient = Recipient {
            id,
            batch: visitor.batch,
        };
        Self {
            id,
            batch: visitor.batch,
            bot: visitor.is_bot(),
            inbox: Inbox::new(session.inbox_events),
            visitor: Mutex::new(visitor),
            rates: Mutex::new(Rates::new(rates, now)),
            ended: AtomicBool::new(false),
            last_event: Mutex::new(now),
            connected: now,
            joined: Mutex::new(None),
            outgoing: Mutex::new(Outgoing {
                link: None,
                outbox: Some(Outbox::new(recipient, session.outbox_bytes)),
                transport: None,
            }),
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
        let mut outgoing = self.outgoing.lock();
        let Some(outbox) = &mut outgoing.outbox else {
            return Ok(Pumped::default());
        };
        outbox.push(frame)?;
        let pumped = pump(&mut outgoing);
        outgoing.flush_soon();
        Ok(pumped)
    }

    /// As [`Self::send`], for callers that hold no lock: the bytes leave at once.
    pub(crate) fn answer(&self, frame: Frame) -> Result<Pumped, Overflow> {
        let mut outgoing = self.outgoing.lock();
        let Some(outbox) = &mut outgoing.outbox else {
            return Ok(Pumped::default());
        };
        outbox.push(frame)?;
        let pumped = pump(&mut outgoing);
        outgoing.flush_now();
        Ok(pumped)
    }

    /// As [`Self::send`], for a frame that carries the world as it was at `revision`.
    pub(crate) fn send_snapshot(&self, frame: Frame, revision: u64) -> Result<Pumped, Overflow> {
        let mut outgoing = self.outgoing.lock();
        let Some(outbox) = &mut outgoing.outbox else {
            return Ok(Pumped::default());
        };
        outbox.push_snapshot(frame, revision)?;
        let pumped = pump(&mut outgoing);
        outgoing.flush_soon();
        Ok(pumped)
    }

    /// Queues a flush. Instead of that a batch client that is behind gets back, if `may_catch_up` and
    /// its link has drained, the players it has to be told in full: those it missed and those of the
    /// flush.
    pub(crate) fn offer(&self, flush: Option<&Arc<Flush>>, may_catch_up: bool) -> Vec<PlayerId> {
        let mut outgoing = self.outgoing.lock();
        let Outgoing { link, outbox, .. } = &mut *outgoing;
        let Some(outbox) = outbox else {
            return Vec::new();
        };
        let missed = match link {
            Some(link) if may_catch_up => outbox.take_missed(link.as_ref(), flush.map(Arc::as_ref)),
            _ => Vec::new(),
        };
        if let (true, Some(flush)) = (missed.is_empty(), flush) {
            outbox.push_flush(flush);
        }
        missed
    }

    /// Hands over what waits, and has it leave at once. Not for callers that hold the world's lock.
    /// Returns also whether something waits still.
    pub(crate) fn pump(&self) -> (Pumped, bool) {
        let mut outgoing = self.outgoing.lock();
        let Outgoing {
            link: Some(link),
            outbox: Some(outbox),
            transport,
        } = &mut *outgoing
        else {
            return (Pumped::default(), false);
        };
        if let Some(transport) = transport {
            let write =
                |bytes: &_| !transport.is_cut() && transport.write_now(bytes, UPDATES_WAITING);
            if let Some(pumped) = outbox.write_only_batch(write) {
                return (pumped, false);
            }
        }
        let pumped = outbox.pump(link.as_ref());
        if transport.is_none() && pumped.delivered > 0 {
            *transport = link.transport();
        }
        link.flush_now();
        (pumped, outbox.is_behind())
    }

    /// Whether something waits for this client.
    pub(crate) fn is_behind(&self) -> bool {
        self.outgoing
            .lock()
            .outbox
            .as_ref()
            .is_some_and(Outbox::is_behind)
    }

    /// Whether everything was handed over and has left this machine.
    pub(crate) fn is_idle(&self) -> bool {
        let outgoing = self.outgoing.lock();
        match (&outgoing.link, &outgoing.outbox) {
            (Some(link), Some(outbox)) => outbox.is_idle(link.as_ref()),
            _ => true,
        }
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
