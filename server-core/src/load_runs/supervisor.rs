//! A run from its first second to its line in the history.

use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};
use tokio_util::sync::CancellationToken;

use super::guard::Guard;
use super::process::Worker;
use super::{LoadRunEvent, LoadRuns};
use contract::admin::load_test::{LoadTestFigures, LoadTestWhy, LoadTestWhyCode};
use contract::admin::{LoadTestRun, LoadTestState};
use contract::load_test::{Ended, LoadTestReport, Second};
use load_test::worker::RunProgress;
use runtime::clock::{iso, now_ms};
use store::load_tests::Stop;

/// Time between two tries to write a run into the history.
const KEEP_AGAIN: Duration = Duration::from_secs(5);

/// What came of a run.
struct RunOutcome {
    state: LoadTestState,
    why: Option<LoadTestWhy>,
    report: Option<LoadTestReport>,
}

/// Why the following of a run ended before the process did.
enum Interruption {
    Closing,
    Overdue,
}

impl LoadRuns {
    /// Follows a run to its end and keeps what it measured.
    pub(super) async fn follow(self, worker: Worker, run: LoadTestRun, stop: CancellationToken) {
        let over = CancellationToken::new();
        let heartbeat = tokio::spawn(self.clone().keep_heartbeat(run.id.clone(), over.clone()));
        let outcome = self.watch(worker, &run, &stop).await;
        over.cancel();
        // It must not write after the last word. A broken one wrote before.
        let _ = heartbeat.await;
        let (run, detail) = {
            let mut current = self.inner.current.lock();
            let Some(live) = current.as_mut().filter(|live| live.run.id == run.id) else {
                return;
            };
            if let Some(mut report) = outcome.report {
                live.run.figures = Some(figures(&report));
                // Those of the report are the whole truth; a line may have been lost.
                live.seconds = std::mem::take(&mut report.seconds);
                live.report = Some(report);
            }
            live.run.state = outcome.state;
            live.run.why = outcome.why;
            live.run.ended_at = Some(iso(now_ms()));
            let detail = (live.seconds.clone(), live.report.clone());
            (live.run.clone(), detail)
        };
        tracing::info!(load_test = %run.id, state = run.state.as_str(), why = run.why.as_ref().map(|why| why.message.as_str()), "a load test ended");
        (self.inner.dependencies.publish)(LoadRunEvent::Run(Box::new(run.clone())));
        let (seconds, report) = detail;
        self.keep(&run, report.as_ref(), &seconds).await;
        let kept = self
            .inner
            .current
            .lock()
            .take_if(|live| live.run.id == run.id);
        if let Some(live) = kept {
            live.kept.cancel();
        }
    }

    /// Writes the end of a run into the history, as soon as the database takes it.
    async fn keep(&self, run: &LoadTestRun, report: Option<&LoadTestReport>, seconds: &[Second]) {
        while let Err(error) = self.inner.history.end(run, report, seconds).await {
            tracing::error!(%error, load_test = %run.id, "a load test could not be kept");
            let closing = self.inner.closing.cancelled();
            if timeout(KEEP_AGAIN, closing).await.is_ok() {
                return;
            }
        }
    }

