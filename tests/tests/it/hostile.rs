//! Clients that send what no program should. Each costs at most its own connection.

use bytes::Bytes;
use serde_json::{Value, json};
use tests::{Client, Frame, TestServer, without_rate_limits};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const CLIENT_EVENTS: [&str; 5] = [
    "player:join",
    "player:update",
    "chat:message",
    "player:leave",
    "player:report",
];
/// Names only the server may use, and names that mean something to libraries.
const FOREIGN_EVENTS: [&str; 15] = [
    "world:state",
    "player:joined",
    "player:updated",
    "players:updated",
    "player:left",
    "session:terminated",
    "sprites:atlasUpdated",
    "moderation:notice",
    "chat:removed",
    "connect",
    "connect_error",
    "disconnect",
    "error",
    "__proto__",
    "",
];

/// Somebody decent, who notices when the server serves no more.
struct Witness(Client);

impl Witness {
    async fn of(server: &TestServer) -> Self {
        Self(server.player("witness").await)
    }

    /// Speaks and hears itself. Fails when anybody else was heard of meanwhile.
    async fn check(&mut self, after: &str) {
        let said = self
            .0
            .call("chat:message", json!({"content": "still here"}))
            .await;
        assert_eq!(said["ok"], true, "after {after}: {said}");
        for event in self.0.settle().await {
            assert_eq!(event.name, "chat:message", "after {after}: {}", event.data);
            assert_eq!(event.data, said["message"], "after {after}");
        }
    }
}

fn payloads() -> Vec<Value> {
    let mut payloads = vec![
        json!(null),
        json!(true),
        json!(0),
        json!(-1.5e300),
        json!(""),
        json!("ada"),
        json!([]),
        json!([[[]]]),
        json!([{"playerId": "ada"}]),
        json!({}),
        json!({"": ""}),
    ];
    let keys = [
        "playerId",
        "name",
        "position",
        "animation",
        "avatarId",
        "metadata",
        "content",
        "reason",
    ];
    let wrong = [
        json!(null),
        json!(7),
        json!(true),
        json!([]),
        json!({"toString": "x"}),
        json!({"x": "1", "y": [], "z": {}}),
        json!({"appearance": [1]}),
        json!("\u{0}\u{202e}\u{200b}"),
        json!("system"),
    ];
    for key in keys {
        payloads.extend(wrong.iter().map(|value| json!({ key: value })));
    }
    payloads
}

#[tokio::test]
async fn every_event_answers_every_payload_that_makes_no_sense() {
    let server = TestServer::with(without_rate_limits).await;
    let mut witness = Witness::of(&server).await;
    let mut client = server.onlooker().await;
    for event in CLIENT_EVENTS.into_iter().chain(FOREIGN_EVENTS) {
        for payload in payloads() {
            let answer = client.call(event, payload.clone()).await;
            if event == "player:leave" {
                assert_eq!(answer["ok"], true, "a goodbye needs no payload");
                continue;
            }
            assert_eq!(answer["ok"], false, "{event} {payload}: {answer}");
            check_sentence(&answer);
        }
        let bare = client.call_bare(event).await;
        assert_eq!(bare["ok"], event == "player:leave", "{event}: {bare}");
    }
    witness.check("all of it").await;
    assert!(
        client
            .settle()
            .await
            .iter()
            .all(|event| event.data["playerId"] == "witness")
    );
}

/// A refusal is written for people: no echo, no library's words.
#[track_caller]
fn check_sentence(answer: &Value) {
    let message = answer["message"].as_str().expect("a message");
    assert!(message.ends_with('.') && message.len() < 120, "{message}");
    for word in [
        "null",
        "JSON",
        "expected",
        "undefined",
        "object",
        "invalid",
        "toString",
        "{",
        "\"",
    ] {
        assert!(!message.contains(word), "{word:?} in {message:?}");
    }
}

#[tokio::test]
async fn prototype_keys_are_ordinary_keys() {
    let server = TestServer::start().await;
    for id in ["__proto__", "constructor", "prototype"] {
        let mut client = server.onlooker().await;
        let payload = format!(
            r#"421["player:join",{{"playerId":"{id}","__proto__":{{"admin":true}},"metadata":{{"__proto__":{{"x":1}},"constructor":2,"appearance":{{"__proto__":"hat"}}}}}}]"#
        );
        client.send(vec![Frame::Text(payload)]).await;
        let player = client.answer(1).await["player"].clone();
        let mut keys: Vec<_> = player.as_object().unwrap().keys().cloned().collect();
        keys.sort();
        assert_eq!(keys, ["animation", "id", "metadata", "name", "position"]);
        assert_eq!(player["id"], id);
        assert_eq!(player["metadata"]["__proto__"], json!({"x": 1}));
    }
}

