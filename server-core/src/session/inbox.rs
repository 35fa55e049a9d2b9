//! What a client sent and its task has not applied yet.
//!
//! Socket handlers push synchronously, so the order of arrival is kept; the connection's task pops.
//! Bounded: beyond the limit an event is refused. The end of the connection always finds room.

use std::collections::VecDeque;

use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::protocol::{Refusal, events};

/// The events a client may send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// `player:join`.
    Join,
    /// `player:update`.
    Update,
    /// `player:leave`.
    Leave,
    /// `chat:message`.
    Chat,
    /// `player:report`.
    Report,
    /// Anything else.
    Unknown,
}

impl EventKind {
    /// The kind of an event by its name.
    #[must_use]
    pub fn of(name: &str) -> Self {
        match name {
            events::PLAYER_JOIN => Self::Join,
            events::PLAYER_UPDATE => Self::Update,
            events::PLAYER_LEAVE => Self::Leave,
            events::CHAT_MESSAGE => Self::Chat,
            events::PLAYER_REPORT => Self::Report,
            _ => Self::Unknown,
        }
    }
}

/// One event as it arrived.
#[derive(Debug)]
pub struct Inbound {
    /// Which event.
    pub kind: EventKind,
    /// Its first argument, or why it cannot be read.
    pub payload: Result<Option<serde_json::Value>, Refusal>,
    /// The number to answer under, when the client wants an answer.
    pub ack: Option<i64>,
    /// When it arrived.
    pub received: Instant,
}

#[derive(Debug, Default)]
struct State {
    queue: VecDeque<Inbound>,
    closed: bool,
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Inbox {
    limit: usize,
    // Held only to push or pop one event.
    state: Mutex<State>,
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

    /// Queues an event, or gives it back when the inbox is full.
    pub(crate) fn push(&self, event: Inbound) -> Result<(), Inbound> {
        {
            let mut state = self.state.lock();
            if state.closed {
                return Ok(());
            }
            if state.queue.len() >= self.limit {
                return Err(event);
            }
            state.queue.push_back(event);
        }
        self.arrived.notify_one();
        Ok(())
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
                if let Some(event) = state.queue.pop_front() {
                    if state.queue.is_empty() && state.queue.capacity() > 16 {
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
