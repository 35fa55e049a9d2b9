//! The end of one watcher's feed: the last word, the goodbye, the abort.

use std::time::Duration;

use tokio::time::Instant;

use contract::admin::feed::{AdminEnded, EndedCode};

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

impl Ending {
    /// The word is said now.
    pub(super) fn begin() -> Self {
        Self {
            deadline: Instant::now() + GOODBYE,
            disconnected: false,
        }
    }

    /// The goodbye was said.
    pub(super) fn note_disconnect(&mut self) {
        self.disconnected = true;
        self.deadline = Instant::now() + HANG_UP;
    }

    /// Whether the goodbye was said.
    pub(super) fn is_disconnected(&self) -> bool {
        self.disconnected
    }

    /// Whether the transport has to be aborted.
    pub(super) fn is_overdue(&self) -> bool {
        Instant::now() >= self.deadline
    }
}

/// The last word.
pub(super) fn last_word(code: EndedCode) -> AdminEnded {
    AdminEnded {
        code,
        message: sentence(code).to_owned(),
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
