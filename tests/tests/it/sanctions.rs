//! Kick, ban, mute, warn and announce, as players feel them.

use std::net::Ipv4Addr;

use http::{Method, StatusCode};
use serde_json::{Value, json};
use store::storage::Database;
use tests::{Client, TestServer, outer_address, soon};

const POST: Method = Method::POST;

async fn say(client: &mut Client, content: &str) -> Value {
    client
        .call("chat:message", json!({ "content": content }))
        .await
}

#[tokio::test]
async fn a_kick_says_why_and_the_player_may_come_back() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let mut bo = server.player("bo").await;
    let mut onlooker = server.onlooker().await;
    let path = format!(
        "/admin/sessions/{}/kick",
        server.session_of(&host, "bo").await
    );
    let answer = server
        .done(&host, POST, &path, &json!({ "reason": "Shouting." }))
        .await;
    assert_eq!(answer["action"]["action"], "session.kick");
    assert_eq!(answer["action"]["actor"]["id"], host.id.as_str());
    assert_eq!(answer["action"]["subjectName"], "Player bo");

    let ending = bo.ending().await;
    assert_eq!(ending.code(), Some("kicked"));
    assert_eq!(ending.notice().unwrap()["reason"], "Shouting.");
    assert!(ending.disconnected, "a client must not come back by itself");
    assert_eq!(onlooker.expect("player:left").await["id"], "bo");

    let again = server.act(&host, POST, &path, &json!({})).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
    assert_eq!(again.json()["code"], "session-gone");
    server.player("bo").await;
}

