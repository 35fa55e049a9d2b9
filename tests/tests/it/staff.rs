//! Who may do what in the administration.

use http::{Method, StatusCode};
use serde_json::{Value, json};
use server_core::Closing;
use tests::{Client, TestAccount, TestServer};

const GET: Method = Method::GET;
const POST: Method = Method::POST;

/// Every route of the administration that changes something, with the lowest role that may.
fn commands() -> Vec<(Method, &'static str, Value, &'static str)> {
    let (patch, delete) = (Method::PATCH, Method::DELETE);
    let minutes = json!({ "minutes": 5 });
    let ban = json!({ "subjects": [{ "kind": "address", "subject": "192.0.2.9" }], "minutes": 5 });
    vec![
        (POST, "/admin/sessions/n-1/kick", json!({}), "moderator"),
        (POST, "/admin/players/nobody/kick", json!({}), "moderator"),
        (
            POST,
            "/admin/sessions/n-1/warn",
            json!({ "message": "x" }),
            "moderator",
        ),
        (
            POST,
            "/admin/sessions/n-1/tell",
            json!({ "message": "x" }),
            "moderator",
        ),
        (POST, "/admin/sessions/n-1/mute", minutes, "moderator"),
        (
            GET,
            "/admin/sessions/n-1/ban-preview",
            Value::Null,
            "moderator",
        ),
        (
            POST,
            "/admin/announcements",
            json!({ "message": "x" }),
            "moderator",
        ),
        (POST, "/admin/bans", ban, "moderator"),
        (delete.clone(), "/admin/bans/none", Value::Null, "moderator"),
        (
            POST,
            "/admin/mutes",
            json!({ "kind": "guest", "subject": "0af9", "minutes": 5 }),
            "moderator",
        ),
        (
            delete.clone(),
            "/admin/mutes/none",
            Value::Null,
            "moderator",
        ),
        (
            delete.clone(),
            "/admin/messages/none",
            Value::Null,
            "moderator",
        ),
        (POST, "/admin/held/none/allow", Value::Null, "moderator"),
        (POST, "/admin/held/none/refuse", Value::Null, "moderator"),
        (POST, "/admin/words/try", json!({ "text": "x" }), "host"),
        (
            POST,
            "/admin/messages/none/restore",
            Value::Null,
            "moderator",
        ),
        (
            patch.clone(),
            "/admin/reports/none",
            json!({ "status": "open" }),
            "moderator",
        ),
        (
            POST,
            "/admin/people/guest/0af9/notes",
            json!({ "text": "x" }),
            "moderator",
        ),
        (
            delete.clone(),
            "/admin/notes/none",
            Value::Null,
            "moderator",
        ),
        (POST, "/admin/audit/none/undo", Value::Null, "moderator"),
        (POST, "/admin/kick-all", json!({}), "host"),
        (POST, "/admin/users", json!({}), "host"),
        (
            POST,
            "/admin/users/none/password",
            json!({ "password": "12345678" }),
            "host",
        ),
        (delete, "/admin/users/none", Value::Null, "host"),
        (GET, "/admin/settings", Value::Null, "host"),
        (
            patch,
            "/admin/settings",
            json!({ "values": { "world_name": "x" } }),
            "host",
        ),
        (GET, "/admin/logs", Value::Null, "host"),
        (GET, "/admin/logs/export", Value::Null, "host"),
    ]
}

/// Every route that only shows something to whoever may look.
const VIEWS: [&str; 15] = [
    "/admin/me",
    "/admin/sessions",
    "/admin/people/guest/0af9",
    "/admin/bans",
    "/admin/mutes",
    "/admin/reports",
    "/admin/messages",
    "/admin/messages/export",
    "/admin/audit",
    "/admin/audit/export?format=json",
    "/admin/users",
    "/admin/assets/sprites",
    "/admin/nodes",
    "/admin/reasons",
    "/admin/stats",
];

#[tokio::test]
async fn the_server_checks_every_role_at_every_call() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let accounts = [
        (0, server.register("plain").await),
        (1, server.staff(&host, "vic", "viewer").await),
        (2, server.staff(&host, "mia", "moderator").await),
        (3, host),
    ];
    for path in VIEWS {
        let stranger = server.http().call(GET, path, &[], &Value::Null).await;
        assert_eq!(stranger.status, StatusCode::UNAUTHORIZED, "{path}");
        for (rank, account) in &accounts {
            let answer = server.act(account, GET, path, &Value::Null).await;
            let expected = if *rank >= 1 { 200 } else { 403 };
            assert_eq!(
                answer.status,
                expected,
                "{path} as {rank}: {}",
                answer.text()
            );
        }
    }
    for (method, path, body, role) in commands() {
        let needed = if role == "host" { 3 } else { 2 };
        let stranger = server.http().call(method.clone(), path, &[], &body).await;
        assert_eq!(stranger.status, StatusCode::UNAUTHORIZED, "{path}");
        for (rank, account) in &accounts {
            let answer = server.act(account, method.clone(), path, &body).await;
            let refused = answer.status == StatusCode::FORBIDDEN;
            assert_eq!(
                refused,
                *rank < needed,
                "{path} as {rank}: {}",
                answer.text()
            );
            assert!(
                answer.status.as_u16() < 500,
                "{path} as {rank}: {}",
                answer.text()
            );
        }
    }
}

