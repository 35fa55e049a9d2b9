//! Runs that other nodes lead, as the shared database tells of them.
//!
//! Nothing is looked up while nobody watches here and no run is known: a run's beginning is heard of
//! through the audit log, which reaches every node, or found by the first look of a watcher.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::guard::Guard;
use super::{Inner, LoadNews, LoadRuns};
use contract::admin::LoadTestRun;
use contract::admin::load_test::{LoadTestWhy, LoadTestWhyCode};
use store::load_tests::{Stop, UnderWay};
use store::storage::StoreError;

/// Seconds told again when a run is first seen: whoever watches may have asked for its past a moment
/// before. Doubled ones are known by their time.
const OVERLAP: i64 = 5;

/// What a node that works with others needs to follow their runs.
#[derive(Clone)]
pub struct Others {
    /// Whether somebody here watches.
    pub watched: Arc<dyn Fn() -> bool + Send + Sync>,
    /// Told when something about load tests is in the audit log.
    pub stirred: Arc<Notify>,
    /// For so long a run may be silent before its node counts as gone.
    pub patience: Duration,
}

/// The run of another node.
struct Known {
    run: LoadTestRun,
    beat: i64,
    /// When the beat was seen to change.
    heard: Instant,
    /// Number of the first second that was not told here.
    next: i64,
    /// Real players of this node suffer as well. `None` once it asked for the end, or when the run
    /// loads something else.
    guard: Option<Guard>,
}

impl LoadRuns {
    /// Tells the news of other nodes' runs here, ends runs whose nodes are gone, and asks for the end
    /// of one that makes players of this node wait. Until the server closes.
    pub(super) async fn follow_others(self, others: Others) {
        let mut known: Option<Known> = None;
        let mut looks = interval(self.inner.parts.pace.look);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = self.inner.closing.cancelled() => return,
                () = others.stirred.notified() => {}
                _ = looks.tick() => if known.is_none() && !(others.watched)() {
                    continue;
                },
            }
            if let Err(error) = self.look_at_others(&mut known, &others).await {
                tracing::warn!(%error, "load tests of other nodes could not be read");
            }
        }
    }

    async fn look_at_others(
        &self,
        known: &mut Option<Known>,
        others: &Others,
    ) -> Result<(), StoreError> {
        let Inner { parts, history, .. } = &*self.inner;
        let found = history.under_way().await?;
        let found = found.filter(|it| !self.leads(&it.run.id));
        if let Some(before) = known.take_if(|known| {
            let same = |it: &UnderWay| it.run.id == known.run.id;
            !found.as_ref().is_some_and(same)
        }) {
            match history.read(&before.run.id).await? {
                Some(ended) => (parts.tell)(LoadNews::Run(Box::new(ended.run))),
                None => (parts.tell)(LoadNews::Deleted(before.run.id)),
            }
        }
        let Some(UnderWay { run, beat }) = found else {
            return Ok(());
        };
        let known = match known {
            Some(known) => known,
            None => {
                (parts.tell)(LoadNews::Run(Box::new(run.clone())));
                let guard = || Guard::new(parts.metrics.clone(), parts.config.max_ack);
                known.insert(Known {
                    beat,
                    heard: Instant::now(),
                    next: (history.second_count(&run.id).await? - OVERLAP).max(0),
                    guard: run.plan.own.then(guard),
                    run: run.clone(),
                })
            }
        };
        if known.run != run {
            known.run = run;
            (parts.tell)(LoadNews::Run(Box::new(known.run.clone())));
        }
        for second in history.seconds(&known.run.id, known.next).await? {
            known.next += 1;
            (parts.tell)(LoadNews::Second(Box::new(second)));
        }
        if known.beat != beat {
            known.beat = beat;
            known.heard = Instant::now();
        } else if known.heard.elapsed() > others.patience {
            let why = LoadTestWhy::new(
                LoadTestWhyCode::ServerClosed,
                "The node that led it is gone.",
            );
            tracing::warn!(load_test = %known.run.id, "the node that led a load test is gone");
            history.end_lost(&known.run.id, beat, &why).await?;
            others.stirred.notify_one();
        }
        if let Some(why) = known.guard.as_mut().and_then(Guard::look) {
            history.ask_stop(&known.run.id, &Stop::Because(why)).await?;
            known.guard = None;
        }
        Ok(())
    }
}
