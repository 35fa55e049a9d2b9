//! A Redis that dies, hangs, forgets or comes late, and a wire that is severed or lies.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use identity::Secret;
use serde_json::json;
use server_core::Config;
use tests::{
    Client, Connect, Proxy, RedisServer, TestCluster, TestServer, WorldMirror, lasting, limit,
    scale, soon, without_rate_limits,
};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::Instant;

use super::recorder::{WorldRecorder, snapshot};

/// Far beyond what a test waits for: nothing may depend on it.
const LONG: Duration = Duration::from_secs(600);

/// A player that moves and hears a neighbour of the same node until it is told to stop.
struct OutageWalker {
    stop: Arc<AtomicBool>,
    steps: watch::Receiver<usize>,
    task: JoinHandle<(Client, f64, Vec<Duration>)>,
}

impl OutageWalker {
    /// `neighbour` has to be on the same node: each step is waited for there.
    async fn start(node: &TestServer, id: &str) -> Self {
        let mut client = node.player(id).await;
        let mut neighbour = node.onlooker().await;
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let (gone, steps) = watch::channel(0);
        let id = id.to_owned();
        let task = tokio::spawn(async move {
            let mut x = 0.0;
            let mut took = Vec::new();
            while !stopped.load(Ordering::Relaxed) {
                x += 1.0;
                let started = Instant::now();
                let to = json!({"position": {"x": x}});
                assert_eq!(client.call("player:update", to).await["ok"], true);
                soon("a step, on the same node", async {
                    loop {
                        let event = neighbour.coming().await;
                        let data = &event.data;
                        if event.name == "player:updated"
                            && data["id"] == id.as_str()
                            && data["position"]["x"] == x
                        {
                            break;
                        }
                    }
                })
                .await;
                took.push(started.elapsed());
                gone.send_replace(took.len());
            }
            (client, x, took)
        });
        Self { stop, steps, task }
    }

    /// Waits until it has gone some steps more.
    async fn goes_on(&mut self) {
        let from = *self.steps.borrow();
        let further = self.steps.wait_for(|steps| *steps >= from + 20);
        let further = soon("more steps on the same node", further).await;
        assert!(further.is_ok(), "nothing was lost on the same node");
    }

    async fn finish(self) -> (Client, f64) {
        self.stop.store(true, Ordering::Relaxed);
        let finished = self.task.await;
        let (client, x, mut took) = finished.expect("nothing was lost on the same node");
        took.sort();
        eprintln!(
            "{} steps on the same node; p50 {:?}, p99 {:?}, longest {:?}",
            took.len(),
            took[took.len() / 2],
            took[took.len() * 99 / 100],
            took[took.len() - 1],
        );
        assert!(took[took.len() * 99 / 100] < limit(0.1), "delivery here");
        (client, x)
    }
}

/// Waits until `recorder` shows `id` at `x`.
async fn arrives(recorder: &mut WorldRecorder, id: &str, x: f64) {
    let there = |it: &WorldMirror| {
        it.player(id)
            .is_some_and(|player| player["position"]["x"] == x)
    };
    recorder
        .until("the last step, on the other node", there)
        .await;
}

/// Waits until every node says that the others cannot be reached.
async fn notices(cluster: &TestCluster) {
    let began = Instant::now();
    cluster.all_are("degraded").await;
    let took = began.elapsed();
    eprintln!("degraded after {took:?}");
    assert!(took < limit(2.0), "noticed after {took:?}");
}

/// Waits until every node reaches the others again, from the moment the trouble is over.
async fn recovers(cluster: &TestCluster) {
    let over = Instant::now();
    cluster.all_are("healthy").await;
    let took = over.elapsed();
    eprintln!("all healthy {took:?} after the trouble was over");
    assert!(took < limit(5.0), "healthy after {took:?}");
}

/// While Redis is in trouble, play on each node goes on; afterwards every recorder shows the same
/// world, and nobody left or came who did not.
async fn check(trouble: impl AsyncFnOnce(&mut TestCluster)) {
    let mut cluster = TestCluster::start(0).await;
    for _ in 0..2 {
        cluster.add(without_rate_limits).await;
    }
    cluster.all_are("healthy").await;
    let mut recorders = Vec::new();
    for node in &cluster.nodes {
        recorders.push(WorldRecorder::open(&node.connect()).await);
    }
    let ada = OutageWalker::start(&cluster.nodes[0], "ada").await;
    let bob = OutageWalker::start(&cluster.nodes[1], "bob").await;
    trouble(&mut cluster).await;
    recovers(&cluster).await;
    let (ada, ada_at) = ada.finish().await;
    let (bob, bob_at) = bob.finish().await;
    let fresh: Vec<Connect> = cluster.nodes.iter().map(TestServer::connect).collect();
    for (mut recorder, fresh) in recorders.into_iter().zip(&fresh) {
        arrives(&mut recorder, "ada", ada_at).await;
        arrives(&mut recorder, "bob", bob_at).await;
        let mirror = recorder.finish(fresh).await;
        assert_eq!(mirror.left, [""; 0], "nobody left");
        let mut joined = mirror.joined.clone();
        joined.sort();
        assert_eq!(joined, ["ada", "bob"], "each came once");
    }
    drop((ada, bob));
}

