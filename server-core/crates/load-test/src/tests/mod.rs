//! Whole runs against a scripted server whose mistakes are known.

mod scripted;
mod shapes;

use std::time::Duration;

use scripted::ScriptedFaults;
use tokio_util::sync::CancellationToken;

use super::stats::Missing;
use super::{
    ConnectError, DurationLimit, Ended, LoadTestReport, Plan, Thresholds, evaluate, run, text,
};
use crate::{CrowdPlan, LoadTestConfig};

const CLIENTS: usize = 4;

fn plan(script: ScriptedFaults) -> Plan {
    Plan::new(LoadTestConfig {
        target_url: format!("http://{}", scripted::start(script)),
        clients: CLIENTS,
        duration: Duration::from_millis(1200),
        update_interval: Duration::from_millis(100),
        spawn_interval: Duration::from_millis(10),
        crowd: CrowdPlan::default(),
    })
}

fn report(script: ScriptedFaults) -> LoadTestReport {
    run(plan(script), &CancellationToken::new(), &mut |_| {}).unwrap()
}

#[test]
fn a_faultless_server_gets_a_faultless_report() {
    let report = report(ScriptedFaults::default());
    assert_eq!(report.ended, Ended::Completed);
    let connections = report.connections;
    let all = CLIENTS as u64;
    assert_eq!((connections.connected, connections.joined), (all, all));
    assert_eq!((connections.left, connections.disconnected), (all, all));
    assert_eq!((connections.lost, connections.failed), (0, 0));
    assert_eq!(report.errors.total, 0, "{:?}", report.errors);
    let (totals, deliveries) = (&report.totals, report.totals.deliveries);
    assert_eq!(totals.acks, totals.sent);
    assert!(totals.sent >= all * 9, "{totals:?}");
    assert_eq!((deliveries.received, deliveries.coalesced), (totals.due, 0));
    assert_eq!((deliveries.duplicated, deliveries.reordered), (0, 0));
    assert_eq!((deliveries.stray, deliveries.left_doubled), (0, 0));
    // Who connected between another's connect and join hears of that join as well.
    assert!((6..=12).contains(&deliveries.joined), "{deliveries:?}");
    assert_eq!((deliveries.joined_doubled, deliveries.left), (0, 12));
    assert_eq!(totals.missing, Missing::default());
    let last = report.seconds.last().unwrap();
    assert!(last.at_s >= 1.2, "{last:?}");
}

#[test]
fn no_latency_is_reported_shorter_than_the_servers_delay() {
    let delay = Duration::from_millis(60);
    let report = report(ScriptedFaults {
        delay,
        ..ScriptedFaults::default()
    });
    for distribution in [
        &report.latency.fanout,
        &report.latency.age,
        &report.latency.update,
    ] {
        let shortest = distribution.curve.first().unwrap();
        assert!(shortest.ms >= 60.0, "{shortest:?}");
    }
}

#[test]
fn repeated_deliveries_are_doubled_ones() {
    let report = report(ScriptedFaults {
        repeats: 1,
        ..ScriptedFaults::default()
    });
    let deliveries = report.totals.deliveries;
    assert_eq!(deliveries.duplicated, deliveries.received);
    assert_eq!(report.totals.due, deliveries.received);
}

#[test]
fn what_is_never_passed_on_is_lost() {
    let report = report(ScriptedFaults {
        deaf_after: Some(Duration::from_millis(600)),
        ..ScriptedFaults::default()
    });
    let missing = report.totals.missing;
    let pairs = (CLIENTS * (CLIENTS - 1)) as u64;
    assert_eq!(missing.last_states, pairs, "{missing:?}");
    assert!(missing.updates >= pairs * 4, "{missing:?}");
    assert!(report.totals.delivered_percent < Some(80.0));
    assert_eq!(report.errors.total, 0);
}

#[test]
fn refusals_are_errors_with_the_servers_words_and_no_losses() {
    let report = report(ScriptedFaults {
        refuses: true,
        ..ScriptedFaults::default()
    });
    let refused = report.errors.by_kind["refused: rate-limited"];
    assert_eq!(refused, report.totals.sent);
    assert_eq!(report.errors.samples[0].message, "Too many.");
    assert_eq!(report.errors.samples.len(), 10);
    assert_eq!(report.totals.missing, Missing::default());
    assert!(report.latency.update.summary.is_none());
}

#[test]
fn a_server_that_vanishes_leaves_a_report() {
    let report = report(ScriptedFaults {
        dies_after: Some(Duration::from_millis(500)),
        ..ScriptedFaults::default()
    });
    assert_eq!(report.ended, Ended::TargetLost);
    assert_eq!(report.connections.lost, CLIENTS as u64);
    assert_eq!(report.connections.disconnected, 0);
    assert_eq!(report.errors.by_kind["disconnected"], CLIENTS as u64);
    assert!(report.latency.fanout.summary.is_some());
}

