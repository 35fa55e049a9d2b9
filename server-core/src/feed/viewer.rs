//! One watcher.

use std::sync::Arc;

use parking_lot::Mutex;
use tokio::time::Instant;

use super::ending::{Ending, last_word};
use super::seat_rank::SeatRank;
use contract::admin::feed::{self, EndedCode};
use contract::admin::service::Scopes;
use contract::admin::{LogLevel, Me, Right};
use contract::batch::UpdateForm;
use contract::rest::Role;
use session::frame::Frame;
use session::outbox::{Outbox, Overflow, Recipient};
use session::{ClientLink, to_json};
use store::accounts::User;
use world::ConnectionId;

/// Fresh states a watcher may ask for in one breath, and how fast that refills.
const RESYNCS: f64 = 5.0;
const RESYNCS_PER_SECOND: f64 = 0.5;

/// See the module. Its lock is never held across an await.
pub struct Viewer {
    id: u64,
    user_id: String,
    token: String,
    pub(super) link: Arc<dyn ClientLink>,
    pub(super) state: Mutex<ViewerState>,
}

pub(super) struct ViewerState {
    user: User,
    pub(super) outbox: Outbox,
    /// The whole state has to be sent.
    wants_state: bool,
    /// Name or role changed since they were told.
    me_changed: bool,
    logs: Option<LogLevel>,
    /// The last line of the log that was sent or skipped.
    log_seq: u64,
    resyncs: f64,
    refilled: Instant,
    being_reauthorized: bool,
    pub(super) ending: Option<Ending>,
    pub(super) gone: bool,
}

impl Viewer {
    pub(super) fn new(
        id: u64,
        link: Arc<dyn ClientLink>,
        user: User,
        token: String,
        outbox_bytes: usize,
    ) -> Self {
        let recipient = Recipient {
            id: ConnectionId(0),
            updates: UpdateForm::Batch,
            packed: false,
        };
        Self {
            id,
            user_id: user.id.clone(),
            token,
            link,
            state: Mutex::new(ViewerState {
                user,
                outbox: Outbox::new(recipient, outbox_bytes),
                wants_state: true,
                me_changed: false,
                logs: None,
                log_seq: 0,
                resyncs: RESYNCS,
                refilled: Instant::now(),
                being_reauthorized: false,
                ending: None,
                gone: false,
            }),
        }
    }

    pub(super) fn id(&self) -> u64 {
        self.id
    }

    pub(super) fn user_id(&self) -> &str {
        &self.user_id
    }

    pub(super) fn rank(&self) -> SeatRank {
        SeatRank::of(&self.state.lock().user)
    }

    /// What a program may see; `None` for people, whose role said it.
    pub(super) fn scopes(&self) -> Option<Scopes> {
        self.state.lock().user.service.clone()
    }

    pub(super) fn token(&self) -> &str {
        &self.token
    }

    pub(super) fn me(&self) -> Me {
        let state = self.state.lock();
        Me {
            id: state.user.id.clone(),
            name: state.user.username.clone(),
            role: state.user.role,
            rights: state.user.rights(),
        }
    }

    /// The Socket.IO session is over. A feed that the server ended goes on to its abort, in case the
    /// client only pretends.
    pub(super) fn mark_gone(&self) {
        let mut state = self.state.lock();
        state.gone = state.ending.is_none();
        state.outbox.clear();
    }

    pub(super) fn ask_resync(&self) -> bool {
        let mut state = self.state.lock();
        let now = Instant::now();
        let passed = (now - state.refilled).as_secs_f64();
        state.resyncs = (state.resyncs + passed * RESYNCS_PER_SECOND).min(RESYNCS);
        state.refilled = now;
        if state.resyncs < 1.0 {
            return false;
        }
        state.resyncs -= 1.0;
        state.wants_state = true;
        true
    }

    pub(super) fn follow_logs(&self, level: Option<LogLevel>) -> bool {
        let mut state = self.state.lock();
        let allowed = level.is_none() || state.user.role >= Right::Logs.needs();
        if allowed {
            state.logs = level;
            state.log_seq = crate::logs::ring().last();
        }
        allowed
    }

    /// The lines of the log that are wanted, from behind which number on.
    pub(super) fn wanted_logs(&self) -> Option<(LogLevel, u64)> {
        let state = self.state.lock();
        let level = state.logs.filter(|_| state.ending.is_none())?;
        Some((level, state.log_seq))
    }

    pub(super) fn logs_sent(&self, last: u64) {
        self.state.lock().log_seq = last;
    }

    /// Whether the whole state is wanted; asked once.
    pub(super) fn take_wants_state(&self) -> bool {
        let mut state = self.state.lock();
        let wants = state.wants_state && state.ending.is_none() && !state.gone;
        if wants {
            state.wants_state = false;
            state.me_changed = false;
        }
        wants
    }

    /// Whether changes are of use: the state has been sent.
    pub(super) fn has_state(&self) -> bool {
        let state = self.state.lock();
        !state.wants_state && state.ending.is_none() && !state.gone
    }

    /// Whether name or role have to be told; asked once.
    pub(super) fn take_me_changed(&self) -> bool {
        std::mem::take(&mut self.state.lock().me_changed)
    }

    pub(super) fn ask_state(&self) {
        self.state.lock().wants_state = true;
    }

    /// Begins to look at the token again; `false` while somebody does already.
    pub(super) fn begin_reauthorizing(&self) -> bool {
        !std::mem::replace(&mut self.state.lock().being_reauthorized, true)
    }

    /// What came of it: the account as it is now, or the end; `None` when nobody could tell.
    pub(super) fn reauthorized(&self, verdict: Option<Result<User, EndedCode>>) {
        let ended = {
            let mut state = self.state.lock();
            state.being_reauthorized = false;
            match verdict {
                None => None,
                Some(Err(code)) => Some(code),
                Some(Ok(user)) if user.role < Role::Viewer => Some(EndedCode::Demoted),
                Some(Ok(user)) => {
                    if user.role < Right::Logs.needs() {
                        state.logs = None;
                    }
                    state.me_changed |=
                        user.role != state.user.role || user.username != state.user.username;
                    state.user = user;
                    None
                }
            }
        };
        if let Some(code) = ended {
            self.end(code);
        }
    }

    /// Queues a frame.
    pub(super) fn push(&self, frame: Frame) {
        let pushed = {
            let mut state = self.state.lock();
            if state.ending.is_some() || state.gone {
                return;
            }
            state.outbox.push(frame)
        };
        if pushed == Err(Overflow) {
            self.end(EndedCode::SlowConsumer);
        }
    }

    /// The feed is over. Once.
    pub(super) fn end(&self, code: EndedCode) {
        let mut state = self.state.lock();
        if state.ending.is_some() {
            return;
        }
        if code == EndedCode::SlowConsumer {
            // What waits would not arrive either.
            state.outbox.clear();
        }
        // A full outbox cannot take the word; the disconnect follows all the same.
        let _ = state
            .outbox
            .push(Frame::event(feed::ENDED, to_json(&last_word(code))));
        state.ending = Some(Ending::begin());
    }

    /// Whether the feed is about to end.
    pub(super) fn is_ending(&self) -> bool {
        self.state.lock().ending.is_some()
    }
}
