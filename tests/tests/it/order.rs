//! Nothing is lost, doubled or out of order, also when everything comes in one breath.

use std::collections::BTreeSet;
use std::sync::Arc;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};
use tests::{Client, Connect, Frame, Mirror, Packet, TestServer, soon, without_rate_limits};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

/// Sockets that send everything the moment their CONNECT is answered.
const BREATHLESS: usize = 3000;
/// How many of them are connected at once.
const WAVE: usize = 100;
/// People who come, and as many who move and go, in every round of the crowd.
const CROWD: usize = 200;
/// Rounds of the crowd in a plain `cargo test`; `CROWD_SEEDS=50` is the full run.
const SEEDS: u64 = 2;

/// A whole life in one breath, right behind the answer to CONNECT and before the snapshot is read.
/// Every event is answered, in the order it was sent.
async fn live_at_once(connect: Connect, number: usize) {
    let mut client = connect.dial().await.expect("the handshake succeeds");
    let id = json!({ "playerId": format!("breathless-{number}") });
    let life = [
        client.asking("player:join", Some(&id)),
        client.asking("player:update", Some(&json!({"position": {"x": number}}))),
        client.asking("chat:message", Some(&json!({"content": "here"}))),
        client.asking("player:leave", None),
        client.asking("player:update", Some(&json!({}))),
    ];
    enter(&mut client, &connect).await;
    client
        .send(life.iter().map(|(frame, _)| frame.clone()).collect())
        .await;
    let mut answers = Vec::new();
    while answers.len() < life.len() {
        match soon("an answer", client.packet()).await {
            Some(Packet::Answer(id, answer)) => answers.push((id, answer)),
            Some(_) => {}
            None => panic!("client {number} was cut after {answers:?}"),
        }
    }
    let order: Vec<_> = answers.iter().map(|(id, _)| *id).collect();
    assert_eq!(order, life.map(|(_, ack)| ack));
    let (last, others) = answers.split_last().unwrap();
    assert!(
        others.iter().all(|(_, answer)| answer["ok"] == true),
        "{others:?}"
    );
    assert_eq!(others[1].1["player"]["position"]["x"], json!(number as f64));
    assert_eq!(last.1["code"], "not-joined");
}

/// Sends CONNECT and reads up to its answer. Earlier the protocol lets nobody speak: a client that
/// does is cut, as by the reference server.
async fn enter(client: &mut Client, connect: &Connect) {
    client.send(vec![connect.hello()]).await;
    loop {
        match soon("the answer to CONNECT", client.packet()).await {
            Some(Packet::Connected(_)) => return,
            Some(_) => {}
            None => panic!("cut before the answer to CONNECT"),
        }
    }
}

#[tokio::test]
async fn events_that_follow_connect_at_once_are_not_lost() {
    let server = TestServer::with(|config| {
        without_rate_limits(config);
        config.world.greeting.clear();
        config.session.chat_history = 1;
    })
    .await;
    for wave in 0..BREATHLESS / WAVE {
        let mut lives = JoinSet::new();
        for number in 0..WAVE {
            lives.spawn(live_at_once(server.connect(), wave * WAVE + number));
        }
        lives.join_all().await;
    }
    assert_eq!(server.metrics().joins.get(), BREATHLESS as u64);
    assert_eq!(server.metrics().chat_messages.get(), BREATHLESS as u64);
}

#[tokio::test]
async fn five_thousand_updates_of_one_socket_keep_their_order() {
    const UPDATES: usize = 5000;
    let server = TestServer::with(without_rate_limits).await;
    let mut onlooker = server.onlooker().await;
    let mut ada = server.player("ada").await;
    let mut acks = Vec::new();
    let mut frames = Vec::new();
    for x in 1..=UPDATES {
        let (frame, ack) = ada.asking("player:update", Some(&json!({"position": {"x": x}})));
        frames.push(frame);
        acks.push(ack);
    }
    let watching = async {
        onlooker.expect("player:joined").await;
        let mut last = 0.0;
        while last < UPDATES as f64 {
            let player = onlooker.expect("player:updated").await;
            let x = player["position"]["x"].as_f64().unwrap();
            assert!(x > last, "{x} after {last}");
            last = x;
        }
    };
    let asking = async {
        ada.send(frames).await;
        for (index, ack) in acks.into_iter().enumerate() {
            let answer = ada.answer(ack).await;
            let x = answer["player"]["position"]["x"].as_f64();
            assert_eq!(x, Some(index as f64 + 1.0), "{answer}");
        }
    };
    tokio::join!(watching, asking);
}