#[test]
fn of_some_clients_everything_is_read_and_of_the_others_all_is_counted() {
    let mut plan = plan(ScriptedFaults::default());
    plan.read_percent = 30;
    let read = (0..CLIENTS as u32).filter(|it| plan.reads_all(*it)).count();
    assert_eq!(read, 2);
    let report = run(plan, &CancellationToken::new(), &mut |_| {}).unwrap();
    let totals = &report.totals;
    assert_eq!(report.plan.read_percent, 30);
    assert_eq!(totals.acks, totals.sent, "acks are read of all");
    assert_eq!(totals.deliveries.received, totals.due);
    let most = totals.sent * read as u64;
    assert!((most / 2..most).contains(&totals.due), "{totals:?}");
    assert_eq!(totals.missing, Missing::default());
    assert!(totals.settled_ms.is_some());
    assert_eq!(totals.bytes_per_step, None, "{totals:?}");
    assert!(text(&report).contains("What 30% of the clients received was read"));
}

#[test]
fn a_run_begins_when_all_are_in() {
    let mut plan = plan(ScriptedFaults::default());
    plan.from_all_in = true;
    plan.knobs.duration = Duration::from_millis(600);
    let report = run(plan, &CancellationToken::new(), &mut |_| {}).unwrap();
    let last = report.seconds.last().unwrap();
    assert!(last.at_s >= 4.6, "the pause and the whole length: {last:?}");
    let counted = report.latency.fanout.summary.as_ref().unwrap().count;
    assert!(counted < report.totals.deliveries.received / 2);
    assert_eq!(report.latency.join.summary.as_ref().unwrap().count, 4);
    assert_eq!(report.totals.acks, report.totals.sent);
}

#[test]
fn stopping_early_still_leaves_in_order() {
    let stop = CancellationToken::new();
    let mut plan = plan(ScriptedFaults::default());
    plan.knobs.duration = Duration::from_secs(60);
    let report = run(plan, &stop, &mut |_| stop.cancel()).unwrap();
    assert_eq!(report.ended, Ended::Interrupted);
    assert_eq!(report.connections.left, CLIENTS as u64);
    assert_eq!(report.connections.disconnected, CLIENTS as u64);
    assert_eq!(report.totals.missing, Missing::default());
}

#[test]
fn thresholds_judge_what_was_measured() {
    let mut report = report(ScriptedFaults {
        delay: Duration::from_millis(60),
        ..ScriptedFaults::default()
    });
    let limit = |ms| Some(DurationLimit(Duration::from_millis(ms)));
    evaluate(
        &mut report,
        &Thresholds {
            max_join_p95: limit(10_000),
            max_fanout_p99: limit(50),
            max_errors: Some(0),
            ..Thresholds::default()
        },
    );
    let verdicts: Vec<_> = report
        .thresholds
        .iter()
        .map(|it| (it.threshold.as_str(), it.passed))
        .collect();
    let expected = [
        ("max-join-p95", true),
        ("max-fanout-p99", false),
        ("max-errors", true),
    ];
    assert_eq!(verdicts, expected);
    assert!(!report.passed());
}

#[test]
fn a_server_that_lets_few_in_keeps_no_limit() {
    let mut report = report(ScriptedFaults::default());
    let thresholds = Thresholds {
        max_fanout_p99: Some(DurationLimit(Duration::from_secs(60))),
        ..Thresholds::default()
    };
    evaluate(&mut report, &thresholds);
    assert!(report.passed(), "{:?}", report.thresholds);
    report.plan.clients = 50;
    report.plan.duration_ms = 10_000;
    evaluate(&mut report, &thresholds);
    assert!(!report.passed());
    let detail = &report.thresholds[0].detail;
    assert!(
        detail.starts_with("only 4 of 50 clients were in; "),
        "{detail}"
    );
    // A ramp that was too slow for all of them: three had a second to come in.
    report.plan.spawn_interval_ms = 4000;
    evaluate(&mut report, &thresholds);
    assert!(report.passed(), "{:?}", report.thresholds);
}

#[test]
fn a_server_that_answers_no_join_ends_the_run_in_time() {
    let started = std::time::Instant::now();
    let report = report(ScriptedFaults {
        ignores_joins: true,
        ..ScriptedFaults::default()
    });
    assert_eq!(report.connections.joined, 0);
    assert_eq!(report.totals.sent, 0);
    // Nothing was waited for that could not come: settling and leaving have 15 s.
    assert!(
        started.elapsed() < Duration::from_secs(12),
        "{:?}",
        started.elapsed()
    );
}

#[test]
fn a_port_that_speaks_something_else_is_named_as_such() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        use std::io::{Read as _, Write as _};
        let (mut socket, _) = listener.accept().unwrap();
        let _ = socket.read(&mut [0; 1024]);
        let _ = socket.write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n");
    });
    let plan = Plan::new(LoadTestConfig {
        target_url: format!("http://{address}"),
        ..LoadTestConfig::default()
    });
    let error = run(plan, &CancellationToken::new(), &mut |_| {}).unwrap_err();
    assert!(matches!(error, ConnectError::NotSocketIo(..)), "{error}");
    assert!(error.to_string().contains("404"), "{error}");
}
