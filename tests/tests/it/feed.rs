//! What moderators see live.

use http::{Method, header};
use serde_json::{Value, json};
use server_core::Closing;
use tests::{Client, FeedWatcher, TestServer, soon};

const POST: Method = Method::POST;

#[tokio::test]
async fn the_state_comes_first_then_what_changes() {
    let interval = std::time::Duration::from_secs(1);
    let server = TestServer::with(|config| config.listen.ping_interval = interval).await;
    let host = server.host().await;
    let mut before = server.player("before").await;
    before
        .call("chat:message", json!({ "content": "hello" }))
        .await;
    let mut feed = server.feed(&host).await;
    let state = &feed.state;
    assert_eq!(state["me"]["id"], host.id.as_str());
    assert_eq!(state["me"]["role"], "host");
    assert_eq!(state["server"]["name"], "Lantern harbour");
    assert_eq!(state["server"]["state"], "running");
    assert_eq!(state["nodes"][0]["self"], true);
    assert_eq!(state["recentActions"][0]["action"], "host.setup");
    assert_eq!(state["openReports"], 0);
    let last = state["chat"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["content"], &last["person"]["kind"]),
        (&json!("hello"), &json!("guest"))
    );
    let session = feed.session_of("before").unwrap();
    assert_eq!(session["joined"], true);
    assert_eq!(session["transport"], "websocket");
    assert_eq!(session["kind"], "guest");

    // Heartbeats are answered as they are read.
    let beating = feed.until("a heartbeat's round trip", |feed| {
        feed.session_of("before")
            .is_some_and(|it| it["pingMs"].is_f64())
    });
    tokio::select! {
        () = beating => {}
        () = async { while before.packet().await.is_some() {} } => panic!("the connection ended"),
    }

    let mut late = server.player("late").await;
    let id = feed.session_id("late").await;
    late.call(
        "player:update",
        json!({ "position": { "x": 5, "y": 0, "z": 2 } }),
    )
    .await;
    feed.until("the move", |feed| {
        feed.sessions[&id]["position"]["x"] == 5.0
    })
    .await;
    late.call("player:update", json!({ "name": "Lata" })).await;
    feed.until("the name", |feed| feed.sessions[&id]["name"] == "Lata")
        .await;
    late.call("chat:message", json!({ "content": "hi" })).await;
    feed.until("the message", |feed| {
        feed.all("chat")
            .iter()
            .any(|message| message["content"] == "hi")
    })
    .await;
    late.call_bare("player:leave").await;
    feed.until("the leaving", |feed| feed.sessions[&id]["joined"] == false)
        .await;
    drop(late);
    feed.until("the end", |feed| !feed.sessions.contains_key(&id))
        .await;
    feed.until("a sample", |feed| {
        feed.changes
            .iter()
            .any(|change| change["sample"]["players"] == 1)
    })
    .await;
}

#[tokio::test]
async fn actions_reach_every_watcher_with_their_author() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let moderator = server.staff(&host, "mia", "moderator").await;
    let viewer = server.staff(&host, "vic", "viewer").await;
    let mut feeds = [server.feed(&host).await, server.feed(&viewer).await];
    let _bo = server.player("bo").await;
    let id = feeds[0].session_id("bo").await;
    let mute = format!("/admin/sessions/{id}/mute");
    let muted = server
        .done(
            &moderator,
            POST,
            &mute,
            &json!({ "minutes": 5, "reason": "x" }),
        )
        .await;
    for feed in &mut feeds {
        feed.until("the mute", |feed| {
            feed.session_of("bo")
                .is_some_and(|it| it["muted"]["reason"] == "x")
        })
        .await;
        feed.until("the action", |feed| {
            feed.all("actions")
                .iter()
                .any(|it| it["action"] == "mute.create")
        })
        .await;
        let actions = feed.all("actions");
        let action = actions
            .iter()
            .find(|it| it["action"] == "mute.create")
            .unwrap();
        assert_eq!(
            action["actor"],
            json!({ "id": moderator.id, "name": "mia" })
        );
        assert_eq!(action["undoable"], true);
    }
    let undo = format!(
        "/admin/audit/{}/undo",
        muted["action"]["id"].as_str().unwrap()
    );
    server.done(&host, POST, &undo, &Value::Null).await;
    for feed in &mut feeds {
        feed.until("the undo", |feed| {
            feed.all("actions")
                .iter()
                .any(|it| !it["undoneAt"].is_null())
                && feed
                    .session_of("bo")
                    .is_some_and(|it| it["muted"].is_null())
        })
        .await;
    }
}

