//! Load tests that hosts start from the administration: one at a time in the whole world, each in a
//! process of its own, and the history of them.
//!
//! [`LoadRuns`] starts and stops, `supervisor` follows a run from its first second to its line in
//! the history, `process` is the child, `guard` watches how real players fare, `target` says what may be
//! loaded. Nodes of one world meet in the database: `slot` keeps one run at a time, `heartbeat` what
//! its node writes there each second, `remote_runs` what the other nodes make of it. Knows `accounts` (the
//! token that marks the bots), `load_test` and the tables; no session, no HTTP.

mod config;
mod dependencies;
mod guard;
mod heartbeat;
mod process;
mod remote_runs;
mod request;
mod supervisor;
mod target;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use contract::admin::load_test::{
    LoadTestBody, LoadTestDetail, LoadTestTerms, LoadTestWhy, LoadTestWhyCode,
};
use contract::admin::{Actor, LoadTestRun, LoadTestState};
use contract::load_test::{LoadTestReport, Second};
use load_test::worker::RunRequest;
use runtime::Deadline;
use runtime::clock::{iso, now_ms};
use store::load_tests::{LoadTestHistory, Stop};
use store::storage::StoreError;

pub use config::LoadRunsConfig;
pub use dependencies::{
    LoadRunDependencies, LoadRunError, LoadRunEvent, Pace, Publish, RemoteRuns,
};
use process::Worker;
pub use request::InvalidRequest;
pub use target::TargetError;

/// How long the clients' token outlives the planned end, for those who connect late.
const TOKEN_GRACE_MS: i64 = 60_000;
/// How long deleting a run waits for its end to be in the history.
const KEEP_PATIENCE: Duration = Duration::from_secs(2);

/// Handle on the load tests of this node; cheap to clone.
#[derive(Clone)]
pub struct LoadRuns {
    inner: Arc<RunsInner>,
}

struct RunsInner {
    dependencies: LoadRunDependencies,
    history: LoadTestHistory,
    // Held to read or change a run, never across an await. Kept until its end is in the history.
    current: Mutex<Option<CurrentRun>>,
    // The last run this node led. Held for a comparison.
    led: Mutex<Option<String>>,
    tasks: TaskTracker,
    closing: CancellationToken,
}

/// The run that this node leads.
struct CurrentRun {
    run: LoadTestRun,
    seconds: Vec<Second>,
    report: Option<LoadTestReport>,
    stop: CancellationToken,
    /// Its end is in the history.
    kept: CancellationToken,
    /// What ends it early; the first word counts.
    stopped_by: Option<Stop>,
}

impl LoadRuns {
    /// Opens the history. On a node that is alone, runs that another start of this program left
    /// unfinished are over; among others, they are once nobody leads them.
    ///
    /// # Errors
    /// [`StoreError`]; then no run may be started.
    pub async fn open(dependencies: LoadRunDependencies) -> Result<Self, StoreError> {
        let history = LoadTestHistory::new(dependencies.database.clone());
        let remote_runs = dependencies.remote_runs.clone();
        if remote_runs.is_none() {
            let why = LoadTestWhy::new(
                LoadTestWhyCode::ServerClosed,
                "The server ended during the run.",
            );
            history.end_unfinished(&why).await?;
        }
        let runs = Self {
            inner: Arc::new(RunsInner {
                dependencies,
                history,
                current: Mutex::default(),
                led: Mutex::default(),
                tasks: TaskTracker::new(),
                closing: CancellationToken::new(),
            }),
        };
        if let Some(remote_runs) = remote_runs {
            remote_runs.changed.notify_one();
            let following = runs.clone().follow_remote_runs(remote_runs);
            runs.inner.tasks.spawn(following);
        }
        Ok(runs)
    }

    /// What a new run may be.
    #[must_use]
    pub fn terms(&self) -> LoadTestTerms {
        let dependencies = &self.inner.dependencies;
        let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        LoadTestTerms {
            own_url: target::own_url(dependencies.bound),
            max_clients: dependencies.config.max_clients,
            max_duration_ms: millis(dependencies.config.max_duration),
            max_ack_ms: (!dependencies.config.max_ack.is_zero())
                .then(|| millis(dependencies.config.max_ack)),
        }
    }

    /// Starts a run.
    ///
    /// # Errors
    /// [`LoadRunError`]; then nothing was started.
    pub async fn start(
        &self,
        body: &LoadTestBody,
        by: &Actor,
    ) -> Result<LoadTestRun, LoadRunError> {
        let dependencies = &self.inner.dependencies;
        let checked = request::check(body, &self.terms())?;
        let target = target::resolve(body.target_url.as_deref(), dependencies.bound).await?;
        let now = now_ms();
        let run = LoadTestRun {
            id: uuid::Uuid::now_v7().to_string(),
            node: Some(dependencies.node.clone()),
            state: LoadTestState::Running,
            why: None,
            started_by: by.clone(),
            started_at: iso(now),
            ended_at: None,
            plan: request::plan(&checked, &target),
            figures: None,
        };
        let until = now + i64::try_from(checked.duration_ms).unwrap_or(i64::MAX / 2);
        let token = target.own.then(|| {
            dependencies
                .tokens
                .mint_run(&run.id, until + TOKEN_GRACE_MS)
        });
        let request = request::run_request(&run.plan, &target, token);
        let stop = CancellationToken::new();
        self.take_slot(&run, &stop)?;
        // The slot is taken now and has to be given back, also when nobody waits for the answer.
        let begun = self.clone().begin(run, request, stop);
        let begun = self.inner.tasks.spawn(begun).await;
        begun.map_err(std::io::Error::other)?
    }

