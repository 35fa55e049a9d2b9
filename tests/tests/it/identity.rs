//! Who may be which player: guest secrets, accounts, bans.

use http::{Method, header};
use serde_json::{Value, json};
use server_core::config::GuestTakeover;
use tests::{Client, Connect, TestServer};

async fn inside(connect: &Connect) -> Client {
    let mut client = connect.open().await;
    client.expect("world:state").await;
    client
}

async fn join(client: &mut Client, id: &str) -> Value {
    client.call("player:join", json!({ "playerId": id })).await
}

/// Joins as `id` and expects `ok`, or the refusal's code.
async fn check_join(client: &mut Client, id: &str, expected: &str) {
    let answer = join(client, id).await;
    let actual = answer["code"].as_str().unwrap_or("ok");
    assert_eq!(actual, expected, "join as {id:?}: {answer}");
}

#[tokio::test]
async fn the_handshake_sets_the_secret_as_a_cookie_once() {
    let server = TestServer::start().await;
    for connect in [server.connect(), server.connect().polling()] {
        let mut first = inside(&connect).await;
        let cookie = first.guest_cookie.clone().expect("a cookie");
        let id = format!("ada-{}", cookie.len());
        let token = first.join(&id).await["guestToken"].clone();
        assert_eq!(token, cookie, "the same secret by either way");

        let returning = connect.clone().cookie("guest_token", &cookie);
        let mut second = inside(&returning).await;
        assert_eq!(second.guest_cookie, None, "a valid cookie stays");
        let ack = second.join(&id).await;
        assert!(ack.get("guestToken").is_none(), "it has its cookie: {ack}");
        assert_eq!(first.ending().await.code(), Some("duplicate"));
        second.call_bare("player:leave").await;
    }
}

#[tokio::test]
async fn a_stranger_is_refused_and_nothing_changes() {
    let server = TestServer::start().await;
    let mut ada = server.player("ada").await;
    let mut stranger = server.player("bob").await;
    ada.settle().await;
    check_join(&mut stranger, "ada", "id-in-use").await;
    check_join(&mut stranger, " ada ", "id-in-use").await;

    // Both are who they were.
    let said = stranger
        .call("chat:message", json!({"content": "hm"}))
        .await;
    assert_eq!(said["message"]["playerId"], "bob");
    let said = ada.call("chat:message", json!({"content": "hi"})).await;
    assert_eq!(said["message"]["playerId"], "ada");
    let events = ada.settle().await;
    assert!(
        events.iter().all(|event| event.name == "chat:message"),
        "{events:?}"
    );

    ada.call_bare("player:leave").await;
    check_join(&mut stranger, "ada", "ok").await;
}

#[tokio::test]
async fn who_may_take_a_guests_place_is_the_hosts_choice() {
    let elsewhere = [127, 0, 0, 2].into();
    for (mode, same_address, other_address) in [
        (GuestTakeover::Secret, "id-in-use", "id-in-use"),
        (GuestTakeover::Address, "ok", "id-in-use"),
        (GuestTakeover::Open, "ok", "ok"),
    ] {
        let server = TestServer::with(|config| config.security.guest_takeover = mode).await;
        let _ada = server.player("ada").await;
        let mut far = inside(&server.connect().from(elsewhere)).await;
        check_join(&mut far, "ada", other_address).await;
        far.call_bare("player:leave").await;
        let _bob = server.player("bob").await;
        let mut near = server.onlooker().await;
        check_join(&mut near, "bob", same_address).await;
    }
}

#[tokio::test]
async fn an_accounts_id_is_never_a_guests() {
    for mode in [GuestTakeover::Secret, GuestTakeover::Open] {
        let server = TestServer::with(|config| config.security.guest_takeover = mode).await;
        let account = server.register("grace").await;
        let mut guest = server.onlooker().await;
        let disguises = [
            account.id.clone(),
            account.id.to_uppercase(),
            format!("  {}\t", account.id),
        ];
        for id in &disguises {
            check_join(&mut guest, id, "reserved-id").await;
        }
        let mut owner = inside(&server.connect().auth("token", account.token.as_str())).await;
        owner.join(&account.id).await;
        for id in &disguises {
            check_join(&mut guest, id, "reserved-id").await;
        }
        assert_eq!(
            owner.call_bare("player:leave").await["ok"],
            true,
            "it is still in"
        );
    }
}

#[tokio::test]
async fn a_login_comes_by_cookie_bearer_or_auth_and_plays_under_its_own_id_only() {
    let server = TestServer::start().await;
    let account = server.register("grace").await;
    for connect in [
        server.connect().auth("token", account.token.as_str()),
        server
            .connect()
            .header(header::AUTHORIZATION, &account.bearer()),
        server.connect().cookie("auth_token", &account.token),
        server
            .connect()
            .cookie("auth_token", &account.token)
            .polling(),
    ] {
        let mut client = inside(&connect).await;
        check_join(&mut client, "grace", "reserved-id").await;
        let ack = join(&mut client, &account.id.to_uppercase()).await;
        assert_eq!(
            ack["player"]["id"], account.id,
            "the id as the account has it"
        );
        assert!(
            ack.get("guestToken").is_none(),
            "an account needs no secret"
        );
    }
}