#[tokio::test]
async fn the_setup_link_works_once() {
    let server = TestServer::start().await;
    let token = server.setup_token().to_owned();
    let form = |name: &str, token: &str| {
        json!({
            "token": token, "username": name, "email": format!("{name}@example.org"),
            "password": "correct horse",
        })
    };
    let wrong = server.post("/auth/setup", &form("eve", "guess"), &[]).await;
    assert_eq!(wrong.status, StatusCode::FORBIDDEN);
    let mistyped = server.post("/auth/setup", &form("", &token), &[]).await;
    assert_eq!(
        mistyped.status,
        StatusCode::BAD_REQUEST,
        "a slip costs nothing"
    );
    let first = server.post("/auth/setup", &form("hana", &token), &[]).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text());
    assert_eq!(first.json()["user"]["role"], "host");
    let second = server.post("/auth/setup", &form("eve", &token), &[]).await;
    assert_eq!(second.json()["code"], "setup-closed");
    let data = server.data();
    server.close(Closing::Drain).await;
    let server = TestServer::on(data, |_| {}).await;
    let late = server.post("/auth/setup", &form("eve", &token), &[]).await;
    assert_eq!(late.json()["code"], "setup-closed");
}

#[tokio::test]
async fn a_restart_prints_another_setup_link() {
    let server = TestServer::start().await;
    let first = server.setup_token().to_owned();
    let data = server.data();
    server.close(Closing::Drain).await;
    let server = TestServer::on(data, |_| {}).await;
    assert_ne!(server.setup_token(), first);
}

#[tokio::test]
async fn a_moderator_cannot_act_on_equals_and_nobody_bans_themselves() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let moderator = server.staff(&host, "mia", "moderator").await;
    let own = |account: &TestAccount| server.connect().auth("token", account.token.as_str());
    let mut host_client = own(&host).open().await;
    host_client.join(&host.id).await;
    let session = format!("/admin/sessions?search={}", host.id);
    let list = server.done(&moderator, GET, &session, &Value::Null).await;
    let id = list["sessions"][0]["id"].as_str().unwrap();
    for (path, body) in [
        (format!("/admin/sessions/{id}/kick"), json!({})),
        (format!("/admin/players/{}/kick", host.id), json!({})),
        (
            format!("/admin/sessions/{id}/warn"),
            json!({ "message": "x" }),
        ),
        (
            format!("/admin/sessions/{id}/mute"),
            json!({ "minutes": 5 }),
        ),
        (
            "/admin/bans".to_owned(),
            json!({ "sessionId": id, "minutes": 5 }),
        ),
    ] {
        let refused = server.act(&moderator, POST, &path, &body).await;
        assert_eq!(refused.json()["code"], "role-required", "{path}");
    }
    host_client.settle().await;
    let subjects = json!([{ "kind": "account", "subject": host.id }]);
    let ban = json!({ "subjects": subjects, "minutes": null });
    let refused = server.act(&host, POST, "/admin/bans", &ban).await;
    assert_eq!(refused.json()["code"], "own-account");
}

/// The digest by which moderation knows the browser with this cookie.
fn digest_of(cookie: &str) -> String {
    let (secret, _) = cookie.split_once('.').unwrap();
    identity::GuestSecret(secret.to_owned()).digest()
}

