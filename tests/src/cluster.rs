//! Several nodes of one world in this process, behind one Redis.

use std::sync::Arc;
use std::time::Duration;

use http::Method;
use identity::Secret;
use serde_json::Value;
use server_core::Config;
use tempfile::TempDir;

use crate::{Http, RedisServer, TestServer, scale, soon};

/// Nodes that share a Redis and a database.
pub struct TestCluster {
    /// The nodes, in the order of their start.
    pub nodes: Vec<TestServer>,
    /// What they share.
    pub redis: RedisServer,
    data: Arc<TempDir>,
}

impl TestCluster {
    /// Signs the tokens of all nodes.
    pub const JWT_SECRET: &str = "one secret for all nodes of a test";

    /// `count` nodes behind a Redis of their own, linked with each other.
    pub async fn start(count: usize) -> Self {
        let cluster = Self::over(RedisServer::start().await, count).await;
        cluster.all_are("healthy").await;
        cluster
    }

    /// `count` nodes behind this Redis.
    pub async fn over(redis: RedisServer, count: usize) -> Self {
        let mut cluster = Self {
            nodes: Vec::new(),
            redis,
            data: Arc::new(TempDir::new().expect("a temporary directory")),
        };
        for _ in 0..count {
            cluster.add(|_| {}).await;
        }
        cluster
    }

    /// Starts one more node.
    pub async fn add(&mut self, adjust: impl FnOnce(&mut Config)) -> &TestServer {
        let url = self.redis.url();
        let node = TestServer::on(self.data.clone(), |config| {
            config.security.jwt_secret = Some(Secret::new(Self::JWT_SECRET));
            config.replication.redis_url = Some(Secret::new(url));
            faster(config);
            adjust(config);
        });
        let node = node.await;
        self.nodes.push(node);
        self.nodes.last().expect("just added")
    }

    /// Waits until every node says that its link is in this state.
    pub async fn all_are(&self, state: &str) {
        for node in &self.nodes {
            node.link_is(state).await;
        }
    }
}

/// Beats that a test can wait for; the long versions keep the default. What must not happen on a busy machine (a node declared dead, a
/// player given up) has more time than by default.
pub fn faster(config: &mut Config) {
    config.replication.beat_interval = Duration::from_millis(scale(200, 500) as u64);
    config.replication.lease = Duration::from_secs(15);
    config.replication.grace = Duration::from_secs(15);
}

impl TestServer {
    /// What `/health` says about the link to the other nodes.
    pub async fn link(&self) -> Value {
        link_of(&mut self.http()).await
    }

    /// Waits until the link is in this state.
    pub async fn link_is(&self, state: &str) {
        let what = format!("a link that is {state}");
        let mut http = self.http();
        soon(&what, async {
            while link_of(&mut http).await["state"] != state {
                tokio::task::yield_now().await;
            }
        })
        .await;
    }
}

async fn link_of(http: &mut Http) -> Value {
    let answer = http.call(Method::GET, "/health", &[], &Value::Null).await;
    answer.json()["replication"].clone()
}
