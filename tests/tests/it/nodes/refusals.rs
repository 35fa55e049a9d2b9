//! A Redis that cannot be used: one sentence that says what to do.

use std::time::Duration;

use http::{Method, StatusCode};
use identity::Secret;
use serde_json::Value;
use server_core::{Config, Server};
use tests::{Proxy, RedisServer, TestCluster, TestServer, faster, old_redis, soon, tls_redis};

use crate::warnings;

/// A node over this Redis starts all the same, and says this about its link to whoever asks and in
/// its log.
async fn check(url: String, says: &str) {
    warnings::keep();
    let node = TestServer::with(|config| {
        faster(config);
        config.replication.redis_url = Some(Secret::new(url));
    });
    let node = node.await;
    node.link_is("degraded").await;
    let link = node.link().await;
    assert!(link["reason"].as_str().unwrap().contains(says), "{link}");
    soon("a line in the log", async {
        while !warnings::has(says) {
            tokio::task::yield_now().await;
        }
    })
    .await;
    let mut ada = node.player("ada").await;
    let chat = serde_json::json!({"content": "alone"});
    assert_eq!(ada.call("chat:message", chat).await["ok"], true);
}

#[tokio::test]
async fn nobody_there() {
    let redis = RedisServer::absent();
    check(redis.url(), "Redis cannot be reached").await;
}

#[tokio::test]
async fn an_old_redis() {
    let address = old_redis().await;
    check(format!("redis://{address}/0"), "This is Redis 6.2.14").await;
}

#[tokio::test]
async fn a_wrong_password() {
    let redis = RedisServer::with(&["--requirepass", "right"]).await;
    let port = redis.address().port();
    check(format!("redis://:wrong@127.0.0.1:{port}/0"), "password").await;
    check(redis.url(), "password").await;
}

#[tokio::test]
async fn a_database_it_does_not_have() {
    let redis = RedisServer::start().await;
    let port = redis.address().port();
    check(
        format!("redis://127.0.0.1:{port}/99"),
        "no database of that number",
    )
    .await;
}

#[tokio::test]
async fn a_user_without_rights_to_the_prefix() {
    let redis = RedisServer::start().await;
    let port = redis.address().port();
    let rights = ["on", ">pw", "~{other}:*", "&{other}:*", "+@all"];
    let words: Vec<&str> = ["ACL", "SETUSER", "node"]
        .into_iter()
        .chain(rights)
        .collect();
    assert_eq!(redis.call(&words).await.unwrap(), "+OK");
    check(
        format!("redis://node:pw@127.0.0.1:{port}/0"),
        "~{comutiny}:* &{comutiny}:*",
    )
    .await;
}

#[tokio::test]
async fn a_full_redis() {
    let redis = RedisServer::with(&["--maxmemory", "100kb"]).await;
    check(redis.url(), "Redis is full").await;
}

#[tokio::test]
async fn tls_where_there_is_none() {
    let redis = RedisServer::start().await;
    let url = redis.url().replace("redis://", "rediss://");
    check(url, "does not speak TLS").await;
}

#[tokio::test]
async fn no_tls_where_there_is_some() {
    let (redis, _) = tls_redis().await;
    let url = redis.url().replace("rediss://", "redis://");
    check(url, "This Redis speaks TLS").await;
    check(redis.url(), "SSL_CERT_FILE").await;
}

#[tokio::test]
async fn a_node_with_another_secret_does_not_lock_out_those_that_were_linked() {
    let mut cluster = TestCluster::start(0).await;
    let proxy = Proxy::to(cluster.redis.address()).await;
    let url = proxy.url();
    cluster
        .add(|config| config.replication.redis_url = Some(Secret::new(url)))
        .await;
    cluster.all_are("healthy").await;
    cluster.redis.kill();
    cluster.all_are("degraded").await;
    proxy.sever();
    let url = cluster.redis.url();
    let stranger = TestServer::with(|config| {
        faster(config);
        config.replication.grace = Duration::from_secs(600);
        config.replication.redis_url = Some(Secret::new(url));
    });
    let stranger = stranger.await;
    stranger.link_is("degraded").await;
    // It is the first one there.
    cluster.redis.restart().await;
    reason_is(&stranger, "Redis is empty").await;
    proxy.heal();
    cluster.all_are("healthy").await;
    reason_is(&stranger, "another JWT_SECRET").await;
}

/// Waits until a node says this about its link.
async fn reason_is(node: &TestServer, says: &str) {
    soon(says, async {
        loop {
            let link = node.link().await;
            if link["reason"].as_str().is_some_and(|it| it.contains(says)) {
                break;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_balancer_that_is_not_sticky_is_named() {
    warnings::keep();
    let cluster = TestCluster::start(2).await;
    let open = "/socket.io/?EIO=4&transport=polling";
    let ask = async |node: usize, path: &str| {
        let mut http = cluster.nodes[node].http();
        http.call(Method::GET, path, &[], &Value::Null).await
    };
    let opened = ask(0, open).await.text();
    let opened: Value = serde_json::from_str(opened.trim_start_matches('0')).unwrap();
    let poll = format!("{open}&sid={}", opened["sid"].as_str().unwrap());
    soon("a line in the log", async {
        // Said once the other node is known.
        while !warnings::has("sticky sessions") {
            let answer = ask(1, &poll).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST);
            assert_eq!(answer.json()["message"], "Session ID unknown");
        }
    })
    .await;
}

/// Starting fails with this sentence.
async fn check_start(config: Config, says: &str) {
    let error = Server::bind(config)
        .await
        .err()
        .expect("the start fails")
        .to_string();
    assert!(error.contains(says), "{error}");
}

fn config(url: String, data: &tempfile::TempDir) -> Config {
    let mut config = Config::default();
    config.listen.port = 0;
    data.path().clone_into(&mut config.storage.data_dir);
    config.replication.redis_url = Some(Secret::new(url));
    config
}

#[tokio::test]
async fn nodes_that_cannot_work_together_refuse_to_start() {
    let cluster = TestCluster::start(1).await;
    let elsewhere = tempfile::tempdir().unwrap();
    let other_secret = config(cluster.redis.url(), &elsewhere);
    check_start(other_secret, "another JWT_SECRET").await;

    let mut other_database = config(cluster.redis.url(), &elsewhere);
    other_database.security.jwt_secret = Some(Secret::new(TestCluster::JWT_SECRET));
    check_start(other_database, "another database").await;
}

#[tokio::test]
async fn a_redis_that_is_required_has_to_be_there() {
    let redis = RedisServer::absent();
    let data = tempfile::tempdir().unwrap();
    let mut config = config(redis.url(), &data);
    config.replication.required = true;
    check_start(config, "Redis cannot be reached").await;
}
