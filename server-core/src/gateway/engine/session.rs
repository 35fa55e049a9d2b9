//! One Engine.IO session, and the way its packets take right now.
//!
//! It travels with the request that opened the session, which the library keeps for as long as the
//! session lives; so it ends with it, whatever ended that.

use std::future::poll_fn;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock, Weak};
use std::task::Waker;
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};
use socketioxide::socket::Sid;
use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::time::Instant;

use super::head::SessionHead;
use super::hold::{Hold, Holds};
use super::parking_stage::ParkingStage;
use super::polls::Polls;
use super::session_slots::SessionSlot;
use super::upgrade_reading::UpgradeReading;
use super::{Engine, EngineInner};
use session::link::LinkError;
use transport::TransportHandle;
use transport::packet_count::PacketCount;

/// Hears that a session takes frames again: a poll has come, or it moved to a websocket.
pub(in crate::gateway) trait RoomListener: Send + Sync {
    /// There is room now.
    fn room(&self);
}

/// See the module.
pub(in crate::gateway) struct EngineSession {
    engine: Weak<EngineInner>,
    sid: OnceLock<Sid>,
    // Held for a look; never across an await or a call to a listener.
    state: Mutex<SessionState>,
    /// An upgrade was probed: a poll that waits is answered, so that the client can move.
    pub(super) probed: Notify,
    upgrade_reading: UpgradeReading,
    /// Its client said that it ends it.
    parted: AtomicBool,
    holds: Arc<Holds>,
    /// CONNECTs that were posted. Those on a websocket are its transport's.
    // Held while a piece of a body is looked at.
    packet_count: Mutex<PacketCount>,
    // Held for a look.
    parking: Mutex<ParkingStage>,
    head: SessionHead,
    /// Its heartbeats went by polls at first, and when the last of them did is not known.
    has_polled: bool,
    _slot: SessionSlot,
}

struct SessionState {
    active: ActiveTransport,
    upgrade: Upgrade,
    listeners: Vec<Weak<dyn RoomListener>>,
}

enum ActiveTransport {
    Polling(Polling),
    WebSocket(TransportHandle),
}

/// How far moving to a websocket came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Upgrade {
    #[default]
    None,
    /// A websocket is open that would carry the session.
    Begun,
    /// The client has found that it works.
    Probed,
    /// The client has moved: it sends no requests any more, and the library follows.
    Moving,
}

#[derive(Default)]
struct Polling {
    polls: Polls,
    /// The connection of the last poll.
    transport: Option<TransportHandle>,
}

/// A poll that waits for its answer. Dropped without one, its client has gone away, and the session ends:
/// a poll that is given up is how a session that polls loses its transport.
pub(super) struct Poll<'a> {
    session: &'a EngineSession,
    is_answered: bool,
}

/// An attempt to move to a websocket; over when dropped.
pub(super) struct UpgradeAttempt(Weak<EngineSession>);

impl EngineSession {
    pub(super) fn polling(engine: &Engine, slot: SessionSlot, head: SessionHead) -> Arc<Self> {
        let active = ActiveTransport::Polling(Polling::default());
        Self::begin(engine, slot, head, active)
    }

    pub(super) fn websocket_on(
        engine: &Engine,
        slot: SessionSlot,
        head: SessionHead,
        transport: TransportHandle,
    ) -> Arc<Self> {
        Self::begin(engine, slot, head, ActiveTransport::WebSocket(transport))
    }

    fn begin(
        engine: &Engine,
        slot: SessionSlot,
        head: SessionHead,
        active: ActiveTransport,
    ) -> Arc<Self> {
        Arc::new(Self {
            engine: Arc::downgrade(&engine.0),
            sid: OnceLock::new(),
            has_polled: matches!(active, ActiveTransport::Polling(_)),
            state: Mutex::new(SessionState {
                active,
                upgrade: Upgrade::None,
                listeners: Vec::new(),
            }),
            probed: Notify::new(),
            upgrade_reading: UpgradeReading::default(),
            parted: AtomicBool::new(false),
            holds: Arc::default(),
            packet_count: Mutex::default(),
            parking: Mutex::default(),
            head,
            _slot: slot,
        })
    }

    /// The library's name for it is known now.
    pub(super) fn name(self: &Arc<Self>, sid: Sid) {
        if let Some(engine) = self.engine.upgrade()
            && self.sid.set(sid).is_ok()
        {
            engine.sessions.insert(sid, self);
        }
    }

    /// The engine, while there is one.
    pub(super) fn engine(&self) -> Option<Engine> {
        self.engine.upgrade().map(Engine)
    }