#[tokio::test]
async fn staff_are_not_reached_through_the_digest_of_their_browser() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let moderator = server.staff(&host, "mo", "moderator").await;
    let mut page = server
        .connect()
        .auth("token", host.token.as_str())
        .open()
        .await;
    let digest = digest_of(page.guest_cookie.as_ref().unwrap());
    page.join(&host.id).await;
    let ban = |digest: &str| json!({ "subjects": [{ "kind": "guest", "subject": digest }], "minutes": null });
    let mute = |digest: &str| json!({ "kind": "guest", "subject": digest, "minutes": null });
    let post =
        async |path: &str, body: &Value| server.act(&moderator, Method::POST, path, body).await;
    for (path, body) in [
        ("/admin/bans", ban(&digest)),
        ("/admin/mutes", mute(&digest)),
    ] {
        let refused = post(path, &body).await;
        assert_eq!(
            (refused.status.as_u16(), &refused.json()["code"]),
            (403, &json!("role-required")),
            "{path}"
        );
    }

    // A browser in which nobody is logged in may be banned, and lets its host in all the same.
    let before = server.onlooker().await;
    let cookie = before.guest_cookie.clone().unwrap();
    for (path, body) in [
        ("/admin/bans", ban(&digest_of(&cookie))),
        ("/admin/mutes", mute(&digest_of(&cookie))),
    ] {
        assert_eq!(post(path, &body).await.status, 201, "{path}");
    }
    let with_cookie = server.connect().cookie("guest_token", &cookie);
    let refused = with_cookie
        .open()
        .await
        .call("player:join", json!({ "playerId": "guest" }))
        .await;
    assert_eq!(refused["code"], "banned");
    let mut page = with_cookie.auth("token", host.token.as_str()).open().await;
    page.join(&host.id).await;
    let said = page
        .call("chat:message", json!({ "content": "here" }))
        .await;
    assert_eq!(said["ok"], true, "{said}");
}

#[tokio::test]
async fn nobody_lifts_their_own_mute_nor_that_of_somebody_above() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let moderator = server.staff(&host, "mo", "moderator").await;
    let colleague = server.staff(&host, "bo", "moderator").await;
    let body = json!({ "kind": "account", "subject": moderator.id, "minutes": null });
    let muted = server
        .done(&host, Method::POST, "/admin/mutes", &body)
        .await;
    let lift = format!("/admin/mutes/{}", muted["mute"]["id"].as_str().unwrap());
    let undo = format!(
        "/admin/audit/{}/undo",
        muted["action"]["id"].as_str().unwrap()
    );
    for (path, method) in [(&lift, Method::DELETE), (&undo, Method::POST)] {
        let own = server
            .act(&moderator, method.clone(), path, &Value::Null)
            .await;
        assert_eq!(
            (own.status.as_u16(), &own.json()["code"]),
            (403, &json!("own-account")),
            "{path}"
        );
        let peer = server.act(&colleague, method, path, &Value::Null).await;
        assert_eq!(
            (peer.status.as_u16(), &peer.json()["code"]),
            (403, &json!("role-required")),
            "{path}"
        );
    }
    let mut page = server
        .connect()
        .auth("token", moderator.token.as_str())
        .open()
        .await;
    page.join(&moderator.id).await;
    let said = page
        .call("chat:message", json!({ "content": "here" }))
        .await;
    assert_eq!(said["code"], "muted", "{said}");
    let lifted = server.act(&host, Method::DELETE, &lift, &Value::Null).await;
    assert_eq!(lifted.status, 204, "{}", lifted.text());
}

/// Opens a feed, or hears why not.
async fn watch(server: &TestServer, account: &TestAccount) -> Result<Client, Value> {
    let connect = server.connect().auth("token", account.token.as_str());
    connect.administration().try_open().await
}

#[tokio::test]
async fn nobody_takes_all_seats_of_the_live_view_from_the_host() {
    let server = TestServer::with(|config| {
        config.rates.feeds = 3;
        config.rates.feeds_per_person = 2;
    })
    .await;
    let host = server.host().await;
    let vic = server.staff(&host, "vic", "viewer").await;
    let val = server.staff(&host, "val", "viewer").await;
    let moderator = server.staff(&host, "mo", "moderator").await;
    let mut first = watch(&server, &vic).await.expect("a seat");
    let mut second = watch(&server, &vic).await.expect("another one");
    let refused = watch(&server, &vic).await.err().expect("no third one");
    let windows = "You have the administration open in too many windows. Close one of them.";
    assert_eq!(refused["message"], windows);
    let mut third = watch(&server, &val).await.expect("the last one");
    let refused = watch(&server, &val).await.err().expect("all are taken");
    let people = "Too many people watch the administration. Try again when one of them has gone.";
    assert_eq!(refused["message"], people);
    let mut seated = Vec::new();
    for (staff, loser) in [(&moderator, &mut third), (&host, &mut second)] {
        let mut feed = watch(&server, staff).await.expect("staff comes first");
        feed.expect("admin:state").await;
        seated.push(feed);
        assert_eq!(loser.find("admin:ended").await["code"], "replaced");
    }
    assert_eq!(
        first.call_bare("admin:resync").await["ok"],
        true,
        "she stays"
    );
}