    async fn watch(
        &self,
        mut worker: Worker,
        run: &LoadTestRun,
        stop: &CancellationToken,
    ) -> RunOutcome {
        let dependencies = &self.inner.dependencies;
        let mut guard = Guard::new(dependencies.metrics.clone(), dependencies.config.max_ack);
        let mut looks = interval(dependencies.pace.look);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut deadline = Instant::now()
            + Duration::from_millis(run.plan.duration_ms)
            + dependencies.pace.overtime;
        let mut stopping = false;
        let mut report = None;
        let mut failed = None;
        let interruption = loop {
            tokio::select! {
                progress = worker.next() => match progress {
                    Some(RunProgress::Second(second)) => self.second(*second),
                    Some(RunProgress::Report(it)) => report = Some(*it),
                    Some(RunProgress::Failed(why)) => failed = Some(why),
                    None => break None,
                },
                _ = looks.tick(), if !stopping => if let Some(why) = guard.look() {
                    self.stop_for(&run.id, Stop::Because(why));
                },
                () = stop.cancelled(), if !stopping => {
                    stopping = true;
                    deadline = Instant::now() + dependencies.pace.overtime;
                    worker.stop();
                }
                () = self.inner.closing.cancelled() => break Some(Interruption::Closing),
                () = sleep_until(deadline) => break Some(Interruption::Overdue),
            }
        };
        match interruption {
            Some(interruption) => {
                worker.kill().await;
                return RunOutcome {
                    state: match interruption {
                        Interruption::Closing => LoadTestState::Stopped,
                        Interruption::Overdue => LoadTestState::Failed,
                    },
                    why: Some(match interruption {
                        Interruption::Closing => LoadTestWhy::new(
                            LoadTestWhyCode::ServerClosed,
                            "The server was closed during the run.",
                        ),
                        Interruption::Overdue => LoadTestWhy::new(
                            LoadTestWhyCode::Overdue,
                            "It did not end when it should have, and its process was ended.",
                        ),
                    }),
                    report,
                };
            }
            None => {
                let status = worker.end().await;
                if report.is_none() && failed.is_none() {
                    let how = match status {
                        Ok(status) => status.to_string(),
                        Err(error) => error.to_string(),
                    };
                    let message = format!("Its process ended without a report ({how}).");
                    return RunOutcome {
                        state: LoadTestState::Failed,
                        why: Some(LoadTestWhy::new(LoadTestWhyCode::ProcessDied, message)),
                        report,
                    };
                }
            }
        }
        let Some(report) = report else {
            return RunOutcome {
                state: LoadTestState::Failed,
                why: failed.map(|it| LoadTestWhy {
                    obstacle: it.obstacle,
                    ..LoadTestWhy::new(LoadTestWhyCode::CouldNotStart, it.message)
                }),
                report: None,
            };
        };
        let (state, why) = match report.ended {
            Ended::TargetLost => (
                LoadTestState::Failed,
                Some(LoadTestWhy::new(
                    LoadTestWhyCode::TargetLost,
                    "Every client lost its connection.",
                )),
            ),
            Ended::Interrupted => (LoadTestState::Stopped, Some(self.stopped())),
            Ended::Completed => (LoadTestState::Completed, None),
        };
        RunOutcome {
            state,
            why,
            report: Some(report),
        }
    }

    fn second(&self, second: Second) {
        if let Some(live) = &mut *self.inner.current.lock() {
            live.seconds.push(second.clone());
        }
        (self.inner.dependencies.publish)(LoadRunEvent::Second(Box::new(second)));
    }

    /// Stops the run of this node for something that nobody here asked for by hand.
    pub(super) fn stop_for(&self, id: &str, stop: Stop) {
        if let Some(Ok(run)) = self.request_stop(id, stop) {
            (self.inner.dependencies.publish)(LoadRunEvent::Run(Box::new(run)));
        }
    }

    fn stopped(&self) -> LoadTestWhy {
        let current = self.inner.current.lock();
        let stop = current.as_ref().and_then(|live| live.stopped_by.clone());
        let message = match stop {
            Some(Stop::Because(why)) => return why,
            Some(Stop::By(by)) if !by.name.is_empty() => format!("{} stopped it.", by.name),
            _ => "It was stopped.".to_owned(),
        };
        LoadTestWhy::new(LoadTestWhyCode::StoppedByHost, message)
    }
}

fn figures(report: &LoadTestReport) -> LoadTestFigures {
    let (latency, totals) = (&report.latency, &report.totals);
    let fanout = latency.fanout.summary.as_ref();
    let server = report.server.as_ref();
    LoadTestFigures {
        valid: report.valid,
        joined: report.connections.joined,
        delivered_per_second: totals.delivered_per_second,
        delivered_percent: totals.delivered_percent,
        join_p95_ms: latency.join.summary.as_ref().map(|it| it.p95_ms),
        update_p95_ms: latency.update.summary.as_ref().map(|it| it.p95_ms),
        fanout_p50_ms: fanout.map(|it| it.p50_ms),
        fanout_p95_ms: fanout.map(|it| it.p95_ms),
        fanout_p99_ms: fanout.map(|it| it.p99_ms),
        errors: report.errors.total,
        server_cpu_percent: server.map(|it| it.cpu_percent),
        cpu_us_per_delivery: server.and_then(|it| it.cpu_us_per_delivery),
        arrival_p99_ms: latency.arrival.summary.as_ref().map(|it| it.p99_ms),
        near_p99_ms: latency.near.summary.as_ref().map(|it| it.p99_ms),
        far_p99_ms: latency.far.summary.as_ref().map(|it| it.p99_ms),
        bytes_per_step: totals.bytes_per_step,
        bytes_per_client: totals.bytes_per_client,
    }
}
