//! The tries of a search: a short run for each size of the crowd.

use std::thread;
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use super::search::{KneeSearch, TryVerdict};
use super::{KneeEnd, KneeLimit, KneeReport, KneeTry};
use crate::{ConnectError, Ended, LoadTestReport, Plan, run};

/// The most clients a search tries.
const MOST: u32 = 100_000;
/// How many times the limit a try may last for two seconds before it is given up: more patience would
/// not change the answer.
const HOPELESS: f64 = 4.0;

/// How much time a search takes for what.
#[derive(Debug, Clone, Copy)]
pub struct KneePace {
    /// For the clients of a try to come in, at most.
    pub ramp: Duration,
    /// Between two clients, at most.
    pub spawn: Duration,
    /// Until a crowd that is in has become quiet.
    pub settle: Duration,
    /// For the measurement.
    pub measure: Duration,
    /// For the server to recover from one try before the next.
    pub pause: Duration,
    /// For the whole search.
    pub budget: Duration,
}

impl Default for KneePace {
    fn default() -> Self {
        Self {
            ramp: Duration::from_secs(4),
            spawn: Duration::from_millis(5),
            settle: Duration::from_millis(1500),
            measure: Duration::from_secs(5),
            pause: Duration::from_secs(1),
            budget: Duration::from_secs(175),
        }
    }
}

impl KneePace {
    fn plan(&self, plan: &Plan, clients: u32) -> Plan {
        let mut plan = plan.clone();
        plan.knobs.clients = clients as usize;
        plan.knobs.spawn_interval = self.spawn.min(self.ramp / clients);
        let ramp = plan.knobs.spawn_interval * clients;
        plan.warm_up = ramp + self.settle;
        plan.knobs.duration = plan.warm_up + self.measure;
        plan.settles = false;
        plan
    }

    /// How long a try with so many clients takes, about.
    fn try_time(&self, clients: u32) -> Duration {
        let ramp = self.spawn.min(self.ramp / clients) * clients;
        ramp + self.settle + self.measure + 2 * self.pause
    }
}

/// What a try says.
enum Outcome {
    Tried(KneeTry),
    /// The numbers are the load test's own.
    Generator(KneeTry),
}

/// Finds the largest crowd that the target of `plan` holds, beginning with the clients of the plan.
/// `on_try` gets each try as it ends. Blocks the calling thread.
///
/// # Errors
/// [`ConnectError`] when not even the first client of the first try could connect.
pub fn find_knee(
    plan: &Plan,
    limit: KneeLimit,
    pace: KneePace,
    stop: &CancellationToken,
    on_try: &mut dyn FnMut(&KneeTry),
) -> Result<KneeReport, ConnectError> {
    let started = Instant::now();
    let mut search = KneeSearch::new(plan.clients(), MOST);
    let mut tries: Vec<KneeTry> = Vec::new();
    let ended = loop {
        let Some(clients) = search.next() else {
            break match (search.holds(), search.too_many()) {
                (None, _) => KneeEnd::HoldsNobody,
                (Some(_), None) => KneeEnd::HoldsAll,
                (Some(_), Some(_)) => KneeEnd::Found,
            };
        };
        if started.elapsed() + pace.try_time(clients) > pace.budget {
            break KneeEnd::OutOfTime;
        }
        if !tries.is_empty() {
            thread::sleep(pace.pause);
        }
        let outcome = match try_once(&pace.plan(plan, clients), limit, stop) {
            Ok(report) => outcome_of(clients, &report, limit),
            Err(error) if tries.is_empty() => return Err(error),
            Err(error) => Outcome::Tried(refused(clients, &error)),
        };
        if stop.is_cancelled() {
            break KneeEnd::Interrupted;
        }
        let (tried, generator) = match outcome {
            Outcome::Tried(tried) => (tried, false),
            Outcome::Generator(tried) => (tried, true),
        };
        on_try(&tried);
        let held = match tried.held {
            true => TryVerdict::Yes,
            false => TryVerdict::No,
        };
        tries.push(tried);
        if generator {
            break KneeEnd::GeneratorLimit;
        }
        search.tried(clients, held);
    };
    Ok(KneeReport {
        target_url: plan.knobs.target_url.clone(),
        percentile: limit.percentile(),
        limit_ms: limit.limit_ms(),
        holds: search.holds(),
        too_many: search.too_many(),
        ended,
        took_s: started.elapsed().as_secs_f64(),
        tries,
    })
}

fn try_once(
    plan: &Plan,
    limit: KneeLimit,
    stop: &CancellationToken,
) -> Result<LoadTestReport, ConnectError> {
    let hopeless = stop.child_token();
    let warm = plan.warm_up.as_secs_f64();
    let mut bad = 0;
    run(plan.clone(), &hopeless, &mut |second| {
        let counts = second.near.as_ref().or(second.fanout.as_ref());
        let measured = counts.map(|it| limit.pick(it));
        let is_bad = measured.is_some_and(|ms| ms > limit.limit_ms() * HOPELESS);
        bad = match is_bad && second.at_s > warm {
            true => bad + 1,
            false => 0,
        };
        if bad == 2 {
            hopeless.cancel();
        }
    })
}

fn outcome_of(clients: u32, report: &LoadTestReport, limit: KneeLimit) -> Outcome {
    let (near, all) = (&report.latency.near.summary, &report.latency.fanout.summary);
    let measured_ms = near.as_ref().or(all.as_ref()).map(|it| limit.pick(it));
    let connections = &report.connections;
    let lost = connections.lost + connections.failed;
    let joined = connections.joined;
    let why = if report.ended == Ended::TargetLost {
        Some("the server ended every connection".to_owned())
    } else if joined < u64::from(clients) {
        let error = report.errors.samples.first();
        let error = error.map_or(String::new(), |it| format!(" ({})", it.message));
        Some(format!("only {joined} came in{error}"))
    } else if lost > 0 {
        Some(format!("{lost} connections were lost"))
    } else {
        None
    };
    let in_time = measured_ms.is_some_and(|ms| ms <= limit.limit_ms());
    let mut tried = KneeTry {
        clients,
        held: in_time && why.is_none(),
        measured_ms,
        server_cpu_percent: report.server.as_ref().map(|it| it.cpu_percent),
        why,
    };
    if report.valid || tried.why.is_some() {
        return Outcome::Tried(tried);
    }
    tried.held = false;
    tried.why = Some(report.invalid_because.join("; "));
    Outcome::Generator(tried)
}

fn refused(clients: u32, error: &ConnectError) -> KneeTry {
    KneeTry {
        clients,
        held: false,
        measured_ms: None,
        server_cpu_percent: None,
        why: Some(error.to_string()),
    }
}
