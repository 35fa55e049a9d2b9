//! In a large world a node tells the others by rings: at once where their clients are near, and when its turn comes elsewhere.

use std::time::{Duration, Instant};

use serde_json::json;
use tests::{Client, RedisServer, TestCluster, TestServer, WorldMirror, scale, soon};

use super::recorder::WorldRecorder;

/// Players on each node.
const EACH: usize = 6;
/// Steps of a walk: as many ticks.
const STEPS: u64 = 20;

/// Two nodes in whose world distance decides, each with a crowd on a map of its own.
struct ApartCluster {
    cluster: TestCluster,
    crowds: [Vec<Client>; 2],
    /// How far the first player of the first node has come.
    x: u64,
}

const MAPS: [&str; 2] = ["harbour", "cellar"];

impl ApartCluster {
    async fn start() -> Self {
        let mut cluster = TestCluster::over(RedisServer::start().await, 0).await;
        for _ in MAPS {
            cluster
                .add(|config| config.session.nearness_from = EACH)
                .await;
        }
        cluster.all_are("healthy").await;
        let mut crowds = [Vec::new(), Vec::new()];
        for (number, node) in cluster.nodes.iter().enumerate() {
            for n in 0..EACH {
                let connect = match n % 2 {
                    0 => node.connect().stream(),
                    _ => node.connect().batch(),
                };
                let mut client = connect.open().await;
                client.expect("world:state").await;
                client.join(&format!("p{number}-{n}")).await;
                goes_to(&mut client, MAPS[number]).await;
                crowds[number].push(client);
            }
        }
        Self {
            cluster,
            crowds,
            x: 0,
        }
    }

    fn sent(&self) -> u64 {
        self.cluster.nodes[0].metrics().link.moves_sent.get()
    }

    /// The first player of the first node walks on. Returns of how many steps the other node was told.
    async fn walk(&mut self) -> u64 {
        let before = self.sent();
        for _ in 0..STEPS {
            self.x += 1;
            let step = json!({"position": {"x": self.x}});
            let answer = self.crowds[0][0].call("player:update", step).await;
            assert_eq!(answer["ok"], true);
        }
        self.sent() - before
    }

    /// Walks until the other node is told so.
    async fn walk_until(&mut self, what: &str, told: impl Fn(u64) -> bool) {
        soon(what, async { while !told(self.walk().await) {} }).await;
    }

    /// The last step is shown on the other node. Returns how long that took.
    async fn arrives(&self, recorder: &mut WorldRecorder) -> Duration {
        let began = Instant::now();
        let x = self.x as f64;
        let stands = |it: &WorldMirror| {
            let player = it.player("p0-0");
            player.is_some_and(|player| player["position"]["x"] == x)
        };
        recorder.until("the last step", stands).await;
        began.elapsed()
    }
}

async fn goes_to(client: &mut Client, map: &str) {
    let step = json!({"metadata": {"mapId": map}});
    assert_eq!(client.call("player:update", step).await["ok"], true);
}

async fn recorders(node: &TestServer) -> [WorldRecorder; 2] {
    [
        WorldRecorder::open(&node.connect().batch()).await,
        WorldRecorder::open(&node.connect().stream()).await,
    ]
}

fn is_now_and_then(told: u64) -> bool {
    told <= STEPS / 4
}

fn is_every_step(told: u64) -> bool {
    told >= STEPS / 2
}

#[tokio::test]
async fn where_nobody_is_near_a_node_is_told_now_and_then_and_of_the_last_step_within_a_second() {
    let mut apart = ApartCluster::start().await;
    let mut recorders = recorders(&apart.cluster.nodes[1]).await;
    apart.walk_until("turns", is_now_and_then).await;
    // A second, and what a busy machine adds.
    let soon_enough = Duration::from_millis(scale(1500, 3000) as u64);
    for recorder in &mut recorders {
        let took = apart.arrives(recorder).await;
        assert!(took < soon_enough, "{took:?}");
    }
    goes_to(&mut apart.crowds[0][0], MAPS[1]).await;
    apart.walk_until("every step", is_every_step).await;
    for recorder in &mut recorders {
        apart.arrives(recorder).await;
    }
    for recorder in recorders {
        recorder.finish(&apart.cluster.nodes[1].connect()).await;
    }
}

#[tokio::test]
async fn a_node_of_the_protocol_before_is_told_everything() {
    let mut apart = ApartCluster::start().await;
    apart.walk_until("turns", is_now_and_then).await;
    let redis = &apart.cluster.redis;
    let old = r#"{"id":"old","address":"","version":"0.1.0","players":0,"lagMs":0,"protocol":2}"#;
    let lease = ["ZADD", "{comutiny}:leases", "9000000000000000", "old"];
    redis.call(&lease).await.expect("Redis answers");
    let introduced = redis.call(&["HSET", "{comutiny}:nodes", "old", old]).await;
    introduced.expect("Redis answers");
    apart.walk_until("every step", is_every_step).await;
    let gone = ["ZREM", "{comutiny}:leases", "old"];
    apart
        .cluster
        .redis
        .call(&gone)
        .await
        .expect("Redis answers");
    apart.walk_until("turns again", is_now_and_then).await;
}

#[tokio::test]
async fn a_node_without_clients_is_told_now_and_then_and_of_the_last_step_of_a_world_that_empties()
{
    let mut apart = ApartCluster::start().await;
    apart.crowds[1].clear();
    apart.walk_until("turns", is_now_and_then).await;
    let mut recorder = WorldRecorder::open(&apart.cluster.nodes[1].connect()).await;
    // Who is left is too few for distance to decide, and nothing that was held back stays so.
    apart.crowds[0].truncate(1);
    apart.walk().await;
    apart.arrives(&mut recorder).await;
}