    async fn begin(
        self,
        run: LoadTestRun,
        request: RunRequest,
        stop: CancellationToken,
    ) -> Result<LoadTestRun, LoadRunError> {
        let RunsInner {
            dependencies,
            history,
            ..
        } = &*self.inner;
        let begun = async {
            if !history.begin(&run, dependencies.config.history).await? {
                return Err(LoadRunError::Busy);
            }
            Ok(Worker::start(dependencies.program.as_deref(), &request).await?)
        };
        let worker = match begun.await {
            Ok(worker) => worker,
            Err(error) => {
                *self.inner.current.lock() = None;
                history.delete(&run.id).await?;
                return Err(error);
            }
        };
        (dependencies.publish)(LoadRunEvent::Run(Box::new(run.clone())));
        let (target, clients) = (&run.plan.target_url, run.plan.clients);
        tracing::info!(load_test = %run.id, %target, clients, "a load test began");
        let following = self.clone().follow(worker, run.clone(), stop);
        self.inner.tasks.spawn(following);
        Ok(run)
    }

    fn take_slot(&self, run: &LoadTestRun, stop: &CancellationToken) -> Result<(), LoadRunError> {
        let mut current = self.inner.current.lock();
        if current.is_some() || self.inner.closing.is_cancelled() {
            return Err(LoadRunError::Busy);
        }
        *self.inner.led.lock() = Some(run.id.clone());
        *current = Some(CurrentRun {
            run: run.clone(),
            seconds: Vec::new(),
            report: None,
            stop: stop.clone(),
            kept: CancellationToken::new(),
            stopped_by: None,
        });
        Ok(())
    }

    /// Tells a run to end. Its report comes when its clients have left.
    ///
    /// # Errors
    /// [`LoadRunError::NotFound`] or [`LoadRunError::Over`].
    pub async fn stop(&self, id: &str, by: &Actor) -> Result<LoadTestRun, LoadRunError> {
        let stop = Stop::By(by.clone());
        let run = match self.request_stop(id, stop.clone()) {
            Some(stopping) => stopping?,
            None => {
                self.inner.history.ask_stop(id, &stop).await?;
                let stored = self.inner.history.read(id).await?;
                let run = stored.ok_or(LoadRunError::NotFound)?.run;
                if run.state.is_over() {
                    return Err(LoadRunError::Over);
                }
                run
            }
        };
        (self.inner.dependencies.publish)(LoadRunEvent::Run(Box::new(run.clone())));
        Ok(run)
    }

    /// `None` when it is not the run of this node.
    fn request_stop(&self, id: &str, stop: Stop) -> Option<Result<LoadTestRun, LoadRunError>> {
        let mut current = self.inner.current.lock();
        let live = current.as_mut().filter(|live| live.run.id == id)?;
        if live.run.state.is_over() {
            return Some(Err(LoadRunError::Over));
        }
        live.run.state = LoadTestState::Stopping;
        live.stopped_by.get_or_insert(stop);
        live.stop.cancel();
        Some(Ok(live.run.clone()))
    }

    /// Whether this node leads the run, or did.
    fn leads(&self, id: &str) -> bool {
        self.inner.led.lock().as_deref() == Some(id)
    }

    /// Deletes a run from the history and returns it.
    ///
    /// # Errors
    /// [`LoadRunError::Busy`] while it is under way or its end cannot be kept, [`LoadRunError::NotFound`].
    pub async fn delete(&self, id: &str) -> Result<LoadTestRun, LoadRunError> {
        let run = self.get(id).await?.run;
        if run.state.is_over() {
            self.until_kept(id).await;
        }
        if !run.state.is_over() || self.live(id).is_some() {
            return Err(LoadRunError::Busy);
        }
        self.inner.history.delete(id).await?;
        (self.inner.dependencies.publish)(LoadRunEvent::Deleted(run.id.clone()));
        Ok(run)
    }

    /// A run is published as over a moment before its end is in the history.
    async fn until_kept(&self, id: &str) {
        let kept = {
            let current = self.inner.current.lock();
            let live = current.as_ref().filter(|live| live.run.id == id);
            live.map(|live| live.kept.clone())
        };
        if let Some(kept) = kept {
            let _ = timeout(KEEP_PATIENCE, kept.cancelled()).await;
        }
    }

    /// One run with everything it measured, or has measured so far.
    ///
    /// # Errors
    /// [`LoadRunError::NotFound`], or when the database fails.
    pub async fn get(&self, id: &str) -> Result<LoadTestDetail, LoadRunError> {
        if let Some(live) = self.live(id) {
            return Ok(live);
        }
        let stored = self.inner.history.read(id).await?;
        stored.ok_or(LoadRunError::NotFound)
    }

    /// How many runs there are, and a page of them, newest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn list(
        &self,
        limit: u32,
        offset: u32,
    ) -> Result<(u64, Vec<LoadTestRun>), StoreError> {
        let (total, mut runs) = self.inner.history.list(limit, offset).await?;
        if let Some(live) = &*self.inner.current.lock() {
            for run in runs.iter_mut().filter(|run| run.id == live.run.id) {
                *run = live.run.clone();
            }
        }
        Ok((total, runs))
    }

    /// Ends the run that is under way, if there is one, and keeps what it measured, until `deadline`.
    pub async fn close(&self, deadline: Deadline) {
        self.inner.closing.cancel();
        self.inner.tasks.close();
        if deadline.limit(self.inner.tasks.wait()).await.is_err() {
            tracing::warn!("a load test was left before it had ended");
        }
    }

    fn live(&self, id: &str) -> Option<LoadTestDetail> {
        let current = self.inner.current.lock();
        let live = current.as_ref().filter(|live| live.run.id == id)?;
        Some(LoadTestDetail {
            run: live.run.clone(),
            seconds: live.seconds.clone(),
            report: live.report.clone(),
        })
    }
}
