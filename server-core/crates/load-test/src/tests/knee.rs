//! The search for a knee, against a server whose knee is known.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::plan;
use super::scripted::{BEYOND_THE_KNEE, ScriptedFaults};
use crate::knee::{KneeEnd, KneePace, find_knee};

#[test]
fn a_known_knee_is_found_against_a_server() {
    const KNEE: u32 = 30;
    let mut plan = plan(ScriptedFaults {
        knee: Some(KNEE as usize),
        ..ScriptedFaults::default()
    });
    plan.knobs.clients = 16;
    plan.knobs.update_interval = Duration::from_millis(200);
    let pace = KneePace {
        ramp: Duration::from_millis(200),
        spawn: Duration::from_millis(2),
        settle: BEYOND_THE_KNEE * 2,
        measure: Duration::from_millis(400),
        pause: Duration::from_millis(50),
        budget: Duration::from_secs(60),
    };
    let mut told = Vec::new();
    let limit = "p99=100ms".parse().unwrap();
    let stop = CancellationToken::new();
    let found = find_knee(&plan, limit, pace, &stop, &mut |tried| {
        told.push(tried.clients);
    });
    let found = found.unwrap();
    assert_eq!(found.ended, KneeEnd::Found, "{found:?}");
    let holds = found.holds.unwrap();
    assert!((29..=KNEE).contains(&holds), "{found:?}");
    assert_eq!(told.len(), found.tries.len());
    assert_eq!(told[..2], [16, 32]);
}
