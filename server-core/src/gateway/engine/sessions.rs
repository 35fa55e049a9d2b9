//! The sessions that are open: by id, for later requests, and by network, for the cap.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Arc, Weak};

use parking_lot::Mutex;
use socketioxide::socket::Sid;

use super::session::EngineSession;
use identity::Network;

/// Sessions whose goodbye is remembered.
const FAREWELLS: usize = 256;

/// See the module; cheap to clone.
#[derive(Clone)]
pub(super) struct Sessions {
    cap: usize,
    // Held for a look-up; never across an await.
    state: Arc<Mutex<SessionsState>>,
}

#[derive(Default)]
struct SessionsState {
    by_id: HashMap<Sid, Weak<EngineSession>>,
    per_network: HashMap<Network, usize>,
    /// Sessions that their clients ended, with no poll told so yet; the newest last.
    farewells: VecDeque<Sid>,
}

/// A session that its network was allowed, counted until this is dropped.
pub(super) struct SessionSlot {
    sessions: Sessions,
    network: Option<Network>,
}

impl Sessions {
    /// At most `cap` sessions of one network.
    pub(super) fn new(cap: usize) -> Self {
        Self {
            cap,
            state: Arc::default(),
        }
    }

    /// Admits one more session, unless its network holds too many. `None` stands for this
    /// machine, which is not counted.
    pub(super) fn enter(&self, address: Option<IpAddr>) -> Option<SessionSlot> {
        let network = address.map(Network::of);
        if let Some(network) = network {
            let mut state = self.state.lock();
            let held = state.per_network.entry(network).or_default();
            if *held >= self.cap {
                return None;
            }
            *held += 1;
        }
        Some(SessionSlot {
            sessions: self.clone(),
            network,
        })
    }

    /// Admits a session whatever the cap says.
    pub(super) fn enter_freely(&self) -> SessionSlot {
        SessionSlot {
            sessions: self.clone(),
            network: None,
        }
    }

    pub(super) fn insert(&self, sid: Sid, session: &Arc<EngineSession>) {
        let session = Arc::downgrade(session);
        self.state.lock().by_id.insert(sid, session);
    }

    pub(super) fn get(&self, sid: Sid) -> Option<Arc<EngineSession>> {
        self.state.lock().by_id.get(&sid)?.upgrade()
    }

    pub(super) fn remove(&self, sid: Sid) {
        self.state.lock().by_id.remove(&sid);
    }

    /// The client of this session says that it ends it. A poll that it sent before may be read after
    /// that, by another thread, and is told so then.
    pub(super) fn part(&self, sid: Sid) {
        let farewells = &mut self.state.lock().farewells;
        if farewells.len() == FAREWELLS {
            farewells.pop_front();
        }
        farewells.push_back(sid);
    }

    /// Whether a poll of this session is to be told that its client ended it; once.
    pub(super) fn take_farewell(&self, sid: Sid) -> bool {
        let farewells = &mut self.state.lock().farewells;
        let place = farewells.iter().position(|it| *it == sid);
        place.is_some_and(|place| farewells.remove(place).is_some())
    }
}

impl Drop for SessionSlot {
    fn drop(&mut self) {
        let Some(network) = self.network else { return };
        let mut state = self.sessions.state.lock();
        if let Some(held) = state.per_network.get_mut(&network) {
            *held -= 1;
            if *held == 0 {
                state.per_network.remove(&network);
            }
        }
    }
}