#[tokio::test]
async fn redis_is_killed_and_comes_back_empty() {
    check(async |cluster| {
        cluster.redis.kill();
        notices(cluster).await;
        lasting(4).await;
        cluster.redis.restart().await;
    })
    .await;
}

#[tokio::test]
async fn redis_hangs() {
    check(async |cluster| {
        cluster.redis.pause();
        notices(cluster).await;
        lasting(4).await;
        cluster.redis.resume();
    })
    .await;
}

#[tokio::test]
async fn who_plays_on_one_node_does_not_wait_for_a_redis_that_hangs() {
    let mut cluster = TestCluster::start(0).await;
    let patient = |config: &mut Config| {
        config.replication.answer_timeout = LONG;
        without_rate_limits(config);
    };
    cluster.add(patient).await;
    cluster.all_are("healthy").await;
    let mut ada = OutageWalker::start(&cluster.nodes[0], "ada").await;
    cluster.redis.pause();
    ada.goes_on().await;
    // The node still waits for what it asked Redis before.
    cluster.all_are("healthy").await;
    cluster.redis.resume();
    ada.finish().await;
}

#[tokio::test]
async fn redis_is_emptied() {
    check(async |cluster| {
        assert_eq!(cluster.redis.call(&["FLUSHALL"]).await.unwrap(), "+OK");
        soon("a new epoch", async {
            while cluster
                .redis
                .call(&["EXISTS", "{comutiny}:meta"])
                .await
                .unwrap()
                == ":0"
            {}
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn connections_to_redis_are_killed() {
    check(async |cluster| {
        for _ in 0..3 {
            cluster
                .redis
                .call(&["CLIENT", "KILL", "TYPE", "normal"])
                .await;
            cluster
                .redis
                .call(&["CLIENT", "KILL", "TYPE", "pubsub"])
                .await;
        }
    })
    .await;
}

#[tokio::test]
async fn redis_comes_late() {
    let mut cluster = TestCluster::over(RedisServer::absent(), 0).await;
    for _ in 0..2 {
        // Neither was ever linked: they wait so long for somebody who was.
        let grace = Duration::from_secs(1);
        cluster.add(|config| config.replication.grace = grace).await;
    }
    cluster.all_are("degraded").await;
    let mut ada = cluster.nodes[0].player("ada").await;
    let mut recorder = WorldRecorder::open(&cluster.nodes[1].connect()).await;
    let said = json!({"content": "is anybody there?"});
    assert_eq!(ada.call("chat:message", said).await["ok"], true);
    cluster.redis.restart().await;
    recovers(&cluster).await;
    let met = |it: &WorldMirror| it.joined == ["ada"] && it.heard.len() == 1;
    recorder.until("the other node", met).await;
    recorder.finish(&cluster.nodes[0].connect()).await;
}

#[tokio::test]
async fn redis_is_restarted_while_people_join() {
    const PEOPLE: usize = 30;
    let mut cluster = TestCluster::start(2).await;
    let mut recorders = Vec::new();
    for node in &cluster.nodes {
        recorders.push(WorldRecorder::open(&node.connect()).await);
    }
    let mut joining = JoinSet::new();
    for n in 0..PEOPLE {
        let connect = cluster.nodes[n % 2].connect();
        joining.spawn(async move {
            let mut client = connect.open().await;
            client.join(&format!("p{n}")).await;
            client
        });
    }
    cluster.redis.restart().await;
    recovers(&cluster).await;
    let people = joining.join_all().await;
    for mut recorder in recorders {
        recorder
            .until("everybody", |it| it.joined.len() >= PEOPLE)
            .await;
        let mirror = recorder.finish(&cluster.nodes[0].connect()).await;
        assert_eq!(mirror.joined.len(), PEOPLE);
        assert_eq!(mirror.left, [""; 0]);
    }
    drop(people);
}

/// Two nodes, the second of which reaches Redis over a wire of its own.
async fn wired() -> (TestCluster, Proxy) {
    let mut cluster = TestCluster::start(0).await;
    cluster.add(without_rate_limits).await;
    let proxy = Proxy::to(cluster.redis.address()).await;
    let url = proxy.url();
    cluster
        .add(|config| {
            config.replication.redis_url = Some(Secret::new(url));
            without_rate_limits(config);
        })
        .await;
    cluster.all_are("healthy").await;
    (cluster, proxy)
}

#[tokio::test]
async fn a_join_that_redis_heard_of_and_did_not_answer_is_told_once() {
    let (cluster, proxy) = wired().await;
    let mut recorder = WorldRecorder::open(&cluster.nodes[0].connect()).await;
    proxy.mute();
    let ada = cluster.nodes[1].player("ada").await;
    let came = |it: &WorldMirror| it.joined == ["ada"];
    recorder.until("her, as Redis told", came).await;
    cluster.nodes[1].link_is("degraded").await;
    proxy.heal();
    cluster.all_are("healthy").await;
    // What the nodes say again stands before what she says now.
    let mut ada = ada;
    let moved = ada.call("player:update", json!({"animation": "wave"}));
    assert_eq!(moved.await["ok"], true);
    let waves = |it: &WorldMirror| it.player("ada").unwrap()["animation"] == "wave";
    recorder.until("her wave", waves).await;
    let mirror = recorder.finish(&cluster.nodes[1].connect()).await;
    assert_eq!(mirror.joined, ["ada"], "came once");
    assert_eq!(mirror.left, [""; 0]);
}

#[tokio::test]
async fn of_two_windows_on_both_sides_of_a_split_the_newer_stays() {
    let (cluster, proxy) = wired().await;
    let mut first = cluster.nodes[0].onlooker().await;
    let token = first.join("ada").await["guestToken"].clone();
    let token = token.as_str().unwrap();
    let mut watcher = WorldRecorder::open(&cluster.nodes[0].connect()).await;
    proxy.sever();
    cluster.nodes[1].link_is("degraded").await;
    let connect = |n: usize| cluster.nodes[n].connect().auth("guestToken", token);
    let mut there = connect(1).open().await;
    there.join("ada").await;
    let mut here = connect(0).open().await;
    here.join("ada").await;
    lasting(15).await;
    assert_eq!(first.ending().await.code(), Some("duplicate"));

    proxy.heal();
    cluster.all_are("healthy").await;
    let ending = there.ending().await;
    assert_eq!(ending.code(), Some("duplicate"), "told once: {ending:?}");
    let update = here
        .call("player:update", json!({"animation": "stay"}))
        .await;
    assert_eq!(update["ok"], true, "{update}");
    let stays = |it: &WorldMirror| it.player("ada").unwrap()["animation"] == "stay";
    watcher.until("the one that stayed", stays).await;
    let mirror = watcher.finish(&cluster.nodes[1].connect()).await;
    assert_eq!(mirror.left, [""; 0], "there always was one ada");
}

#[tokio::test]
async fn a_stranger_on_the_other_side_of_a_split_does_not_harm_the_holder() {
    let (cluster, proxy) = wired().await;
    let mut recorder = WorldRecorder::open(&cluster.nodes[1].connect()).await;
    let mut holder = cluster.nodes[0].player("ada").await;
    let came = |it: &WorldMirror| it.joined == ["ada"];
    recorder.until("her, on the other node", came).await;
    proxy.sever();
    cluster.nodes[1].link_is("degraded").await;
    // The severed node knows who holds the id, and refuses like all others.
    let mut stranger = cluster.nodes[1].onlooker().await;
    let refused = stranger
        .call("player:join", json!({"playerId": "ada"}))
        .await;
    assert_eq!(refused["code"], "id-in-use", "{refused}");
    // An id that was free on both sides has one owner in the end: who came first to Redis.
    let mut there = cluster.nodes[1].player("bob").await;
    let mut here = cluster.nodes[0].player("bob").await;
    proxy.heal();
    cluster.all_are("healthy").await;
    assert_eq!(there.ending().await.code(), Some("duplicate"));
    for client in [&mut holder, &mut here] {
        let update = client
            .call("player:update", json!({"animation": "fine"}))
            .await;
        assert_eq!(update["ok"], true, "{update}");
    }
}

#[tokio::test]
async fn a_wire_that_drops_doubles_and_swaps_events() {
    // One of a hundred in the long version, whose steps are some 3000 events.
    let (steps, of_thousand) = (scale(1000, 20_000), scale(300, 10));
    let (cluster, proxy) = wired().await;
    let mut recorder = WorldRecorder::open(&cluster.nodes[1].connect()).await;
    proxy.spoil(u32::try_from(of_thousand).unwrap());
    let mut walkers = Vec::new();
    for n in 0..5 {
        walkers.push(cluster.nodes[0].player(&format!("p{n}")).await);
    }
    for step in 0..steps {
        let walker = &mut walkers[step % 5];
        let to = json!({"position": {"x": step}});
        assert_eq!(walker.call("player:update", to).await["ok"], true);
        if step % 30 == 0 {
            walker
                .call("chat:message", json!({"content": step.to_string()}))
                .await;
        }
        if step % 50 == 49 {
            walker.call_bare("player:leave").await;
            walker.join(&format!("p{}", step % 5)).await;
        }
    }
    assert!(proxy.spoilt() > 10, "{} events were spoilt", proxy.spoilt());
    proxy.spoil(0);
    let quiet = Instant::now();
    let wanted = WorldMirror::of(&snapshot(&cluster.nodes[0].connect()).await);
    recorder
        .until("the same world", |it| it.agrees(&wanted))
        .await;
    let took = quiet.elapsed();
    eprintln!("the same world {took:?} after the last step");
    assert!(took < limit(2.0), "converged after {took:?}");
    let mirror = recorder.finish(&cluster.nodes[1].connect()).await;
    let mut heard = mirror.heard.clone();
    heard.dedup();
    assert_eq!(heard.len(), steps.div_ceil(30), "each line once: {heard:?}");
}
