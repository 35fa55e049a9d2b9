//! Kick, ban, mute, warn, announce and the join PIN, as players feel them.

use std::net::{IpAddr, Ipv4Addr};

use http::{Method, StatusCode};
use serde_json::{Value, json};
use tests::{Client, TestAccount, TestServer};

const POST: Method = Method::POST;

/// The id under which the administration knows a player's session.
async fn session_of(server: &TestServer, host: &TestAccount, player: &str) -> String {
    let path = format!("/admin/sessions?search={player}");
    let list = server.done(host, Method::GET, &path, &Value::Null).await;
    assert_eq!(list["total"], 1, "{list}");
    list["sessions"][0]["id"].as_str().unwrap().to_owned()
}

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
        session_of(&server, &host, "bo").await
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
    let id = session_of(&server, &host, "bo").await;
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
async fn a_ban_of_an_address_shuts_out_everybody_there_but_the_moderators() {
    let server = TestServer::with(|config| {
        config.listen.host = Ipv4Addr::UNSPECIFIED.into();
    })
    .await;
    let host = server.host().await;
    // Loopback is exempt; another address of this machine stands for a stranger's.
    let Some(there) = other_address() else { return };
    let at = || server.connect().at(there);
    let mut moderator = at().auth("token", host.token.as_str()).open().await;
    moderator.join(&host.id).await;
    let mut bo = at().open().await;
    bo.join("bo").await;
    let mut cy = at().open().await;
    cy.join("cy").await;
    let mut elsewhere = server.player("elsewhere").await;
    let id = session_of(&server, &host, "bo").await;

    let preview = format!("/admin/sessions/{id}/ban-preview");
    let preview = server
        .done(&host, Method::GET, &preview, &Value::Null)
        .await;
    assert_eq!(preview["guest"]["playerId"], "bo");
    assert_eq!(preview["address"]["value"], there.to_string());
    let same = preview["sameAddress"].as_array().unwrap();
    let mut names: Vec<_> = same.iter().map(|it| it["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Player cy", "host"], "{preview}");
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

/// An address of this machine that is not loopback.
fn other_address() -> Option<IpAddr> {
    let found = server_core::discovery::reachable_addresses(Ipv4Addr::UNSPECIFIED.into());
    let found = found.into_iter().find(IpAddr::is_ipv4);
    if found.is_none() {
        eprintln!("SKIPPED: this machine has no address but loopback");
    }
    found
}

#[tokio::test]
async fn nobody_bans_this_computer() {
    let server = TestServer::start().await;
    let host = server.host().await;
    server.player("bo").await;
    let mut bo = server.player("bo2").await;
    let id = session_of(&server, &host, "bo2").await;
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
        session_of(&server, &host, "bo").await
    );
    let body = json!({ "minutes": 5, "reason": "Spam." });
    let answer = server.done(&host, POST, &path, &body).await;
    let until = &answer["mute"]["until"];
    let notice = bo.expect("moderation:notice").await;
    assert_eq!(
        (&notice["kind"], &notice["until"]),
        (&json!("muted"), until)
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
        session_of(&server, &host, "bo").await
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
    let id = session_of(&server, &host, "bo").await;
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

#[tokio::test]
async fn the_join_pin_is_asked_of_everybody_but_the_administration() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let mut early = server.player("early").await;
    let pin = json!({ "values": { "join_pin": "4711" } });
    server
        .done(&host, Method::PATCH, "/admin/settings", &pin)
        .await;
    early
        .call(
            "player:join",
            json!({ "playerId": "early", "name": "Still here" }),
        )
        .await;

    let join = async |client: &mut Client, pin: Value| {
        let mut payload = json!({ "playerId": "bo" });
        if !pin.is_null() {
            payload["pin"] = pin;
        }
        client.call("player:join", payload).await
    };
    let mut bo = server.onlooker().await;
    assert_eq!(join(&mut bo, Value::Null).await["code"], "pin-required");
    assert_eq!(join(&mut bo, json!("0815")).await["code"], "wrong-pin");
    assert_eq!(join(&mut bo, json!(" 4711 ")).await["ok"], true);
    let mut by_handshake = server.connect().auth("pin", "4711").open().await;
    by_handshake.join("cy").await;
    let staff = server.connect().auth("token", host.token.as_str());
    staff.open().await.join(&host.id).await;
    let plain = server.register("plain").await;
    let mut plain_client = server
        .connect()
        .auth("token", plain.token.as_str())
        .open()
        .await;
    let refused = plain_client
        .call("player:join", json!({ "playerId": plain.id }))
        .await;
    assert_eq!(refused["code"], "pin-required");

    let none = json!({ "values": { "join_pin": "" } });
    server
        .done(&host, Method::PATCH, "/admin/settings", &none)
        .await;
    plain_client.join(&plain.id).await;
}

#[tokio::test]
async fn a_pin_cannot_be_guessed() {
    let server = TestServer::with(|config| {
        config.listen.host = Ipv4Addr::UNSPECIFIED.into();
        config.world.join_pin = Some(identity::Secret::new("4711"));
    })
    .await;
    let Some(there) = other_address() else { return };
    let mut guesser = server.connect().at(there).open().await;
    let mut codes = Vec::new();
    for guess in 0..20 {
        let payload = json!({ "playerId": "bo", "pin": format!("{guess:04}") });
        let refused = guesser.call("player:join", payload).await;
        codes.push(refused["code"].as_str().unwrap().to_owned());
    }
    assert_eq!(codes.iter().filter(|code| *code == "wrong-pin").count(), 10);
    assert_eq!(codes.last().map(String::as_str), Some("rate-limited"));
    let right = json!({ "playerId": "bo", "pin": "4711" });
    let still = guesser.call("player:join", right).await;
    assert_eq!(still["code"], "rate-limited", "also for the right one");
}

#[tokio::test]
async fn a_pin_cannot_be_guessed_through_a_proxy_or_page_on_this_machine() {
    let server = TestServer::with(|config| {
        config.world.join_pin = Some(identity::Secret::new("4711"));
    })
    .await;
    let forwarded = http::HeaderName::from_static("x-forwarded-for");
    for (name, value) in [
        (forwarded, "198.51.100.7"),
        (http::header::ORIGIN, "https://evil.example"),
    ] {
        let mut guesser = server.connect().header(name, value).open().await;
        let mut codes = Vec::new();
        for guess in 0..20 {
            let payload = json!({ "playerId": "bo", "pin": format!("{guess:04}") });
            let refused = guesser.call("player:join", payload).await;
            codes.push(refused["code"].as_str().unwrap().to_owned());
        }
        assert_eq!(
            codes.last().map(String::as_str),
            Some("rate-limited"),
            "{value}"
        );
    }
    let mut own = server.onlooker().await;
    let right = json!({ "playerId": "bo", "pin": "4711" });
    assert_eq!(own.call("player:join", right).await["ok"], true);
}

#[tokio::test]
async fn a_world_closes_and_opens_to_guests_and_changes_its_name_while_it_runs() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let mut bo = server.player("bo").await;
    bo.settle().await;
    let values = json!({ "values": { "guests_allowed": false, "world_name": "Cove" } });
    server
        .done(&host, Method::PATCH, "/admin/settings", &values)
        .await;
    let state = bo.expect("world:state").await;
    assert_eq!(state["world"]["name"], "Cove");
    assert_eq!(state["players"][0]["id"], "bo");
    let mut late = server.onlooker().await;
    let refused = late
        .call("player:join", json!({ "playerId": "late" }))
        .await;
    assert_eq!(refused["code"], "guests-not-allowed");

    let data = server.data();
    server.close(server_core::Closing::Drain).await;
    let server = TestServer::on(data, |_| {}).await;
    let mut late = server.connect().open().await;
    assert_eq!(late.expect("world:state").await["world"]["name"], "Cove");
    let back = json!({ "values": { "guests_allowed": null, "world_name": null } });
    server
        .done(&host, Method::PATCH, "/admin/settings", &back)
        .await;
    assert_eq!(
        late.expect("world:state").await["world"]["name"],
        "Lantern harbour"
    );
    late.join("late").await;
}