#[tokio::test]
async fn a_kick_that_cannot_be_written_down_ends_the_session_and_says_so() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let (mut bo, mut eve) = (server.player("bo").await, server.player("eve").await);
    let file = server.data().path().join("comutiny.sqlite");
    let url = format!("sqlite:{}", file.display());
    let beside = Database::open(&url).await.unwrap();
    // Whoever has the write lock keeps every other writer out, as a full disk does.
    let held = beside.pool().begin().await.unwrap();
    for (path, says) in [
        ("/admin/players/bo/kick", "The player was put out, but"),
        ("/admin/kick-all", "Everybody was put out, but"),
    ] {
        let answer = server.act(&host, POST, path, &json!({})).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
        let answer = answer.json();
        assert_eq!(answer["code"], "not-recorded", "{answer}");
        assert!(answer["message"].as_str().unwrap().starts_with(says));
    }
    assert_eq!(bo.ending().await.code(), Some("kicked"));
    assert_eq!(eve.ending().await.code(), Some("kicked"));
    // The lines of the log waited.
    held.rollback().await.unwrap();
    soon("the audit log to be written", async {
        loop {
            let log = server.act(&host, Method::GET, "/admin/audit", &Value::Null);
            let log = log.await.text();
            if log.contains("session.kick-all") && log.contains("\"session.kick\"") {
                break;
            }
            tokio::task::yield_now().await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_player_is_kicked_by_its_id_too_and_everybody_at_once() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let mut a = server.player("a").await;
    let nothing = json!({});
    server
        .done(&host, POST, "/admin/players/a/kick", &nothing)
        .await;
    assert_eq!(a.ending().await.code(), Some("kicked"));

    let mut crowd = [server.player("b").await, server.player("c").await];
    let own = server.connect().auth("token", host.token.as_str());
    let mut own = own.open().await;
    own.join(&host.id).await;
    let mut onlooker = server.onlooker().await;
    let body = json!({ "reason": "We close for tonight." });
    let answer = server.done(&host, POST, "/admin/kick-all", &body).await;
    assert_eq!(answer["count"], 2, "{answer}");
    for player in &mut crowd {
        let ending = player.ending().await;
        assert_eq!(ending.notice().unwrap()["reason"], "We close for tonight.");
    }
    onlooker.settle().await;
    own.settle().await;
}

#[tokio::test]
async fn a_ban_acts_at_once_and_survives_a_restart() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let mut bo = server.player("bo").await;
    let secret = bo.guest_cookie.clone().unwrap();
    let id = server.session_of(&host, "bo").await;
    let ban = json!({ "sessionId": id, "reason": "Enough.", "minutes": 60 });
    let answer = server.done(&host, POST, "/admin/bans", &ban).await;
    let ban = &answer["bans"][0];
    assert_eq!(
        (&ban["kind"], &ban["active"]),
        (&json!("guest"), &json!(true))
    );
    let ending = bo.ending().await;
    assert_eq!(ending.code(), Some("banned"));
    let notice = ending.notice().unwrap();
    assert_eq!(
        (&notice["reason"], &notice["until"]),
        (&json!("Enough."), &ban["until"])
    );

    let refused = async |server: &TestServer| {
        let connect = server.connect().cookie("guest_token", &secret);
        let mut back = connect.open().await;
        back.expect("world:state").await;
        let join = json!({ "playerId": "somebody else" });
        back.call("player:join", join).await
    };
    let answer = refused(&server).await;
    assert_eq!(
        (&answer["code"], &answer["reason"], &answer["until"]),
        (&json!("banned"), &json!("Enough."), &ban["until"])
    );
    assert_eq!(answer["message"], "You cannot come in. Reason: Enough.");

    let data = server.data();
    server.close(server_core::Closing::Drain).await;
    let server = TestServer::on(data, |_| {}).await;
    assert_eq!(refused(&server).await["code"], "banned");
    let lift = format!("/admin/bans/{}", ban["id"].as_str().unwrap());
    server
        .done(&host, Method::DELETE, &lift, &Value::Null)
        .await;
    assert_eq!(refused(&server).await["ok"], true);
    let again = server.act(&host, Method::DELETE, &lift, &Value::Null).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_ban_of_an_address_shuts_out_everybody_there_but_staff() {
    let server = TestServer::with(|config| {
        config.listen.host = Ipv4Addr::UNSPECIFIED.into();
    })
    .await;
    let host = server.host().await;
    // Loopback is exempt; another address of this machine stands for a stranger's.
    let Some(there) = outer_address() else { return };
    let at = || server.connect().at(there);
    let mut moderator = at().auth("token", host.token.as_str()).open().await;
    moderator.join(&host.id).await;
    let vera = server.staff(&host, "vera", "viewer").await;
    let mut viewer = at().auth("token", vera.token.as_str()).open().await;
    viewer.join(&vera.id).await;
    let mut bo = at().open().await;
    bo.join("bo").await;
    let mut cy = at().open().await;
    cy.join("cy").await;
    let mut elsewhere = server.player("elsewhere").await;
    let id = server.session_of(&host, "bo").await;

    let preview = format!("/admin/sessions/{id}/ban-preview");
    let preview = server
        .done(&host, Method::GET, &preview, &Value::Null)
        .await;
    assert_eq!(preview["guest"]["playerId"], "bo");
    assert_eq!(preview["address"]["value"], there.to_string());
    let same = preview["sameAddress"].as_array().unwrap();
    let mut names: Vec<_> = same.iter().map(|it| it["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Player cy", "host", "vera"], "{preview}");
    assert!(same.iter().all(|it| it["online"] == true), "{preview}");

    let ban = json!({ "sessionId": id, "what": ["address"], "minutes": null });
    let answer = server.done(&host, POST, "/admin/bans", &ban).await;
    assert_eq!(answer["bans"][0]["until"], Value::Null);
    let text = answer["action"].to_string();
    assert!(
        !text.contains(&there.to_string()),
        "the log holds no address: {text}"
    );
    assert_eq!(bo.ending().await.code(), Some("banned"));
    assert_eq!(cy.ending().await.code(), Some("banned"));
    elsewhere.settle().await;
    moderator.settle().await;
    viewer.settle().await;
    let again = at().auth("token", vera.token.as_str());
    viewer = again.open().await;
    viewer.join(&vera.id).await;
    let mut late = at().open().await;
    let refused = late
        .call("player:join", json!({ "playerId": "late" }))
        .await;
    assert_eq!(refused["code"], "banned");

    let undo = answer["action"]["id"].as_str().unwrap();
    let undo = format!("/admin/audit/{undo}/undo");
    let undone = server.done(&host, POST, &undo, &Value::Null).await;
    assert_eq!(undone["action"]["action"], "ban.undo");
    late.join("late").await;
    let again = server.act(&host, POST, &undo, &Value::Null).await;
    assert_eq!(again.json()["code"], "already-undone");
}

#[tokio::test]
async fn nobody_bans_this_computer() {
    let server = TestServer::start().await;
    let host = server.host().await;
    server.player("bo").await;
    let mut bo = server.player("bo2").await;
    let id = server.session_of(&host, "bo2").await;
    for ban in [
        json!({ "sessionId": id, "what": ["guest", "address"], "minutes": 5 }),
        json!({ "subjects": [{ "kind": "address", "subject": "::1" }], "minutes": 5 }),
    ] {
        let refused = server.act(&host, POST, "/admin/bans", &ban).await;
        assert_eq!(refused.json()["code"], "exempt-address", "{ban}");
    }
    bo.settle().await;
    let bans = server
        .done(&host, Method::GET, "/admin/bans", &Value::Null)
        .await;
    assert_eq!(bans["total"], 0, "nothing was banned by half");
}

#[tokio::test]
async fn a_mute_silences_tells_and_is_taken_back() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let mut bo = server.player("bo").await;
    let mut ana = server.player("ana").await;
    bo.settle().await;
    let path = format!(
        "/admin/sessions/{}/mute",
        server.session_of(&host, "bo").await
    );
    let body = json!({ "minutes": 5, "reason": "Spam." });
    let answer = server.done(&host, POST, &path, &body).await;
    let until = &answer["mute"]["until"];
    let notice = bo.expect("moderation:notice").await;
    assert_eq!(
        (&notice["kind"], &notice["until"], &notice["reason"]),
        (&json!("muted"), until, &json!("Spam."))
    );
    let refused = say(&mut bo, "hello").await;
    assert_eq!(
        (&refused["code"], &refused["until"]),
        (&json!("muted"), until)
    );
    assert_eq!(say(&mut ana, "hello").await["ok"], true);
    let moved = bo
        .call("player:update", json!({ "animation": "walk" }))
        .await;
    assert_eq!(moved["ok"], true, "a muted player still walks");
    bo.settle().await;

    let lift = format!("/admin/mutes/{}", answer["mute"]["id"].as_str().unwrap());
    server
        .done(&host, Method::DELETE, &lift, &Value::Null)
        .await;
    assert_eq!(bo.expect("moderation:notice").await["kind"], "unmuted");
    assert_eq!(say(&mut bo, "hello again").await["ok"], true);
}

#[tokio::test]
async fn a_mute_follows_the_browser_into_an_account_and_through_a_restart() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let mut bo = server.player("bo").await;
    let secret = bo.guest_cookie.clone().unwrap();
    let path = format!(
        "/admin/sessions/{}/mute",
        server.session_of(&host, "bo").await
    );
    server
        .done(&host, POST, &path, &json!({ "minutes": null }))
        .await;
    let account = server.register("bo-account").await;
    server.log_in(&account, &secret).await;
    bo.join(&account.id).await;
    assert_eq!(say(&mut bo, "here I am").await["code"], "muted");

    let data = server.data();
    server.close(server_core::Closing::Drain).await;
    let server = TestServer::on(data, |_| {}).await;
    let mut bo = server.connect().cookie("guest_token", &secret).open().await;
    bo.join("bo").await;
    assert_eq!(say(&mut bo, "and now?").await["code"], "muted");
}

