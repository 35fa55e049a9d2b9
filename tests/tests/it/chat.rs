//! What is said, who is named as its author, and what a newcomer can still read.

use serde_json::json;
use tests::{TestServer, without_rate_limits};

#[tokio::test]
async fn chat_is_cleaned_and_its_author_is_the_session() {
    let server = TestServer::start().await;
    let mut ada = server.onlooker().await;
    ada.call("player:join", json!({"playerId": "ada", "name": "Ada"}))
        .await;
    let forged = json!({"content": " hi\nthere ", "playerId": "eve", "author": "Eve", "id": "1"});
    let message = ada.call("chat:message", forged).await["message"].clone();
    assert_eq!(message["content"], "hi there");
    assert_eq!(message["playerId"], "ada");
    assert_eq!(message["author"], "Ada");
    assert_ne!(message["id"], "1");

    let family = "👩\u{200D}👩\u{200D}👧";
    let long = format!("{}{family}", "x".repeat(497));
    let message = ada.call("chat:message", json!({ "content": long })).await["message"].clone();
    assert_eq!(
        message["content"],
        "x".repeat(497),
        "no half of a visible character"
    );
}

#[tokio::test]
async fn the_history_is_the_last_fifty_and_begins_with_a_greeting() {
    let server = TestServer::with(without_rate_limits).await;
    let mut ada = server.connect().open().await;
    let chat = ada.expect("world:state").await["chat"].clone();
    assert_eq!(chat.as_array().unwrap().len(), 1);
    assert_eq!(
        (&chat[0]["playerId"], &chat[0]["author"]),
        (&json!("system"), &json!("System"))
    );

    ada.join("ada").await;
    for number in 0..60 {
        ada.call("chat:message", json!({ "content": number.to_string() }))
            .await;
    }
    let chat = server.connect().open().await.expect("world:state").await["chat"].clone();
    let contents: Vec<_> = chat
        .as_array()
        .unwrap()
        .iter()
        .map(|m| m["content"].clone())
        .collect();
    let expected: Vec<_> = (10..60).map(|number| json!(number.to_string())).collect();
    assert_eq!(contents, expected);

    let silent = TestServer::with(|config| config.world.greeting.clear()).await;
    let state = silent.connect().open().await.expect("world:state").await;
    assert_eq!(state["chat"], json!([]));
}
