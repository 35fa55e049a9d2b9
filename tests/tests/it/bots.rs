//! Programs that act by a token: what they see, what they are in the world, and their end.

use http::{Method, StatusCode, header};
use identity::Secret;
use serde_json::{Value, json};
use tests::{Client, FeedWatcher, TestAccount, TestCluster, TestServer};

/// A service account's id and token, as the account it is.
async fn service(server: &TestServer, host: &TestAccount, scopes: &[&str]) -> TestAccount {
    let body = json!({ "name": format!("Bot {}", scopes.join(" ")), "scopes": scopes });
    let path = "/admin/service-accounts";
    let made = server.done(host, Method::POST, path, &body).await;
    TestAccount {
        id: made["service"]["id"].as_str().unwrap().to_owned(),
        token: made["token"].as_str().unwrap().to_owned(),
        email: String::new(),
        guest_cookie: None,
    }
}

async fn revoke(server: &TestServer, host: &TestAccount, service: &TestAccount) {
    let path = format!("/admin/service-accounts/{}", service.id);
    server.done(host, Method::DELETE, &path, &Value::Null).await;
}

async fn connect(server: &TestServer, service: &TestAccount) -> Client {
    let token = service.token.as_str();
    server.connect().auth("token", token).open().await
}

/// Why a join under this id is refused.
async fn code_of_join(client: &mut Client, id: &str) -> Value {
    let answer = client.call("player:join", json!({ "playerId": id }));
    answer.await["code"].clone()
}

/// Whether the live feed is closed to somebody.
async fn refused_feed(server: &TestServer, service: &TestAccount) -> bool {
    let connect = server.connect().auth("token", service.token.as_str());
    connect.administration().try_open().await.is_err()
}

#[tokio::test]
async fn a_bot_joins_a_world_with_a_pin_as_itself_and_is_listed_as_a_bot() {
    let server = TestServer::with(|config| {
        config.world.join_pin = Some(Secret::new("1234"));
        config.world.guests_allowed = false;
    })
    .await;
    let host = server.host().await;
    let bot = service(&server, &host, &["join"]).await;
    let mut feed = server.feed(&host).await;
    let mut client = connect(&server, &bot).await;
    assert_eq!(code_of_join(&mut client, "somebody").await, "reserved-id");
    let joined = client.join(&bot.id).await;
    assert_eq!(joined["ok"], true, "{joined}");
    assert_eq!(joined["player"]["metadata"]["bot"], true);

    feed.session_id(&bot.id).await;
    let session = feed.session_of(&bot.id).unwrap();
    let shown = (&session["kind"], &session["role"], &session["subject"]);
    assert_eq!(shown, (&json!("bot"), &json!("user"), &json!(bot.id)));
    // What it says is kept, and it can be told to be quiet like anybody.
    client
        .call("chat:message", json!({ "content": "hello" }))
        .await;
    feed.until("what it said", |feed| {
        let said = feed.all("chat");
        said.iter()
            .any(|it| it["person"]["subject"] == bot.id.as_str())
    })
    .await;
    let mute = json!({ "kind": "account", "subject": bot.id, "minutes": 5 });
    server
        .done(&host, Method::POST, "/admin/mutes", &mute)
        .await;
    let answer = client
        .call("chat:message", json!({ "content": "more" }))
        .await;
    assert_eq!(answer["code"], "muted");
}

#[tokio::test]
async fn a_token_without_join_is_a_guest_and_one_without_read_sees_no_feed() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let reader = service(&server, &host, &["read"]).await;
    let joiner = service(&server, &host, &["join", "moderate"]).await;
    let mut guest = connect(&server, &reader).await;
    assert_eq!(code_of_join(&mut guest, &reader.id).await, "reserved-id");
    assert_eq!(guest.join("somebody").await["ok"], true);
    let mut feed = server.feed(&reader).await;
    assert_eq!(feed.state["me"]["rights"], json!([]));
    feed.session_id("somebody").await;
    assert!(refused_feed(&server, &joiner).await);
    // It moderates by its scope, and reaches nobody who looks after the world.
    let mut looking_after = connect(&server, &host).await;
    assert_eq!(looking_after.join(&host.id).await["ok"], true);
    let session = server.session_of(&joiner, &host.id).await;
    let path = format!("/admin/sessions/{session}/kick");
    let answer = server.act(&joiner, Method::POST, &path, &json!({})).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.text());
}

