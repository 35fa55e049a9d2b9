//! Leads a run: lets the clients in, keeps the time, ends it in order, writes the report.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use serde::Serialize;
use tokio::sync::watch;
use tokio::task::{JoinSet, LocalSet};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};
use tokio_util::sync::CancellationToken;

use super::client::{Bot, ConnectError, ConnectTarget, CrowdPhase, CrowdState, connect, peer};
use super::machine::{CpuMeter, listener_of};
use super::plan::Plan;
use super::report::{self, Ended, LoadTestReport, RunFacts};
use super::stats::{Missing, Second};
use contract::events::{FEATURE_BATCH, FEATURE_LEAN};
use contract::load_test::Mode;

/// Time that what is on its way gets to arrive after the last update.
const SETTLE: Duration = Duration::from_secs(5);

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
    let auth = handshake_auth(&plan);
    let first = connect(&target, &auth).await?;
    if let Some(address) = peer(&first) {
        // A name may have addresses where nobody listens; the others need not try them again.
        target.addresses = vec![address];
    }
    let server = plan.server_pid.or_else(|| listener_of(&target.addresses));
    let mut machine = CpuMeter::new(server);
    machine.look(0);
    let started_at = chrono::Utc::now();
    let shared = Rc::new(CrowdState::new(plan));
    let (phase, phases) = watch::channel(CrowdPhase::Play);
    let crowd = Rc::new(Crowd::default());
    let spawner = tokio::task::spawn_local({
        let (shared, crowd) = (shared.clone(), crowd.clone());
        let bot = Bot::new(0, first, shared.clone());
        crowd.clone().let_in(bot, phases.clone());
        async move { spawn_all(shared, crowd, target, auth, phases).await }
    });

    let pacer = tokio::task::spawn_local({
        let shared = shared.clone();
        async move { shared.keep_pace().await }
    });
    let mut run = Run {
        ticks: interval(Duration::from_secs(1)),
        shared: shared.clone(),
        machine,
        on_second,
    };
    run.ticks
        .set_missed_tick_behavior(MissedTickBehavior::Delay);
    run.ticks.tick().await;

    let end = shared.started + shared.plan.knobs.duration;
    let ended = tokio::select! {
        () = stop.cancelled() => Ended::Interrupted,
        over = run.until(end, || crowd.nobody_left(&shared)) => match over {
            true => Ended::TargetLost,
            false => Ended::Completed,
        },
    };
    spawner.abort();
    let mut missing = Missing::default();
    // Without anybody in, there is nothing to arrive and nobody to leave.
    let somebody_joined = shared.recorder.borrow().connections.joined > 0;
    if ended != Ended::TargetLost && somebody_joined {
        missing = run.wind_down(&phase).await;
    }
    phase.send_replace(CrowdPhase::Close);
    run.until(Instant::now() + CLOSE, || crowd.alive.get() == 0)
        .await;
    run.end_second();
    pacer.abort();
    let facts = RunFacts {
        started_at,
        ended,
        missing,
        server_pid: run.machine.server(),
    };
    Ok(report::compile(
        &shared.plan,
        &shared.recorder.borrow(),
        facts,
    ))
}

/// The clients that are there.
#[derive(Default)]
struct Crowd {
    spawned: Cell<u32>,
    alive: Cell<u32>,
}

impl Crowd {
    fn let_in(self: Rc<Self>, bot: Bot, phases: watch::Receiver<CrowdPhase>) {
        self.spawned.set(self.spawned.get() + 1);
        self.alive.set(self.alive.get() + 1);
        tokio::task::spawn_local(async move {
            bot.run(phases).await;
            self.alive.set(self.alive.get() - 1);
        });
    }

    /// The target vanished: everybody who came is gone again, and nobody new gets in.
    fn nobody_left(&self, shared: &CrowdState) -> bool {
        let failed = shared.recorder.borrow().connections.failed > 0;
        let all = self.spawned.get() == shared.plan.clients();
        self.alive.get() == 0 && (all || failed)
    }
}

