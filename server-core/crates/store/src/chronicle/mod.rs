//! The chronicle: how the world was over hours and weeks, also over restarts.
//!
//! [`Chronicle::note`] takes a second at a time and never waits: seconds grow into stretches of
//! [`Grain::Fine`] in memory, and one task ([`Chronicle::keep`]) writes those that are over once a
//! minute, in one transaction. Every node writes its own, and who reads adds them up ([`Stretch::beside`]).
//! With age stretches are joined to longer ones that keep the peaks ([`thinning`]), so the table has a size
//! that does not grow: about 720 rows of ten seconds for each node, 2,900 of a minute and 96 a day of a
//! quarter of an hour, each of some 50 bytes in SQLite.

mod stretch;
mod table;
mod thinning;

#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use parking_lot::Mutex;
use tokio_util::sync::CancellationToken;

use crate::storage::{Database, StoreError};
use runtime::clock::now_ms;
pub use stretch::{Grain, MeasuredSecond, Stretch};

/// Time between two writes.
const WRITE_EVERY: Duration = Duration::from_secs(60);
/// How late the last stretch of another node may be in the database, in milliseconds: it has to be over,
/// to wait for the write, and to be written.
pub const LATEST_MS: i64 = 75_000;
/// Writes between two thinnings: a quarter of an hour.
const THIN_EVERY: u32 = 15;
/// Stretches that may wait to be written: an hour of them. The oldest are lost first.
const WAITING: usize = 360;

/// Handle on the chronicle of a node; cheap to clone.
#[derive(Debug, Clone)]
pub struct Chronicle {
    database: Database,
    node: Arc<str>,
    // Held for a push or a swap, never across an await.
    unwritten: Arc<Mutex<UnwrittenSamples>>,
    failing: Arc<AtomicBool>,
}

#[derive(Debug, Default)]
struct UnwrittenSamples {
    growing: Option<Stretch>,
    waiting: VecDeque<Stretch>,
}

impl UnwrittenSamples {
    fn finish(&mut self) {
        if let Some(over) = self.growing.take() {
            self.waiting.push_back(over);
        }
        while self.waiting.len() > WAITING {
            self.waiting.pop_front();
        }
    }
}

impl Chronicle {
    /// The chronicle in a database, written by the node with this id.
    #[must_use]
    pub fn new(database: Database, node: Arc<str>) -> Self {
        Self {
            database,
            node,
            unwritten: Arc::default(),
            failing: Arc::default(),
        }
    }

    /// Notes the second that ends `now` (milliseconds since 1970). A clock that is set back by less than
    /// a stretch changes nothing; by more, the time goes on from there, and what was written of it before
    /// is replaced.
    pub fn note(&self, now: i64, second: &MeasuredSecond) {
        let mut unwritten = self.unwritten.lock();
        let begins = Grain::Fine.begin(now);
        let goes_on = unwritten.growing.as_ref().is_some_and(|growing| {
            growing.at == begins || (now < growing.at && now > growing.at - Grain::Fine.ms())
        });
        if !goes_on {
            unwritten.finish();
        }
        let growing = unwritten.growing.get_or_insert(Stretch::begin(begins));
        growing.measure(second);
    }

    /// Writes what waits. What cannot be written waits on.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn write(&self) -> Result<(), StoreError> {
        let batch = std::mem::take(&mut self.unwritten.lock().waiting);
        if batch.is_empty() {
            return Ok(());
        }
        let written = table::write(&self.database, &self.node, batch.iter()).await;
        if written.is_err() {
            let mut unwritten = self.unwritten.lock();
            let newer = std::mem::replace(&mut unwritten.waiting, batch);
            unwritten.waiting.extend(newer);
            let more = unwritten.waiting.len().saturating_sub(WAITING);
            unwritten.waiting.drain(..more);
        }
        written
    }

    /// The stretches of `step_ms` from `from` on and before `until` (milliseconds since 1970), all nodes
    /// added up, oldest first. One in which nothing was measured is left out.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn read(
        &self,
        (from, until): (i64, i64),
        step_ms: i64,
    ) -> Result<Vec<Stretch>, StoreError> {
        let found = table::between(&self.database, from, until).await?;
        Ok(stretch::joined(found, step_ms))
    }

    /// Joins what is old enough, and forgets what is older than `days` at `now`.
    ///
    /// # Errors
    /// See [`StoreError`]; some of it may be done then.
    pub async fn thin(&self, now: i64, days: u32) -> Result<(), StoreError> {
        thinning::thin(&self.database, now, days).await
    }

    /// Writes and thins until `stop`, and writes what there is then, the growing stretch included. `days`
    /// is asked for how long stretches are kept.
    pub async fn keep(self, days: impl Fn() -> u32 + Send, stop: CancellationToken) {
        let mut ticks = tokio::time::interval(WRITE_EVERY);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut writes: u32 = 0;
        loop {
            let stopped = stop.run_until_cancelled(ticks.tick()).await.is_none();
            if stopped {
                self.unwritten.lock().finish();
            }
            let thins = !stopped && writes.is_multiple_of(THIN_EVERY);
            writes = writes.wrapping_add(1);
            let mut done = self.write().await;
            if thins && done.is_ok() {
                done = self.thin(now_ms(), days()).await;
            }
            self.log(done.err());
            if stopped {
                return;
            }
        }
    }

    /// Once when it begins to fail, and once when it works again.
    fn log(&self, error: Option<StoreError>) {
        let failed = self.failing.swap(error.is_some(), Ordering::Relaxed);
        match error {
            Some(error) if !failed => {
                tracing::warn!(%error, "the samples for the charts cannot be written; trying again");
            }
            None if failed => tracing::info!("the samples for the charts are written again"),
            _ => {}
        }
    }
}
