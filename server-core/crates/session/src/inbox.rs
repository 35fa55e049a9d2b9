//! What a client sent and its task has not applied yet.
//!
//! Socket handlers push synchronously, so the order of arrival is kept; the connection's task pops.
//! Bounded: beyond the limit an event is refused. The end of the connection always finds room.

use std::collections::VecDeque;

use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio::time::Instant;

use contract::Refusal;
use contract::events::ClientEvent;
use contract::payload::PlayerPatch;

/// What an event brought.
#[derive(Debug)]
pub enum Payload {
    /// Its first argument.
    Json(Option<serde_json::Value>),
    /// That of an update, checked already.
    Patch(PlayerPatch),
}

/// One event as it arrived.
#[derive(Debug)]
pub struct Inbound {
    /// Which event; `None` is one that the server does not know.
    pub kind: Option<ClientEvent>,
    /// What it brought, or why that cannot be read.
    pub payload: Result<Payload, Refusal>,
    /// The number to answer under, when the client wants an answer.
    pub ack: Option<i64>,
    /// When it arrived.
    pub received: Instant,
}

#[derive(Debug, Default)]
struct InboxState {
    queue: VecDeque<Inbound>,
    /// Whether the task has done with all it popped.
    waits: bool,
    closed: bool,
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Inbox {
    limit: usize,
    // Held only to push or pop one event.
    state: Mutex<InboxState>,
    arrived: Notify,
}

impl Inbox {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            limit,
            state: Mutex::default(),
            arrived: Notify::new(),
        }
    }

    /// Queues an event; `false` when there is no room for it.
    pub(crate) fn push(&self, event: Inbound) -> bool {
        {
            let mut state = self.state.lock();
            if state.closed {
                return true;
            }
            // A leave finds a place beside what is full, so that it is not refused for what came before.
            let spare = match event.kind {
                Some(ClientEvent::Leave) => self.limit,
                _ => 0,
            };
            if state.queue.len() >= self.limit + spare {
                return false;
            }
            state.queue.push_back(event);
        }
        self.arrived.notify_one();
        true
    }

    /// Whether everything that was queued has been applied, and more may follow.
    pub(crate) fn is_idle(&self) -> bool {
        let state = self.state.lock();
        state.waits && state.queue.is_empty() && !state.closed
    }

    /// Nothing will follow: after what is queued, [`Self::pop`] answers `None`.
    pub(crate) fn close(&self) {
        self.state.lock().closed = true;
        self.arrived.notify_one();
    }

    /// The next event in order of arrival; `None` once closed and empty.
    pub(crate) async fn pop(&self) -> Option<Inbound> {
        loop {
            {
                let mut state = self.state.lock();
                state.waits = true;
                if let Some(event) = state.queue.pop_front() {
                    state.waits = false;
                    // What is not applied at once comes seldom, and each place is large.
                    if state.queue.is_empty() {
                        state.queue = VecDeque::new();
                    }
                    return Some(event);
                }
                if state.closed {
                    return None;
                }
            }
            self.arrived.notified().await;
        }
    }
}
