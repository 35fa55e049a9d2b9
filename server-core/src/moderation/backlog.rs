//! Lines of the audit log that could not be written yet.

use std::collections::VecDeque;
use std::time::Duration;

use parking_lot::Mutex;
use tokio_util::sync::CancellationToken;

use store::accounts::{Accounts, AuditEntry};

/// Lines that may wait; beyond it the oldest is lost, loudly.
const WAITING: usize = 1000;
/// Time between two tries.
const RETRY: Duration = Duration::from_secs(3);

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Backlog {
    // Held for one queue operation, never across an await.
    waiting: Mutex<VecDeque<AuditEntry>>,
}

impl Backlog {
    pub(super) fn push(&self, entry: AuditEntry) {
        let mut waiting = self.waiting.lock();
        waiting.push_back(entry);
        if waiting.len() > WAITING
            && let Some(lost) = waiting.pop_front()
        {
            tracing::error!(action = %lost.action, actor = %lost.actor.id, "a line of the audit log is lost");
        }
    }

    pub(super) fn waiting(&self) -> usize {
        self.waiting.lock().len()
    }

    /// Tries again every few seconds until `stop`, and once more then.
    pub(super) async fn keep_writing(&self, accounts: &Accounts, stop: CancellationToken) {
        let mut ticks = tokio::time::interval(RETRY);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            let stopped = stop.run_until_cancelled(ticks.tick()).await.is_none();
            self.write(accounts).await;
            if stopped {
                return;
            }
        }
    }

    async fn write(&self, accounts: &Accounts) {
        loop {
            let Some(entry) = self.waiting.lock().front().cloned() else {
                return;
            };
            if accounts.audit().insert(&entry).await.is_err() {
                return;
            }
            self.waiting.lock().retain(|waiting| waiting.id != entry.id);
        }
    }
}
