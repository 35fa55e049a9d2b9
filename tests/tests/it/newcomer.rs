//! Who comes into a large world over a slow line comes in, and sees everything once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use server_core::Config;
use tests::{Client, Connect, TestServer, WorldMirror, soon, without_rate_limits};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};

/// What a newcomer reads in a second: ten times as much as a poor line gives, for a tenth of the time.
const PACE: u32 = 1_500_000;
/// The largest metadata in these worlds, so that few players make a large one.
const DETAILS: usize = 56_000;
/// Said once everybody is in.
const THE_END: &str = "the end";
/// Deliveries in a tick below which everything leaves at once.
const SMALL_WORLD: u64 = 2000;
const CROWD: u64 = 0;
const LETTERS: [u8; 32] = *b"abcdefghijklmnopqrstuvwxyzABCDEF";
/// Bytes that may wait where everything does.
const ENOUGH: usize = 1024 * 1024;
const SMALL_BUFFER: u32 = 16 * 1024;

fn narrow(config: &mut Config) {
    without_rate_limits(config);
    config.limits.metadata_bytes = 2 * DETAILS;
    config.listen.send_buffer_bytes = SMALL_BUFFER as usize;
}

/// Letters without order, so that they are hardly fewer bytes where they are packed.
fn details(bytes: usize) -> Value {
    let mut state = 0x9E37_79B9_u32;
    let letters = (0..bytes).map(|_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(LETTERS[(state >> 27) as usize])
    });
    json!({ "bio": letters.collect::<String>() })
}

/// A world whose snapshot has `players` times [`DETAILS`] bytes.
async fn large_world(server: &TestServer, players: usize) -> JoinSet<()> {
    let mut crowd = JoinSet::new();
    for number in 0..players {
        let mut client = server.connect().open().await;
        client.ignore_events();
        let (frame, _) = client.asking(
            "player:join",
            Some(&json!({"playerId": format!("crowd-{number}"), "metadata": details(DETAILS)})),
        );
        client.send(vec![frame]).await;
        crowd.spawn(async move { while client.packet().await.is_some() {} });
    }
    crowd
}

/// What goes on meanwhile: somebody says line after line, somebody comes and goes again and again, in a third of the
/// bytes that a newcomer reads. Faster, and on a fast machine whoever has just come in could not keep up.
struct Bustle {
    talker: Client,
    guest: Client,
    /// Details of each guest, in bytes.
    details: usize,
}

impl Bustle {
    /// Goes on until `newcomers` are in. Also gives back who said it all, who is in the world still.
    async fn go_on(mut self, newcomers: Arc<AtomicUsize>) -> (Client, usize) {
        let bytes = u32::try_from(self.details + 400).unwrap();
        let mut rounds = interval(Duration::from_secs(1) * 3 * bytes / PACE);
        rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut round = 0;
        while newcomers.load(Ordering::Acquire) > 0 {
            let line = json!({ "content": format!("line {round}") });
            assert_eq!(self.talker.call("chat:message", line).await["ok"], true);
            let guest =
                json!({"playerId": format!("guest-{round}"), "metadata": details(self.details)});
            assert_eq!(self.guest.call("player:join", guest).await["ok"], true);
            assert_eq!(self.guest.call_bare("player:leave").await["ok"], true);
            round += 1;
            rounds.tick().await;
        }
        let end = json!({ "content": THE_END });
        assert_eq!(self.talker.call("chat:message", end).await["ok"], true);
        (self.talker, round)
    }
}

/// The numbers in texts like `line 7`, which must grow.
fn growing<'a>(texts: impl IntoIterator<Item = &'a str>, before: &str) -> Vec<usize> {
    let numbers = texts.into_iter().filter_map(|it| it.strip_prefix(before));
    let numbers: Vec<usize> = numbers.map(|it| it.parse().unwrap()).collect();
    assert!(numbers.is_sorted_by(|a, b| a < b), "{before}: {numbers:?}");
    numbers
}

/// Comes in over a slow line, and mirrors the world until it is as quiet as everywhere else. Whoever it is stays
/// in the world while its client is kept.
async fn come_in(
    connect: Connect,
    id: String,
    newcomers: Arc<AtomicUsize>,
) -> (Client, WorldMirror) {
    let connect = connect.receive_buffer(SMALL_BUFFER).reading(PACE);
    let mut client = connect.open().await;
    let (join, ack) = client.asking("player:join", Some(&json!({ "playerId": id })));
    client.send(vec![join]).await;
    let mut mirror = WorldMirror::of(&client.expect("world:state").await);
    let answer = loop {
        if let Some(answer) = client.answered(ack) {
            break answer;
        }
        let event = client.receive().await.expect("it comes in");
        if !event.name.is_empty() {
            mirror.apply(&event);
        }
    };
    assert_eq!(answer["ok"], true, "{answer}");
    mirror.apply(&tests::WireEvent {
        name: "player:joined".into(),
        data: answer["player"].clone(),
        attachments: Vec::new(),
    });
    newcomers.fetch_sub(1, Ordering::AcqRel);
    while !mirror.lines().contains(&THE_END) {
        mirror.apply(&client.event().await);
    }
    (client, mirror)
}

