//! From what a host asks for to the request of the process.

use super::target::RunTarget;
use contract::admin::load_test::{LoadTestBody, LoadTestPlan, LoadTestTerms};
use contract::load_test::crowd::{MAX_OUTAGE_MS, MAX_SLOW_KBPS, MAX_SLOW_PERCENT};
use contract::load_test::{CrowdPlan, CrowdShape, Mode};
use load_test::worker::RunRequest;

/// Shortest run in milliseconds.
const MIN_DURATION_MS: u64 = 1000;
/// Shortest time between two updates of one client, in milliseconds.
const MIN_UPDATE_MS: u64 = 10;
/// Longest time between two updates or messages, in milliseconds.
const MAX_INTERVAL_MS: u64 = 3_600_000;
/// Longest time between two new clients, in milliseconds.
const MAX_SPAWN_MS: u64 = 60_000;
/// Shortest time between two messages of one client, in milliseconds: what a real one may send.
const MIN_CHAT_MS: u64 = 250;
/// Time that clients need to come back after an outage, in milliseconds.
const COMING_BACK_MS: u64 = 2000;
/// Most updates that share one ack.
const MAX_ACK_EVERY: u64 = 1_000_000;

/// Something in the request is not possible; the text is a sentence for the host.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidRequest(String);

/// Numbers of a request that were checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CheckedRequest {
    clients: u32,
    pub(super) duration_ms: u64,
    update_interval_ms: u64,
    spawn_interval_ms: u64,
    chat_interval_ms: u64,
    mode: Mode,
    ack_every: u64,
    crowd: CrowdPlan,
}

/// Fills in the defaults and checks every number.
pub(super) fn check(
    body: &LoadTestBody,
    terms: &LoadTestTerms,
) -> Result<CheckedRequest, InvalidRequest> {
    let within =
        |what: &str, value: u64, least: u64, most: u64| match (least..=most).contains(&value) {
            true => Ok(value),
            false => Err(InvalidRequest(format!(
                "{what} must be a number from {least} to {most}."
            ))),
        };
    let clients = body.clients.unwrap_or(50.min(terms.max_clients));
    within(
        "The number of clients",
        clients.into(),
        1,
        terms.max_clients.into(),
    )?;
    let chat = body.chat_interval_ms.unwrap_or(0);
    if chat != 0 {
        let what = "The milliseconds between two messages (or 0 for none)";
        within(what, chat, MIN_CHAT_MS, MAX_INTERVAL_MS)?;
    }
    let crowd = CrowdPlan::from(body.crowd.unwrap_or_default());
    let small = |what: &str, value: u32, least: u32, most: u32| {
        within(what, value.into(), least.into(), most.into()).map(drop)
    };
    small(
        "The share of clients on slow lines in percent",
        crowd.slow_percent,
        1,
        MAX_SLOW_PERCENT,
    )?;
    small(
        "What a client on a slow line reads in kB a second",
        crowd.slow_kbps,
        1,
        MAX_SLOW_KBPS,
    )?;
    small(
        "The outage in milliseconds",
        crowd.outage_ms,
        0,
        MAX_OUTAGE_MS,
    )?;
    let duration_ms = within(
        "The length in milliseconds",
        body.duration_ms
            .unwrap_or(60_000.min(terms.max_duration_ms)),
        MIN_DURATION_MS,
        terms.max_duration_ms,
    )?;
    if crowd.shape == CrowdShape::Restart
        && u64::from(crowd.outage_ms) + COMING_BACK_MS > duration_ms / 2
    {
        return Err(InvalidRequest(format!(
            "After an outage of {} ms nobody could be back before the end. Make the run longer than {} ms.",
            crowd.outage_ms,
            2 * (u64::from(crowd.outage_ms) + COMING_BACK_MS),
        )));
    }
    Ok(CheckedRequest {
        clients,
        duration_ms,
        update_interval_ms: within(
            "The milliseconds between two updates",
            body.update_interval_ms.unwrap_or(1000),
            MIN_UPDATE_MS,
            MAX_INTERVAL_MS,
        )?,
        spawn_interval_ms: within(
            "The milliseconds between two new clients",
            body.spawn_interval_ms.unwrap_or(50),
            0,
            MAX_SPAWN_MS,
        )?,
        chat_interval_ms: chat,
        mode: body.mode.unwrap_or_default(),
        ack_every: within(
            "The number of updates for one ack",
            body.ack_every.unwrap_or(1),
            1,
            MAX_ACK_EVERY,
        )?,
        crowd,
    })
}

