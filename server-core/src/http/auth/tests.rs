use serde_json::{Value, json};

use crate::http::test_support::{ApiServer, Ask, LOCAL_TOKEN, PASSWORD, Reply};
use contract::rest::Role;
use store::accounts::{BanSubject, NewSanction};

pub(super) fn ana() -> Value {
    json!({ "username": "Ana", "email": "ana@example.org", "password": PASSWORD })
}

/// `base` with some fields replaced; `null` removes one.
pub(super) fn with(mut base: Value, changes: &Value) -> Value {
    let map = base.as_object_mut().unwrap();
    for (key, value) in changes.as_object().unwrap() {
        if value.is_null() {
            map.remove(key);
        } else {
            map.insert(key.clone(), value.clone());
        }
    }
    base
}

pub(super) fn cookie_of(reply: &Reply) -> &str {
    reply.headers["set-cookie"].to_str().unwrap()
}

pub(super) async fn login(server: &ApiServer, email: &str, password: &str) -> Reply {
    let body = json!({ "email": email, "password": password });
    server.ask("POST", "/auth/login").json(&body).await
}

async fn is_nobody(ask: Ask<'_>) {
    ask.send().await.refused(401, "not-logged-in");
}

#[tokio::test]
async fn somebody_registers_and_is_logged_in() {
    let server = ApiServer::start().await;
    let reply = server.ask("POST", "/auth/register").json(&ana()).await;
    assert_eq!(reply.status, 201);
    let user = &reply.body["user"];
    let keys: Vec<_> = user.as_object().unwrap().keys().cloned().collect();
    let expected = [
        "createdAt",
        "email",
        "id",
        "isBanned",
        "role",
        "suspensionReason",
        "suspensionUntil",
        "username",
    ];
    let mut sorted = keys.clone();
    sorted.sort();
    assert_eq!(sorted, expected);
    assert_eq!(user["role"], "user");
    assert!(uuid::Uuid::parse_str(user["id"].as_str().unwrap()).is_ok());
    assert!(!reply.body.to_string().to_lowercase().contains("password"));
    let token = reply.body["token"].as_str().unwrap();
    assert_eq!(
        cookie_of(&reply),
        format!("auth_token={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=604800")
    );
    for ask in [
        server.ask("GET", "/auth/me").bearer(token),
        server.ask("GET", "/auth/me").cookie(token),
        server.ask("GET", "/auth/session").cookie(token),
    ] {
        let me = ask.send().await;
        assert_eq!((me.status.as_u16(), &me.body["user"]), (200, user));
    }
}

#[tokio::test]
async fn unusable_registrations_are_400() {
    let server = ApiServer::start().await;
    let check = async |changes: Value| {
        let body = with(ana(), &changes);
        let reply = server.ask("POST", "/auth/register").json(&body).await;
        assert_eq!(reply.status, 400, "{changes} {reply:?}");
        assert!(reply.body["message"].is_string() && reply.body["code"].is_string());
    };
    for field in ["username", "email", "password"] {
        for value in [
            json!(null),
            json!(""),
            json!("   "),
            json!(5),
            json!(["a"]),
            json!({}),
            json!(true),
        ] {
            check(json!({ field: value })).await;
        }
        check(json!({ field: "x".repeat(300) })).await;
    }
    check(json!({ "email": "ana" })).await;
    check(json!({ "password": "short" })).await;
    let post = || server.ask("POST", "/auth/register");
    post().json(&json!([])).await.refused(400, "invalid-json");
    post()
        .json(&json!("text"))
        .await
        .refused(400, "invalid-json");
    post()
        .header("content-type", "application/json")
        .text("{")
        .await
        .refused(400, "invalid-json");
    post()
        .text(&ana().to_string())
        .await
        .refused(400, "not-json");
    let huge = with(ana(), &json!({ "username": "x".repeat(100_000) }));
    post().json(&huge).await.refused(400, "too-large");
}