#[tokio::test]
async fn what_is_forged_counts_as_nothing() {
    let server = TestServer::start().await;
    let account = server.register("grace").await;
    let claims = account.token.split('.').nth(1).unwrap();
    let unsigned = format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{claims}.");
    for token in [
        "",
        "x.y.z",
        unsigned.as_str(),
        &account.token[..account.token.len() - 2],
    ] {
        let mut client = inside(&server.connect().auth("token", token)).await;
        check_join(&mut client, &account.id, "reserved-id").await;
        check_join(&mut client, "guest", "ok").await;
        client.call_bare("player:leave").await;
    }

    let mut ada = server.onlooker().await;
    let secret = ada.join("ada").await["guestToken"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut forged = secret.clone();
    let last = forged.pop().unwrap();
    forged.push(if last == 'A' { 'B' } else { 'A' });
    let wrong = [
        json!(forged),
        json!(""),
        json!(7),
        json!(null),
        json!({"a": [secret]}),
    ];
    for secret in wrong {
        let mut client = inside(&server.connect().auth("guestToken", secret)).await;
        check_join(&mut client, "ada", "id-in-use").await;
    }
    let forged = inside(&server.connect().cookie("guest_token", &forged)).await;
    assert!(forged.guest_cookie.is_some(), "a forged cookie is replaced");
}

#[tokio::test]
async fn a_login_reaches_the_live_socket_of_that_browser_and_a_logout_releases_it() {
    let server = TestServer::start().await;
    let account = server.register("grace").await;
    let mut onlooker = server.onlooker().await;
    let mut page = server.player("visitor").await;
    let mut other = server.onlooker().await;
    let cookie = page.guest_cookie.clone().unwrap();
    onlooker.settle().await;

    let account = server.log_in(&account, &cookie).await;
    page.join(&account.id).await;
    let mut told = [onlooker.event().await, onlooker.event().await].map(|event| event.name);
    told.sort();
    assert_eq!(told, ["player:joined", "player:left"]);
    check_join(&mut other, &account.id, "reserved-id").await;

    server.log_out(&account, &cookie).await;
    let left = onlooker.expect("player:left").await;
    assert_eq!(left, json!({"id": account.id}));
    check_join(&mut page, &account.id, "reserved-id").await;
    check_join(&mut page, "visitor", "ok").await;
}

#[tokio::test]
async fn a_planted_secret_never_becomes_the_account_that_logs_in() {
    let server = TestServer::start().await;
    let account = server.register("grace").await;
    let planted = server.onlooker().await.guest_cookie.clone().unwrap();
    let with_secret = server.connect().cookie("guest_token", &planted);
    let mut far = inside(&with_secret.clone().from([127, 0, 0, 2].into())).await;
    let mut page = inside(&with_secret).await;

    let logged_in = server.log_in(&account, &planted).await;
    let renewed = logged_in.guest_cookie.clone().expect("a new secret");
    assert_ne!(renewed, planted);
    check_join(&mut far, &account.id, "reserved-id").await;
    check_join(&mut inside(&with_secret).await, &account.id, "reserved-id").await;
    check_join(&mut page, &account.id, "ok").await;
    check_join(&mut far, "far", "ok").await;

    // After the logout the page is a guest whom the planted secret does not know.
    server.log_out(&logged_in, &renewed).await;
    check_join(&mut page, "visitor", "ok").await;
    check_join(&mut inside(&with_secret).await, "visitor", "id-in-use").await;
    let next_window = server.connect().cookie("guest_token", &renewed);
    check_join(&mut inside(&next_window).await, "visitor", "ok").await;
}

#[tokio::test]
async fn staff_are_bound_by_a_ticket_and_by_nothing_else() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let other = server.register("other").await;
    for connect in [server.connect(), server.connect().polling()] {
        let mut page = inside(&connect).await;
        let cookie = page.guest_cookie.clone().unwrap();
        let mut twin = inside(&server.connect().cookie("guest_token", &cookie)).await;
        server.log_in(&host, &cookie).await;
        check_join(&mut page, &host.id, "reserved-id").await;
        server.log_in_with(&host, &cookie, "guessed").await;
        check_join(&mut page, &host.id, "reserved-id").await;

        let old = page.call_bare("session:ticket").await["ticket"].clone();
        let ticket = page.call_bare("session:ticket").await["ticket"].clone();
        server
            .log_in_with(&host, &cookie, old.as_str().unwrap())
            .await;
        check_join(&mut page, &host.id, "reserved-id").await;
        let ticket = ticket.as_str().unwrap();
        server.log_in_with(&host, &cookie, ticket).await;
        check_join(&mut page, &host.id, "ok").await;
        check_join(&mut twin, &host.id, "reserved-id").await;

        server.log_in_with(&other, &cookie, ticket).await;
        check_join(&mut page, &other.id, "reserved-id").await;
    }
}

