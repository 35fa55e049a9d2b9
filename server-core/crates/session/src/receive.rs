//! The gateway's handle on one socket's session.

use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::connection::Connection;
use super::frame::Frame;
use super::inbox::Inbound;
use super::link::ClientLink;
use super::rates::RateDecision;
use super::{SessionManager, to_json};
use contract::events::{ClientEvent, RateBucket};
use contract::{PayloadLimits, Refusal, RefusalCode, SessionTerminated, TerminationCode};

/// Feeds one socket's session. Every method is synchronous, so the order of calls is the order in
/// which events take effect.
pub struct SessionSocket {
    manager: SessionManager,
    connection: Arc<Connection>,
    start: Mutex<Option<oneshot::Sender<Arc<dyn ClientLink>>>>,
}

impl SessionSocket {
    pub(super) fn new(
        manager: SessionManager,
        connection: Arc<Connection>,
        start: oneshot::Sender<Arc<dyn ClientLink>>,
    ) -> Self {
        Self {
            manager,
            connection,
            start: Mutex::new(Some(start)),
        }
    }

    /// The socket is connected: the snapshot may go out.
    pub fn start(&self, link: Arc<dyn ClientLink>) {
        if let Some(start) = self.start.lock().take() {
            // The task is gone only when the server is closing.
            let _ = start.send(link);
        }
    }

    /// The account of this socket was believed by its token alone, because the store did not answer.
    pub fn prove_later(&self, token: Box<str>) {
        *self.connection.unproven.lock() = Some(token);
        self.manager.shared.unproven.notify_one();
    }

    /// Asks whether an event may be read at all, before any work is spent on it. A refused event
    /// is answered here.
    #[must_use]
    pub fn admits(&self, kind: Option<ClientEvent>, ack: Option<i64>, now: Instant) -> bool {
        if self.connection.has_ended() {
            return false;
        }
        let limits = &self.manager.shared.settings.rates;
        let bucket = RateBucket::of(kind);
        let decision = self.connection.meter.lock().check(limits, bucket, now);
        self.enforce(decision, ack)
    }

    /// Applies an update at once if nothing is before it; queues any other event for the
    /// connection's task, which may have to wait for what they need.
    pub fn receive(&self, event: Inbound) {
        if event.kind == Some(ClientEvent::Update) && self.connection.inbox.is_idle() {
            self.manager.handle_update(&self.connection, event);
            return;
        }
        let ack = event.ack;
        if !self.connection.inbox.push(event) {
            let limits = &self.manager.shared.settings.rates;
            let now = Instant::now();
            let decision = self.connection.meter.lock().refused(limits, now);
            self.enforce(decision, ack);
        }
    }

    /// The client takes more: hands over what waits.
    pub fn room(&self) {
        let (pumped, is_behind) = self.connection.pump();
        self.manager.count(pumped);
        if is_behind {
            self.manager.shared.changed.notify_one();
        }
    }

    /// The transport is gone: after what is queued, the player leaves.
    pub fn close(&self) {
        // Also ends a task that still waits for its link.
        self.start.lock().take();
        self.connection.inbox.close();
    }

    /// The sizes payloads may have.
    #[must_use]
    pub fn limits(&self) -> &PayloadLimits {
        &self.manager.shared.settings.limits
    }

    fn enforce(&self, decision: RateDecision, ack: Option<i64>) -> bool {
        match decision {
            RateDecision::Pass => true,
            RateDecision::Refuse => {
                let refusal = Refusal::new(
                    RefusalCode::RateLimited,
                    "That was too many in a short time. Wait a moment.",
                );
                self.manager.shared.metrics.refused(refusal.code);
                if let Some(id) = ack {
                    self.manager.reply(
                        &self.connection,
                        Frame::Ack {
                            id,
                            payload: to_json(&refusal),
                        },
                    );
                }
                false
            }
            RateDecision::Flooding => {
                let notice = SessionTerminated::plain(TerminationCode::Flooding);
                self.manager.end_session(&self.connection, &notice);
                false
            }
        }
    }
}
