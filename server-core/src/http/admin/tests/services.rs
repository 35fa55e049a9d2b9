//! Service accounts: which route is open to which scope, and what hosts do about them.

use http::StatusCode;
use serde_json::{Value, json};

use super::{delete, get, patch};
use crate::http::test_support::{ApiServer, LOCAL_TOKEN, Reply};
use contract::admin::Scope;
use contract::rest::Role;
use contract::routes::{self, Access, Route};

async fn make(server: &ApiServer, name: &str, scopes: Value) -> Reply {
    let ask = server.ask("POST", "/admin/service-accounts");
    let body = json!({ "name": name, "scopes": scopes });
    ask.bearer(LOCAL_TOKEN).json(&body).await
}

async fn token(server: &ApiServer, scopes: &[Scope]) -> String {
    let words: Vec<_> = scopes.iter().map(|scope| scope.as_str()).collect();
    let made = make(server, &format!("bot {}", words.join(" ")), json!(words)).await;
    assert_eq!(made.status, StatusCode::CREATED, "{made:?}");
    made.body["token"].as_str().unwrap().to_owned()
}

/// The routes of this server that ask who calls.
fn guarded() -> impl Iterator<Item = &'static Route> {
    let served = |it: &&Route| it.path.starts_with("/admin/") || it.path.starts_with("/auth/");
    routes::ALL
        .iter()
        .filter(|it| it.access != Access::Anyone)
        .filter(served)
        // It needs to know what a bound server knows.
        .filter(|it| it.path != "/admin/invite")
}

#[tokio::test]
async fn every_route_is_open_to_the_scopes_it_declares_and_to_no_other() {
    let server = ApiServer::start().await;
    for scope in Scope::ALL {
        let token = token(&server, &[scope]).await;
        for route in guarded() {
            let path = route.path.replace("{kind}", "account");
            let path = path.split('/').map(|part| match part.strip_prefix('{') {
                Some(_) => "none",
                None => part,
            });
            let mut path = path.collect::<Vec<_>>().join("/");
            if path.ends_with("/export") {
                path.push_str("?format=json");
            }
            let ask = server.ask(route.method.as_str(), &path).bearer(&token);
            let reply = match route.method.is_safe() {
                true => ask.send().await,
                false => ask.json(&json!({})).await,
            };
            let refused = reply.body["code"] == "scope-required";
            let open = route.scopes.contains(&scope);
            assert_eq!(refused, !open, "{} {scope:?}: {reply:?}", route.name);
            let let_in = ![401, 403].contains(&reply.status.as_u16());
            assert_eq!(let_in, open, "{} {scope:?}: {reply:?}", route.name);
        }
    }
}

#[test]
fn hosts_alone_do_what_no_program_may() {
    for route in routes::ALL {
        let for_hosts = route.access == Access::Host;
        assert!(!for_hosts || route.scopes.is_empty(), "{}", route.name);
    }
}

#[tokio::test]
async fn a_token_is_shown_once_and_counts_until_it_is_revoked() {
    let server = ApiServer::start().await;
    let made = make(&server, "  Greeter ", json!(["join", "read"])).await;
    assert_eq!(made.headers["cache-control"], "no-store");
    let service = &made.body["service"];
    assert_eq!(service["name"], "Greeter");
    assert_eq!(service["scopes"], json!(["read", "join"]));
    assert_eq!(made.body["action"]["action"], "service.add");
    let token = made.body["token"].as_str().unwrap();
    assert_eq!(token.len(), "comutiny_".len() + 64);

    let me = get(&server, "/admin/me", token).await;
    assert_eq!(
        (&me.body["role"], &me.body["rights"]),
        (&json!("viewer"), &json!([]))
    );
    let list = get(&server, "/admin/service-accounts", LOCAL_TOKEN).await;
    assert!(!list.body.to_string().contains(token));
    assert!(
        list.body["services"][0]["lastUsedAt"].is_string(),
        "{list:?}"
    );
    let users = get(&server, "/admin/users", LOCAL_TOKEN).await;
    assert_eq!(users.body["total"], 0, "{users:?}");
    let audit = get(&server, "/admin/audit?action=service", LOCAL_TOKEN).await;
    assert!(!audit.body.to_string().contains(token));

    let path = format!(
        "/admin/service-accounts/{}",
        service["id"].as_str().unwrap()
    );
    assert_eq!(delete(&server, &path, LOCAL_TOKEN).await.status, 204);
    get(&server, "/admin/me", token)
        .await
        .refused(401, "not-logged-in");
    delete(&server, &path, LOCAL_TOKEN)
        .await
        .refused(404, "not-found");
    assert_eq!(make(&server, "Greeter", json!(["join"])).await.status, 201);
}

