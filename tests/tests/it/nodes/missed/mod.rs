//! What happened while a node or Redis was away, and is made up for: what moderators did
//! ([`actions`]), what was said ([`lines`]), who came in ([`claims`]), who logged out ([`logins`]), what Redis lost ([`memory`]).

mod actions;
mod claims;
mod lines;
mod logins;
mod memory;

use std::time::Duration;

use http::Method;
use identity::Secret;
use serde_json::Value;
use server_core::Config;
use tests::{Proxy, TestAccount, TestCluster, TestServer, soon, without_rate_limits};

/// One more node, linked over a wire that can be severed. Its lease is short.
async fn add_wired(cluster: &mut TestCluster, adjust: impl FnOnce(&mut Config)) -> Proxy {
    let proxy = Proxy::to(cluster.redis.address()).await;
    let url = proxy.url();
    cluster
        .add(|config| {
            config.replication.redis_url = Some(Secret::new(url));
            config.replication.lease = Duration::from_secs(2);
            without_rate_limits(config);
            adjust(config);
        })
        .await
        .link_is("healthy")
        .await;
    proxy
}

/// Redis dies, and every node knows.
async fn kill_redis(cluster: &mut TestCluster) {
    cluster.redis.kill();
    cluster.all_are("degraded").await;
}

/// Waits until the archive holds this many lines with these words.
async fn archived(node: &TestServer, host: &TestAccount, words: &str, count: usize) {
    let path = format!("/admin/messages?search={words}");
    soon("the lines in the archive", async {
        while node.done(host, Method::GET, &path, &Value::Null).await["total"] != count {}
    })
    .await;
}

/// The ids of the lines a newcomer is shown.
async fn shown(node: &TestServer) -> Vec<String> {
    let mut newcomer = node.connect().open().await;
    let snapshot = newcomer.expect("world:state").await;
    let lines = snapshot["chat"].as_array().unwrap();
    let ids = lines.iter().map(|line| line["id"].as_str().unwrap());
    ids.map(str::to_owned).collect()
}
