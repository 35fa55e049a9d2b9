//! A server of the contract, as small as possible, that makes the mistakes it is told to make.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio_tungstenite::accept_async;
use tokio_tungstenite::tungstenite::Message;

/// How much later updates are passed on in a crowd beyond the knee.
pub(super) const BEYOND_THE_KNEE: Duration = Duration::from_millis(150);

/// What this server does wrong.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ScriptedFaults {
    /// Before an update is passed on and acknowledged.
    pub(super) delay: Duration,
    /// Updates are sent to everybody this many more times.
    pub(super) repeats: usize,
    /// From this time on nothing is passed on, though everything is acknowledged.
    pub(super) deaf_after: Option<Duration>,
    /// Every connection is aborted at this time, and nobody is let in any more.
    pub(super) dies_after: Option<Duration>,
    /// Updates are refused with `rate-limited`.
    pub(super) refuses: bool,
    /// Joins are never answered.
    pub(super) ignores_joins: bool,
    /// With more players than that, updates are passed on and acknowledged late.
    pub(super) knee: Option<usize>,
}

#[derive(Default)]
struct ScriptedWorld {
    players: BTreeMap<String, Value>,
    peers: BTreeMap<u64, UnboundedSender<String>>,
}

type SharedWorld = Arc<Mutex<ScriptedWorld>>;

/// Starts a server in a thread of its own, since a run blocks the test's, and returns its address.
/// It ends with the test process.
pub(super) fn start(script: ScriptedFaults) -> SocketAddr {
    let (told, address) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async move {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            told.send(listener.local_addr().unwrap()).unwrap();
            let serving = serve(listener, script);
            match script.dies_after {
                Some(time) => drop(tokio::time::timeout(time, serving).await),
                None => serving.await,
            }
        });
        // Dropping the runtime aborts every connection.
    });
    address.recv().unwrap()
}

async fn serve(listener: TcpListener, script: ScriptedFaults) {
    let world = SharedWorld::default();
    for number in 0.. {
        let (tcp, _) = listener.accept().await.unwrap();
        tokio::spawn(talk(tcp, number, world.clone(), script));
    }
}

async fn talk(tcp: TcpStream, number: u64, world: SharedWorld, script: ScriptedFaults) {
    let started = tokio::time::Instant::now();
    let (mut write, mut read) = accept_async(tcp).await.unwrap().split();
    let (outbox, mut waiting) = unbounded_channel::<String>();
    tokio::spawn(async move {
        while let Some(text) = waiting.recv().await {
            if write.send(Message::text(text)).await.is_err() {
                return;
            }
        }
    });
    let say = |text: String| drop(outbox.send(text));
    say(r#"0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000}"#.to_owned());
    let mut own = String::new();
    while let Some(Ok(Message::Text(text))) = read.next().await {
        if text.starts_with("40") {
            say(r#"40{"sid":"b"}"#.to_owned());
            let mut world = world.lock();
            let players: Vec<&Value> = world.players.values().collect();
            say(event("world:state", &json!({"players": players})));
            world.peers.insert(number, outbox.clone());
            continue;
        }
        let Some((ack, name, payload)) = parse(&text) else {
            continue;
        };
        let mut refused = false;
        match name.as_str() {
            "player:join" if script.ignores_joins => continue,
            "player:join" => {
                own = payload["playerId"].as_str().unwrap().to_owned();
                let player = json!({"id": own, "name": own, "position": payload["position"]});
                world.lock().players.insert(own.clone(), player.clone());
                broadcast(&world, number, &event("player:joined", &player));
            }
            "player:update" if script.refuses => refused = true,
            "player:update" => {
                let crowd = world.lock().unwrap().players.len();
                let too_many = script.knee.is_some_and(|knee| crowd > knee);
                tokio::time::sleep(script.delay + BEYOND_THE_KNEE * u32::from(too_many)).await;
                let deaf = script
                    .deaf_after
                    .is_some_and(|time| started.elapsed() > time);
                let player = json!({"id": own, "name": own, "position": payload["position"]});
                for _ in 0..if deaf { 0 } else { 1 + script.repeats } {
                    broadcast(&world, number, &event("player:updated", &player));
                }
            }
            "chat:message" => {}
            _ => {
                world.lock().players.remove(&own);
                broadcast(&world, number, &event("player:left", &json!({"id": own})));
            }
        }
        let answer = match refused {
            true => json!({"ok": false, "code": "rate-limited", "message": "Too many."}),
            false => json!({"ok": true}),
        };
        if let Some(ack) = ack {
            say(format!("43{ack}[{answer}]"));
        }
    }
    world.lock().peers.remove(&number);
    // Whoever vanished has left.
    if world.lock().players.remove(&own).is_some() {
        broadcast(&world, number, &event("player:left", &json!({"id": own})));
    }
}

fn event(name: &str, payload: &Value) -> String {
    format!("42{}", json!([name, payload]))
}

fn parse(text: &str) -> Option<(Option<i64>, String, Value)> {
    let body = text.strip_prefix("42")?;
    let start = body.find('[')?;
    let mut parts: Vec<Value> = serde_json::from_str(&body[start..]).ok()?;
    let name = parts.first()?.as_str()?.to_owned();
    let payload = if parts.len() > 1 {
        parts.remove(1)
    } else {
        Value::Null
    };
    Some((body[..start].parse().ok(), name, payload))
}

fn broadcast(world: &SharedWorld, causer: u64, packet: &str) {
    for (number, peer) in &world.lock().peers {
        if *number != causer {
            let _ = peer.send(packet.to_owned());
        }
    }
}
