//! Servers that share a database have to share a Redis.

use std::sync::Arc;

use http::Method;
use identity::Secret;
use serde_json::Value;
use server_core::{Config, Server};
use session::Closing;
use tempfile::TempDir;
use tests::{RedisServer, TestCluster, TestServer, faster, soon};

/// A node over the database in `data`, linked by the Redis at `url`.
fn config(data: &TempDir, url: String) -> Config {
    let mut config = Config::default();
    config.listen.port = 0;
    data.path().clone_into(&mut config.storage.data_dir);
    set(&mut config, url);
    config
}

fn set(config: &mut Config, url: String) {
    config.security.jwt_secret = Some(Secret::new(TestCluster::JWT_SECRET));
    config.replication.redis_url = Some(Secret::new(url));
    faster(config);
}

async fn check_refused(config: Config) {
    let error = Server::bind(config).await.err().expect("the start fails");
    let error = error.to_string();
    assert!(error.contains("linked with another Redis"), "{error}");
    assert!(error.contains("Redis was emptied"), "{error}");
}

/// Waits until `/health` says this about the other servers of the database.
async fn neighbours_are(node: &TestServer, status: &str) {
    let mut http = node.http();
    soon(status, async {
        loop {
            let health = http.call(Method::GET, "/health", &[], &Value::Null).await;
            if health.json()["checks"]["neighbours"] == status {
                break;
            }
            tokio::task::yield_now().await;
        }
    })
    .await;
}

#[tokio::test]
async fn servers_of_one_database_and_of_two_groups_do_not_start() {
    let cluster = TestCluster::start(1).await;
    let data = cluster.nodes[0].data();
    let url = cluster.redis.url();

    let mut other_prefix = config(&data, url.clone());
    other_prefix.replication.prefix = "other".to_owned();
    check_refused(other_prefix).await;

    let other_number = format!("{}3", url.strip_suffix('0').expect("database 0"));
    check_refused(config(&data, other_number)).await;

    let other_redis = RedisServer::start().await;
    check_refused(config(&data, other_redis.url())).await;

    // With the same Redis it starts as ever.
    assert!(Server::bind(config(&data, url)).await.is_ok());
}

#[tokio::test]
async fn a_redis_that_was_emptied_locks_nobody_out() {
    let mut cluster = TestCluster::start(1).await;
    // While a node runs: it says what the group is called.
    cluster.redis.call(&["FLUSHALL"]).await.unwrap();
    cluster.add(|_| {}).await;
    cluster.all_are("healthy").await;
    for node in &cluster.nodes {
        neighbours_are(node, "ok").await;
    }
    // While none runs: nobody holds the database.
    let data = cluster.nodes[0].data();
    for node in cluster.nodes.drain(..) {
        node.close(Closing::Drain).await;
    }
    cluster.redis.call(&["FLUSHALL"]).await.unwrap();
    let again = TestServer::on(data.clone(), |config| set(config, cluster.redis.url())).await;
    neighbours_are(&again, "ok").await;
    again.close(Closing::Drain).await;
    let elsewhere = RedisServer::start().await;
    let moved = TestServer::on(data, |config| set(config, elsewhere.url())).await;
    neighbours_are(&moved, "ok").await;
}

#[tokio::test]
async fn a_stranger_whose_redis_came_late_says_so() {
    let data = Arc::new(TempDir::new().unwrap());
    let mut late = RedisServer::absent();
    let first = TestServer::on(data.clone(), |config| set(config, late.url())).await;
    first.link_is("degraded").await;
    let redis = RedisServer::start().await;
    let second = TestServer::on(data, |config| set(config, redis.url())).await;
    second.link_is("healthy").await;
    neighbours_are(&second, "ok").await;
    late.restart().await;
    neighbours_are(&first, "degraded").await;
    neighbours_are(&second, "ok").await;
}