#[tokio::test]
async fn names_and_addresses_are_unique_without_regard_to_case() {
    let server = ApiServer::start().await;
    server.register("ana").await;
    let check = async |changes: Value, code: &str| {
        let reply = server
            .ask("POST", "/auth/register")
            .json(&with(ana(), &changes))
            .await;
        reply.refused(409, code);
    };
    check(
        json!({ "email": " ANA@Example.ORG ", "username": "Other" }),
        "email-taken",
    )
    .await;
    check(
        json!({ "email": "other@example.org", "username": " ANA " }),
        "username-taken",
    )
    .await;
}

#[tokio::test]
async fn of_many_who_register_at_once_one_succeeds() {
    let server = ApiServer::start().await;
    let tries = (0..8).map(|i| {
        let body = with(ana(), &json!({ "username": format!("ana{}", i % 2) }));
        let ask = server.ask("POST", "/auth/register");
        async move { ask.json(&body).await.status.as_u16() }
    });
    let mut statuses = futures_util::future::join_all(tries).await;
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409, 409, 409, 409, 409]);
}

#[tokio::test]
async fn a_login_needs_the_right_password() {
    let server = ApiServer::start().await;
    let (id, _) = server.register("ana").await;
    let reply = login(&server, " ANA@example.org ", PASSWORD).await;
    assert_eq!(
        (reply.status.as_u16(), &reply.body["user"]["id"]),
        (200, &json!(id))
    );
    login(&server, "ana@example.org", "correct horsf")
        .await
        .refused(401, "wrong-credentials");
    login(&server, "bo@example.org", PASSWORD)
        .await
        .refused(401, "wrong-credentials");
    for body in [
        json!({}),
        json!({ "email": "ana@example.org" }),
        json!({ "email": 1, "password": 2 }),
    ] {
        let reply = server.ask("POST", "/auth/login").json(&body).await;
        assert_eq!(reply.status, 400, "{body}");
    }
}

#[tokio::test]
async fn nobody_gets_in_with_a_token_that_is_not_ours() {
    let server = ApiServer::start().await;
    let (_, token) = server.register("ana").await;
    let (head, rest) = token.split_once('.').unwrap();
    let (claims, signature) = rest.split_once('.').unwrap();
    // {"alg":"none","typ":"JWT"}
    let unsigned = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0";
    let mut flipped = signature.to_owned();
    flipped.replace_range(0..1, if signature.starts_with('A') { "B" } else { "A" });
    for forged in [
        "x".to_owned(),
        format!("{unsigned}.{claims}."),
        format!("{unsigned}.{claims}.{signature}"),
        format!("{head}.{claims}."),
        format!("{head}.{claims}.{flipped}"),
    ] {
        is_nobody(server.ask("GET", "/auth/me").bearer(&forged)).await;
        is_nobody(server.ask("GET", "/auth/me").cookie(&forged)).await;
        let session = server
            .ask("GET", "/auth/session")
            .cookie(&forged)
            .send()
            .await;
        assert_eq!(
            (session.status.as_u16(), session.body),
            (200, json!({ "user": null }))
        );
        is_nobody(server.ask("GET", "/auth/me").bearer(&forged).cookie(&token)).await;
    }
    is_nobody(server.ask("GET", "/auth/me")).await;
}

#[tokio::test]
async fn a_logout_ends_that_token_and_no_other() {
    let server = ApiServer::start().await;
    let (_, first) = server.register("ana").await;
    let second = login(&server, "ana@example.org", PASSWORD).await.body["token"].clone();
    let reply = server
        .ask("POST", "/auth/logout")
        .cookie(&first)
        .send()
        .await;
    assert_eq!(reply.status, 200);
    assert!(
        cookie_of(&reply).starts_with("auth_token=; ") && cookie_of(&reply).contains("Max-Age=0")
    );
    is_nobody(server.ask("GET", "/auth/me").bearer(&first)).await;
    let other = server
        .ask("GET", "/auth/me")
        .bearer(second.as_str().unwrap());
    assert_eq!(other.send().await.status, 200);
    assert_eq!(server.ask("POST", "/auth/logout").send().await.status, 200);
}