/// `players` and what they bring make the world; of what happens meanwhile `waiting` bytes may wait.
async fn check(
    players: usize,
    waiting: usize,
    guest_details: usize,
    flush_budget: u64,
) -> Vec<WorldMirror> {
    let server = TestServer::with(|config| {
        narrow(config);
        config.session.outbox_bytes = waiting;
        config.session.flush_budget = flush_budget;
    })
    .await;
    let _crowd = large_world(&server, players).await;
    let mut talker = server.connect().open().await;
    let mut guest = server.connect().open().await;
    for client in [&mut talker, &mut guest] {
        client.ignore_events();
    }
    talker.join("talker").await;
    let bustle = Bustle {
        talker,
        guest,
        details: guest_details,
    };

    let ways = [
        server.connect(),
        server.connect().batch(),
        server.connect().stream(),
        server.connect().polling(),
        server.connect().polling().batch(),
        server.connect().polling().stream(),
        server.connect().packed(),
        server.connect().stream().packed(),
        server.connect().polling().batch().packed(),
    ];
    let newcomers = Arc::new(AtomicUsize::new(ways.len()));
    let coming: Vec<_> = ways
        .into_iter()
        .enumerate()
        .map(|(number, connect)| {
            let id = format!("newcomer-{number}");
            tokio::spawn(come_in(connect, id, newcomers.clone()))
        })
        .collect();
    let (_talker, rounds) = soon("the newcomers", bustle.go_on(newcomers)).await;
    let (mut clients, mut mirrors) = (Vec::new(), Vec::new());
    for coming in coming {
        let (client, mirror) = soon("a quiet world", coming).await.unwrap();
        clients.push(client);
        mirrors.push(mirror);
    }
    let fresh = server.connect().open().await.expect("world:state").await;
    assert_eq!(server.metrics().slow_consumers.get(), 0);
    for mirror in &mirrors {
        let lines = growing(mirror.lines(), "line ");
        let first = lines.first().copied().unwrap_or_default();
        assert_eq!(lines, (first..rounds).collect::<Vec<_>>(), "a lost line");
        growing(mirror.joined.iter().map(String::as_str), "guest-");
        growing(mirror.left.iter().map(String::as_str), "guest-");
        mirror.assert_shows(&fresh);
    }
    mirrors
}

#[tokio::test]
async fn a_newcomer_on_a_slow_line_hears_everything_that_fits() {
    for budget in [SMALL_WORLD, CROWD] {
        for mirror in Box::pin(check(20, ENOUGH, 100, budget)).await {
            assert_eq!(mirror.snapshots, 0, "everything could wait");
        }
    }
}

/// Who gets behind is told the world afresh. Whether anybody does is up to the system; nobody may tell.
#[tokio::test]
async fn a_newcomer_on_a_slow_line_misses_nothing_when_little_may_wait() {
    // Guests come with the tick in a crowd, and many times as often in a small world; whoever is in has to
    // keep up with them at its pace.
    for (budget, details) in [(SMALL_WORLD, 4_000), (CROWD, 20_000)] {
        Box::pin(check(20, 48 * 1024, details, budget)).await;
    }
}

#[tokio::test]
async fn a_newcomer_on_a_slow_line_comes_into_a_very_large_world() {
    Box::pin(check(90, ENOUGH, 100, SMALL_WORLD)).await;
}

/// Bytes that nobody takes are no progress, however much of a snapshot is still to come.
#[tokio::test]
async fn who_stops_reading_its_snapshot_is_gone() {
    for polling in [false, true] {
        let server = TestServer::with(|config| {
            narrow(config);
            config.session.slow_consumer_timeout = Duration::from_secs(1);
        })
        .await;
        let _crowd = large_world(&server, 20).await;
        let connect = match polling {
            true => server.connect().polling(),
            false => server.connect().receive_buffer(4096),
        };
        let mut stalled = connect.open().await;
        let (join, _) = stalled.asking("player:join", Some(&json!({"playerId": "stalled"})));
        stalled.send(vec![join]).await;
        let mut talker = server.connect().open().await;
        talker.ignore_events();
        talker.join("talker").await;
        let gone = async {
            let line = json!({ "content": "x".repeat(500) });
            while server.metrics().slow_consumers.get() == 0 {
                assert_eq!(talker.call("chat:message", line.clone()).await["ok"], true);
            }
        };
        soon("the end of a client that takes nothing", gone).await;
    }
}

/// The world came before, so it need not come again; who did not ask for that gets it as ever.
#[tokio::test]
async fn a_lean_join_is_answered_without_the_world() {
    for budget in [SMALL_WORLD, CROWD] {
        let server = TestServer::with(|config| config.session.flush_budget = budget).await;
        let lean = server.connect().auth("features", json!(["lean"]));
        let mut client = lean.open().await;
        let (join, ack) = client.asking("player:join", Some(&json!({"playerId": "ada"})));
        client.send(vec![join]).await;
        client.expect("world:state").await;
        let answer = client.answer(ack).await;
        assert_eq!(answer["ok"], true, "{answer}");
        assert_eq!(answer.get("state"), None);
        assert_eq!(answer["player"]["id"], "ada");
        assert!(answer["guestToken"].is_string());

        let mut usual = server.onlooker().await;
        let answer = usual.join("ben").await;
        let players = answer["state"]["players"].as_array().unwrap();
        assert_eq!(players.len(), 2, "{answer}");
        assert_eq!(client.expect("player:joined").await["id"], "ben");
    }
}
