//! Moves go from node to node past the scripts, and nodes of the first protocol, which know the scripts alone, are told by those.

use serde_json::{Value, json};
use tests::{Client, RedisServer, TestCluster, WorldMirror, soon, without_rate_limits};

use super::recorder::{WorldRecorder, snapshot};

/// What stands before each script of [`FirstProtocol`].
const PRELUDE: &str = "
    local clock = redis.call('TIME')
    local micros = clock[1] * 1000000 + clock[2]
    local function text(number) return string.format('%.0f', number) end
    local function key(name) return '{comutiny}:' .. name end
    local function publish(kind, body)
        local offset = text(redis.call('HINCRBY', key('meta'), 'offset', 1))
        local epoch = redis.call('HGET', key('meta'), 'epoch')
        redis.call('SPUBLISH', key('events'), '1 ' .. epoch .. ' ' .. offset .. ' old ' .. kind .. '\\n' .. body)
    end
";

/// A node as version 0.1.0 is one: it keeps a lease, and says in Redis and on the session channel alone what its player does.
struct FirstProtocol<'a>(&'a RedisServer);

impl<'a> FirstProtocol<'a> {
    async fn comes(redis: &'a RedisServer) -> Self {
        let old = Self(redis);
        let descriptor = r#"{"id":"old","address":"","version":"0.1.0","players":0,"lagMs":0}"#;
        old.script(
            "redis.call('ZADD', key('leases'), text(micros / 1000 + 60000), 'old')
             redis.call('HSET', key('nodes'), 'old', ARGV[1])
             redis.call('HSET', key('meta'), 's:old', 'session', 'r:old', 'session')",
            descriptor,
        )
        .await;
        old
    }

    async fn goes(self) {
        let script =
            "redis.call('ZREM', key('leases'), 'old') redis.call('HDEL', key('nodes'), 'old')";
        self.script(script, "").await;
    }

    /// Its player `bob` comes in.
    async fn joins(&self) {
        self.script(
            "local record = text(micros) .. ' old g:aa bb 1'
             redis.call('HSET', key('own'), 'bob', record)
             redis.call('HSET', key('players'), 'bob', ARGV[1])
             publish('join', text(micros) .. ' g:aa bb 1 ' .. ARGV[1])",
            &bob(0),
        )
        .await;
    }

    async fn moves_to(&self, x: i32) {
        self.script(
            "local fence = string.match(redis.call('HGET', key('own'), 'bob'), '^%d+')
             redis.call('HSET', key('players'), 'bob', ARGV[1])
             publish('moved', fence .. ' ' .. ARGV[1])",
            &bob(x),
        )
        .await;
    }

    async fn script(&self, script: &str, argument: &str) {
        let script = format!("{PRELUDE}{script}");
        let answer = self.0.call(&["EVAL", &script, "0", argument]).await;
        let answer = answer.expect("Redis answers");
        assert!(!answer.starts_with('-'), "{answer}");
    }
}

fn bob(x: i32) -> String {
    json!({"id": "bob", "name": "Bob", "position": {"x": x, "y": 0, "z": 0}, "animation": "idle", "metadata": {}})
        .to_string()
}

async fn walks(client: &mut Client, to: i32) {
    for x in 1..=to {
        let step = json!({"position": {"x": x}});
        assert_eq!(client.call("player:update", step).await["ok"], true);
    }
}

async fn arrives(recorder: &mut WorldRecorder, id: &str, x: i32) {
    let stands = |it: &WorldMirror| {
        let player = it.player(id);
        player.is_some_and(|player| player["position"]["x"] == f64::from(x))
    };
    recorder.until("the last step", stands).await;
}

/// Waits until Redis has the player where it stands.
async fn written(redis: &RedisServer, id: &str, x: i32) {
    soon("the player in Redis", async {
        loop {
            let json = redis.call(&["HGET", "{comutiny}:players", id]).await;
            let player: Value = serde_json::from_str(&json.unwrap()).unwrap();
            if player["position"]["x"] == f64::from(x) {
                break;
            }
        }
    })
    .await;
}

