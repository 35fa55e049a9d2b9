//! A Redis that loses a part of what it knew.

use http::Method;
use serde_json::Value;
use tests::{RedisServer, TestCluster, TestServer, redis_with_replica, soon};

use super::add_wired;

/// Waits until a newcomer is shown this many players.
async fn shows(node: &TestServer, players: usize) {
    soon("everybody to be shown", async {
        loop {
            let snapshot = node.connect().open().await.expect("world:state").await;
            if snapshot["players"].as_array().map(Vec::len) == Some(players) {
                break;
            }
        }
    })
    .await;
}

/// A node that relinks after `keys` were lost shows everybody.
async fn check(keys: &[&str]) {
    let mut cluster = TestCluster::start(1).await;
    let proxy = add_wired(&mut cluster, |_| {}).await;
    let mut people = Vec::new();
    for n in 0..6 {
        let node = usize::from(n > 3);
        people.push(cluster.nodes[node].player(&format!("p{n}")).await);
    }
    shows(&cluster.nodes[1], 6).await;
    proxy.sever();
    cluster.nodes[1].link_is("degraded").await;
    let mut words = vec!["DEL".to_owned()];
    words.extend(keys.iter().map(|key| format!("{{comutiny}}:{key}")));
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let lost = cluster.redis.call(&words).await;
    assert_eq!(lost, Some(format!(":{}", keys.len())));
    proxy.heal();
    cluster.all_are("healthy").await;
    shows(&cluster.nodes[1], 6).await;
    // Whoever comes anew is shown what Redis knows, and nothing else.
    cluster.add(|_| {}).await;
    shows(&cluster.nodes[2], 6).await;
    drop(people);
}

#[tokio::test]
async fn the_players_are_lost() {
    check(&["players"]).await;
}

#[tokio::test]
async fn the_owners_are_lost() {
    check(&["own"]).await;
}

#[tokio::test]
async fn players_and_owners_are_lost() {
    check(&["own", "players"]).await;
}

#[tokio::test]
async fn a_loss_is_noticed_while_nobody_relinks() {
    let cluster = TestCluster::start(2).await;
    let ada = cluster.nodes[0].player("ada").await;
    shows(&cluster.nodes[1], 1).await;
    let lost = ["DEL", "{comutiny}:own", "{comutiny}:players"];
    assert_eq!(cluster.redis.call(&lost).await.as_deref(), Some(":2"));
    soon("the player in Redis again", async {
        let held = ["HEXISTS", "{comutiny}:own", "ada"];
        while cluster.redis.call(&held).await.as_deref() != Some(":1") {
            tokio::task::yield_now().await;
        }
    })
    .await;
    drop(ada);
}

#[tokio::test]
async fn a_redis_that_may_throw_keys_away_is_named() {
    let redis = RedisServer::with(&["--maxmemory-policy", "allkeys-lru"]).await;
    let cluster = TestCluster::over(redis, 1).await;
    cluster.all_are("healthy").await;
    let mut http = cluster.nodes[0].http();
    let health = http.call(Method::GET, "/health", &[], &Value::Null).await;
    let health = health.json();
    let reason = health["replication"]["reason"].as_str().unwrap_or_default();
    assert!(
        reason.contains("maxmemory-policy noeviction"),
        "it says what to do: {health}"
    );
    assert_eq!(health["status"], "degraded", "{health}");
}

#[tokio::test]
async fn a_replica_takes_over_from_a_primary_that_dies() {
    let [primary, second, third, replica] = redis_with_replica().await;
    // The address of the settings is that of the one that dies.
    let mut cluster = TestCluster::over(primary, 2).await;
    cluster.all_are("healthy").await;
    let _ada = cluster.nodes[0].player("ada").await;
    shows(&cluster.nodes[1], 1).await;
    cluster.redis.kill();
    let _bob = cluster.nodes[0].player("bob").await;
    shows(&cluster.nodes[1], 2).await;
    cluster.all_are("healthy").await;
    assert_eq!(
        replica.call(&["EXISTS", "{comutiny}:own"]).await.as_deref(),
        Some(":1"),
        "the new primary keeps the world"
    );
    let mut cy = cluster.nodes[1].player("cy").await;
    shows(&cluster.nodes[0], 3).await;
    cy.call_bare("player:leave").await;
    shows(&cluster.nodes[0], 2).await;
    drop((second, third));
}