async fn spawn_all(
    shared: Rc<CrowdState>,
    crowd: Rc<Crowd>,
    target: ConnectTarget,
    auth: String,
    phases: watch::Receiver<CrowdPhase>,
) {
    let (target, auth) = (Rc::new(target), Rc::new(auth));
    // Dropped with this task when the run ends, which ends connects under way.
    let mut connecting = JoinSet::new();
    for index in 1..shared.plan.clients() {
        sleep_until(shared.started + shared.plan.spawn_at(index)).await;
        let (shared, crowd, target, auth) =
            (shared.clone(), crowd.clone(), target.clone(), auth.clone());
        let phases = phases.clone();
        connecting.spawn_local(async move {
            match connect(&target, &auth).await {
                Ok(socket) => crowd.let_in(Bot::new(index, socket, shared), phases),
                Err(error) => {
                    let now = shared.now();
                    let mut recorder = shared.recorder.borrow_mut();
                    recorder.connections.failed += 1;
                    recorder.error(index, now, "connect", &error.to_string());
                }
            }
        });
        while connecting.try_join_next().is_some() {}
    }
    while connecting.join_next().await.is_some() {}
}

/// The clock of a run: ends seconds whatever else it waits for.
struct Run<'a> {
    ticks: tokio::time::Interval,
    shared: Rc<CrowdState>,
    machine: CpuMeter,
    on_second: &'a mut dyn FnMut(&Second),
}

impl Run<'_> {
    /// Waits until `end`, or until `over` holds, and says whether it did.
    async fn until(&mut self, end: Instant, over: impl Fn() -> bool) -> bool {
        let mut looks = interval(LOOK);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                biased;
                _ = self.ticks.tick() => self.end_second(),
                () = sleep_until(end) => return false,
                _ = looks.tick() => if over() { return true },
            }
        }
    }

    /// Stops the updates, lets everything arrive, lets everybody leave. Returns what never came.
    async fn wind_down(&mut self, phase: &watch::Sender<CrowdPhase>) -> Missing {
        let shared = self.shared.clone();
        let missing = || shared.recorder.borrow().deliveries.missing();
        let answered = || shared.awaited.get() == 0;
        shared.stand_still();
        phase.send_replace(CrowdPhase::Settle);
        self.until(Instant::now() + SETTLE, || {
            let missing = missing();
            answered() && missing.last_states == 0 && missing.joined == 0
        })
        .await;
        let settled = missing();
        phase.send_replace(CrowdPhase::Leave);
        // Everybody hears of the phase before anything is asked of the answers.
        let _ = timeout(LOOK, std::future::pending::<()>()).await;
        self.until(Instant::now() + LEAVE, || answered() && missing().left == 0)
            .await;
        Missing {
            left: missing().left,
            ..settled
        }
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

fn handshake_auth(plan: &Plan) -> String {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct ConnectAuth<'a> {
        #[serde(skip_serializing_if = "Option::is_none")]
        run_token: Option<&'a str>,
        features: &'a [&'a str],
    }
    let auth = ConnectAuth {
        run_token: plan.run_token.as_deref(),
        features: match plan.mode {
            Mode::Plain => &[FEATURE_LEAN],
            Mode::Batch => &[FEATURE_BATCH, FEATURE_LEAN],
        },
    };
    serde_json::to_string(&auth).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LoadTestConfig;

    #[test]
    fn the_handshake_asks_for_what_the_mode_needs() {
        let mut plan = Plan::new(LoadTestConfig::default());
        assert_eq!(handshake_auth(&plan), r#"{"features":["lean"]}"#);
        plan.mode = Mode::Batch;
        plan.run_token = Some("t".to_owned());
        let expected = r#"{"runToken":"t","features":["batch","lean"]}"#;
        assert_eq!(handshake_auth(&plan), expected);
    }
}
