//! The sessions that are open: by id, for later requests, and by network, for the cap.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Weak};

use parking_lot::Mutex;
use socketioxide::socket::Sid;

use super::session::EngineSession;
use identity::Network;

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