#[tokio::test]
async fn a_report_reaches_the_watchers_and_is_closed() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let mut feed = server.feed(&host).await;
    let mut ana = server.player("ana").await;
    let _bo = server.player("bo").await;
    let report = json!({ "playerId": "bo", "reason": "He shouts." });
    assert_eq!(ana.call("player:report", report).await["ok"], true);
    feed.until("the report", |feed| {
        !feed.all("reports").is_empty()
            && feed.state["openReports"] == 1
            && feed
                .session_of("bo")
                .is_some_and(|it| it["openReports"] == 1)
    })
    .await;
    let report = feed.all("reports")[0].clone();
    assert_eq!(report["reason"], "He shouts.");
    assert_eq!(report["reporter"]["playerId"], "ana");
    let session = feed.session_of("bo").unwrap();
    assert_eq!(report["target"]["sessionId"], session["id"]);
    assert_eq!(report["target"]["person"]["subject"], session["subject"]);

    let path = format!("/admin/reports/{}", report["id"].as_str().unwrap());
    let body = json!({ "status": "resolved", "note": "Talked to him." });
    let answer = server.done(&host, Method::PATCH, &path, &body).await;
    assert_eq!(answer["report"]["closedBy"]["id"], host.id.as_str());
    feed.until("the end of the report", |feed| {
        feed.state["openReports"] == 0
    })
    .await;
    let list = server
        .done(
            &host,
            Method::GET,
            "/admin/reports?status=resolved",
            &Value::Null,
        )
        .await;
    assert_eq!(
        (&list["total"], &list["reports"][0]["note"]),
        (&json!(1), &json!("Talked to him."))
    );
}

#[tokio::test]
async fn nobody_floods_the_moderators_with_reports() {
    let server = TestServer::with(tests::without_rate_limits).await;
    let host = server.host().await;
    let mut feed = server.feed(&host).await;
    let mut ana = server.player("ana").await;
    for number in 0..20 {
        let report = json!({ "playerId": format!("p{number}"), "reason": "x" });
        assert_eq!(ana.call("player:report", report).await["ok"], true);
        // Each has to be counted before the next is judged.
        feed.until("the report", |feed| feed.state["openReports"] == number + 1)
            .await;
    }
    let refused = ana
        .call("player:report", json!({ "playerId": "bo", "reason": "x" }))
        .await;
    assert_eq!(refused["code"], "rate-limited");
}

#[tokio::test]
async fn a_demotion_ends_the_feed_and_a_smaller_role_narrows_it() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let other = server.staff(&host, "olaf", "host").await;
    let mut feed = server.feed(&other).await;
    assert_eq!(logs(&mut feed.client, json!("info")).await["ok"], true);
    let path = format!("/admin/users/{}", other.id);
    server
        .done(&host, Method::PATCH, &path, &json!({ "role": "viewer" }))
        .await;
    feed.until("the smaller role", |feed| {
        feed.state["me"]["role"] == "viewer"
    })
    .await;
    assert_eq!(feed.state["me"]["rights"], json!([]));
    assert_eq!(
        logs(&mut feed.client, json!("info")).await["code"],
        "forbidden"
    );

    server
        .done(&host, Method::PATCH, &path, &json!({ "role": "user" }))
        .await;
    assert_eq!(end_of(feed).await, "demoted");
    let refused = refusal(&server, &other.token).await;
    assert_eq!(
        refused["message"],
        "Your account may not see the administration."
    );
}

#[tokio::test]
async fn a_logout_a_new_password_a_ban_and_the_end_of_an_account_end_the_feed() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let leaving = server.staff(&host, "lea", "moderator").await;
    let feed = server.feed(&leaving).await;
    server
        .act(&leaving, POST, "/auth/logout", &Value::Null)
        .await;
    assert_eq!(end_of(feed).await, "signed-out");

    let reset = server.staff(&host, "rena", "moderator").await;
    let feed = server.feed(&reset).await;
    let path = format!("/admin/users/{}/password", reset.id);
    server
        .done(&host, POST, &path, &json!({ "password": "something else" }))
        .await;
    assert_eq!(end_of(feed).await, "signed-out");

    let banned = server.staff(&host, "bert", "moderator").await;
    let feed = server.feed(&banned).await;
    let subjects = json!([{ "kind": "account", "subject": banned.id }]);
    let ban = json!({ "subjects": subjects, "minutes": 5 });
    server.done(&host, POST, "/admin/bans", &ban).await;
    assert_eq!(end_of(feed).await, "demoted");

    let deleted = server.staff(&host, "dora", "moderator").await;
    let feed = server.feed(&deleted).await;
    let path = format!("/admin/users/{}", deleted.id);
    server
        .done(&host, Method::DELETE, &path, &Value::Null)
        .await;
    assert_eq!(end_of(feed).await, "signed-out");
}

