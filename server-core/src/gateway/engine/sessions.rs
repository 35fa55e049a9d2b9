//! The sessions that are open, by id, for later requests.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Weak};

use parking_lot::Mutex;
use socketioxide::socket::Sid;

use super::session::EngineSession;
use super::session_slots::SessionSlots;

/// Sessions whose goodbye is remembered.
const FAREWELLS: usize = 256;

/// See the module; cheap to clone.
#[derive(Clone)]
pub(super) struct Sessions {
    slots: SessionSlots,
    // Held for a look-up; never across an await.
    state: Arc<Mutex<SessionsState>>,
}

#[derive(Default)]
struct SessionsState {
    by_id: HashMap<Sid, Weak<EngineSession>>,
    /// Sessions that their clients ended, with no poll told so yet; the newest last.
    farewells: VecDeque<Sid>,
}

impl Sessions {
    /// At most `cap` sessions of one network.
    pub(super) fn new(cap: usize) -> Self {
        Self {
            slots: SessionSlots::new(cap),
            state: Arc::default(),
        }
    }

    /// The cap of each network.
    pub(super) fn slots(&self) -> &SessionSlots {
        &self.slots
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
