//! Runs that other nodes lead, as the shared database shows them.
//!
//! Nothing is looked up while nobody watches here and no run is known: a run's beginning is known
//! through the audit log, which reaches every node, or found by the first look of a watcher.

use tokio::time::{Instant, MissedTickBehavior, interval};

use super::guard::Guard;
use super::{LoadRunEvent, LoadRuns, RemoteRuns, RunsInner};
use contract::admin::LoadTestRun;
use contract::admin::load_test::{LoadTestWhy, LoadTestWhyCode};
use store::load_tests::{Stop, UnderWay};
use store::storage::StoreError;

/// Seconds published again when a run is first seen: whoever watches may have asked for its past a moment
/// before. Doubled ones are known by their time.
const OVERLAP: i64 = 5;

/// The run of another node.
struct FollowedRun {
    run: LoadTestRun,
    beat: i64,
    /// When the beat was seen to change.
    beat_seen: Instant,
    /// Number of the first second that was not published here.
    next: i64,
    /// Real players of this node suffer as well. `None` once it asked for the end, or when the run
    /// loads something else.
    guard: Option<Guard>,
}

impl LoadRuns {
    /// Publishes other nodes' runs here, ends runs whose nodes are gone, and asks for the end
    /// of one that makes players of this node wait. Until the server closes.
    pub(super) async fn follow_remote_runs(self, remote_runs: RemoteRuns) {
        let mut followed: Option<FollowedRun> = None;
        let mut looks = interval(self.inner.dependencies.pace.look);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = self.inner.closing.cancelled() => return,
                () = remote_runs.changed.notified() => {}
                _ = looks.tick() => if followed.is_none() && !(remote_runs.watched)() {
                    continue;
                },
            }
            if let Err(error) = self.check_remote_runs(&mut followed, &remote_runs).await {
                tracing::warn!(%error, "load tests of other nodes could not be read");
            }
        }
    }

    async fn check_remote_runs(
        &self,
        followed: &mut Option<FollowedRun>,
        remote_runs: &RemoteRuns,
    ) -> Result<(), StoreError> {
        let RunsInner {
            dependencies,
            history,
            ..
        } = &*self.inner;
        let found = history.under_way().await?;
        let found = found.filter(|it| !self.leads(&it.run.id));
        if let Some(before) = followed.take_if(|followed| {
            let same = |it: &UnderWay| it.run.id == followed.run.id;
            !found.as_ref().is_some_and(same)
        }) {
            match history.read(&before.run.id).await? {
                Some(ended) => (dependencies.publish)(LoadRunEvent::Run(Box::new(ended.run))),
                None => (dependencies.publish)(LoadRunEvent::Deleted(before.run.id)),
            }
        }
        let Some(UnderWay { run, beat }) = found else {
            return Ok(());
        };
        let followed = match followed {
            Some(followed) => followed,
            None => {
                (dependencies.publish)(LoadRunEvent::Run(Box::new(run.clone())));
                let guard =
                    || Guard::new(dependencies.metrics.clone(), dependencies.config.max_ack);
                followed.insert(FollowedRun {
                    beat,
                    beat_seen: Instant::now(),
                    next: (history.second_count(&run.id).await? - OVERLAP).max(0),
                    guard: run.plan.own.then(guard),
                    run: run.clone(),
                })
            }
        };
        if followed.run != run {
            followed.run = run;
            (dependencies.publish)(LoadRunEvent::Run(Box::new(followed.run.clone())));
        }
        for second in history.seconds(&followed.run.id, followed.next).await? {
            followed.next += 1;
            (dependencies.publish)(LoadRunEvent::Second(Box::new(second)));
        }
        if followed.beat != beat {
            followed.beat = beat;
            followed.beat_seen = Instant::now();
        } else if followed.beat_seen.elapsed() > remote_runs.patience {
            let why = LoadTestWhy::new(
                LoadTestWhyCode::ServerClosed,
                "The node that led it is gone.",
            );
            tracing::warn!(load_test = %followed.run.id, "the node that led a load test is gone");
            history.end_lost(&followed.run.id, beat, &why).await?;
            remote_runs.changed.notify_one();
        }
        if let Some(why) = followed.guard.as_mut().and_then(Guard::look) {
            history
                .ask_stop(&followed.run.id, &Stop::Because(why))
                .await?;
            followed.guard = None;
        }
        Ok(())
    }
}
