//! Leads a run: lets the clients in, keeps the time, ends it in order, writes the report.

use std::rc::Rc;
use std::time::Duration;

use tokio::task::{AbortHandle, LocalSet};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};
use tokio_util::sync::CancellationToken;

use super::client::{ConnectError, ConnectTarget, CrowdPhase, CrowdState, connect, peer};
use super::crowd::{BotCrowd, handshake_auth};
use super::machine::{CpuMeter, listener_of};
use super::plan::Plan;
use super::report::{self, Ended, LoadTestReport, RunFacts};
use super::stats::{Missing, Second};

/// Time that what is on its way gets to arrive after the last update, and where clients get single updates.
const SETTLE: Duration = Duration::from_secs(5);
const PLAIN_SETTLE: Duration = Duration::from_secs(21);

/// Time for a crowd to come in before the run ends without it, and for the server to come to rest behind it.
const COME_IN: Duration = Duration::from_secs(300);
const COME_TO_REST: Duration = Duration::from_secs(4);

/// Time for all leaves to be acknowledged and heard of.
const LEAVE: Duration = Duration::from_secs(10);

/// Time for all connections to close.
const CLOSE: Duration = Duration::from_secs(5);

/// How often an ending phase looks whether it is over.
const LOOK: Duration = Duration::from_millis(20);

/// Runs the plan to its end, or to an early one when `stop` is cancelled or the target vanishes;
/// both still give a report. Blocks the calling thread and uses no other.
///
/// `on_second` gets every second as it ends.
///
/// # Errors
/// [`ConnectError`] when not even the first client could connect.
pub fn run(
    plan: Plan,
    stop: &CancellationToken,
    on_second: &mut dyn FnMut(&Second),
) -> Result<LoadTestReport, ConnectError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| ConnectError::Unreachable("this machine's runtime".to_owned(), error))?;
    let local = LocalSet::new();
    let report = runtime.block_on(local.run_until(drive(plan, stop, on_second)));
    runtime.shutdown_background();
    report
}

async fn drive(
    plan: Plan,
    stop: &CancellationToken,
    on_second: &mut dyn FnMut(&Second),
) -> Result<LoadTestReport, ConnectError> {
    let mut target = ConnectTarget::resolve(&plan.knobs.target_url, &plan.addresses).await?;
    let connecting = Instant::now();
    let first = connect(&target, &handshake_auth(&plan, 0, None)).await?;
    let connecting = connecting.elapsed();
    if let Some(address) = peer(&first) {
        // A name may have addresses where nobody listens; the others need not try them again.
        target.addresses = vec![address];
    }
    let server = plan.server_pid.or_else(|| listener_of(&target.addresses));
    let mut machine = CpuMeter::new(server);
    machine.look(0);
    let started_at = chrono::Utc::now();
    let shared = Rc::new(CrowdState::new(plan));
    let crowd = BotCrowd::new(shared.clone(), target);
    crowd.let_in(0, first, connecting);
    let pacer = tokio::task::spawn_local({
        let shared = shared.clone();
        async move { shared.keep_pace().await }
    });
    let mut run = Run {
        ticks: interval(Duration::from_secs(1)),
        warm_at: Some(shared.started + shared.plan.warm_up)
            .filter(|_| !shared.plan.warm_up.is_zero()),
        shared: shared.clone(),
        machine,
        on_second,
    };
    run.ticks
        .set_missed_tick_behavior(MissedTickBehavior::Delay);
    run.ticks.tick().await;

    let ended = tokio::select! {
        () = stop.cancelled() => Ended::Interrupted,
        ended = run.play(&crowd) => ended,
    };
    let mut missing = Missing::default();
    let mut settled = None;
    // Without anybody in, there is nothing to arrive and nobody to leave.
    let somebody_joined = shared.recorder.borrow().connections.joined > 0;
    if shared.plan.settles && ended != Ended::TargetLost && somebody_joined {
        (missing, settled) = run.wind_down(&crowd).await;
    }
    crowd.direct(CrowdPhase::Close);
    run.until(Instant::now() + CLOSE, || crowd.alive.get() == 0)
        .await;
    run.end_second();
    pacer.abort();
    let facts = RunFacts {
        started_at,
        ended,
        missing,
        settled,
        server_pid: run.machine.server(),
    };
    Ok(report::compile(
        &shared.plan,
        &shared.recorder.borrow(),
        facts,
    ))
}

/// Ends the coming of clients with the play, however that ends.
struct Coming(AbortHandle);

