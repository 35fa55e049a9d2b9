//! Ending sessions: one, many, all.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::connection::Connection;
use super::frame::Frame;
use super::{SessionManager, to_json};
use contract::{SessionTerminated, TerminationCode, events};

use runtime::Deadline;

/// How long the last words to a client may take to leave.
const GOODBYE: Duration = Duration::from_secs(2);
/// How long a client that heard the goodbye may take to hang up by itself.
const HANG_UP: Duration = Duration::from_secs(1);
/// How often a waiting goodbye looks again.
const RETRY: Duration = Duration::from_millis(20);
/// Of the time for closing, the percentage after which slow sessions are aborted.
const UNHURRIED: u32 = 75;

/// How the server closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// The host stopped the world: everybody is told and stays away.
    Stop,
    /// A restart or drain: transports close and clients come back by themselves.
    Drain,
}

impl SessionManager {
    /// Ends one session: its player leaves, the client is told why and disconnected.
    pub(super) fn end_session(&self, connection: &Arc<Connection>, notice: &SessionTerminated) {
        if !connection.end() {
            return;
        }
        self.shared.metrics.terminated(notice.code);
        if notice.code == TerminationCode::SlowConsumer {
            self.shared.metrics.slow_consumers.increment();
        }
        tracing::info!(
            connection = connection.id.0,
            code = notice.code.as_str(),
            "session ended"
        );
        let slow = {
            let mut live = self.shared.live.lock();
            self.note_leaving(&live, connection, notice.code.into());
            live.unsubscribe(connection.id);
            self.note_population(&live);
            self.release(&mut live, connection.id, None)
        };
        // A full outbox cannot take the notice; the client is disconnected without it.
        let told = connection.send(Frame::event(events::SESSION_TERMINATED, to_json(notice)));
        let patience = match (told, notice.code) {
            (Err(_), _) => Duration::ZERO,
            (Ok(_), TerminationCode::SlowConsumer) => HANG_UP,
            (Ok(_), _) => GOODBYE,
        };
        self.shared
            .tasks
            .spawn(hang_up(connection.clone(), patience));
        self.abort_slow(slow);
    }

    /// Ends clients whose outbox overflowed.
    pub(super) fn abort_slow(&self, connections: Vec<Arc<Connection>>) {
        for connection in connections {
            let notice = SessionTerminated::plain(TerminationCode::SlowConsumer);
            self.end_session(&connection, &notice);
        }
    }

    /// Ends every live session that `matches`. Returns how many.
    pub(super) fn end_where(
        &self,
        notice: &SessionTerminated,
        matches: impl Fn(&Connection) -> bool,
    ) -> usize {
        let roster = self.shared.live.lock().roster();
        let ending: Vec<_> = roster
            .iter()
            .filter(|connection| matches(connection))
            .collect();
        for connection in &ending {
            self.end_session(connection, notice);
        }
        ending.len()
    }

    /// Closes all sessions and waits for them, at most until `deadline`; joins are refused from now on.
    /// What is slow is aborted a little before that.
    pub async fn close(&self, how: Closing, deadline: Deadline) {
        let roster = {
            let mut live = self.shared.live.lock();
            live.accepting = false;
            live.roster()
        };
        match how {
            Closing::Stop => {
                let notice = SessionTerminated::plain(TerminationCode::Shutdown);
                self.end_where(&notice, |_| true);
            }
            Closing::Drain => abort_all(&roster),
        }
        self.shared.stop.cancel();
        self.shared.tasks.close();
        let unhurried = deadline.share(UNHURRIED);
        if unhurried.limit(self.shared.tasks.wait()).await.is_err() {
            abort_all(&roster);
            let finished = deadline.limit(self.shared.tasks.wait()).await;
            if finished.is_err() {
                tracing::warn!(
                    left = self.shared.tasks.len(),
                    "sessions did not end in time"
                );
            }
        }
        // It tells the others that this node goes; they notice by themselves as well.
        if deadline.limit(self.shared.hub.close()).await.is_err() {
            tracing::warn!("this node could not take leave of the others in time");
        }
    }
}

fn abort_all(roster: &[Arc<Connection>]) {
    for connection in roster {
        if let Some(link) = connection.link() {
            link.abort();
        }
        // A polling client has no transport whose end would be noticed; nothing may wait for it.
        connection.inbox.close();
    }
}

/// Lets the last frames leave, says goodbye, and aborts the transport of a client that stays.
async fn hang_up(connection: Arc<Connection>, patience: Duration) {
    let Some(link) = connection.link() else {
        return;
    };
    let deadline = Instant::now() + patience;
    let mut told = false;
    while Instant::now() < deadline {
        connection.pump();
        if !told && !connection.is_behind() {
            told = link.disconnect().is_ok();
        }
        if told && link.is_drained() {
            break;
        }
        sleep(RETRY).await;
    }
    if told {
        sleep(HANG_UP).await;
    }
    link.abort();
    // A polling client has no transport to abort; nothing may wait for it.
    connection.inbox.close();
}
