//! A crowd comes while another goes, and whoever watches sees each of it once.

use std::collections::BTreeSet;
use std::sync::Arc;

use futures_util::future::join_all;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::{Value, json};
use session::SessionConfig;
use tests::{Client, Connect, TestServer, WorldMirror, without_rate_limits};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

/// People who come, and as many who move and go, in every round of the crowd.
const CROWD: usize = 200;
/// Rounds of the crowd in a plain `cargo test`. The full run is `CROWD_SEEDS=50`, for a change in what orders
/// or combines events; it takes some minutes.
const SEEDS: u64 = 1;

/// One person of the crowd: comes or goes, with some steps and words on the way.
async fn act(mut client: Client, id: String, comes: bool, mut random: StdRng) -> (Client, usize) {
    let mut said = 0;
    if comes {
        client.join(&id).await;
    }
    for step in 0..random.random_range(1..4) {
        if random.random_bool(0.2) {
            let words = json!({ "content": format!("{id} {step}") });
            assert_eq!(client.call("chat:message", words).await["ok"], true);
            said += 1;
        }
        let to = json!({"position": {"x": random.random_range(-50.0..50.0)}, "metadata": {"heading": step}});
        assert_eq!(client.call("player:update", to).await["ok"], true);
    }
    if !comes {
        assert_eq!(client.call_bare("player:leave").await["ok"], true);
    }
    client.settle().await;
    (client, said)
}

type Ids<'a> = BTreeSet<&'a str>;

/// What one watcher has to show for itself.
struct WatchedWorld {
    client: Client,
    snapshot: Value,
    mirror: WorldMirror,
    /// Was there before the crowd moved, and not only since the middle of it.
    from_the_start: bool,
}

impl WatchedWorld {
    async fn open(connect: &Connect, from_the_start: bool) -> Self {
        let mut client = connect.open().await;
        let snapshot = client.expect("world:state").await;
        Self {
            mirror: WorldMirror::of(&snapshot),
            client,
            snapshot,
            from_the_start,
        }
    }

    /// Mirrors the world until `done`, then what was on its way.
    async fn watch(mut self, done: Arc<Barrier>) -> Self {
        let over = done.wait();
        tokio::pin!(over);
        loop {
            tokio::select! {
                _ = &mut over => break,
                event = self.client.event() => self.mirror.apply(&event),
            }
        }
        for event in self.client.settle().await {
            self.mirror.apply(&event);
        }
        self
    }

    /// Whether the mirror came to show the world, and everything was seen once: by its event, or in
    /// the snapshot when that was later.
    async fn check(mut self, fresh: &Value, came: &Ids<'_>, gone: &Ids<'_>, said: usize) {
        // The last states may still be on their way.
        while !self.mirror.shows(fresh) {
            self.mirror.apply(&self.client.event().await);
        }
        self.mirror.assert_shows(fresh);
        let before = WorldMirror::of(&self.snapshot);
        for (ids, events, present) in [
            (came, &self.mirror.joined, true),
            (gone, &self.mirror.left, false),
        ] {
            let known = |id: &&&str| before.player(id).is_some() == present;
            let known = ids.iter().filter(known).count();
            let once: Ids<'_> = events.iter().map(String::as_str).collect();
            assert_eq!(once.len(), events.len(), "doubled in {events:?}");
            assert!(once.is_subset(ids), "{events:?}");
            assert_eq!(known + once.len(), CROWD, "known before, and heard of");
        }
        let heard: Ids<'_> = self.mirror.heard.iter().map(String::as_str).collect();
        assert_eq!(heard.len(), self.mirror.heard.len(), "a doubled message");
        if self.from_the_start {
            assert_eq!(heard.len(), said, "a lost message");
        }
    }
}

#[tokio::test]
async fn a_crowd_comes_and_goes_and_every_mirror_is_right() {
    let seeds = std::env::var("CROWD_SEEDS").map_or(SEEDS, |text| text.parse().unwrap());
    // The last ones are so large that distance decides, all the time and now and then.
    let ways = [
        (SessionConfig::default().flush_budget, 0),
        (0, 0),
        (0, 20),
        (2000, CROWD),
    ];
    for (budget, nearness_from) in ways {
        let server = TestServer::with(|config| {
            without_rate_limits(config);
            config.session.flush_budget = budget;
            config.session.nearness_from = nearness_from;
        })
        .await;
        come_and_go(&server, seeds).await;
    }
}

async fn come_and_go(server: &TestServer, seeds: u64) {
    // Together: in a crowd each answer waits for the tick, and who waits for its turn answers no heartbeat.
    let coming = (0..2 * CROWD).map(async |number| {
        let mut client = server.onlooker().await;
        client.ignore_events();
        (client, format!("p{number}"))
    });
    let mut crowd = join_all(coming).await;
    let joining = crowd[..CROWD].iter_mut();
    join_all(joining.map(|(client, id)| client.join(id))).await;
    for seed in 0..seeds {
        eprintln!("seed {seed}");
        round(server, &mut crowd, seed).await;
    }
}

/// Everybody who is in moves and goes while everybody else comes.
async fn round(server: &TestServer, crowd: &mut Vec<(Client, String)>, seed: u64) {
    const WATCHERS: usize = 8;
    join_all(crowd.iter_mut().map(|(client, _)| client.settle())).await;
    let done = Arc::new(Barrier::new(WATCHERS + 1));
    let mut watching = JoinSet::new();
    let ways = [
        server.connect(),
        server.connect().batch(),
        server.connect().stream(),
        server.connect().stream().packed(),
    ];
    for connect in &ways {
        let watched = WatchedWorld::open(connect, true).await;
        watching.spawn(watched.watch(done.clone()));
    }
    let mut acting = JoinSet::new();
    for (number, (client, id)) in crowd.drain(..).enumerate() {
        let random = StdRng::seed_from_u64(seed << 32 | number as u64);
        let comes = number >= CROWD;
        acting.spawn(async move {
            let (client, said) = act(client, id.clone(), comes, random).await;
            (number, client, id, said)
        });
    }
    // These come into the middle of it all and miss nothing after their snapshot.
    for connect in &ways {
        let watched = WatchedWorld::open(connect, false).await;
        watching.spawn(watched.watch(done.clone()));
    }
    let mut acted = acting.join_all().await;
    acted.sort_by_key(|(number, ..)| *number);
    let said: usize = acted.iter().map(|(_, _, _, said)| said).sum();
    crowd.extend(acted.into_iter().map(|(_, client, id, _)| (client, id)));
    // Who came goes next, and the other way round.
    crowd.rotate_left(CROWD);
    done.wait().await;

    let fresh = server.connect().open().await.expect("world:state").await;
    let came: Ids<'_> = crowd[..CROWD].iter().map(|(_, id)| id.as_str()).collect();
    let gone: Ids<'_> = crowd[CROWD..].iter().map(|(_, id)| id.as_str()).collect();
    for watched in watching.join_all().await {
        watched.check(&fresh, &came, &gone, said).await;
    }
}