#[tokio::test]
async fn a_stop_is_told_and_a_drain_is_not() {
    for (how, code) in [(Closing::Stop, Some("shutdown")), (Closing::Drain, None)] {
        let mut server = TestServer::start().await;
        let host = server.host().await;
        let mut feed = server.feed(&host).await;
        server.begin_close(how);
        let ending = feed.client.ending().await;
        let ended = ending
            .events
            .iter()
            .find(|event| event.name == "admin:ended");
        assert_eq!(
            ended.and_then(|event| event.data["code"].as_str()),
            code,
            "{how:?}"
        );
        server.ended().await;
    }
}

#[tokio::test]
async fn a_watcher_asks_again_and_not_too_often() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let mut feed = server.feed(&host).await;
    let mut refused = 0;
    for _ in 0..10 {
        let answer = feed.client.call_bare("admin:resync").await;
        refused += u32::from(answer["code"] == "rate-limited");
    }
    assert_eq!(refused, 5);
    feed.state = Value::Null;
    feed.until("a fresh state", |feed| !feed.state["server"].is_null())
        .await;
    let unknown = feed
        .client
        .call("player:join", json!({ "playerId": "x" }))
        .await;
    assert_eq!(unknown["code"], "unknown-event");
}

#[tokio::test]
async fn strangers_and_foreign_names_are_refused() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let plain = server.register("plain").await;
    for token in ["", "forged", &plain.token] {
        let refused = refusal(&server, token).await;
        let message = refused["message"].as_str().unwrap();
        assert!(message.ends_with('.'), "{token}: {refused}");
    }
    let rebound = server
        .connect()
        .auth("token", host.token.as_str())
        .header(header::HOST, "evil.example")
        .administration();
    let refused = rebound.try_open().await.err().expect("refused");
    assert!(
        refused["message"]
            .as_str()
            .unwrap()
            .contains("ALLOWED_HOSTS"),
        "{refused}"
    );

    // A page elsewhere cannot use the cookie of a moderator's browser.
    let cookie = format!("auth_token={}", host.token);
    let own = server.connect().header(header::COOKIE, &cookie);
    FeedWatcher::open(own.clone()).await;
    let stolen = own.header(header::ORIGIN, "https://evil.example");
    let refused = stolen
        .administration()
        .try_open()
        .await
        .err()
        .expect("refused");
    assert_eq!(refused["message"], "Log in to see the administration.");
}

#[tokio::test]
async fn a_polling_watcher_sees_the_same() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let connect = server
        .connect()
        .auth("token", host.token.as_str())
        .polling();
    let mut feed = FeedWatcher::open(connect).await;
    let _bo = server.connect().polling().open().await.join("bo").await;
    feed.session_id("bo").await;
    assert_eq!(feed.session_of("bo").unwrap()["transport"], "polling");
}

#[tokio::test]
async fn a_watcher_who_reads_nothing_is_aborted_and_costs_nobody() {
    let server = TestServer::with(|config| {
        config.session.outbox_bytes = 65_536;
        config.session.slow_consumer_timeout = std::time::Duration::from_millis(500);
        config.listen.send_buffer_bytes = 4096;
    })
    .await;
    let host = server.host().await;
    let deaf = server
        .connect()
        .auth("token", host.token.as_str())
        .receive_buffer(4096)
        .administration();
    let mut deaf = deaf.open().await;
    deaf.expect("admin:state").await;
    let mut feed = server.feed(&host).await;
    let mut bo = server.player("bo").await;
    let id = feed.session_id("bo").await;
    let mut aborted = false;
    for number in 0..100_000 {
        // Long names fill the sockets' buffers.
        let name = format!("{number} {}", "x".repeat(90));
        bo.call("player:update", json!({ "name": name })).await;
        feed.until("the name", |feed| {
            feed.sessions[&id]["name"] == name.as_str()
        })
        .await;
        if server.metrics().slow_consumers.get() > 0 {
            aborted = true;
            break;
        }
    }
    assert!(aborted);
    soon("the end of the deaf one", deaf.ending()).await;
}

async fn logs(client: &mut Client, level: Value) -> Value {
    client.call("admin:logs", json!({ "level": level })).await
}

/// What `connect_error` says to who holds `token`.
async fn refusal(server: &TestServer, token: &str) -> Value {
    let connect = server.connect().auth("token", token).administration();
    connect.try_open().await.err().expect("refused")
}

/// Reads a feed to its end and gives the code it ended with.
async fn end_of(mut feed: FeedWatcher) -> String {
    let ending = feed.client.ending().await;
    assert!(ending.disconnected, "{ending:?}");
    let last = ending.events.last().unwrap();
    assert_eq!(last.name, "admin:ended", "{}", last.data);
    assert!(last.data["message"].as_str().unwrap().ends_with('.'));
    last.data["code"].as_str().unwrap().to_owned()
}
