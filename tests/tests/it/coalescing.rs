//! Updates may be combined into the newest. They never go backwards, and the last one arrives.

use std::collections::HashMap;
use std::time::Duration;

use serde_json::json;
use server_core::Config;
use tests::{Client, Connect, TestServer, WireEvent, WorldMirror, without_rate_limits};
use tokio::task::JoinSet;

const MOVERS: usize = 12;
const STEPS: usize = 300;

/// Always on the tick, through a channel so narrow that a reader who pauses falls behind.
fn crowded(config: &mut Config) {
    without_rate_limits(config);
    config.session.flush_budget = 0;
    config.session.channel_packets = 48;
    // One of them reads nothing until everybody stands, however long that takes.
    config.session.slow_consumer_timeout = Duration::from_secs(600);
    config.listen.send_buffer_bytes = 8 * 1024;
}

/// A reader that checks every step of every mover.
struct Watcher {
    client: Client,
    mirror: WorldMirror,
    reached: HashMap<String, f64>,
}

impl Watcher {
    async fn open(connect: Connect) -> Self {
        let mut client = connect.open().await;
        let snapshot = client.expect("world:state").await;
        Self {
            client,
            mirror: WorldMirror::of(&snapshot),
            reached: HashMap::new(),
        }
    }

    fn see(&mut self, event: &WireEvent) {
        self.mirror.apply(event);
        for mover in 0..MOVERS {
            let id = format!("m{mover}");
            let Some(player) = self.mirror.player(&id) else {
                continue;
            };
            let x = player["position"]["x"].as_f64().unwrap();
            let before = self.reached.insert(id, x).unwrap_or_default();
            assert!(x >= before, "{x} after {before}");
        }
    }

    /// Reads until everybody has arrived.
    async fn until_all_arrived(&mut self) {
        let arrived = |x: &f64| *x == STEPS as f64;
        while self.reached.len() < MOVERS || !self.reached.values().all(arrived) {
            let event = self.client.event().await;
            self.see(&event);
        }
    }
}

/// Walks `STEPS` steps; the metadata grows stale on the way and is right at the end.
async fn walk(mut client: Client) -> Client {
    let mut frames = Vec::new();
    let mut last = 0;
    for step in 1..=STEPS {
        let payload = json!({
            "position": {"x": step}, "animation": if step == STEPS { "idle" } else { "walk" },
            "metadata": {"heading": step, "note": "x".repeat(600)},
        });
        let (frame, ack) = client.asking("player:update", Some(&payload));
        frames.push(frame);
        last = ack;
    }
    for breath in frames.chunks(10) {
        client.send(breath.to_vec()).await;
    }
    assert_eq!(client.answer(last).await["ok"], true);
    client
}

/// Movers walk while `reads` readers follow and the other reader reads nothing until they stand. The world is
/// a crowd, or so large that distance decides as well.
async fn check(connect: impl Fn(&TestServer) -> Connect) {
    for nearness_from in [0, MOVERS / 2] {
        check_from(&connect, nearness_from).await;
    }
}

async fn check_from(connect: impl Fn(&TestServer) -> Connect, nearness_from: usize) {
    let server = TestServer::with(|config| {
        crowded(config);
        config.session.nearness_from = nearness_from;
    })
    .await;
    let mut attentive = Watcher::open(connect(&server)).await;
    let mut slow = Watcher::open(connect(&server).receive_buffer(4 * 1024)).await;
    let mut walking = JoinSet::new();
    for mover in 0..MOVERS {
        let client = server.player(&format!("m{mover}")).await;
        walking.spawn(walk(client));
    }
    let (_movers, ()) = tokio::join!(walking.join_all(), attentive.until_all_arrived());
    slow.until_all_arrived().await;

    let fresh = server.connect().open().await.expect("world:state").await;
    for watcher in [&mut attentive, &mut slow] {
        while !watcher.mirror.shows(&fresh) {
            let event = watcher.client.event().await;
            watcher.see(&event);
        }
        watcher.mirror.assert_shows(&fresh);
    }
    assert!(
        slow.mirror.updates < MOVERS * STEPS,
        "a slow reader gets the newest, not everything: {}",
        slow.mirror.updates
    );
}

#[tokio::test]
async fn plain_clients() {
    check(TestServer::connect).await;
}

#[tokio::test]
async fn batch_clients() {
    check(|server| server.connect().batch()).await;
}

#[tokio::test]
async fn stream_clients() {
    check(|server| server.connect().stream()).await;
}

#[tokio::test]
async fn polling_clients() {
    check(|server| server.connect().polling()).await;
}

#[tokio::test]
async fn a_quiet_world_passes_every_update_on_at_once() {
    let server = TestServer::start().await;
    let mut plain = server.onlooker().await;
    let mut ada = server.player("ada").await;
    plain.expect("player:joined").await;
    for step in 1..=20 {
        let ack = ada
            .call("player:update", json!({"position": {"x": step}}))
            .await;
        assert_eq!(plain.expect("player:updated").await, ack["player"]);
    }
}

#[tokio::test]
async fn an_update_that_waits_dies_with_its_player() {
    let server = TestServer::with(crowded).await;
    let mut onlooker = server.onlooker().await;
    let mut ada = server.player("ada").await;
    for _ in 0..20 {
        let move_and_go = [
            ada.asking("player:update", Some(&json!({"animation": "walk"})))
                .0,
            ada.asking("player:leave", None).0,
            ada.asking("player:join", Some(&json!({"playerId": "ada"})))
                .0,
        ];
        ada.send(move_and_go.to_vec()).await;
    }
    ada.settle().await;
    drop(ada);
    let mut present = false;
    for event in onlooker.settle().await {
        match event.name.as_str() {
            "player:joined" => present = true,
            "player:left" => present = false,
            _ => assert!(present, "an update after the goodbye: {event:?}"),
        }
    }
}
