//! Tells what is due, on this node as far as it gets the claim. A hook is told one thing at a time, in order; hooks do
//! not wait for each other.

use std::collections::HashSet;
use std::time::Duration;

use contract::admin::webhook::HookEvent;
use http::{HeaderName, HeaderValue};
use runtime::clock::now_ms;
use store::webhooks::{Attempted, Due, sign};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use super::Hooks;
use super::outbound::{HookAddress, Outbound};

/// Time between two looks at what is due.
const LOOK_EVERY: Duration = Duration::from_secs(2);

const ID: HeaderName = HeaderName::from_static("comutiny-id");
const EVENT: HeaderName = HeaderName::from_static("comutiny-event");
const TIMESTAMP: HeaderName = HeaderName::from_static("comutiny-timestamp");
const SIGNATURE: HeaderName = HeaderName::from_static("comutiny-signature");

/// Delivers until `stop`. What is on its way then is delivered again after the next start.
pub async fn keep_delivering(hooks: Hooks, node: String, stop: CancellationToken) {
    let mut looks = interval(LOOK_EVERY);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut on_the_way = JoinSet::new();
    let mut busy = HashSet::new();
    let delivering = async {
        loop {
            tokio::select! {
                Some(done) = on_the_way.join_next() => {
                    if let Ok(hook) = done {
                        busy.remove(&hook);
                    }
                }
                () = hooks.promised.notified() => {}
                _ = looks.tick() => {}
            }
            let due = match hooks.store.claim(&node).await {
                Ok(due) => due,
                Err(error) => {
                    tracing::debug!(%error, "webhooks wait for the database");
                    continue;
                }
            };
            for due in due {
                if busy.insert(due.hook.view.id.clone()) {
                    on_the_way.spawn(deliver(hooks.clone(), due));
                }
            }
        }
    };
    stop.run_until_cancelled(delivering).await;
    on_the_way.shutdown().await;
    if let Err(error) = hooks.store.release(&node).await {
        tracing::debug!(%error, "webhooks of this node wait a minute for another one");
    }
}

/// One attempt, and what came of it. Returns the hook's id.
async fn deliver(hooks: Hooks, due: Due) -> String {
    let came = attempt(&hooks.outbound, &due).await;
    if let Some(problem) = &came.problem {
        tracing::warn!(hook = %due.hook.view.name, delivery = %due.id, status = came.status, problem, "a webhook failed");
    }
    match hooks.store.attempted(&due, &came).await {
        Ok(true) => {
            tracing::error!(hook = %due.hook.view.name, "a webhook is paused after too many failures");
        }
        Ok(false) => {}
        Err(error) => tracing::warn!(%error, "what came of a webhook could not be noted"),
    }
    due.hook.view.id
}

/// Sends a delivery once.
pub async fn attempt(outbound: &Outbound, due: &Due) -> Attempted {
    let failed = |problem: String| Attempted {
        status: None,
        problem: Some(problem),
    };
    let target = match HookAddress::read(&due.hook.view.url) {
        Ok(target) => target,
        Err(error) => return failed(error.to_string()),
    };
    let timestamp = now_ms() / 1000;
    let signature = sign(&due.hook.secret, timestamp, &due.body);
    let event = serde_json::from_str::<serde_json::Value>(&due.body).ok();
    let event = event.and_then(|body| body["event"].as_str().map(str::to_owned));
    let texts = [
        (ID, due.id.clone()),
        (
            EVENT,
            event.unwrap_or_else(|| HookEvent::Test.as_str().to_owned()),
        ),
        (TIMESTAMP, timestamp.to_string()),
        (SIGNATURE, signature),
    ];
    let headers = texts.map(|(name, text)| {
        (
            name,
            HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("")),
        )
    });
    match outbound.post(&target, &headers, due.body.clone()).await {
        Ok(status) if status.is_success() => Attempted {
            status: Some(status.as_u16()),
            problem: None,
        },
        Ok(status) if status.is_redirection() => Attempted {
            status: Some(status.as_u16()),
            problem: Some("It was sent elsewhere (a redirect), and nobody follows that. Enter the address it leads to.".to_owned()),
        },
        Ok(status) => Attempted {
            status: Some(status.as_u16()),
            problem: Some(format!("It answered {}.", status.as_u16())),
        },
        Err(error) => failed(error.to_string()),
    }
}