    /// What is kept of the request that opened it.
    pub(super) fn head(&self) -> &SessionHead {
        &self.head
    }

    pub(super) fn parking(&self) -> MutexGuard<'_, ParkingStage> {
        self.parking.lock()
    }

    /// Whether it polled at first.
    pub(super) fn has_polled(&self) -> bool {
        self.has_polled
    }

    /// Holds back what the library writes.
    pub(in crate::gateway) fn hold(&self) -> Hold {
        self.holds.begin()
    }

    pub(super) fn holds(&self) -> &Arc<Holds> {
        &self.holds
    }

    /// Waits while anything holds back what the library writes.
    pub(super) async fn released(&self) {
        poll_fn(|cx| self.holds.poll_over(cx)).await;
    }

    pub(super) fn packet_count(&self) -> MutexGuard<'_, PacketCount> {
        self.packet_count.lock()
    }

    /// Tells `listener` from now on when there is room.
    pub(in crate::gateway) fn listen(&self, listener: Weak<dyn RoomListener>) {
        let listeners = &mut self.state.lock().listeners;
        listeners.retain(|it| it.strong_count() > 0);
        listeners.push(listener);
    }

    fn announce_room(&self) {
        let listeners = self.state.lock().listeners.clone();
        for listener in listeners.iter().filter_map(Weak::upgrade) {
            listener.room();
        }
    }

    /// The transport, once the session is on a websocket.
    pub(in crate::gateway) fn websocket(&self) -> Option<TransportHandle> {
        match &self.state.lock().active {
            ActiveTransport::WebSocket(transport) => Some(transport.clone()),
            ActiveTransport::Polling(_) => None,
        }
    }

    fn with_polls<T>(&self, look: impl FnOnce(&mut Polls) -> T) -> Option<T> {
        match &mut self.state.lock().active {
            ActiveTransport::Polling(polling) => Some(look(&mut polling.polls)),
            ActiveTransport::WebSocket(_) => None,
        }
    }

    /// Whether a poll waits that takes so many updates more.
    pub(in crate::gateway) fn has_room(&self, packets: usize, packet_limit: usize) -> bool {
        let room = self.with_polls(|polls| polls.has_room(packets, packet_limit));
        room.unwrap_or(false)
    }

    /// Asks to give a poll that waits one packet more, of at most `packet_limit`.
    pub(in crate::gateway) fn give(
        &self,
        bytes: usize,
        packet_limit: usize,
    ) -> Result<(), LinkError> {
        let given = self.with_polls(|polls| polls.give(bytes, packet_limit, Instant::now()));
        given.unwrap_or(Err(LinkError::Full))
    }

    /// Notes that the library was given something beside [`Self::give`].
    pub(in crate::gateway) fn gave(&self) {
        self.with_polls(|polls| polls.gave(Instant::now()));
    }

    /// Whether polls have taken everything the library was given.
    pub(in crate::gateway) fn is_taken(&self) -> bool {
        self.with_polls(|polls| polls.are_even()).unwrap_or(true)
    }

    /// How long something has been waiting for a poll, while the session polls. The client cannot poll while
    /// it still takes the last answer: then it is as long as nothing of that has moved.
    pub(in crate::gateway) fn waits_for_poll(&self) -> Option<Duration> {
        let now = Instant::now();
        let mut state = self.state.lock();
        let ActiveTransport::Polling(polling) = &mut state.active else {
            return None;
        };
        if let Some(answering) = polling.transport.as_ref().filter(|it| !it.is_flushed()) {
            polling.polls.moved(now - answering.idle_for());
        }
        polling.polls.wait(now)
    }

    /// A poll has come. `None` when another one waits or the session has moved on.
    pub(super) fn begin_poll(&self, transport: Option<&TransportHandle>) -> Option<Poll<'_>> {
        {
            let mut state = self.state.lock();
            let ActiveTransport::Polling(polling) = &mut state.active else {
                return None;
            };
            if !polling.polls.begin() {
                return None;
            }
            polling.transport = transport.cloned();
        }
        self.announce_room();
        Some(Poll {
            session: self,
            is_answered: false,
        })
    }

    pub(super) fn upgrade_state(&self) -> Upgrade {
        self.state.lock().upgrade
    }

    /// Its client says that it ends it.
    pub(super) fn part(&self) {
        if let (Some(engine), Some(sid)) = (self.engine.upgrade(), self.sid.get())
            && !self.parted.swap(true, Ordering::AcqRel)
        {
            engine.sessions.part(*sid);
        }
    }

    pub(super) fn has_parted(&self) -> bool {
        self.parted.load(Ordering::Acquire)
    }

    /// Waits until everything is read that has arrived by now on a websocket which would carry this
    /// session. Of two requests on connections of their own, the client's first one may be read last.
    pub(super) async fn catch_up(&self) {
        let is_read = |session: &Self| {
            let upgrade = session.state.lock().upgrade;
            !matches!(upgrade, Upgrade::Begun | Upgrade::Probed)
        };
        if !is_read(self) {
            self.upgrade_reading.catch_up(|| is_read(self)).await;
        }
    }

    /// A websocket is open that would carry this session. `None` when there is one already.
    pub(super) fn begin_upgrade(self: &Arc<Self>) -> Option<UpgradeAttempt> {
        let mut state = self.state.lock();
        let may =
            matches!(state.active, ActiveTransport::Polling(_)) && state.upgrade == Upgrade::None;
        may.then(|| {
            state.upgrade = Upgrade::Begun;
            UpgradeAttempt(Arc::downgrade(self))
        })
    }

    /// The library writes to the websocket from now on.
    fn move_to(&self, transport: TransportHandle) {
        {
            let mut state = self.state.lock();
            state.active = ActiveTransport::WebSocket(transport);
            state.upgrade = Upgrade::None;
        }
        self.announce_room();
    }

    /// Ends the session at once. A client sees a network failure and may come back.
    pub(in crate::gateway) fn abort(&self) {
        let transport = match &self.state.lock().active {
            ActiveTransport::WebSocket(transport) => Some(transport.clone()),
            // Other sessions may share the connection of a poll, unless an answer is stuck in it.
            ActiveTransport::Polling(polling) => {
                polling.transport.clone().filter(|it| !it.is_flushed())
            }
        };
        if let Some(transport) = transport {
            transport.abort();
        }
        self.end_polling();
    }

    /// Ends the session in the library, if it polls still.
    fn end_polling(&self) {
        let is_polling = matches!(self.state.lock().active, ActiveTransport::Polling(_));
        if let (true, Some(engine), Some(sid)) = (is_polling, self.engine.upgrade(), self.sid.get())
            && let Ok(runtime) = Handle::try_current()
        {
            let (engine, sid) = (Engine(engine), *sid);
            runtime.spawn(async move { engine.end(sid).await });
        }
    }
}

