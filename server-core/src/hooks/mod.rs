//! Webhooks: other programs are told what happens here, and nobody waits for them.
//!
//! Who acts promises ([`Hooks::promise`]): the row is kept before the action is answered, or waits in a bounded memory
//! while the database fails. A task of its own tells ([`sender`]).
//!
//! Knows the store and how to reach others; no session, no HTTP of our own.

pub mod message;
pub mod outbound;
pub mod promises;
pub mod sender;
#[cfg(test)]
mod tests;
mod watch;

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use store::storage::Database;
use store::webhooks::{HookLimits, Promise, Webhooks};
use tokio::sync::Notify;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

pub use outbound::{HookAddress, Outbound, OutboundError};
pub use watch::{Watched, keep_watching};

/// Promises that wait in memory while the database does not take them; beyond it the oldest are lost, and the log
/// says so.
const MOST_WAITING: usize = 1000;
/// Time between two tries to write them.
const TRY_EVERY: Duration = Duration::from_secs(1);

/// What the settings say of webhooks.
#[derive(Debug, Clone)]
pub struct HooksConfig {
    /// Hooks that there may be (`MAX_WEBHOOKS`).
    pub most: u32,
    /// Deliveries kept of one hook (`WEBHOOK_KEPT`).
    pub kept: u32,
    /// Failures in a row that pause a hook (`WEBHOOK_FAILURES`).
    pub failures: u32,
    /// Time for one attempt (`WEBHOOK_TIMEOUT_MS`).
    pub timeout: Duration,
    /// Hosts in private networks that may be told (`WEBHOOK_PRIVATE_HOSTS`).
    pub private_hosts: Vec<String>,
    /// Players from which on there is a crowd; 0 for never (`WEBHOOK_CROWD`).
    pub crowd: u32,
    /// Time between two looks at what nobody does: a crowd, trouble. No setting; tests do not wait for it.
    pub look_every: Duration,
}

impl Default for HooksConfig {
    fn default() -> Self {
        Self {
            most: 20,
            kept: 1000,
            failures: 20,
            timeout: Duration::from_secs(10),
            private_hosts: Vec::new(),
            crowd: 0,
            look_every: Duration::from_secs(5),
        }
    }
}

/// Handle on what is promised; cheap to clone.
#[derive(Clone)]
pub struct Hooks {
    store: Webhooks,
    outbound: Outbound,
    /// Held to put a promise in or take one out.
    waiting: Arc<Mutex<VecDeque<Promise>>>,
    /// Something is to be told.
    promised: Arc<Notify>,
}

impl Hooks {
    /// Over the tables of a database.
    #[must_use]
    pub fn new(database: &Database, config: &HooksConfig) -> Self {
        let limits = HookLimits {
            hooks: config.most,
            kept: config.kept,
            failures: config.failures,
        };
        Self {
            store: Webhooks::new(database.clone(), limits),
            outbound: Outbound::new(&config.private_hosts, config.timeout),
            waiting: Arc::default(),
            promised: Arc::default(),
        }
    }

    /// The tables.
    #[must_use]
    pub fn store(&self) -> &Webhooks {
        &self.store
    }

    /// How others are reached.
    #[must_use]
    pub fn outbound(&self) -> &Outbound {
        &self.outbound
    }

    /// Keeps something to be told. It is in the database when this returns, or waits in memory for it.
    pub async fn promise(&self, promise: Promise) {
        match self.store.promise(&promise).await {
            Ok(0) => {}
            Ok(_) => self.promised.notify_one(),
            Err(error) => {
                tracing::warn!(%error, "an event for webhooks waits for the database");
                self.wait(promise);
            }
        }
    }

    fn wait(&self, promise: Promise) {
        let mut waiting = self.waiting.lock();
        if waiting.len() == MOST_WAITING {
            waiting.pop_front();
            tracing::error!("an event for webhooks is lost: too many wait for the database");
        }
        waiting.push_back(promise);
    }

    /// Writes what waits, until `stop` and once more then.
    pub async fn keep_writing(self, stop: CancellationToken) {
        let mut tries = interval(TRY_EVERY);
        tries.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let stopped = stop.run_until_cancelled(tries.tick()).await.is_none();
            self.write().await;
            if stopped {
                let lost = self.waiting.lock().len();
                if lost > 0 {
                    tracing::error!(
                        lost,
                        "events for webhooks are lost: the database did not take them"
                    );
                }
                return;
            }
        }
    }

    async fn write(&self) {
        loop {
            let Some(first) = self.waiting.lock().front().cloned() else {
                return;
            };
            if self.store.promise(&first).await.is_err() {
                return;
            }
            let mut waiting = self.waiting.lock();
            if waiting.front() == Some(&first) {
                waiting.pop_front();
            }
            self.promised.notify_one();
        }
    }
}
