//! Too much of what is allowed: events, CONNECTs, namespaces.

use std::time::Duration;

use http::HeaderName;
use serde_json::json;
use server_core::Config;
use server_core::config::Rate;
use tests::{Client, Connect, EnginePacket, Packet, TestServer, without_rate_limits};

use crate::witness::Witness;

#[tokio::test]
async fn a_second_connect_on_a_live_session_leaves_no_ghost() {
    let server = TestServer::start().await;
    let mut onlooker = server.onlooker().await;
    for flood in [1, 500] {
        let mut client = server.player("ada").await;
        assert_eq!(onlooker.expect("player:joined").await["id"], "ada");
        client.send(vec![EnginePacket::from("40"); flood]).await;
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
        client
            .send(vec![EnginePacket::from("41"), connect.hello()])
            .await;
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
    let flood = (0..1000).map(|number| EnginePacket::Text(format!("40/nowhere-{number},{{}}")));
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
        config.rates.events.chat.burst = 3.0;
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

/// Limits that do not refill while a test runs.
fn scant(config: &mut Config) {
    config.security.trusted_proxies = vec!["127.0.0.1".to_owned()];
    config.rates.events.chat = Rate {
        per_second: 1e-6,
        burst: 20.0,
    };
    config.rates.network_factor = 3;
    config.rates.flood_refusals = u32::MAX;
    config.rates.flood_window = Duration::from_secs(3600);
}

fn forwarded(server: &TestServer, address: &str) -> Connect {
    let header = HeaderName::from_static("x-forwarded-for");
    server.connect().header(header, address)
}

/// How many of `lines` are said.
async fn say(client: &mut Client, lines: usize) -> usize {
    let mut said = 0;
    for _ in 0..lines {
        let answer = client.call("chat:message", json!({"content": "x"})).await;
        match answer["ok"] == true {
            true => said += 1,
            false => assert_eq!(answer["code"], "rate-limited"),
        }
    }
    said
}

#[tokio::test]
async fn a_new_session_on_the_same_transport_renews_no_limit() {
    let server = TestServer::with(scant).await;
    for connect in [server.connect(), server.connect().polling()] {
        let mut client = connect.open().await;
        client.expect("world:state").await;
        let mut said = 0;
        for _ in 0..4 {
            client.join("ada").await;
            said += say(&mut client, 20).await;
            client
                .send(vec![EnginePacket::from("41"), connect.hello()])
                .await;
            client.find("world:state").await;
        }
        assert_eq!(said, 20);
    }
}

#[tokio::test]
async fn new_guests_of_one_network_share_its_limit() {
    let server = TestServer::with(scant).await;
    let mut said = 0;
    for last in 1..=8 {
        let mut client = forwarded(&server, &format!("2001:db8::{last}"))
            .open()
            .await;
        client.expect("world:state").await;
        client.join(&format!("guest-{last}")).await;
        said += say(&mut client, 20).await;
        assert!(said <= 60, "three times what one person may say");
    }
    assert_eq!(said, 60);
    for address in ["2001:db8:0:1::1", "198.51.100.7"] {
        let mut elsewhere = forwarded(&server, address).open().await;
        elsewhere.expect("world:state").await;
        elsewhere.join(address).await;
        assert_eq!(say(&mut elsewhere, 30).await, 20, "{address}");
    }
}

#[tokio::test]
async fn a_flood_ends_no_neighbour_and_is_no_fresh_start() {
    let server = TestServer::with(|config| {
        scant(config);
        config.rates.network_factor = 1;
        config.rates.flood_refusals = 50;
    })
    .await;
    let address = "198.51.100.7";
    let mut neighbour = forwarded(&server, address).open().await;
    neighbour.expect("world:state").await;
    neighbour.join("neighbour").await;
    let flooding = forwarded(&server, address);
    let mut flood = flooding.open().await;
    flood.expect("world:state").await;
    flood.join("flood").await;
    let secret = flood.guest_cookie.clone().expect("a guest secret");
    let line = |client: &mut Client| {
        client
            .asking("chat:message", Some(&json!({"content": "x"})))
            .0
    };
    let lines: Vec<_> = (0..100).map(|_| line(&mut flood)).collect();
    flood.send(lines).await;
    assert_eq!(flood.ending().await.code(), Some("flooding"));
    assert_eq!(say(&mut neighbour, 60).await, 0, "the network said it all");
    let update = neighbour.call("player:update", json!({"animation": "walk"}));
    assert_eq!(update.await["ok"], true, "and she is still here");
    // Whoever floods comes back with what is left, which is nothing.
    let mut again = flooding.cookie("guest_token", &secret).open().await;
    again.expect("world:state").await;
    again.join("flood").await;
    again.emit("chat:message", json!({"content": "x"})).await;
    assert_eq!(again.ending().await.code(), Some("flooding"));
}

#[tokio::test]
async fn a_transport_enters_a_namespace_a_few_times_a_second() {
    let server = TestServer::with(|config| {
        config.rates.connects = Rate {
            per_second: 1e-6,
            burst: 5.0,
        };
    })
    .await;
    for connect in [server.connect(), server.connect().polling()] {
        let mut client = connect.dial().await.expect("a transport");
        let mut entered = 0;
        for _ in 0..20 {
            client.send(vec![connect.hello()]).await;
            let has_entered = loop {
                match client.packet().await.expect("an answer") {
                    Packet::Connected(_) => break true,
                    Packet::ConnectError(error) => {
                        let message = error["message"].as_str().expect("a sentence");
                        assert!(message.contains("too many"), "{message}");
                        break false;
                    }
                    _ => {}
                }
            };
            if has_entered {
                entered += 1;
                client.send(vec![EnginePacket::from("41")]).await;
            }
        }
        assert_eq!(entered, 5);
    }
}