/// The plan as it is shown.
pub(super) fn plan(checked: &CheckedRequest, target: &RunTarget) -> LoadTestPlan {
    LoadTestPlan {
        target_url: target.url.clone(),
        own: target.own,
        clients: checked.clients,
        duration_ms: checked.duration_ms,
        update_interval_ms: checked.update_interval_ms,
        spawn_interval_ms: checked.spawn_interval_ms,
        chat_interval_ms: checked.chat_interval_ms,
        mode: checked.mode,
        ack_every: checked.ack_every,
        crowd: checked.crowd,
    }
}

/// The request for the process.
pub(super) fn run_request(
    plan: &LoadTestPlan,
    target: &RunTarget,
    run_token: Option<String>,
) -> RunRequest {
    RunRequest {
        plan: plan.clone(),
        addresses: target.addresses.clone(),
        server_pid: target.own.then(std::process::id),
        run_token,
    }
}

#[cfg(test)]
mod tests {
    use contract::load_test::CrowdBody;

    use super::*;

    fn terms() -> LoadTestTerms {
        LoadTestTerms {
            own_url: "http://127.0.0.1:4000".to_owned(),
            max_clients: 100,
            max_duration_ms: 30_000,
            max_ack_ms: None,
        }
    }

    #[test]
    fn what_is_left_out_has_the_defaults_within_the_limits() {
        let checked = check(&LoadTestBody::default(), &terms()).unwrap();
        let expected = CheckedRequest {
            clients: 50,
            duration_ms: 30_000,
            update_interval_ms: 1000,
            spawn_interval_ms: 50,
            chat_interval_ms: 0,
            mode: Mode::Plain,
            ack_every: 1,
            crowd: CrowdPlan::default(),
        };
        assert_eq!(checked, expected);
    }

    #[test]
    fn numbers_beyond_their_limits_are_named() {
        let check = |change: fn(&mut LoadTestBody), word: &str| {
            let mut body = LoadTestBody::default();
            change(&mut body);
            let error = check(&body, &terms()).unwrap_err().to_string();
            assert!(error.contains(word) && error.ends_with('.'), "{error}");
        };
        check(|body| body.clients = Some(0), "from 1 to 100");
        check(|body| body.clients = Some(101), "from 1 to 100");
        check(|body| body.duration_ms = Some(999), "from 1000 to 30000");
        check(|body| body.update_interval_ms = Some(9), "two updates");
        check(|body| body.spawn_interval_ms = Some(60_001), "new clients");
        check(|body| body.chat_interval_ms = Some(249), "messages");
        check(|body| body.ack_every = Some(0), "one ack");
        let crowd = |change: fn(&mut CrowdBody), word: &str| {
            let mut crowd = CrowdBody::default();
            change(&mut crowd);
            let body = LoadTestBody {
                crowd: Some(crowd),
                duration_ms: Some(10_000),
                ..LoadTestBody::default()
            };
            let error = super::check(&body, &terms()).unwrap_err().to_string();
            assert!(error.contains(word) && error.ends_with('.'), "{error}");
        };
        crowd(|it| it.slow_percent = Some(0), "from 1 to 100");
        crowd(|it| it.slow_percent = Some(101), "slow lines in percent");
        crowd(|it| it.slow_kbps = Some(0), "kB a second");
        crowd(|it| it.outage_ms = Some(60_001), "The outage");
        let restart =
            |it: &mut CrowdBody| (it.shape, it.outage_ms) = (Some(CrowdShape::Restart), Some(4000));
        crowd(restart, "longer than 12000 ms");
    }
}