#[tokio::test]
async fn a_life_in_one_breath_is_heard_in_order() {
    let server = TestServer::start().await;
    for connect in [server.connect(), server.connect().polling()] {
        let mut onlooker = server.onlooker().await;
        let mut client = connect.dial().await.unwrap();
        enter(&mut client, &connect).await;
        client
            .send(vec![
                Frame::from(r#"42["player:join",{"playerId":"ada"}]"#),
                Frame::from(r#"42["player:update",{"animation":"walk"}]"#),
                Frame::from(r#"42["chat:message",{"content":"one"}]"#),
                Frame::from(r#"42["player:leave"]"#),
                Frame::from(r#"42["chat:message",{"content":"not joined"}]"#),
                Frame::from(r#"42["player:join",{"playerId":"grace"}]"#),
                Frame::from(r#"42["chat:message",{"content":"two"}]"#),
                Frame::from("41"),
            ])
            .await;
        let mut heard = Vec::new();
        while heard.len() < 6 {
            let event = onlooker.event().await;
            if event.name != "player:updated" {
                let what = event.data.get("content").or(event.data.get("id"));
                heard.push(format!(
                    "{} {}",
                    event.name,
                    what.unwrap().as_str().unwrap()
                ));
            }
        }
        assert_eq!(
            heard,
            [
                "player:joined ada",
                "chat:message one",
                "player:left ada",
                "player:joined grace",
                "chat:message two",
                "player:left grace",
            ]
        );
        assert_eq!(onlooker.settle().await, []);
    }
}

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

/// Mirrors the world until `done`, then until nothing is pending.
async fn watch(mut client: Client, snapshot: Value, done: Arc<Barrier>) -> (Client, Value, Mirror) {
    let mut mirror = Mirror::of(&snapshot);
    let over = done.wait();
    tokio::pin!(over);
    loop {
        tokio::select! {
            _ = &mut over => break,
            event = client.event() => mirror.apply(&event),
        }
    }
    for event in client.settle().await {
        mirror.apply(&event);
    }
    (client, snapshot, mirror)
}

#[tokio::test]
async fn a_crowd_comes_and_goes_and_every_mirror_is_right() {
    let seeds = std::env::var("CROWD_SEEDS").map_or(SEEDS, |text| text.parse().unwrap());
    let server = TestServer::with(without_rate_limits).await;
    let mut crowd = Vec::new();
    for number in 0..2 * CROWD {
        let client = server.onlooker().await;
        crowd.push((client, format!("p{number}")));
    }
    for (client, id) in &mut crowd[..CROWD] {
        client.join(id).await;
    }
    for seed in 0..seeds {
        round(&server, &mut crowd, seed).await;
    }
}

/// Everybody who is in moves and goes while everybody else comes.
async fn round(server: &TestServer, crowd: &mut Vec<(Client, String)>, seed: u64) {
    const WATCHERS: usize = 4;
    for (client, _) in crowd.iter_mut() {
        client.settle().await;
    }
    let done = Arc::new(Barrier::new(WATCHERS + 1));
    let mut watching = JoinSet::new();
    let ways = [server.connect(), server.connect().batch()];
    for connect in ways.clone() {
        let mut client = connect.open().await;
        let snapshot = client.expect("world:state").await;
        watching.spawn(watch(client, snapshot, done.clone()));
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
    for connect in ways {
        let mut client = connect.open().await;
        let snapshot = client.expect("world:state").await;
        watching.spawn(watch(client, snapshot, done.clone()));
    }
    let mut acted = acting.join_all().await;
    acted.sort_by_key(|(number, ..)| *number);
    let said: usize = acted.iter().map(|(_, _, _, said)| said).sum();
    crowd.extend(acted.into_iter().map(|(_, client, id, _)| (client, id)));
    // Who came goes next, and the other way round.
    crowd.rotate_left(CROWD);
    done.wait().await;

    let fresh = server.connect().open().await.expect("world:state").await;
    let came: BTreeSet<&str> = crowd[..CROWD].iter().map(|(_, id)| id.as_str()).collect();
    let gone: BTreeSet<&str> = crowd[CROWD..].iter().map(|(_, id)| id.as_str()).collect();
    for (index, watched) in watching.join_all().await.into_iter().enumerate() {
        let (mut client, snapshot, mut mirror) = watched;
        // The last states may still be on their way.
        while !mirror.shows(&fresh) {
            mirror.apply(&client.event().await);
        }
        mirror.assert_shows(&fresh);
        let before = Mirror::of(&snapshot);
        for (ids, events, present) in [(&came, &mirror.joined, true), (&gone, &mirror.left, false)]
        {
            let known = ids
                .iter()
                .filter(|id| before.player(id).is_some() == present)
                .count();
            let once: BTreeSet<&str> = events.iter().map(String::as_str).collect();
            assert_eq!(
                once.len(),
                events.len(),
                "watcher {index}: doubled in {events:?}"
            );
            assert!(once.is_subset(ids), "watcher {index}: {events:?}");
            assert_eq!(known + once.len(), CROWD, "watcher {index}, seed {seed}");
        }
        let once: BTreeSet<&String> = mirror.heard.iter().collect();
        assert_eq!(
            once.len(),
            mirror.heard.len(),
            "watcher {index}: a doubled message"
        );
        let late = snapshot["players"].as_array().unwrap().len() != CROWD || index >= 2;
        assert!(
            late || mirror.heard.len() == said,
            "watcher {index}: a lost message"
        );
    }
}