impl Poll<'_> {
    /// It gets its answer: what was given is on its way.
    pub(super) fn answered(mut self, transport: Option<&TransportHandle>) {
        self.is_answered = true;
        self.session.with_polls(Polls::answer);
        if let Some(transport) = transport {
            transport.expect_flush();
        }
    }

    /// It gets an answer that says nothing; what was given waits for the next one.
    pub(super) fn sent_away(mut self) {
        self.is_answered = true;
    }
}

impl Drop for Poll<'_> {
    fn drop(&mut self) {
        self.session.with_polls(Polls::end);
        if !self.is_answered && self.session.upgrade_state() != Upgrade::Moving {
            self.session.end_polling();
        }
    }
}

impl UpgradeAttempt {
    /// The client has found that the websocket works.
    pub(super) fn probed(&self) {
        if let Some(session) = self.0.upgrade() {
            session.state.lock().upgrade = Upgrade::Probed;
            session.probed.notify_waiters();
        }
    }

    /// The client has said that it moves.
    pub(super) fn moving(&self) {
        if let Some(session) = self.0.upgrade() {
            session.state.lock().upgrade = Upgrade::Moving;
            session.upgrade_reading.changed();
        }
    }

    /// How many have asked for what is there to read; `waker` is woken for the next.
    pub(super) fn asked(&self, waker: &Waker) -> u64 {
        let session = self.0.upgrade();
        session.map_or(0, |session| session.upgrade_reading.asked(waker))
    }

    /// Nothing was left to read after so many had asked.
    pub(super) fn caught_up(&self, asked: u64) {
        if let Some(session) = self.0.upgrade() {
            session.upgrade_reading.caught_up(asked);
        }
    }

    /// The library writes to this websocket from now on.
    pub(super) fn moved(self, transport: TransportHandle) {
        if let Some(session) = self.0.upgrade() {
            session.move_to(transport);
        }
    }
}

impl Drop for UpgradeAttempt {
    fn drop(&mut self) {
        if let Some(session) = self.0.upgrade() {
            session.state.lock().upgrade = Upgrade::None;
            session.upgrade_reading.changed();
        }
    }
}

impl Drop for EngineSession {
    fn drop(&mut self) {
        if let (Some(engine), Some(sid)) = (self.engine.upgrade(), self.sid.get()) {
            engine.sessions.remove(*sid);
        }
    }
}
