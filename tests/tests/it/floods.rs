//! Too much of what is allowed: events, CONNECTs, namespaces.

use serde_json::json;
use tests::{Frame, TestServer, without_rate_limits};

use crate::witness::Witness;

#[tokio::test]
async fn a_second_connect_on_a_live_session_leaves_no_ghost() {
    let server = TestServer::start().await;
    let mut onlooker = server.onlooker().await;
    for flood in [1, 500] {
        let mut client = server.player("ada").await;
        assert_eq!(onlooker.expect("player:joined").await["id"], "ada");
        client.send(vec![Frame::from("40"); flood]).await;
        drop(client);
        assert_eq!(onlooker.expect("player:left").await["id"], "ada");
        assert_eq!(onlooker.settle().await, []);
        let state = server.connect().open().await.expect("world:state").await;
        assert_eq!(state["players"], json!([]));
    }
}

#[tokio::test]
async fn a_connect_after_a_disconnect_on_the_same_transport_is_a_new_session() {
    let server = TestServer::with(|config| {
        without_rate_limits(config);
        config.session.slow_consumer_timeout = std::time::Duration::from_secs(1);
    })
    .await;
    let mut onlooker = server.onlooker().await;
    for connect in [server.connect(), server.connect().polling()] {
        let mut client = connect.open().await;
        client.expect("world:state").await;
        client.join("ada").await;
        onlooker.expect("player:joined").await;
        client.send(vec![Frame::from("41"), connect.hello()]).await;
        assert_eq!(onlooker.expect("player:left").await["id"], "ada");
        let state = client.expect("world:state").await;
        assert_eq!(
            state["players"],
            json!([]),
            "a new session begins with its snapshot"
        );
        let update = client.call("player:update", json!({})).await;
        assert_eq!(update["code"], "not-joined");
        client.join("ada").await;
        onlooker.expect("player:joined").await;
        // It lives on: longer than a client that takes nothing would.
        let alive = std::time::Instant::now();
        while alive.elapsed() < std::time::Duration::from_secs(3) {
            assert_eq!(
                client
                    .call("player:update", json!({"animation": "walk"}))
                    .await["ok"],
                true
            );
            onlooker.expect("player:updated").await;
        }
        client.call_bare("player:leave").await;
        onlooker.expect("player:left").await;
    }
}

#[tokio::test]
async fn unknown_namespaces_are_refused_one_by_one() {
    let server = TestServer::start().await;
    let mut witness = Witness::of(&server).await;
    let mut client = server.onlooker().await;
    let flood = (0..1000).map(|number| Frame::Text(format!("40/nowhere-{number},{{}}")));
    client.send(flood.collect()).await;
    client.join("ada").await;
    client.call_bare("player:leave").await;
    witness.0.settle().await;
    witness.check("a flood of namespaces").await;
}

#[tokio::test]
async fn a_flood_is_refused_and_then_ended() {
    let server = TestServer::start().await;
    let mut onlooker = server.onlooker().await;
    for event in [
        "chat:message",
        "player:update",
        "player:join",
        "player:dance",
    ] {
        let mut client = server.player("flood").await;
        let joined = onlooker.find("player:joined").await;
        assert_eq!(joined["id"], "flood");
        let payload = json!({"playerId": "flood", "content": "x"});
        let (first, ack) = client.asking(event, Some(&payload));
        let mut frames = vec![first];
        let mut acks = vec![ack];
        for _ in 0..900 {
            let (frame, ack) = client.asking(event, Some(&payload));
            frames.push(frame);
            acks.push(ack);
        }
        client.send(frames).await;
        let ending = client.ending().await;
        assert_eq!(ending.code(), Some("flooding"), "{event}");
        let refused = acks
            .into_iter()
            .filter_map(|ack| client.answered(ack))
            .filter(|answer| answer["code"] == "rate-limited")
            .collect::<Vec<_>>();
        assert_eq!(refused.len(), 499, "{event}: the five hundredth ends it");
        assert!(refused[0]["message"].as_str().unwrap().contains("too many"));
        assert_eq!(onlooker.find("player:left").await["id"], "flood");
    }
}

#[tokio::test]
async fn a_rate_limit_passes_and_takes_nothing_from_others() {
    let server = TestServer::with(|config| {
        config.rates.chat.burst = 3.0;
        config.rates.flood_refusals = u32::MAX;
    })
    .await;
    let mut ada = server.player("ada").await;
    let mut answers = Vec::new();
    for _ in 0..10 {
        answers.push(ada.call("chat:message", json!({"content": "x"})).await);
    }
    assert!(answers[..3].iter().all(|answer| answer["ok"] == true));
    assert!(
        answers
            .iter()
            .any(|answer| answer["code"] == "rate-limited")
    );
    let mut bob = server.player("bob").await;
    assert_eq!(
        bob.call("chat:message", json!({"content": "x"})).await["ok"],
        true
    );
    assert_eq!(
        ada.call("player:update", json!({})).await["ok"],
        true,
        "only chat is limited"
    );
    // A refused message costs nothing, so asking again works as soon as there is room.
    while ada.call("chat:message", json!({"content": "again"})).await["ok"] != true {}
}

/// Only joins are counted: whoever wants to leave can.
#[tokio::test]
async fn a_leave_is_never_refused() {
    let server = TestServer::start().await;
    let mut client = server.connect().open().await;
    client.expect("world:state").await;
    let mut asked = Vec::new();
    for number in 0..200 {
        let id = json!({ "playerId": format!("in-and-out-{number}") });
        asked.push((true, client.asking("player:join", Some(&id))));
        asked.push((false, client.asking("player:leave", None)));
    }
    let frames = asked.iter().map(|(_, (frame, _))| frame.clone()).collect();
    client.send(frames).await;
    let mut refused_joins = 0;
    for (is_join, (_, ack)) in asked {
        let answer = client.answer(ack).await;
        match is_join {
            true => refused_joins += usize::from(answer["code"] == "rate-limited"),
            false => assert_eq!(answer["ok"], true, "{answer}"),
        }
    }
    assert!(refused_joins > 0, "joins are bounded");
}
