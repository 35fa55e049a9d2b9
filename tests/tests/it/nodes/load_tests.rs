//! Load tests are one node's work and every node's business. The node that leads them is a process of
//! its own, which can start its program once more and can be killed.

use std::time::Duration;

use http::{Method, StatusCode, header};
use serde_json::{Value, json};
use tests::{FeedWatcher, NodeProcess, TestAccount, TestCluster, TestServer};

use super::death::TIMES;

const PATH: &str = "/admin/load-tests";

/// A node in this process with a host, and one that leads.
struct Pair {
    cluster: TestCluster,
    host: TestAccount,
    leader: NodeProcess,
}

impl Pair {
    async fn start() -> Self {
        let mut cluster = TestCluster::start(0).await;
        cluster
            .add(|config| config.replication.lease = Duration::from_secs(3))
            .await;
        let here = &cluster.nodes[0];
        let host = here.host().await;
        // Machines that run tests are busy: nobody must be stopped for that.
        let settings = [&TIMES[..], &[("LOAD_TEST_MAX_ACK_MS", "0")]].concat();
        let leader = NodeProcess::start(here.data(), &cluster.redis.url(), &settings).await;
        Self {
            cluster,
            host,
            leader,
        }
    }

    fn here(&self) -> &TestServer {
        &self.cluster.nodes[0]
    }

    async fn there(&self, method: Method, path: &str, body: &Value) -> (StatusCode, Value) {
        on(&self.leader, &self.host, method, path, body).await
    }

    async fn begin(&self) -> String {
        let body = json!({"clients": 3, "durationMs": 600_000, "updateIntervalMs": 100});
        let (status, body) = self.there(Method::POST, PATH, &body).await;
        assert_eq!(status, StatusCode::CREATED, "{body}");
        body["run"]["id"].as_str().unwrap().to_owned()
    }
}

async fn on(
    node: &NodeProcess,
    host: &TestAccount,
    method: Method,
    path: &str,
    body: &Value,
) -> (StatusCode, Value) {
    let bearer = host.bearer();
    let headers = [(header::AUTHORIZATION, bearer.as_str())];
    let answer = node.http().call(method, path, &headers, body).await;
    let body = match answer.body.is_empty() {
        true => Value::Null,
        false => answer.json(),
    };
    (answer.status, body)
}

fn newest(feed: &FeedWatcher) -> &Value {
    let told = feed.changes.iter().rev().find_map(|it| it.get("loadTest"));
    told.unwrap_or(&feed.state["loadTest"])
}

async fn reads(feed: &mut FeedWatcher, id: &str, state: &str) {
    let what = format!("the run to be {state}");
    feed.until(&what, |feed| {
        newest(feed)["id"] == id && newest(feed)["state"] == state
    })
    .await;
}

/// The seconds of a run without a hole.
fn whole_seconds(detail: &Value) -> usize {
    let seconds = detail["seconds"].as_array().unwrap();
    let ends: Vec<f64> = seconds
        .iter()
        .map(|it| it["atS"].as_f64().unwrap())
        .collect();
    assert!(
        ends.windows(2)
            .all(|pair| pair[0] < pair[1] && pair[1] - pair[0] < 1.9),
        "{ends:?}"
    );
    ends.len()
}

#[tokio::test]
async fn a_run_is_seen_and_stopped_from_another_node_and_the_only_one() {
    let mut pair = Pair::start().await;
    let mut feed = pair.here().feed(&pair.host).await;
    let id = pair.begin().await;
    reads(&mut feed, &id, "running").await;
    feed.until("what it measures", |feed| {
        feed.all("loadTestSeconds").len() >= 2
    })
    .await;

    let detail = format!("{PATH}/{id}");
    let nothing = Value::Null;
    let late = pair
        .here()
        .done(&pair.host, Method::GET, &detail, &nothing)
        .await;
    assert!(whole_seconds(&late) >= 2, "who comes late has all of it");
    assert_eq!(late["run"]["state"], "running");
    for (method, path) in [(Method::POST, PATH), (Method::DELETE, detail.as_str())] {
        let answer = pair.here().act(&pair.host, method, path, &json!({})).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.text());
        assert_eq!(answer.json()["code"], "load-test-running");
    }

    // A node that starts leaves it alone.
    pair.cluster.add(|_| {}).await;
    let third = &pair.cluster.nodes[1];
    let mut watcher = third.feed(&pair.host).await;
    reads(&mut watcher, &id, "running").await;
    let known = third.done(&pair.host, Method::GET, &detail, &nothing).await;
    assert_eq!(known["run"], late["run"]);

    let stop = format!("{detail}/stop");
    let told = third
        .done(&pair.host, Method::POST, &stop, &json!({}))
        .await;
    assert_eq!(told["run"]["state"], "stopping");
    reads(&mut feed, &id, "stopped").await;
    reads(&mut watcher, &id, "stopped").await;
    let ended = third.done(&pair.host, Method::GET, &detail, &nothing).await;
    assert_eq!(ended["run"]["why"]["code"], "stopped-by-host");
    let who = ended["run"]["startedBy"]["name"].as_str().unwrap();
    let sentence = format!("{who} stopped it.");
    assert_eq!(ended["run"]["why"]["message"], sentence.as_str());
    assert_eq!(ended["report"]["connections"]["left"], 3);
    assert!(whole_seconds(&ended) >= 2);
    let (_, same) = pair.there(Method::GET, &detail, &nothing).await;
    assert_eq!(same, ended);

    third
        .done(&pair.host, Method::DELETE, &detail, &nothing)
        .await;
    let (status, _) = pair.there(Method::GET, &detail, &nothing).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_run_whose_node_dies_is_over_for_all_and_another_may_begin() {
    let mut pair = Pair::start().await;
    let mut feed = pair.here().feed(&pair.host).await;
    let id = pair.begin().await;
    feed.until("what it measures", |feed| {
        !feed.all("loadTestSeconds").is_empty()
    })
    .await;
    pair.leader.kill();
    reads(&mut feed, &id, "failed").await;
    assert_eq!(newest(&feed)["why"]["code"], "server-closed");
    let detail = format!("{PATH}/{id}");
    let lost = pair
        .here()
        .done(&pair.host, Method::GET, &detail, &Value::Null)
        .await;
    assert!(whole_seconds(&lost) >= 1, "what it had told is kept");
    assert_eq!(lost["report"], Value::Null);

    let redis = pair.cluster.redis.url();
    pair.leader = NodeProcess::start(pair.here().data(), &redis, &TIMES).await;
    let next = pair.begin().await;
    reads(&mut feed, &next, "running").await;
}
