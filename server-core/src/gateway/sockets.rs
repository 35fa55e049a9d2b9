//! Which transport each live socket uses right now.
//!
//! A socket may open by polling, where every request has a transport of its own, and upgrade to a
//! websocket later. Socket.IO tells us neither when a poll was answered nor which TCP connection a
//! websocket runs on, so the HTTP layer reports both here, by session id.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use parking_lot::Mutex;
use socketioxide::socket::Sid;
use tokio::time::Instant;

use crate::listener::TransportHandle;

#[derive(Debug, Default)]
struct Current {
    transport: Option<TransportHandle>,
    websocket: bool,
}

/// What is known about one socket's way out.
#[derive(Debug)]
pub(super) struct Road {
    current: Mutex<Current>,
    polled: AtomicBool,
    polled_at: Mutex<Instant>,
}

impl Road {
    fn new() -> Self {
        Self {
            current: Mutex::default(),
            polled: AtomicBool::new(true),
            polled_at: Mutex::new(Instant::now()),
        }
    }

    /// The transport, when it is a websocket.
    pub(super) fn websocket(&self) -> Option<TransportHandle> {
        let current = self.current.lock();
        current.transport.clone().filter(|_| current.websocket)
    }

    pub(super) fn is_websocket(&self) -> bool {
        self.current.lock().websocket
    }

    pub(super) fn is_drained(&self) -> bool {
        self.websocket().map_or_else(
            || self.polled.load(Ordering::Acquire),
            |transport| transport.is_flushed(),
        )
    }

    pub(super) fn expect_drain(&self) {
        match self.websocket() {
            Some(transport) => transport.expect_flush(),
            None => {
                if self.polled.swap(false, Ordering::AcqRel) {
                    *self.polled_at.lock() = Instant::now();
                }
            }
        }
    }

    pub(super) fn idle_for(&self) -> Duration {
        self.websocket().map_or_else(
            || self.polled_at.lock().elapsed(),
            |transport| transport.idle_for(),
        )
    }

    pub(super) fn cut(&self) {
        if let Some(transport) = &self.current.lock().transport {
            transport.cut();
        }
    }

    fn use_transport(&self, transport: TransportHandle, websocket: bool) {
        let mut current = self.current.lock();
        if websocket || !current.websocket {
            *current = Current {
                transport: Some(transport),
                websocket,
            };
        }
    }
}

/// The roads of all live sockets; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct LiveSockets {
    // Held for a look-up; never across an await.
    known: Arc<Mutex<Known>>,
}

#[derive(Debug, Default)]
struct Known {
    roads: HashMap<Sid, Arc<Road>>,
    /// Websockets of sessions that have no socket yet: an upgrade may be answered before the CONNECT
    /// that was sent first.
    early: HashMap<Sid, TransportHandle>,
}

impl LiveSockets {
    /// A new socket, by the request that opened its session.
    pub(super) fn register(&self, sid: Sid, request: &http::request::Parts) -> Arc<Road> {
        let mut known = self.known.lock();
        let early = known.early.remove(&sid);
        let road = known
            .roads
            .entry(sid)
            .or_insert_with(|| Arc::new(Road::new()))
            .clone();
        if let Some(websocket) = early {
            road.use_transport(websocket, true);
        }
        if let Some(transport) = request.extensions.get::<TransportHandle>() {
            let websocket = request.headers.contains_key(http::header::UPGRADE);
            road.use_transport(transport.clone(), websocket);
        }
        road
    }

    /// A link of this session is gone. The road stays while another link uses it: after a
    /// disconnect the same transport may connect again, under the same id, before the old link
    /// has been dropped.
    pub(super) fn forget(&self, sid: Sid, road: &Arc<Road>) {
        const MAP_AND_CALLER: usize = 2;
        let roads = &mut self.known.lock().roads;
        if Arc::strong_count(road) > MAP_AND_CALLER {
            return;
        }
        if roads
            .get(&sid)
            .is_some_and(|current| Arc::ptr_eq(current, road))
        {
            roads.remove(&sid);
        }
    }

    /// A request of a known session was answered: a poll took what waited, or the session moved to
    /// the websocket on this transport.
    pub fn answered(&self, sid: &str, transport: &TransportHandle, websocket: bool) {
        let Ok(sid) = sid.parse::<Sid>() else { return };
        let road = {
            let mut known = self.known.lock();
            let road = known.roads.get(&sid).cloned();
            if road.is_none() && websocket {
                known.early.retain(|_, transport| !transport.is_cut());
                known.early.insert(sid, transport.clone());
            }
            road
        };
        let Some(road) = road else { return };
        road.use_transport(transport.clone(), websocket);
        if !websocket {
            *road.polled_at.lock() = Instant::now();
            road.polled.store(true, Ordering::Release);
            // While a session moves to its websocket, the last poll may take what was announced there.
            if let Some(websocket) = road.websocket() {
                websocket.mark_flushed();
            }
        }
    }
}
