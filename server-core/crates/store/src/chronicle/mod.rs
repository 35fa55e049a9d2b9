//! The chronicle: how the world was over hours and weeks, also over restarts.
//!
//! [`Chronicle::note`] takes a second at a time and never waits: seconds grow into stretches of
//! [`Grain::Fine`] in memory, and one task ([`Chronicle::keep`]) writes each as soon as it is over, in one
//! transaction with those that could not be written. Every node writes its own, and who reads adds them up
//! ([`Stretch::beside`]), up to where all have written ([`Chronicle::written_by_all`]).
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
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::storage::{Database, StoreError};
use runtime::clock::now_ms;
pub use stretch::{Grain, MeasuredSecond, Stretch};

/// Time between two thinnings: a quarter of an hour.
const THIN_EVERY: Duration = Duration::from_secs(15 * 60);
/// A node whose newest stretch began longer ago, in milliseconds, is not waited for: it has just come, or does not
/// reach the database. Nodes of older versions write once a minute, and those of this one after ten seconds.
const LATEST_MS: i64 = 75_000;
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
    /// A stretch is over, and waits to be written.
    over: Arc<Notify>,
}

#[derive(Debug, Default)]
struct UnwrittenSamples {
    growing: Option<Stretch>,
    waiting: VecDeque<Stretch>,
}

impl UnwrittenSamples {
    /// Ends the growing stretch. `false` where there is none.
    fn finish(&mut self) -> bool {
        let Some(over) = self.growing.take() else {
            return false;
        };
        self.waiting.push_back(over);
        while self.waiting.len() > WAITING {
            self.waiting.pop_front();
        }
        true
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
            over: Arc::default(),
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
        if !goes_on && unwritten.finish() {
            self.over.notify_one();
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

    /// Up to when, at `now`, each of these nodes has written: the end of the newest stretch that all of them have. One
    /// whose newest began over [`LATEST_MS`] ago is not waited for, and nobody is trusted about what is ahead.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn written_by_all(&self, nodes: &[String], now: i64) -> Result<i64, StoreError> {
        let newest = table::newest(&self.database, now - LATEST_MS).await?;
        let ends = newest
            .iter()
            .filter(|(node, _)| nodes.contains(node))
            .map(|(_, at)| at + Grain::Fine.ms());
        let whole = Grain::Fine.begin(now);
        Ok(ends.min().map_or(whole, |end| end.min(whole)))
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
        let mut thinnings = tokio::time::interval(THIN_EVERY);
        thinnings.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut is_thick = true;
        loop {
            let work = async {
                tokio::select! {
                    _ = thinnings.tick() => is_thick = true,
                    () = self.over.notified() => {}
                }
            };
            let stopped = stop.run_until_cancelled(work).await.is_none();
            if stopped {
                self.unwritten.lock().finish();
            }
            let mut done = self.write().await;
            if is_thick && !stopped && done.is_ok() {
                done = self.thin(now_ms(), days()).await;
                is_thick = done.is_err();
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
