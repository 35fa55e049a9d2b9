//! Lines said on one side of a severed link.

use std::time::Duration;

use serde_json::json;
use tests::{Client, TestCluster, soon, without_rate_limits};

use super::{add_wired, archived, kill_redis};

/// Far beyond what a test waits for: nothing may depend on it.
const LONG: Duration = Duration::from_secs(600);

async fn say(client: &mut Client, content: &str) {
    let said = client
        .call("chat:message", json!({ "content": content }))
        .await;
    assert_eq!(said["ok"], true, "{said}");
}

/// The next `count` lines a client hears.
async fn heard(client: &mut Client, count: usize) -> Vec<String> {
    let mut lines = Vec::new();
    soon("the lines", async {
        while lines.len() < count {
            let line = client.find("chat:message").await;
            lines.push(line["content"].as_str().unwrap().to_owned());
        }
    })
    .await;
    lines
}

#[tokio::test]
async fn a_node_that_was_away_hears_all_that_its_clients_would_keep() {
    const SAID: usize = 230;
    let mut cluster = TestCluster::start(0).await;
    cluster.add(without_rate_limits).await;
    let proxy = add_wired(&mut cluster, |_| {}).await;
    let host = cluster.nodes[0].host().await;
    let mut ada = cluster.nodes[0].player("ada").await;
    let mut bob = cluster.nodes[1].onlooker().await;
    proxy.sever();
    cluster.nodes[1].link_is("degraded").await;
    for n in 0..SAID {
        say(&mut ada, &format!("line {n}")).await;
    }
    archived(&cluster.nodes[0], &host, "line", SAID).await;
    proxy.heal();
    let expected: Vec<_> = (SAID - 200..SAID).map(|n| format!("line {n}")).collect();
    assert_eq!(heard(&mut bob, 200).await, expected);
}

/// Nodes without a greeting and without a grace that ends: what is heard was told.
async fn silent(cluster: &mut TestCluster) -> tests::Proxy {
    add_wired(cluster, |config| {
        config.session.chat_history = 50;
        config.world.greeting = String::new();
        config.replication.grace = LONG;
    })
    .await
}

#[tokio::test]
async fn lines_said_while_redis_was_away_are_told_at_once() {
    let mut cluster = TestCluster::start(0).await;
    let here = silent(&mut cluster).await;
    let _there = silent(&mut cluster).await;
    let mut ada = cluster.nodes[0].player("ada").await;
    let mut bob = cluster.nodes[1].onlooker().await;
    kill_redis(&mut cluster).await;
    here.sever();
    say(&mut ada, "alone").await;
    cluster.redis.restart().await;
    // This one has nothing to fill Redis with, and takes its snapshot before the line is there.
    cluster.nodes[1].link_is("healthy").await;
    here.heal();
    assert_eq!(heard(&mut bob, 1).await, ["alone"]);
}

#[tokio::test]
async fn lines_survive_a_second_loss_of_redis() {
    let mut cluster = TestCluster::start(0).await;
    let here = silent(&mut cluster).await;
    let there = silent(&mut cluster).await;
    let mut ada = cluster.nodes[0].player("ada").await;
    let mut bob = cluster.nodes[1].onlooker().await;
    kill_redis(&mut cluster).await;
    there.sever();
    say(&mut ada, "alone").await;
    cluster.redis.restart().await;
    cluster.nodes[0].link_is("healthy").await;
    // Redis has the line, and loses it before the other node comes back.
    cluster.redis.kill();
    cluster.nodes[0].link_is("degraded").await;
    here.sever();
    there.heal();
    cluster.redis.restart().await;
    cluster.nodes[1].link_is("healthy").await;
    here.heal();
    assert_eq!(heard(&mut bob, 1).await, ["alone"]);
    cluster.all_are("healthy").await;
    let again = bob.settle().await;
    assert!(
        again.iter().all(|event| event.name != "chat:message"),
        "told once: {again:?}"
    );
}
