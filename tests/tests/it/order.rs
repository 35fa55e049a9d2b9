//! Nothing is lost, doubled or out of order, also when everything comes in one breath.

use serde_json::json;
use tests::{Client, Connect, EnginePacket, Packet, TestServer, soon, without_rate_limits};
use tokio::task::JoinSet;

/// Sockets that send everything the moment their CONNECT is answered.
const BREATHLESS: usize = 3000;
/// How many of them are connected at once. Each hears of all others, so the work grows with it.
const WAVE: usize = 20;

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
    client.ignore_events();
    client
        .send(life.iter().map(|(frame, _)| frame.clone()).collect())
        .await;
    let answers = answers(&mut client, life.len()).await;
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

/// The next answers with their numbers, in the order in which they come.
async fn answers(client: &mut Client, count: usize) -> Vec<(i64, serde_json::Value)> {
    let mut answers = Vec::new();
    while answers.len() < count {
        match soon("an answer", client.packet()).await {
            Some(Packet::Answer(id, answer)) => answers.push((id, answer)),
            Some(_) => {}
            None => panic!("ended after {answers:?}"),
        }
    }
    answers
}

/// Sends CONNECT and reads up to its answer. Earlier the protocol lets nobody speak: a client that
/// does is disconnected, as by the reference server.
async fn enter(client: &mut Client, connect: &Connect) {
    client.send(vec![connect.hello()]).await;
    loop {
        match soon("the answer to CONNECT", client.packet()).await {
            Some(Packet::Connected(_)) => return,
            Some(_) => {}
            None => panic!("ended before the answer to CONNECT"),
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
                EnginePacket::from(r#"42["player:join",{"playerId":"ada"}]"#),
                EnginePacket::from(r#"42["player:update",{"animation":"walk"}]"#),
                EnginePacket::from(r#"42["chat:message",{"content":"one"}]"#),
                EnginePacket::from(r#"42["player:leave"]"#),
                EnginePacket::from(r#"42["chat:message",{"content":"not joined"}]"#),
                EnginePacket::from(r#"42["player:join",{"playerId":"grace"}]"#),
                EnginePacket::from(r#"42["chat:message",{"content":"two"}]"#),
                EnginePacket::from("41"),
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

/// Small events are read beside the library, large and binary ones by it: each is answered, in the
/// order it was sent, whichever way it took.
#[tokio::test]
async fn small_large_and_odd_events_are_answered_in_order() {
    const ROUNDS: usize = 40;
    let server = TestServer::with(without_rate_limits).await;
    let mut client = server.player("ada").await;
    client.ignore_events();
    // More than the transport shows its reader, yet not too much for a player.
    let large = json!({"metadata": {"note": "n".repeat(3500)}, "animation": "a".repeat(1500)});
    let odd = json!({"position": [1, 2, 3]});
    let mut asked = Vec::new();
    for round in 0..ROUNDS {
        asked.push(client.asking("player:update", Some(&json!({"position": {"x": round}}))));
        asked.push(client.asking("player:update", Some(&large)));
        asked.push(client.asking("player:update", Some(&odd)));
        asked.push(client.asking("chat:message", Some(&json!({"content": "x".repeat(6000)}))));
        asked.push(client.asking("no:such:event", None));
    }
    client
        .send(asked.iter().map(|(frame, _)| frame.clone()).collect())
        .await;
    let answers = answers(&mut client, asked.len()).await;
    let order: Vec<_> = answers.iter().map(|(id, _)| *id).collect();
    assert_eq!(order, asked.iter().map(|(_, ack)| *ack).collect::<Vec<_>>());
    for (round, five) in answers.chunks(5).enumerate() {
        let player = &five[0].1["player"];
        assert_eq!(player["position"]["x"], json!(round as f64));
        let codes = five.iter().map(|(_, answer)| answer["code"].as_str());
        let expected = [
            None,
            None,
            Some("invalid-payload"),
            None,
            Some("unknown-event"),
        ];
        assert_eq!(codes.collect::<Vec<_>>(), expected);
    }
}

/// What a player did last is seen by the others, however soon it leaves after it.
#[tokio::test]
async fn an_update_right_before_the_end_reaches_the_others() {
    const ROUNDS: usize = 40;
    let server = TestServer::with(without_rate_limits).await;
    let connects = [
        server.connect(),
        server.connect().batch(),
        server.connect().stream(),
    ];
    let mut onlookers = Vec::new();
    for connect in &connects {
        let mut onlooker = connect.open().await;
        onlooker.expect("world:state").await;
        // A reader of the stream has its keyframe behind it.
        onlooker.settle().await;
        onlookers.push(onlooker);
    }
    for round in 0..ROUNDS {
        for ending in ["42[\"player:leave\"]", "41"] {
            let mut client = server.player("ada").await;
            let update = format!("42[\"player:update\",{{\"animation\":\"last-{round}\"}}]");
            client
                .send(vec![EnginePacket::Text(update), ending.into()])
                .await;
            for (onlooker, updated) in
                onlookers
                    .iter_mut()
                    .zip(["player:updated", "players:updated", "players:updated"])
            {
                onlooker.expect("player:joined").await;
                let event = onlooker.event().await;
                assert_eq!(event.name, updated, "round {round} before {ending}");
                onlooker.expect("player:left").await;
            }
        }
    }
}
