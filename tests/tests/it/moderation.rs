//! What a host does over REST reaches every socket.

use http::{HeaderName, Method, header};
use serde_json::{Value, json};
use tests::{HttpAnswer, TestAccount, TestServer};

async fn command(
    server: &TestServer,
    host: &TestAccount,
    (method, path): (Method, &str),
    body: &Value,
) -> HttpAnswer {
    let bearer = host.bearer();
    let headers: [(HeaderName, &str); 1] = [(header::AUTHORIZATION, &bearer)];
    let answer = server.http().call(method, path, &headers, body).await;
    assert!(answer.status.is_success(), "{path}: {}", answer.text());
    answer
}

#[tokio::test]
async fn a_removed_message_disappears_everywhere() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let mut onlooker = server.onlooker().await;
    let mut ada = server.player("ada").await;
    let said = ada.call("chat:message", json!({"content": "rude"})).await;
    let id = said["message"]["id"].as_str().unwrap();
    onlooker.settle().await;
    ada.settle().await;

    // At once: the archive may not have written it yet.
    let path = format!("/admin/messages/{id}");
    command(&server, &host, (Method::DELETE, &path), &Value::Null).await;
    for client in [&mut onlooker, &mut ada] {
        assert_eq!(client.expect("chat:removed").await, json!({ "id": id }));
    }
    let chat = server.connect().open().await.expect("world:state").await["chat"].clone();
    let contents: Vec<_> = chat
        .as_array()
        .unwrap()
        .iter()
        .map(|m| &m["content"])
        .collect();
    assert!(!contents.contains(&&json!("rude")), "{contents:?}");
}

#[tokio::test]
async fn a_new_sprite_reaches_every_socket_as_the_atlas_of_the_snapshot() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let mut client = server.connect().open().await;
    let before = client.expect("world:state").await["spriteAtlas"].clone();
    let body = json!({
        "name": "Captain", "category": "character", "generator": "procedural",
        "description": "a captain in a blue coat",
    });
    let path = "/admin/assets/sprites/generate";
    command(&server, &host, (Method::POST, path), &body).await;
    let atlas = client.expect("sprites:atlasUpdated").await;
    let count = |atlas: &Value| atlas["sprites"].as_array().unwrap().len();
    assert_eq!(count(&atlas), count(&before) + 1);
    assert!(atlas["version"].as_u64() > before["version"].as_u64());
    for sprite in atlas["sprites"].as_array().unwrap() {
        assert_eq!(&atlas["lookup"][sprite["id"].as_str().unwrap()], sprite);
    }
    let state = server.connect().open().await.expect("world:state").await;
    assert_eq!(state["spriteAtlas"], atlas);
}

#[tokio::test]
async fn a_ban_ends_the_live_session() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let account = server.register("grace").await;
    let connect = server.connect().auth("token", account.token.as_str());
    let mut grace = connect.open().await;
    grace.join(&account.id).await;
    let mut onlooker = server.onlooker().await;

    let path = format!("/admin/users/{}", account.id);
    let ban = json!({"isBanned": true, "suspensionReason": "Shouting."});
    command(&server, &host, (Method::PATCH, &path), &ban).await;
    let ending = grace.ending().await;
    assert_eq!(ending.code(), Some("banned"));
    assert_eq!(ending.notice().unwrap()["reason"], "Shouting.");
    assert!(ending.disconnected);
    assert_eq!(
        onlooker.expect("player:left").await["id"],
        account.id.as_str()
    );
}

#[tokio::test]
async fn a_join_wears_what_its_avatar_has_and_the_payload_leaves_open() {
    let server = TestServer::start().await;
    let account = server.register("grace").await;
    let look = json!({
        "name": "Admiral",
        "appearance": {"hair": "short", "face": "round", "outfit": null, "shoes": "boots"},
    });
    let put = (Method::PUT, "/avatars/me");
    let avatar = command(&server, &account, put, &look).await.json()["avatar"].clone();
    for (payload, name, hair) in [
        (json!({"avatarId": avatar["id"]}), "Admiral", "short"),
        (
            json!({"metadata": {"avatarId": avatar["id"]}}),
            "Admiral",
            "short",
        ),
        (
            json!({"avatarId": avatar["id"], "name": "Me", "metadata": {"appearance": {"hair": "red"}}}),
            "Me",
            "red",
        ),
    ] {
        let mut client = server.onlooker().await;
        let mut join = payload.clone();
        join["playerId"] = json!("visitor");
        let player = client.call("player:join", join).await["player"].clone();
        assert_eq!(player["name"], name, "{payload}");
        let appearance = json!({"hair": hair, "face": "round", "outfit": null, "shoes": "boots"});
        assert_eq!(player["metadata"]["appearance"], appearance, "{payload}");
        assert_eq!(player["metadata"]["avatarId"], avatar["id"]);
        client.call_bare("player:leave").await;
    }

    let mut client = server.player("visitor").await;
    let update = json!({"metadata": {"avatarId": avatar["id"]}});
    let player = client.call("player:update", update).await["player"].clone();
    assert_eq!(
        player["name"], "Player visitor",
        "an update looks nothing up"
    );
    assert_eq!(player["metadata"], json!({"avatarId": avatar["id"]}));
}

#[tokio::test]
async fn a_note_about_an_account_that_was_never_here_names_it() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let ana = server.register("Ana").await;
    let path = format!("/admin/people/account/{}/notes", ana.id);
    let note = json!({ "text": "asked for help by mail" });
    let made = server.done(&host, Method::POST, &path, &note).await;
    let delete = format!("/admin/notes/{}", made["note"]["id"].as_str().unwrap());
    server
        .done(&host, Method::DELETE, &delete, &Value::Null)
        .await;
    let log = server
        .done(&host, Method::GET, "/admin/audit?action=note", &Value::Null)
        .await;
    for entry in log["actions"].as_array().unwrap() {
        assert_eq!(entry["subjectName"], "Ana", "{entry}");
    }
    assert_eq!(log["total"], 2, "{log}");
}
