//! A feeling shown to everybody else and kept nowhere.

use http::Method;
use serde_json::{Value, json};
use tests::{Client, TestCluster, TestServer};

async fn emote(client: &mut Client, name: Value) -> Value {
    client.call("player:emote", json!({ "name": name })).await
}

#[tokio::test]
async fn an_emote_reaches_everybody_but_who_shows_it_and_is_kept_nowhere() {
    let server = TestServer::start().await;
    let mut ana = server.player("ana").await;
    let mut bo = server.player("bo").await;
    let mut looking = server.onlooker().await;
    for client in [&mut ana, &mut bo, &mut looking] {
        client.settle().await;
    }
    assert_eq!(emote(&mut ana, json!(" wave ")).await, json!({"ok": true}));
    let shown = json!({"id": "ana", "name": "wave"});
    assert_eq!(bo.expect("player:emoted").await, shown);
    assert_eq!(looking.expect("player:emoted").await, shown);
    assert!(ana.settle().await.is_empty(), "she knows what she showed");
    let state = server.connect().open().await.expect("world:state").await;
    assert!(!state.to_string().contains("wave"), "{state}");
}

#[tokio::test]
async fn an_emote_is_refused_without_a_player_a_name_or_a_voice() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let mut looking = server.onlooker().await;
    assert_eq!(
        emote(&mut looking, json!("wave")).await["code"],
        "not-joined"
    );
    let mut bo = server.player("bo").await;
    for wrong in [json!(null), json!(7), json!(""), json!("x".repeat(33))] {
        let refused = emote(&mut bo, wrong).await;
        assert_eq!(refused["code"], "invalid-payload", "{refused}");
    }
    let list = server
        .done(
            &host,
            Method::GET,
            "/admin/sessions?search=bo",
            &Value::Null,
        )
        .await;
    let id = list["sessions"][0]["id"].as_str().unwrap();
    let path = format!("/admin/sessions/{id}/mute");
    let minutes = json!({ "minutes": 5 });
    server.done(&host, Method::POST, &path, &minutes).await;
    assert_eq!(emote(&mut bo, json!("wave")).await["code"], "muted");
}

#[tokio::test]
async fn emotes_have_a_rate_of_their_own() {
    let server = TestServer::with(|config| {
        config.rates.events.emotes.per_second = 0.01;
        config.rates.events.emotes.burst = 2.0;
    })
    .await;
    let mut ana = server.player("ana").await;
    for _ in 0..2 {
        assert_eq!(emote(&mut ana, json!("wave")).await["ok"], true);
    }
    assert_eq!(emote(&mut ana, json!("wave")).await["code"], "rate-limited");
    let said = ana.call("chat:message", json!({ "content": "Hi" })).await;
    assert_eq!(said["ok"], true, "chat has another rate");
}

#[tokio::test]
async fn an_emote_reaches_the_other_nodes() {
    let cluster = TestCluster::start(2).await;
    let mut ana = cluster.nodes[0].player("ana").await;
    let mut bo = cluster.nodes[1].player("bo").await;
    assert_eq!(emote(&mut ana, json!("heart")).await["ok"], true);
    let shown = json!({"id": "ana", "name": "heart"});
    assert_eq!(bo.find("player:emoted").await, shown);
}
