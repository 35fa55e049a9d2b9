//! Events with payloads that make no sense. Each is refused in words, and the connection stays.

use bytes::Bytes;
use serde_json::{Value, json};
use tests::{EnginePacket, TestServer, without_rate_limits};

use crate::witness::Witness;

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
        client.send(vec![EnginePacket::Text(payload)]).await;
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
    async fn check(server: &TestServer, frames: Vec<EnginePacket>) {
        let mut client = server.onlooker().await;
        client.send(frames).await;
        assert_eq!(client.answer(77).await["code"], "invalid-payload");
        client.join("unharmed").await;
        client.call_bare("player:leave").await;
    }
    let server = TestServer::start().await;
    for event in CLIENT_EVENTS {
        let text =
            |payload: &str| vec![EnginePacket::Text(format!(r#"4277["{event}",{payload}]"#))];
        check(
            &server,
            text(&format!("{}1{}", "[".repeat(20_000), "]".repeat(20_000))),
        )
        .await;
        check(&server, text("{\"x\":1e999}")).await;
        check(&server, text("\"\\ud800\"")).await;
        let attachment = vec![
            EnginePacket::Text(format!(
                r#"451-77["{event}",{{"_placeholder":true,"num":0}}]"#
            )),
            EnginePacket::Binary(Bytes::from_static(&[0, 159, 255])),
        ];
        check(&server, attachment).await;
    }
}
