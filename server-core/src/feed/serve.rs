//! What a watcher is handed, up to its end.

use std::time::Duration;

use super::viewer::Viewer;
use contract::admin::feed::EndedCode;

/// What a watcher needs next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum EndStep {
    None,
    EndSlow,
    Disconnect,
    Abort,
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
    /// Whether the last words and the goodbye have left.
    pub(super) fn has_delivered_ending(&self) -> bool {
        let state = self.state.lock();
        let is_disconnected = state.ending.is_some_and(|ending| ending.is_disconnected());
        is_disconnected && self.link.is_drained()
    }

    /// Hands over what the link takes, and finishes an end.
    pub(super) fn serve(&self, slow_timeout: Duration) -> Standing {
        match self.next_step(slow_timeout) {
            EndStep::None => {}
            EndStep::EndSlow => self.end(EndedCode::SlowConsumer),
            EndStep::Disconnect => {
                if self.link.disconnect().is_ok()
                    && let Some(ending) = &mut self.state.lock().ending
                {
                    ending.note_disconnect();
                }
            }
            EndStep::Abort => self.link.abort(),
            EndStep::Gone => return Standing::Gone,
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
    fn next_step(&self, slow_timeout: Duration) -> EndStep {
        let mut state = self.state.lock();
        if state.gone {
            return EndStep::Gone;
        }
        state.outbox.pump(self.link.as_ref());
        self.link.flush_now();
        let drained = !state.outbox.is_behind() && self.link.is_drained();
        match state.ending {
            None if self.link.stalled_for().is_some_and(|it| it >= slow_timeout) => {
                EndStep::EndSlow
            }
            None => EndStep::None,
            Some(ending) if ending.is_overdue() => {
                state.gone = true;
                EndStep::Abort
            }
            Some(ending) if !ending.is_disconnected() && drained => EndStep::Disconnect,
            Some(_) => EndStep::None,
        }
    }
}