#[tokio::test]
async fn what_cannot_be_a_service_account_is_refused_with_a_sentence() {
    let mut config = crate::config::Config::default();
    config.rates.service_accounts = 1;
    let server = ApiServer::with(config).await;
    make(&server, "", json!(["read"]))
        .await
        .refused(400, "invalid-field");
    make(&server, "Bot", json!([]))
        .await
        .refused(400, "missing-field");
    make(&server, "Bot", json!(["read", "host"]))
        .await
        .refused(400, "invalid-field");
    make(&server, "System", json!(["read"]))
        .await
        .refused(409, "username-taken");
    assert_eq!(make(&server, "Bot", json!(["read"])).await.status, 201);
    make(&server, "Bot 2", json!(["read"]))
        .await
        .refused(409, "too-many-services");
}

#[tokio::test]
async fn the_list_says_whose_maker_is_no_host_any_more() {
    let server = ApiServer::start().await;
    let (id, host) = server.register_as("hope", Role::Host).await;
    server.register_as("other", Role::Host).await;
    make(&server, "Of the machine", json!(["read"])).await;
    let ask = server.ask("POST", "/admin/service-accounts").bearer(&host);
    let made = ask
        .json(&json!({ "name": "Of Hope", "scopes": ["moderate"] }))
        .await;
    assert_eq!(made.body["service"]["makerIsHost"], true, "{made:?}");
    let check = async |expected: bool| {
        let list = get(&server, "/admin/service-accounts", LOCAL_TOKEN).await;
        let services = list.body["services"].as_array().unwrap();
        for service in services {
            let expected = service["name"] == "Of the machine" || expected;
            assert_eq!(service["makerIsHost"], expected, "{service}");
        }
        assert_eq!(services.len(), 2);
    };
    let change = async |body: Value| {
        let changed = patch(&server, &id, LOCAL_TOKEN, body).await;
        assert_eq!(changed.status, StatusCode::OK, "{changed:?}");
    };
    check(true).await;
    change(json!({ "role": "moderator" })).await;
    check(false).await;
    change(json!({ "role": "host" })).await;
    check(true).await;
    change(json!({ "suspensionUntil": "2999-01-01T00:00:00Z" })).await;
    check(false).await;
    change(json!({ "suspensionUntil": "2001-01-01T00:00:00Z" })).await;
    check(true).await;
    change(json!({ "isBanned": true })).await;
    check(false).await;
    let path = format!("/admin/users/{id}");
    assert_eq!(delete(&server, &path, LOCAL_TOKEN).await.status, 204);
    check(false).await;
}

#[tokio::test]
async fn a_program_that_announces_without_end_is_stopped_and_nobody_else_is() {
    let server = ApiServer::start().await;
    let token = token(&server, &[Scope::Announce]).await;
    let announce = async |bearer: &str| {
        let ask = server.ask("POST", "/admin/announcements").bearer(bearer);
        ask.json(&json!({ "message": "Hear me." })).await
    };
    let mut told = 0;
    let refused = loop {
        let answer = announce(&token).await;
        if answer.status != StatusCode::OK {
            break answer;
        }
        told += 1;
        // On a slow machine a moment of the next one is over already.
        assert!(told < 20, "without end");
    };
    assert!(told >= 5, "{told}: {refused:?}");
    let wait = refused.headers["retry-after"].to_str().unwrap();
    assert!((1..=6).contains(&wait.parse::<u64>().unwrap()), "{wait}");
    refused.refused(429, "too-many-announcements");
    assert_eq!(announce(LOCAL_TOKEN).await.status, StatusCode::OK);
    let audit = get(&server, "/admin/audit?action=announcement", LOCAL_TOKEN).await;
    let noted = audit.body["actions"].as_array().map(Vec::len);
    assert_eq!(noted, Some(told + 1), "{audit:?}");
}

#[tokio::test]
async fn a_service_account_has_no_role_and_no_password_to_change() {
    let server = ApiServer::start().await;
    let made = make(&server, "Bot", json!(["moderate"])).await;
    let id = made.body["service"]["id"].as_str().unwrap();
    let token = made.body["token"].as_str().unwrap();
    patch(&server, id, LOCAL_TOKEN, json!({ "role": "host" }))
        .await
        .refused(409, "service-account");
    let ask = server.ask("POST", &format!("/admin/users/{id}/password"));
    let reset = ask.bearer(LOCAL_TOKEN);
    reset
        .json(&json!({ "password": "correct horse" }))
        .await
        .refused(409, "service-account");
    // It may be kept out like anybody, and that holds at the next call.
    let ban = json!({ "isBanned": true, "suspensionReason": "it went mad" });
    assert_eq!(patch(&server, id, LOCAL_TOKEN, ban).await.status, 200);
    get(&server, "/admin/me", token)
        .await
        .refused(403, "banned");
}
