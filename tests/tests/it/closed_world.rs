//! In a closed world nothing is shown: not before the PIN was right, and not to banned people.

use http::Method;
use serde_json::{Value, json};
use tests::{Client, TestServer};

const PIN: &str = "4711";

async fn set_pin(server: &TestServer, host: &tests::TestAccount, pin: &str) {
    let values = json!({ "values": { "join_pin": pin } });
    server
        .done(host, Method::PATCH, "/admin/settings", &values)
        .await;
}

/// What is shown outside: the world, its sprites, a count, and nobody.
#[track_caller]
fn assert_closed(state: &Value, inside: u64) {
    assert_eq!(state["players"], json!([]), "{state}");
    assert_eq!(state["chat"], json!([]));
    assert_eq!(state["world"]["playersOnline"], json!(inside));
    assert!(state["spriteAtlas"]["sprites"].is_array());
    assert_eq!(state.as_object().unwrap().len(), 4);
}

#[track_caller]
fn assert_open(state: &Value, ids: &[&str]) {
    let players = state["players"].as_array().unwrap();
    let mut shown: Vec<_> = players
        .iter()
        .map(|it| it["id"].as_str().unwrap())
        .collect();
    shown.sort_unstable();
    assert_eq!(shown, ids);
    assert!(state["world"].get("playersOnline").is_none(), "{state}");
    assert!(!state["chat"].as_array().unwrap().is_empty());
}

/// Everything that happens among people: it reaches `witness`, who is inside.
async fn stir(server: &TestServer, witness: &mut Client) {
    let mut passing = server.connect().auth("pin", PIN).open().await;
    passing.join("passing").await;
    passing
        .call("player:update", json!({ "position": { "x": 2.0 } }))
        .await;
    passing
        .call("chat:message", json!({ "content": "secret" }))
        .await;
    passing.call_bare("player:leave").await;
    witness.find("player:left").await;
}

#[tokio::test]
async fn without_the_pin_nobody_is_seen_or_heard() {
    let server = TestServer::start().await;
    let host = server.host().await;
    set_pin(&server, &host, PIN).await;
    let mut ana = server.connect().auth("pin", PIN).open().await;
    ana.join("ana").await;
    for connect in [
        server.connect(),
        server.connect().polling(),
        server.connect().batch(),
        server.connect().stream(),
        server.connect().auth("pin", "0815"),
    ] {
        let mut stranger = connect.open().await;
        assert_closed(&stranger.expect("world:state").await, 1);
        let refused = stranger
            .call("player:join", json!({ "playerId": "stranger" }))
            .await;
        assert_eq!(refused["ok"], false);
        stir(&server, &mut ana).await;
        let all = json!({ "message": "The harbour closes at ten." });
        server
            .done(&host, Method::POST, "/admin/announcements", &all)
            .await;
        let notice = stranger.event().await;
        assert_eq!(notice.name, "moderation:notice", "and nothing before it");
        assert_eq!(stranger.unread().len(), 0);
    }
}

#[tokio::test]
async fn the_right_pin_opens_the_world_for_as_long_as_the_socket_lives() {
    let server = TestServer::start().await;
    let host = server.host().await;
    set_pin(&server, &host, PIN).await;
    let mut ana = server.connect().auth("pin", PIN).open().await;
    assert_open(&ana.expect("world:state").await, &[]);
    ana.join("ana").await;
    let mut bo = server.connect().open().await;
    assert_closed(&bo.expect("world:state").await, 1);
    let (frame, ack) = bo.asking(
        "player:join",
        Some(&json!({ "playerId": "bo", "pin": PIN })),
    );
    bo.send(vec![frame]).await;
    assert_open(&bo.expect("world:state").await, &["ana"]);
    let answer = bo.answer(ack).await;
    assert_open(&answer["state"], &["ana", "bo"]);
    bo.call_bare("player:leave").await;
    ana.call("chat:message", json!({ "content": "still with us?" }))
        .await;
    assert_eq!(bo.find("chat:message").await["content"], "still with us?");
    bo.join("bo").await;
}

#[tokio::test]
async fn a_new_pin_closes_the_world_for_those_who_only_watch() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let mut watcher = server.connect().open().await;
    assert_open(&watcher.expect("world:state").await, &[]);
    let mut ana = server.player("ana").await;
    let mut staff = server
        .connect()
        .auth("token", host.token.as_str())
        .open()
        .await;
    staff.find("world:state").await;
    watcher.find("player:joined").await;
    ana.settle().await;
    staff.settle().await;

    set_pin(&server, &host, PIN).await;
    assert_closed(&watcher.expect("world:state").await, 1);
    stir(&server, &mut ana).await;
    staff.find("player:left").await;
    assert_eq!(watcher.unread().len(), 0);
    // Who was in when the PIN came stays inside, also after leaving.
    ana.call_bare("player:leave").await;
    stir(&server, &mut ana).await;
    ana.join("ana").await;

    set_pin(&server, &host, "").await;
    assert_open(&watcher.expect("world:state").await, &["ana"]);
    set_pin(&server, &host, "9999").await;
    assert_closed(&watcher.expect("world:state").await, 1);
}

#[tokio::test]
async fn banned_people_see_a_closed_world_until_the_ban_is_lifted() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let mut ana = server.player("ana").await;
    let mut bo = server.player("bo").await;
    let secret = bo.guest_cookie.clone().unwrap();
    let mut feed = server.feed(&host).await;
    let session = feed.session_id("bo").await;
    let ban = json!({ "sessionId": session, "reason": "Enough.", "minutes": 60 });
    let answer = server.done(&host, Method::POST, "/admin/bans", &ban).await;
    bo.ending().await;
    ana.find("player:left").await;

    let back = server.connect().cookie("guest_token", &secret);
    let mut back = back.open().await;
    assert_closed(&back.expect("world:state").await, 1);
    let refused = back.call("player:join", json!({ "playerId": "bo" })).await;
    assert_eq!(refused["code"], "banned");
    ana.call("chat:message", json!({ "content": "hello" }))
        .await;
    let path = format!("/admin/bans/{}", answer["bans"][0]["id"].as_str().unwrap());
    server
        .done(&host, Method::DELETE, &path, &Value::Null)
        .await;
    assert_open(&back.expect("world:state").await, &["ana"]);
    back.join("bo").await;
}

#[tokio::test]
async fn a_login_opens_the_world_for_staff_and_a_logout_closes_it() {
    let server = TestServer::start().await;
    let host = server.host().await;
    set_pin(&server, &host, PIN).await;
    let mut page = server.connect().open().await;
    assert_closed(&page.expect("world:state").await, 0);
    let cookie = page.guest_cookie.clone().unwrap();
    let viewer = server.staff(&host, "vera", "viewer").await;
    let mut as_viewer = server
        .connect()
        .auth("token", viewer.token.as_str())
        .cookie("guest_token", &cookie)
        .open()
        .await;
    assert_open(&as_viewer.expect("world:state").await, &[]);
    server.log_out(&viewer, &cookie).await;
    assert_closed(&as_viewer.expect("world:state").await, 0);
}