#[tokio::test]
async fn large_events_are_refused_and_larger_ones_end_the_connection() {
    let server = TestServer::start().await;
    let mut witness = Witness::of(&server).await;
    for connect in [server.connect(), server.connect().polling()] {
        let mut client = connect.open().await;
        for event in CLIENT_EVENTS {
            for size in [64 * 1024, 900_000] {
                let payload = json!({"playerId": "big", "content": "x".repeat(size)});
                let answer = client.call(event, payload).await;
                assert_eq!(answer["code"], "too-large", "{event}: {answer}");
            }
        }
        let (beyond, _) = client.asking("chat:message", Some(&json!("x".repeat(1_000_001))));
        client.send(vec![beyond]).await;
        client.ending().await;
        witness.check("a message beyond every limit").await;
    }
}

/// JSON that is well formed and still no payload of ours. What is not even JSON ends the connection
/// in the Socket.IO layer, as on the reference server (`broken_packets_cost_their_own...`).
#[tokio::test]
async fn what_does_not_parse_is_refused_by_its_number() {
    async fn check(server: &TestServer, frames: Vec<Frame>) {
        let mut client = server.onlooker().await;
        client.send(frames).await;
        assert_eq!(client.answer(77).await["code"], "invalid-payload");
        client.join("unharmed").await;
        client.call_bare("player:leave").await;
    }
    let server = TestServer::start().await;
    for event in CLIENT_EVENTS {
        let text = |payload: &str| vec![Frame::Text(format!(r#"4277["{event}",{payload}]"#))];
        check(
            &server,
            text(&format!("{}1{}", "[".repeat(20_000), "]".repeat(20_000))),
        )
        .await;
        check(&server, text("{\"x\":1e999}")).await;
        check(&server, text("\"\\ud800\"")).await;
        let attachment = vec![
            Frame::Text(format!(
                r#"451-77["{event}",{{"_placeholder":true,"num":0}}]"#
            )),
            Frame::Binary(Bytes::from_static(&[0, 159, 255])),
        ];
        check(&server, attachment).await;
    }
}

#[tokio::test]
async fn broken_packets_cost_their_own_connection_at_most() {
    let server = TestServer::with(without_rate_limits).await;
    let mut witness = Witness::of(&server).await;
    let open = "999-[\"player:join\",{\"_placeholder\":true,\"num\":0}]";
    let texts = [
        "",
        "4",
        "42",
        "42{",
        "42[]",
        "42[1]",
        "4277[\"player:join\",{\"a\":",
        "4277[\"player:join\",NaN]",
        "4277[\"player:join\",[[[[[[[[",
        "42[null]",
        "42[{}]",
        "42\"x\"",
        "9",
        "x",
        "b",
        "4299999999999999999999[\"player:join\"]",
        "42-1[\"player:join\"]",
        "43",
        "431[]",
        "439[1]",
        "44",
        "44{\"message\":\"x\"}",
        "45",
        "451-",
        "451-[\"x\"]",
        "45-[\"x\"]",
        "46",
        "461-1[]",
        "47",
        "5",
        "6",
        "3",
        "3probe",
        "2",
        "2probe",
        "0",
        "0{}",
        "1",
        "40garbage",
        "40{\"auth\":",
        "40[]",
        "42/nowhere,[\"player:join\",{}]",
        "42/,[\"x\"]",
        "40/é,",
        "\u{0}\u{1e}",
        "4\u{1e}4",
    ];
    for text in texts
        .map(str::to_owned)
        .into_iter()
        .chain([format!("45{open}"), format!("46{open}")])
    {
        for connect in [server.connect(), server.connect().polling()] {
            let mut client = connect.open().await;
            client.send(vec![Frame::Text(text.clone())]).await;
            witness.check(&text).await;
        }
    }
    let mut client = server.onlooker().await;
    client
        .send(vec![Frame::Binary(Bytes::from_static(
            b"\xff\x00nobody asked",
        ))])
        .await;
    witness.check("an attachment of nothing").await;
}

#[tokio::test]
async fn raw_bytes_are_not_our_protocol() {
    let server = TestServer::start().await;
    let mut witness = Witness::of(&server).await;
    let upgrade = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\n\
                   Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
                   Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    let garbage: Vec<u8> = (0..4096_u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    for head in [
        "",
        "GET / HTTP/1.1\r\n",
        "POST /socket.io/?EIO=4&transport=polling&sid=x HTTP/1.1\r\nContent-Length: 5\r\n\r\n",
        upgrade,
    ] {
        let mut stream = TcpStream::connect(server.address()).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        // The server may hang up in the middle of it.
        let _ = stream.write_all(&garbage).await;
        let _ = stream.shutdown().await;
        let mut answer = Vec::new();
        let _ = tests::soon("the server to hang up", stream.read_to_end(&mut answer)).await;
        witness.check(head).await;
    }
    for query in [
        "EIO=3&transport=polling",
        "EIO=4&transport=carrier-pigeon",
        "EIO=4",
        "",
        "EIO=4&transport=polling&sid=nonsense",
    ] {
        let path = format!("/socket.io/?{query}");
        let answer = server
            .http()
            .call(http::Method::GET, &path, &[], &Value::Null)
            .await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
    }
    witness.check("handshakes of other protocols").await;
}

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