/// Events on the session channel so far.
async fn offset(redis: &RedisServer) -> String {
    let offset = redis.call(&["HGET", "{comutiny}:meta", "offset"]).await;
    offset.expect("nodes have met")
}

/// Has Ada go on from `x` until a step of hers is shown and cost no script: no node of an older version counts as there any more.
async fn walks_without_scripts(
    ada: &mut Client,
    mut x: i32,
    redis: &RedisServer,
    recorder: &mut WorldRecorder,
) {
    soon("a step without a script", async {
        loop {
            let before = offset(redis).await;
            x += 1;
            let step = json!({"position": {"x": x}});
            ada.call("player:update", step).await;
            arrives(recorder, "ada", x).await;
            if offset(redis).await == before {
                break;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn who_walks_costs_no_script_and_is_shown_everywhere() {
    const STEPS: i32 = 80;
    let mut cluster = TestCluster::start(0).await;
    for _ in 0..2 {
        cluster.add(without_rate_limits).await;
    }
    cluster.all_are("healthy").await;
    let mut recorder = WorldRecorder::open(&cluster.nodes[1].connect()).await;
    let mut ada = cluster.nodes[0].player("ada").await;
    // Until a node has looked who is there, and after each new link, it speaks as one of an older version would want it.
    soon("many steps without a script", async {
        let mut round = 0;
        loop {
            let before = offset(&cluster.redis).await;
            for x in 1..=STEPS {
                let step = json!({"position": {"x": round * STEPS + x}});
                assert_eq!(ada.call("player:update", step).await["ok"], true);
            }
            round += 1;
            arrives(&mut recorder, "ada", round * STEPS).await;
            if offset(&cluster.redis).await == before {
                break;
            }
        }
    })
    .await;
    recorder.finish(&cluster.nodes[0].connect()).await;
}

#[tokio::test]
async fn a_node_that_comes_later_shows_who_stands_still_where_they_stand() {
    let mut cluster = TestCluster::start(1).await;
    let mut ada = cluster.nodes[0].player("ada").await;
    walks(&mut ada, 50).await;
    cluster.add(|_| {}).await;
    cluster.all_are("healthy").await;
    let mut recorder = WorldRecorder::open(&cluster.nodes[1].connect()).await;
    arrives(&mut recorder, "ada", 50).await;
    let mirror = recorder.finish(&cluster.nodes[0].connect()).await;
    assert_eq!(mirror.left, [""; 0]);
}

#[tokio::test]
async fn a_node_of_the_first_protocol_is_told_by_scripts_while_it_is_there() {
    let cluster = TestCluster::start(2).await;
    let mut recorder = WorldRecorder::open(&cluster.nodes[1].connect()).await;
    let mut ada = cluster.nodes[0].player("ada").await;
    walks(&mut ada, 20).await;
    arrives(&mut recorder, "ada", 20).await;

    let old = FirstProtocol::comes(&cluster.redis).await;
    // What she did before it came is told as well.
    written(&cluster.redis, "ada", 20).await;
    walks(&mut ada, 30).await;
    written(&cluster.redis, "ada", 30).await;
    arrives(&mut recorder, "ada", 30).await;

    old.joins().await;
    recorder.until("her", |it| it.player("bob").is_some()).await;
    for x in 1..=10 {
        old.moves_to(x).await;
    }
    arrives(&mut recorder, "bob", 10).await;
    // A resync of a node takes his place from Redis, which is all there is.
    cluster
        .redis
        .call(&["CLIENT", "KILL", "TYPE", "pubsub"])
        .await;
    old.moves_to(11).await;
    arrives(&mut recorder, "bob", 11).await;

    old.goes().await;
    recorder
        .until("his goodbye", |it| it.player("bob").is_none())
        .await;
    walks_without_scripts(&mut ada, 30, &cluster.redis, &mut recorder).await;
    let wanted = WorldMirror::of(&snapshot(&cluster.nodes[0].connect()).await);
    recorder
        .until("the same world", |it| it.agrees(&wanted))
        .await;
    recorder.finish(&cluster.nodes[1].connect()).await;
}