#[tokio::test]
async fn a_ban_a_suspension_and_a_ban_of_the_account_act_at_once() {
    let server = ApiServer::start().await;
    let (id, token) = server.register("ana").await;
    let me = async || server.ask("GET", "/auth/me").bearer(&token).send().await;
    let patch = async |body: Value| {
        let path = format!("/admin/users/{id}");
        let reply = server
            .ask("PATCH", &path)
            .bearer(LOCAL_TOKEN)
            .json(&body)
            .await;
        assert_eq!(reply.status, 200, "{reply:?}");
    };
    patch(json!({ "isBanned": true, "suspensionReason": "rude" })).await;
    me().await.refused(403, "banned");
    let refused = login(&server, "ana@example.org", PASSWORD).await;
    refused.refused(403, "banned");
    assert!(refused.body["message"].as_str().unwrap().contains("rude"));
    login(&server, "ana@example.org", "wrong password")
        .await
        .refused(401, "wrong-credentials");
    let session = server
        .ask("GET", "/auth/session")
        .bearer(&token)
        .send()
        .await;
    assert_eq!(session.body, json!({ "user": null }));
    patch(json!({ "isBanned": false, "suspensionUntil": "2999-01-01T00:00:00Z" })).await;
    me().await.refused(403, "suspended");
    patch(json!({ "suspensionUntil": "1999-01-01T00:00:00Z" })).await;
    assert_eq!(me().await.status, 200);
    patch(json!({ "suspensionUntil": null })).await;
    let bans = server.state.accounts.bans();
    let new = NewSanction {
        subject: BanSubject::Account(id.clone()),
        subject_name: None,
        reason: "again",
        until: None,
        by: &server
            .state
            .accounts
            .account(&id)
            .await
            .unwrap()
            .unwrap()
            .actor(),
    };
    let ban = bans.create(new).await.unwrap();
    me().await.refused(403, "banned");
    bans.lift(&ban.id, &ban.created_by).await.unwrap().unwrap();
    assert_eq!(me().await.status, 200);
}

#[tokio::test]
async fn a_new_password_ends_every_older_token() {
    let server = ApiServer::start().await;
    let (_, token) = server.register("ana").await;
    let change = async |current: Value, new: Value| {
        let body = json!({ "currentPassword": current, "newPassword": new });
        server
            .ask("POST", "/auth/password")
            .bearer(&token)
            .json(&body)
            .await
    };
    change(json!("wrong"), json!("another horse"))
        .await
        .refused(401, "wrong-credentials");
    change(json!(PASSWORD), json!("short"))
        .await
        .refused(400, "invalid-field");
    change(json!(null), json!("another horse"))
        .await
        .refused(400, "invalid-field");
    let reply = change(json!(PASSWORD), json!("another horse")).await;
    assert_eq!(reply.status, 200);
    is_nobody(server.ask("GET", "/auth/me").bearer(&token)).await;
    let fresh = reply.body["token"].as_str().unwrap();
    assert_eq!(
        server
            .ask("GET", "/auth/me")
            .bearer(fresh)
            .send()
            .await
            .status,
        200
    );
    login(&server, "ana@example.org", PASSWORD)
        .await
        .refused(401, "wrong-credentials");
    assert_eq!(
        login(&server, "ana@example.org", "another horse")
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn an_account_is_deleted_by_its_owner_but_not_the_last_host() {
    let server = ApiServer::start().await;
    let (id, token) = server.register("ana").await;
    let delete = async |token: &str, password: &str| {
        let body = json!({ "password": password });
        server
            .ask("DELETE", "/auth/me")
            .bearer(token)
            .json(&body)
            .await
    };
    delete(&token, "wrong")
        .await
        .refused(401, "wrong-credentials");
    assert_eq!(delete(&token, PASSWORD).await.status, 204);
    is_nobody(server.ask("GET", "/auth/me").bearer(&token)).await;
    assert!(!server.state.accounts.account_exists(&id).await.unwrap());
    let (_, host) = server.register_as("bo", Role::Host).await;
    delete(&host, PASSWORD).await.refused(409, "last-host");
    delete(LOCAL_TOKEN, PASSWORD)
        .await
        .refused(403, "no-account");
}
