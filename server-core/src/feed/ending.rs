//! The end of one watcher's feed: the last word, the goodbye, the abort.

use std::time::Duration;

use tokio::time::Instant;

use super::viewer::Viewer;
use crate::session::frame::Frame;
use crate::session::to_json;
use contract::admin::feed::{self, AdminEnded, EndedCode};

/// How long the last words may take to leave.
const GOODBYE: Duration = Duration::from_secs(2);
/// How long a watcher that heard the goodbye may take to hang up by itself.
const HANG_UP: Duration = Duration::from_secs(1);

/// The end of a feed, from the word to the disconnect to the abort.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ending {
    /// When the transport is aborted, whatever has arrived by then.
    deadline: Instant,
    disconnected: bool,
}

/// What a watcher needs next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    None,
    EndSlow,
    Disconnect,
    Cut,
    Gone,
}

/// How a watcher is after it was served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Here,
    /// Nothing more will be sent.
    Gone,
}

impl Viewer {
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
        let ended = AdminEnded {
            code,
            message: sentence(code).to_owned(),
        };
        // A full outbox cannot take the word; the disconnect follows all the same.
        let _ = state
            .outbox
            .push(Frame::event(feed::ENDED, to_json(&ended)));
        state.ending = Some(Ending {
            deadline: Instant::now() + GOODBYE,
            disconnected: false,
        });
    }

    /// Whether the last words and the goodbye have left.
    pub(super) fn was_told(&self) -> bool {
        let state = self.state.lock();
        let told = state.ending.is_some_and(|ending| ending.disconnected);
        told && self.link.is_drained()
    }

    /// Hands over what the link takes, and finishes an end.
    pub(super) fn serve(&self, slow_timeout: Duration) -> Standing {
        match self.next_step(slow_timeout) {
            Step::None => {}
            Step::EndSlow => self.end(EndedCode::SlowConsumer),
            Step::Disconnect => {
                if self.link.disconnect().is_ok()
                    && let Some(ending) = &mut self.state.lock().ending
                {
                    ending.disconnected = true;
                    ending.deadline = Instant::now() + HANG_UP;
                }
            }
            Step::Cut => self.link.abort(),
            Step::Gone => return Standing::Gone,
        }
        Standing::Here
    }

    /// Hands over what the link takes.
    pub(crate) fn pump(&self) {
        let mut state = self.state.lock();
        state.outbox.pump(self.link.as_ref());
        self.link.flush_now();
    }

    /// Decides under the lock what is then done without it: the link may call back.
    fn next_step(&self, slow_timeout: Duration) -> Step {
        let mut state = self.state.lock();
        if state.gone {
            return Step::Gone;
        }
        state.outbox.pump(self.link.as_ref());
        self.link.flush_now();
        let drained = !state.outbox.is_behind() && self.link.is_drained();
        match state.ending {
            None if self.link.stalled_for().is_some_and(|it| it >= slow_timeout) => Step::EndSlow,
            None => Step::None,
            Some(ending) if Instant::now() >= ending.deadline => {
                state.gone = true;
                Step::Cut
            }
            Some(ending) if !ending.disconnected && drained => Step::Disconnect,
            Some(_) => Step::None,
        }
    }
}

fn sentence(code: EndedCode) -> &'static str {
    match code {
        EndedCode::Demoted => "Your account may not see the administration any more.",
        EndedCode::SignedOut => "You were signed out. Log in again.",
        EndedCode::Shutdown => "The host closed this world.",
        EndedCode::SlowConsumer => "Your connection could not keep up.",
        EndedCode::Replaced => {
            "Too many look at once, and somebody who may do more needed your place. Try again later."
        }
    }
}
