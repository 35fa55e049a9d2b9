//! Nodes that die, stop for a while, or come late: processes of their own.

use std::sync::Arc;

use serde_json::json;
use tempfile::TempDir;
use tests::{Client, NodeProcess, RedisServer, lasting, limit, scale, tls_redis};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::recorder::{WorldRecorder, assert_each_once, snapshot};

/// Times that a test can wait for; the long versions keep the defaults. The lease is the default's: on a busy machine a node may be silent
/// for seconds, and must not be declared dead for that.
pub(super) const TIMES: [(&str, &str); 2] = [("REDIS_BEAT_MS", "200"), ("REDIS_GRACE_MS", "1500")];

/// Sockets of a crowd that come in at the same time: as many as a busy machine lets in before they
/// lose their patience.
const AT_ONCE: usize = 32;

/// Nodes behind one Redis, over one SQLite file.
struct Nodes {
    nodes: Vec<NodeProcess>,
    redis: RedisServer,
    data: Arc<TempDir>,
}

impl Nodes {
    async fn of(count: usize) -> Self {
        let mut world = Self {
            nodes: Vec::new(),
            redis: RedisServer::start().await,
            data: Arc::new(TempDir::new().unwrap()),
        };
        for _ in 0..count {
            world.add().await;
        }
        world
    }

    async fn add(&mut self) {
        let times = &TIMES[..scale(TIMES.len(), 0)];
        let node = NodeProcess::start(self.data.clone(), &self.redis.url(), times).await;
        self.nodes.push(node);
    }
}

fn names(prefix: &str, count: usize) -> impl Iterator<Item = String> + use<'_> {
    (0..count).map(move |n| format!("{prefix}{n}"))
}

/// Players on one node, each silent after its join.
async fn crowd(node: &NodeProcess, prefix: &str, count: usize) -> Vec<Client> {
    let mut joining = JoinSet::new();
    let places = Arc::new(Semaphore::new(AT_ONCE));
    for (n, id) in names(prefix, count).enumerate() {
        let connect = node.connect();
        let places = places.clone();
        joining.spawn(async move {
            let _place = places.acquire().await.unwrap();
            let mut client = connect.open().await;
            client.ignore_events();
            client.join(&id).await;
            (n, client)
        });
    }
    let mut crowd = joining.join_all().await;
    crowd.sort_by_key(|(n, _)| *n);
    crowd.into_iter().map(|(_, client)| client).collect()
}

#[tokio::test]
async fn the_players_of_a_killed_node_leave_once() {
    let crowd_size = scale(40, 300);
    let mut world = Nodes::of(3).await;
    let mut survivors = crowd(&world.nodes[0], "here", 5).await;
    let mut recorders = Vec::new();
    for node in [0, 0, 1, 1] {
        recorders.push(WorldRecorder::open(&world.nodes[node].connect()).await);
    }
    let victims = crowd(&world.nodes[2], "there", crowd_size).await;
    for recorder in &mut recorders {
        let all = |it: &tests::WorldMirror| it.joined.len() == crowd_size;
        recorder.until("the crowd", all).await;
    }
    world.nodes[2].kill();
    let killed = Instant::now();
    for survivor in &mut survivors {
        let moved = survivor
            .call("player:update", json!({"animation": "run"}))
            .await;
        assert_eq!(moved["ok"], true);
    }
    for mut recorder in recorders {
        let gone = |it: &tests::WorldMirror| it.left.len() == crowd_size;
        recorder.until("the goodbyes", gone).await;
        let took = killed.elapsed();
        eprintln!("everybody gone {took:?} after the death");
        assert!(took < limit(10.0), "gone after {took:?}");
        let mirror = recorder.finish(&world.nodes[1].connect()).await;
        assert_each_once(&mirror.left, names("there", crowd_size));
        assert_each_once(&mirror.joined, names("there", crowd_size));
        assert_eq!(mirror.player("here4").unwrap()["animation"], "run");
    }
    drop(victims);
}

#[tokio::test]
async fn a_node_that_stops_and_goes_on_leaves_once_and_comes_back_once() {
    let world = Nodes::of(2).await;
    let mut sleepers = crowd(&world.nodes[1], "sleeper", 10).await;
    let mut recorder = WorldRecorder::open(&world.nodes[0].connect()).await;
    world.nodes[1].signal("STOP");
    let gone = |it: &tests::WorldMirror| it.left.len() == 10;
    recorder.until("the goodbyes", gone).await;
    lasting(6).await;
    world.nodes[1].signal("CONT");
    let back = |it: &tests::WorldMirror| it.joined.len() == 10;
    recorder.until("the return", back).await;
    let moved = sleepers[3]
        .call("player:update", json!({"animation": "wake"}))
        .await;
    assert_eq!(moved["ok"], true, "its players did not notice");
    let awake = |it: &tests::WorldMirror| it.player("sleeper3").unwrap()["animation"] == "wake";
    recorder.until("the first move", awake).await;
    let mirror = recorder.finish(&world.nodes[1].connect()).await;
    assert_each_once(&mirror.left, names("sleeper", 10));
    assert_each_once(&mirror.joined, names("sleeper", 10));
}

#[tokio::test]
async fn a_rolling_restart_brings_everybody_back_once() {
    let crowd_size = scale(10, 50);
    let mut world = Nodes::of(3).await;
    let mut crowds = Vec::new();
    for n in 0..3 {
        crowds.push(crowd(&world.nodes[n], &format!("n{n}-"), crowd_size).await);
    }
    for (n, crowd_here) in crowds.iter_mut().enumerate() {
        let mut recorder = WorldRecorder::open(&world.nodes[2].connect()).await;
        let old = world.nodes.remove(0);
        old.signal("TERM");
        for client in crowd_here.iter_mut() {
            let ending = client.ending().await;
            assert!(!ending.disconnected, "so clients come back by themselves");
        }
        let gone = |it: &tests::WorldMirror| it.left.len() == crowd_size;
        recorder.until("the goodbyes", gone).await;
        assert_eq!(old.ended().await, Some(0));
        world.add().await;
        let prefix = format!("n{n}-");
        let started = Instant::now();
        *crowd_here = crowd(&world.nodes[2], &prefix, crowd_size).await;
        let back = |it: &tests::WorldMirror| it.joined.len() == crowd_size;
        recorder.until("the return", back).await;
        let took = started.elapsed();
        eprintln!("everybody back {took:?} after the node was");
        assert!(took < limit(5.0), "back after {took:?}");
        let mirror = recorder.finish(&world.nodes[2].connect()).await;
        assert_each_once(&mirror.left, names(&prefix, crowd_size));
        assert_each_once(&mirror.joined, names(&prefix, crowd_size));
    }
    let players = snapshot(&world.nodes[0].connect()).await["players"].clone();
    assert_eq!(players.as_array().unwrap().len(), 3 * crowd_size);
}

#[tokio::test]
async fn nodes_meet_behind_tls() {
    let (redis, authority) = tls_redis().await;
    let data = Arc::new(TempDir::new().unwrap());
    let authority = authority.display().to_string();
    let settings = [
        ("SSL_CERT_FILE", authority.as_str()),
        ("REDIS_REQUIRED", "1"),
    ];
    let here = NodeProcess::start(data.clone(), &redis.url(), &settings).await;
    let there = NodeProcess::start(data, &redis.url(), &settings).await;
    let mut ada = here.player("ada").await;
    let _bob = there.player("bob").await;
    assert_eq!(ada.find("player:joined").await["id"], "bob");
}
