//! Runs of every shape.

use std::time::Duration;

use contract::load_test::{CrowdShape, CrowdWalk};
use tokio_util::sync::CancellationToken;

use super::scripted::ScriptedFaults;
use super::{CLIENTS, plan};
use crate::stats::Missing;
use crate::{Ended, LoadTestReport, Plan, run};

const ALL: u64 = CLIENTS as u64;

fn report(change: impl FnOnce(&mut Plan)) -> LoadTestReport {
    let mut plan = plan(ScriptedFaults::default());
    change(&mut plan);
    run(plan, &CancellationToken::new(), &mut |_| {}).unwrap()
}

#[test]
fn a_crowd_that_comes_at_once_is_all_in() {
    let report = report(|plan| plan.knobs.crowd.shape = CrowdShape::Storm);
    assert_eq!(report.plan.spawn_interval_ms, 0);
    assert_eq!((report.connections.joined, report.errors.total), (ALL, 0));
    assert_eq!(report.totals.missing, Missing::default());
    assert!(report.totals.all_in_ms.is_some());
    let arrival = report.latency.arrival.summary.unwrap();
    let join = report.latency.join.summary.unwrap();
    assert_eq!(arrival.count, ALL);
    assert!(arrival.p50_ms >= join.p50_ms, "{arrival:?} {join:?}");
}

#[test]
fn a_ramp_grows_until_the_end() {
    let report = report(|plan| plan.knobs.crowd.shape = CrowdShape::Ramp);
    assert_eq!(report.plan.spawn_interval_ms, 270);
    assert_eq!((report.connections.joined, report.errors.total), (ALL, 0));
    assert!(
        report.totals.all_in_ms >= Some(800.0),
        "{:?}",
        report.totals
    );
}

#[test]
fn whoever_is_dropped_comes_back() {
    let report = report(|plan| {
        plan.knobs.duration = Duration::from_secs(4);
        plan.knobs.crowd.shape = CrowdShape::Restart;
        plan.knobs.crowd.outage_ms = 200;
    });
    assert_eq!(report.ended, Ended::Completed);
    let connections = report.connections;
    assert_eq!((connections.dropped, connections.lost), (ALL, 0));
    assert_eq!((connections.joined, connections.left), (2 * ALL, ALL));
    assert_eq!(report.errors.total, 0, "{:?}", report.errors);
    assert_eq!(report.totals.missing, Missing::default());
    assert_eq!(report.totals.deliveries.duplicated, 0);
    assert!(
        report.totals.all_in_ms.is_some_and(|ms| ms < 1500.0),
        "{:?}",
        report.totals
    );
    let alone = report.seconds.iter().any(|second| second.clients < ALL);
    assert!(alone, "nobody was ever away");
}

#[test]
fn slow_lines_wait_and_the_others_do_not() {
    let report = report(|plan| {
        plan.knobs.duration = Duration::from_secs(3);
        plan.knobs.crowd.shape = CrowdShape::Slow;
        plan.knobs.crowd.slow_kbps = 1;
    });
    let (slow, others) = (&report.latency.slow.summary, &report.latency.fanout.summary);
    let p50 = |it: &Option<crate::stats::Summary>| it.as_ref().map(|it| it.p50_ms);
    assert!(p50(slow) > Some(300.0), "{slow:?}");
    assert!(p50(others) < Some(100.0), "{others:?}");
    assert_eq!(report.totals.missing, Missing::default());
}

#[test]
fn who_walks_like_people_is_followed_as_well() {
    let report = report(|plan| {
        plan.knobs.crowd.walk = CrowdWalk::People;
        plan.chat_interval = Some(Duration::from_millis(300));
    });
    assert_eq!(report.errors.total, 0, "{:?}", report.errors);
    let (totals, deliveries) = (&report.totals, report.totals.deliveries);
    assert_eq!(totals.missing, Missing::default());
    assert!(totals.sent >= ALL * 9 && totals.said > 0, "{totals:?}");
    assert_eq!((deliveries.received, deliveries.coalesced), (totals.due, 0));
    assert_eq!((deliveries.duplicated, deliveries.stray), (0, 0));
    assert!(totals.bytes_per_step > Some(10.0));
}