#[tokio::test]
async fn a_warning_and_an_announcement_are_read() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let mut bo = server.player("bo").await;
    let mut onlooker = server.onlooker().await;
    let id = server.session_of(&host, "bo").await;
    let warn = format!("/admin/sessions/{id}/warn");
    server
        .done(&host, POST, &warn, &json!({ "message": "Be kind." }))
        .await;
    let notice = bo.expect("moderation:notice").await;
    let warning = notice["id"].clone();
    let expected = json!({ "kind": "warned", "message": "Be kind.", "id": warning });
    assert_eq!(notice, expected);
    assert_eq!(onlooker.settle().await, []);
    let record = async || {
        let path = format!("/admin/sessions/{id}");
        server.done(&host, Method::GET, &path, &Value::Null).await["record"].clone()
    };
    assert_eq!(record().await["warnings"][0]["readAt"], Value::Null);
    let said = json!({ "id": warning });
    // Nobody says it for somebody else.
    assert_eq!(
        onlooker.call("moderation:read", said.clone()).await["ok"],
        true
    );
    assert_eq!(record().await["warnings"][0]["readAt"], Value::Null);
    assert_eq!(bo.call("moderation:read", said).await["ok"], true);
    assert!(record().await["warnings"][0]["readAt"].is_string());
    let nothing = bo.call("moderation:read", json!({ "id": "a\u{0}b" })).await;
    assert_eq!(nothing["code"], "invalid-payload", "{nothing}");
    let empty = bo.call("moderation:read", json!({})).await;
    assert_eq!(empty["code"], "invalid-payload");

    let body = json!({ "message": "Cake at five." });
    let answer = server
        .done(&host, POST, "/admin/announcements", &body)
        .await;
    assert_eq!(answer["recipients"], 2);
    for client in [&mut bo, &mut onlooker] {
        let notice = client.expect("moderation:notice").await;
        assert_eq!(
            notice,
            json!({ "kind": "announcement", "message": "Cake at five." })
        );
    }
    let path = format!("/admin/sessions/{id}");
    let detail = server.done(&host, Method::GET, &path, &Value::Null).await;
    assert_eq!(detail["session"]["warnings"], 1);
    assert_eq!(detail["record"]["warnings"][0]["message"], "Be kind.");
    for empty in [
        json!({}),
        json!({ "message": " \u{200b}" }),
        json!({ "message": 5 }),
    ] {
        let refused = server.act(&host, POST, &warn, &empty).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{empty}");
    }
}

#[tokio::test]
async fn a_removed_message_comes_back_in_its_place() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let mut bo = server.player("bo").await;
    let mut ids = Vec::new();
    for content in ["one", "two", "three"] {
        let said = say(&mut bo, content).await;
        ids.push(said["message"]["id"].as_str().unwrap().to_owned());
    }
    let path = format!("/admin/messages/{}", ids[1]);
    server
        .done(&host, Method::DELETE, &path, &Value::Null)
        .await;
    assert_eq!(bo.find("chat:removed").await["id"], ids[1].as_str());
    let restore = format!("{path}/restore");
    let answer = server.done(&host, POST, &restore, &Value::Null).await;
    assert_eq!(answer["message"]["status"], "visible");
    assert_eq!(bo.find("chat:restored").await["content"], "two");
    let chat = server.connect().open().await.expect("world:state").await["chat"].clone();
    let last: Vec<_> = chat.as_array().unwrap().iter().rev().take(3).collect();
    let contents: Vec<_> = last
        .iter()
        .map(|it| it["content"].as_str().unwrap())
        .collect();
    assert_eq!(contents, ["three", "two", "one"]);
    let again = server.act(&host, POST, &restore, &Value::Null).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}