#[tokio::test]
async fn a_change_of_password_takes_only_the_own_page_along() {
    let server = TestServer::start().await;
    let account = server.register("grace").await;
    let mut page = server.onlooker().await;
    let cookie = page.guest_cookie.clone().unwrap();
    let logged_in = server.log_in(&account, &cookie).await;
    let cookie = logged_in.guest_cookie.unwrap();
    let thief = server.connect().cookie("guest_token", &cookie);
    let mut thief = inside(&thief.from([127, 0, 0, 2].into())).await;
    let body = json!({ "currentPassword": "correct horse battery", "newPassword": "another horse battery" });
    let bearer = format!("Bearer {}", logged_in.token);
    let jar = format!("guest_token={cookie}");
    let headers = [
        (header::AUTHORIZATION, bearer.as_str()),
        (header::COOKIE, jar.as_str()),
    ];
    let answer = server.post("/auth/password", &body, &headers).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_ne!(answer.cookie("guest_token"), Some(cookie));
    check_join(&mut page, &account.id, "ok").await;
    check_join(&mut thief, &account.id, "reserved-id").await;
}

#[tokio::test]
async fn a_client_without_cookies_gets_its_new_secret_in_the_answer() {
    let server = TestServer::start().await;
    server.register("grace").await;
    let mut page = server.onlooker().await;
    let token = page.join("visitor").await["guestToken"].clone();
    let body = json!({ "email": "grace@example.org", "password": "correct horse battery", "guestToken": token });
    let answer = server.post("/auth/login", &body, &[]).await.json();
    let renewed = answer["guestToken"].as_str().expect("a new token");
    assert_ne!(renewed, token);
    let again = server.connect().auth("guestToken", renewed).open().await;
    drop(again);
    check_join(&mut page, answer["user"]["id"].as_str().unwrap(), "ok").await;
}

#[tokio::test]
async fn a_second_join_releases_or_refreshes() {
    let server = TestServer::start().await;
    let mut onlooker = server.onlooker().await;
    let mut ada = server.player("ada").await;
    onlooker.expect("player:joined").await;

    let again = json!({"playerId": "ada", "name": "Ada", "metadata": {"alias": "A"}});
    let ack = ada.call("player:join", again).await;
    assert_eq!(onlooker.expect("player:joined").await, ack["player"]);

    ada.join("lovelace").await;
    let mut events = onlooker.settle().await;
    events.sort_by(|a, b| a.name.cmp(&b.name));
    assert_eq!(events.len(), 2, "{events:?}");
    assert_eq!(
        (&*events[0].name, &events[0].data["id"]),
        ("player:joined", &json!("lovelace"))
    );
    assert_eq!(
        (&*events[1].name, &events[1].data["id"]),
        ("player:left", &json!("ada"))
    );

    drop(ada);
    assert_eq!(onlooker.expect("player:left").await["id"], "lovelace");
    assert_eq!(onlooker.settle().await, []);
}

#[tokio::test]
async fn a_banned_account_sees_a_closed_world() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let account = server.register("grace").await;
    let connect = server.connect().auth("token", account.token.as_str());
    let until = "2999-01-01T00:00:00.000Z";
    for (sanction, expected) in [
        (
            json!({"isBanned": true, "suspensionReason": "Shouting."}),
            Value::Null,
        ),
        (
            json!({"isBanned": false, "suspensionUntil": until, "suspensionReason": "Shouting."}),
            json!(until),
        ),
    ] {
        let path = format!("/admin/users/{}", account.id);
        let headers = [(header::AUTHORIZATION, host.bearer())];
        let headers = headers
            .each_ref()
            .map(|(name, value)| (name.clone(), value.as_str()));
        let answer = server
            .http()
            .call(Method::PATCH, &path, &headers, &sanction)
            .await;
        assert!(answer.status.is_success(), "{}", answer.text());

        let mut client = inside(&connect).await;
        let refused = join(&mut client, &account.id).await;
        assert_eq!(refused["code"], "banned", "{refused}");
        assert!(
            refused["message"].as_str().unwrap().contains("Shouting."),
            "{refused}"
        );
        assert_eq!(refused["until"], expected, "{refused}");
        let _somebody = server.player("somebody").await;
        assert_eq!(client.settle().await.len(), 0, "nobody is shown there");
    }
}