impl Drop for Coming {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// The clock of a run: ends seconds whatever else it waits for.
struct Run<'a> {
    ticks: tokio::time::Interval,
    /// From when on latencies count.
    warm_at: Option<Instant>,
    shared: Rc<CrowdState>,
    machine: CpuMeter,
    on_second: &'a mut dyn FnMut(&Second),
}

impl Run<'_> {
    /// Everything between the first client and the end of the planned time.
    async fn play(&mut self, crowd: &Rc<BotCrowd>) -> Ended {
        let started = self.shared.started;
        let mut coming = Coming(crowd.come());
        if self.shared.plan.from_all_in && self.await_crowd(crowd).await {
            return self.deserted();
        }
        let end = self.shared.ends.get();
        if let Some((outage, back)) = self.shared.plan.outage() {
            let (outage, back) = (started + outage, started + back);
            if self.until(outage, || crowd.nobody_left()).await {
                return self.deserted();
            }
            crowd.drop_all(&coming.0, back);
            // Whoever did not hear of it would stay.
            self.until(Instant::now() + CLOSE, || crowd.alive.get() == 0)
                .await;
            self.until(back.min(end), || false).await;
            coming = Coming(crowd.come_back());
        }
        let lost = self.until(end, || crowd.nobody_left()).await;
        drop(coming);
        match lost {
            true => self.deserted(),
            false => Ended::Completed,
        }
    }

    /// Lets the whole run lie behind the arrival of the crowd. Returns whether nobody is left.
    async fn await_crowd(&mut self, crowd: &BotCrowd) -> bool {
        let shared = self.shared.clone();
        let length = shared.plan.knobs.duration;
        let last = Instant::now() + COME_IN;
        // Nobody's last update is due meanwhile.
        shared.ends.set(last + COME_TO_REST + length);
        let all_have_come = || {
            let it = shared.recorder.borrow().connections;
            it.joined + it.failed + it.lost >= u64::from(shared.plan.clients())
        };
        self.until(last, || all_have_come() || crowd.nobody_left())
            .await;
        if crowd.nobody_left() {
            return true;
        }
        let begin = Instant::now() + COME_TO_REST;
        shared.ends.set(begin + length);
        self.warm_at = Some(begin);
        false
    }

    /// How a run ends in which nobody is left. A server that let nobody in has not vanished.
    fn deserted(&self) -> Ended {
        match self.shared.recorder.borrow().connections.joined {
            0 => Ended::Completed,
            _ => Ended::TargetLost,
        }
    }

    /// Waits until `end`, or until `over` holds, and says whether it did.
    async fn until(&mut self, end: Instant, over: impl Fn() -> bool) -> bool {
        let mut looks = interval(LOOK);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let warm_at = self.warm_at;
            tokio::select! {
                biased;
                () = sleep_until(warm_at.unwrap_or(end)), if warm_at.is_some() => {
                    self.warm_at = None;
                    let now = self.shared.now();
                    self.shared.recorder.borrow_mut().forget_latencies(now);
                }
                _ = self.ticks.tick() => self.end_second(),
                () = sleep_until(end) => return false,
                _ = looks.tick() => if over() { return true },
            }
        }
    }

    /// Stops the updates, lets everything arrive, lets everybody leave. Returns what never came, and how long the rest
    /// took.
    async fn wind_down(&mut self, crowd: &BotCrowd) -> (Missing, Option<Duration>) {
        let shared = self.shared.clone();
        let missing = || shared.recorder.borrow().deliveries.missing();
        let answered = || shared.awaited.get() == 0;
        shared.stand_still();
        crowd.direct(CrowdPhase::Settle);
        let begin = Instant::now();
        let patience = match shared.plan.plain_percent {
            0 => SETTLE,
            _ => PLAIN_SETTLE,
        };
        let all_came = self
            .until(begin + patience, || {
                let missing = missing();
                answered() && missing.last_states == 0 && missing.joined == 0
            })
            .await;
        let took = all_came.then(|| begin.elapsed());
        let settled = missing();
        crowd.direct(CrowdPhase::Leave);
        // Everybody hears of the phase before anything is asked of the answers.
        let _ = timeout(LOOK, std::future::pending::<()>()).await;
        self.until(Instant::now() + LEAVE, || answered() && missing().left == 0)
            .await;
        let missing = Missing {
            left: missing().left,
            ..settled
        };
        (missing, took)
    }

    fn end_second(&mut self) {
        let now = self.shared.now();
        let processes = self.machine.look(now);
        let mut recorder = self.shared.recorder.borrow_mut();
        recorder.end_second(now, processes);
        if let Some(second) = recorder.seconds.last() {
            (self.on_second)(second);
        }
    }
}