#[tokio::test]
async fn a_bot_stays_marked_and_stands_nowhere_among_those_who_look_after_the_world() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let bot = service(&server, &host, &["join", "moderate", "announce"]).await;
    let mut onlooker = server.onlooker().await;
    let connect = server.connect().auth("token", bot.token.as_str());
    let mut client = connect.polling().open().await;
    let hidden = json!({ "playerId": bot.id, "metadata": { "bot": false } });
    let joined = client.call("player:join", hidden.clone()).await;
    assert_eq!(joined["player"]["metadata"]["bot"], true, "{joined}");
    assert_eq!(joined["state"]["world"]["staff"], json!([]));
    assert_eq!(
        onlooker.find("player:joined").await["metadata"]["bot"],
        true
    );
    for (event, seen) in [
        ("player:update", "player:updated"),
        ("player:join", "player:joined"),
    ] {
        let answer = client.call(event, hidden.clone()).await;
        assert_eq!(
            answer["player"]["metadata"]["bot"], true,
            "{event} {answer}"
        );
        // Updates that nobody has read yet are told as one.
        onlooker.find(seen).await;
    }
    // Nor does the mark go when nothing is said of it.
    let mood = json!({ "metadata": { "mood": "glad" } });
    client.call("player:update", mood).await;
    let mut update = onlooker.find("player:updated").await;
    while update["metadata"]["mood"].is_null() {
        update = onlooker.find("player:updated").await;
    }
    let expected = json!({ "bot": true, "mood": "glad" });
    assert_eq!(update["metadata"], expected, "{update}");
}

#[tokio::test]
async fn the_feed_shows_a_program_what_its_scopes_open() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let reader = service(&server, &host, &["read"]).await;
    let helper = service(&server, &host, &["read", "moderate"]).await;
    let mut seen = server.feed(&reader).await;
    let mut helped = server.feed(&helper).await;
    assert_eq!(seen.state["recentActions"], json!([]));
    assert_ne!(helped.state["recentActions"], json!([]));

    let mut ada = server.player("ada").await;
    let _bo = server.player("bo").await;
    let report = json!({ "playerId": "bo", "reason": "Shouting." });
    assert_eq!(ada.call("player:report", report).await["ok"], true);
    let session = server.session_of(&helper, "bo").await;
    let path = format!("/admin/sessions/{session}/warn");
    let words = json!({ "message": "Softly." });
    server.done(&helper, Method::POST, &path, &words).await;
    helped
        .until("what it may see", |feed| {
            !feed.all("reports").is_empty() && !feed.all("actions").is_empty()
        })
        .await;
    // The last thing that everybody sees comes after what some do not see.
    ada.call("chat:message", json!({ "content": "thanks" }))
        .await;
    seen.until("the line", |feed| !feed.all("chat").is_empty())
        .await;
    assert_eq!(seen.state["openReports"], 0);
    for kept in ["reports", "actions", "held"] {
        assert!(seen.all(kept).is_empty(), "{kept}: {:?}", seen.changes);
    }
    let logs = seen.client.call("admin:logs", json!({ "level": "info" }));
    assert_eq!(logs.await["ok"], false);
}

#[tokio::test]
async fn a_bot_that_is_suspended_leaves_and_stays_out_until_it_is_over() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let bot = service(&server, &host, &["read", "join"]).await;
    let mut client = connect(&server, &bot).await;
    assert_eq!(client.join(&bot.id).await["ok"], true);
    let mut feed = server.feed(&bot).await;
    let path = format!("/admin/users/{}", bot.id);
    let suspended = json!({ "suspensionUntil": "2999-01-01T00:00:00Z", "suspensionReason": "It ran in circles." });
    server.done(&host, Method::PATCH, &path, &suspended).await;
    assert_eq!(client.ending().await.code(), Some("banned"));
    assert_eq!(feed.client.find("admin:ended").await["code"], "demoted");
    let answer = server.act(&bot, Method::GET, "/admin/sessions", &Value::Null);
    let answer = answer.await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(answer.json()["code"], "suspended");
    assert!(refused_feed(&server, &bot).await);

    let free = json!({ "suspensionUntil": null });
    server.done(&host, Method::PATCH, &path, &free).await;
    let mut back = connect(&server, &bot).await;
    assert_eq!(back.join(&bot.id).await["ok"], true);
    server.feed(&bot).await;
}

#[tokio::test]
async fn revoking_a_token_ends_its_player_and_its_feed_on_every_node() {
    let cluster = TestCluster::start(2).await;
    let [here, there] = cluster.nodes.as_slice() else {
        panic!("two nodes");
    };
    let host = here.host().await;
    let bot = service(here, &host, &["read", "join"]).await;
    let mut client = connect(there, &bot).await;
    assert_eq!(client.join(&bot.id).await["ok"], true);
    let mut feed: FeedWatcher = there.feed(&bot).await;
    let mut onlooker = here.onlooker().await;

    revoke(here, &host, &bot).await;
    assert_eq!(client.ending().await.code(), Some("kicked"));
    assert_eq!(onlooker.find("player:left").await["id"], bot.id.as_str());
    assert_eq!(feed.client.find("admin:ended").await["code"], "signed-out");
    for (node, name) in [(here, "ada"), (there, "bo")] {
        let answer = node.act(&bot, Method::GET, "/admin/me", &Value::Null).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        let mut guest = connect(node, &bot).await;
        // Its id is nobody's any more, and its token counts for nothing.
        assert_eq!(guest.join(name).await["ok"], true);
    }
    let bearer = bot.bearer();
    let headers = [(header::AUTHORIZATION, bearer.as_str())];
    let answer = here
        .post("/admin/announcements", &json!({}), &headers)
        .await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}
