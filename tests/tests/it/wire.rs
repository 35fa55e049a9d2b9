//! The wire, word for word: every event and answer as reviewed JSON. A changed snapshot is a
//! changed contract.

use serde_json::{Value, json};
use session::Closing;
use tests::TestServer;

/// Compares with the reviewed snapshot, after what differs from run to run was taken out.
fn check(name: &str, mut actual: Value) {
    redact(&mut actual);
    insta::assert_json_snapshot!(name, actual);
}

fn redact(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(redact),
        Value::Object(object) => {
            if object.contains_key("content") {
                object.insert("id".to_owned(), json!("[message id]"));
            }
            for (key, value) in object.iter_mut() {
                match (key.as_str(), &*value) {
                    ("timestamp" | "guestToken", _) => *value = json!(format!("[{key}]")),
                    // The sprites have tests of their own; the atlas' shape belongs here.
                    ("spriteAtlas", Value::Object(atlas)) => {
                        *value = atlas.keys().cloned().collect();
                    }
                    _ => redact(value),
                }
            }
        }
        _ => {}
    }
}

#[tokio::test]
async fn events_and_answers() {
    let server = TestServer::start().await;
    let mut onlooker = server.connect().open().await;
    check("world_state", onlooker.expect("world:state").await);

    let mut ada = server.connect().open().await;
    ada.expect("world:state").await;
    let join = json!({
        "playerId": "ada", "name": "Ada", "position": {"x": 3, "y": 0, "z": 4.5},
        "animation": "walk", "avatarId": "nobody-made-this",
        "metadata": {"mapId": "harbour", "appearance": {"hair": "red", "face": null}},
    });
    check("player_join.ack", ada.call("player:join", join).await);
    check("player_joined", onlooker.expect("player:joined").await);

    let update = json!({"position": {"x": 3.5}, "metadata": {"heading": 1.57}});
    check("player_update.ack", ada.call("player:update", update).await);
    check("player_updated", onlooker.expect("player:updated").await);

    let said = ada.call("chat:message", json!({"content": "Hello!"})).await;
    check("chat_message.ack", said);
    check("chat_message", onlooker.expect("chat:message").await);

    let emote = json!({"name": "wave"});
    check("player_emote.ack", ada.call("player:emote", emote).await);
    check("player_emoted", onlooker.expect("player:emoted").await);

    let report = json!({"playerId": "eve", "reason": "Shouts."});
    check("player_report.ack", ada.call("player:report", report).await);

    check("player_leave.ack", ada.call_bare("player:leave").await);
    check("player_left", onlooker.expect("player:left").await);

    let ending = async { (ada.ending().await, onlooker.ending().await) };
    let (_, (ending, _)) = tokio::join!(server.close(Closing::Stop), ending);
    check("session_terminated", ending.notice().unwrap().clone());
}

#[tokio::test]
async fn refusals() {
    let server = TestServer::start().await;
    let account = server.register("grace").await;
    let _ada = server.player("ada").await;
    let mut client = server.player("bob").await;
    let deep = (0..20).fold(json!(1), |inner, _| json!([inner]));
    let mut refusals = Vec::new();
    for (event, payload) in [
        ("player:join", json!({})),
        ("player:join", json!({"playerId": "x".repeat(200)})),
        ("player:join", json!({"playerId": "a\u{200b}b"})),
        ("player:join", json!({"playerId": "System"})),
        ("player:join", json!({"playerId": "ada"})),
        ("player:join", json!({"playerId": account.id})),
        ("player:join", json!(null)),
        ("player:update", json!({"name": 5})),
        ("player:update", json!({"position": [1, 2]})),
        ("player:update", json!({"metadata": "x"})),
        ("player:update", json!({"metadata": {"appearance": "x"}})),
        ("player:update", json!({"metadata": {"deep": deep}})),
        (
            "player:update",
            json!({"metadata": {"long": "x".repeat(5000)}}),
        ),
        ("player:update", json!({"name": "x".repeat(70_000)})),
        ("chat:message", json!({"content": 5})),
        ("chat:message", json!({"content": " \u{200b}"})),
        ("player:report", json!({"playerId": ""})),
        ("player:dance", json!({})),
    ] {
        let mut answer = client.call(event, payload).await;
        answer["event"] = json!(event);
        refusals.push(answer);
    }
    client.call_bare("player:leave").await;
    refusals.push(
        client
            .call("chat:message", json!({"content": "psst"}))
            .await,
    );
    check("refusals", Value::from(refusals));
}
