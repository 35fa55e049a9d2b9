use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::http::test_support::{ApiServer, LOCAL_TOKEN, Reply};
use contract::rest::Role;
use contract::{ChatMessage, MessageId};
use runtime::clock::{iso, now_ms};
use store::accounts::AuditFilter;

mod evidence;
mod files;
mod history;
mod lists;
mod load_tests;
mod people;
mod services;
mod settings;
mod undo;
mod webhooks;

async fn get(server: &ApiServer, path: &str, token: &str) -> Reply {
    server.ask("GET", path).bearer(token).send().await
}

async fn patch(server: &ApiServer, id: &str, token: &str, body: Value) -> Reply {
    let ask = server.ask("PATCH", &format!("/admin/users/{id}"));
    ask.bearer(token).json(&body).await
}

async fn delete(server: &ApiServer, path: &str, token: &str) -> Reply {
    server.ask("DELETE", path).bearer(token).send().await
}

#[tokio::test]
async fn each_role_may_do_what_it_may() {
    let server = ApiServer::start().await;
    let (target, _) = server.register("target").await;
    let path = format!("/admin/users/{target}");
    let check = async |token: Option<&str>, see: u16, suspend: u16, promote: u16| {
        let ask = |method: &str, path: &str| {
            let ask = server.ask(method, path);
            match token {
                Some(token) => ask.bearer(token),
                None => ask,
            }
        };
        let context = format!("{see} {suspend} {promote}");
        for path in ["/admin/users", "/admin/messages"] {
            assert_eq!(ask("GET", path).send().await.status, see, "{context}");
        }
        let body = json!({ "suspensionReason": "x" });
        assert_eq!(
            ask("PATCH", &path).json(&body).await.status,
            suspend,
            "{context}"
        );
        let body = json!({ "role": "viewer" });
        assert_eq!(
            ask("PATCH", &path).json(&body).await.status,
            promote,
            "{context}"
        );
        let remove = ask("DELETE", "/admin/messages/none").send().await.status;
        assert_eq!(
            remove,
            if suspend == 200 { 404 } else { suspend },
            "{context}"
        );
    };
    check(None, 401, 401, 401).await;
    let tokens = [
        (server.register("plain").await.1, 403, 403, 403),
        (
            server.register_as("vera", Role::Viewer).await.1,
            200,
            403,
            403,
        ),
        (
            server.register_as("mona", Role::Moderator).await.1,
            200,
            200,
            403,
        ),
        (
            server.register_as("hope", Role::Host).await.1,
            200,
            200,
            200,
        ),
        (LOCAL_TOKEN.to_owned(), 200, 200, 200),
    ];
    for (token, see, suspend, promote) in tokens {
        check(Some(&token), see, suspend, promote).await;
    }
    let (_, moderator) = server.register_as("moderator2", Role::Moderator).await;
    let denied = delete(&server, &path, &moderator).await;
    denied.refused(403, "role-required");
    assert_eq!(delete(&server, &path, LOCAL_TOKEN).await.status, 204);
    delete(&server, &path, LOCAL_TOKEN)
        .await
        .refused(404, "not-found");
}

#[tokio::test]
async fn a_moderator_cannot_touch_equals_or_hosts_and_nobody_themselves() {
    let server = ApiServer::start().await;
    let (moderator, token) = server.register_as("mona", Role::Moderator).await;
    let (equal, _) = server.register_as("equal", Role::Moderator).await;
    let (host, host_token) = server.register_as("hope", Role::Host).await;
    let (other, _) = server.register_as("other", Role::Host).await;
    let ban = || json!({ "isBanned": true });
    for id in [&equal, &host] {
        patch(&server, id, &token, ban())
            .await
            .refused(403, "role-required");
    }
    patch(&server, &moderator, &token, ban())
        .await
        .refused(403, "own-account");
    patch(&server, &host.to_uppercase(), &host_token, ban())
        .await
        .refused(403, "own-account");
    let own = delete(&server, &format!("/admin/users/{host}"), &host_token).await;
    own.refused(403, "own-account");
    assert_eq!(patch(&server, &other, &host_token, ban()).await.status, 200);
    patch(&server, "none", &host_token, ban())
        .await
        .refused(404, "not-found");
}

#[tokio::test]
async fn a_demotion_acts_at_the_next_call() {
    let server = ApiServer::start().await;
    let (id, token) = server.register_as("mona", Role::Moderator).await;
    assert_eq!(get(&server, "/admin/users", &token).await.status, 200);
    patch(&server, &id, LOCAL_TOKEN, json!({ "role": "user" })).await;
    get(&server, "/admin/users", &token)
        .await
        .refused(403, "role-required");
    let reply = patch(&server, &id, LOCAL_TOKEN, json!({ "role": "Admin" })).await;
    assert_eq!(reply.body["user"]["role"], "host");
}

#[tokio::test]
async fn a_patch_changes_only_what_it_carries_and_is_audited() {
    let server = ApiServer::start().await;
    let (id, _) = server.register("ana").await;
    let check = async |body: Value, expected: Value| {
        let reply = patch(&server, &id, LOCAL_TOKEN, body.clone()).await;
        assert_eq!(reply.status, 200, "{body} {reply:?}");
        let user = &reply.body["user"];
        let found = json!([
            user["role"],
            user["isBanned"],
            user["suspensionUntil"],
            user["suspensionReason"]
        ]);
        assert_eq!(found, expected, "{body}");
    };
    let until = "2999-01-01T00:00:00.000Z";
    check(
        json!({ "role": "viewer" }),
        json!(["viewer", false, null, null]),
    )
    .await;
    check(
        json!({ "suspensionUntil": until, "suspensionReason": " loud\n" }),
        json!(["viewer", false, until, "loud"]),
    )
    .await;
    check(
        json!({ "isBanned": true }),
        json!(["viewer", true, until, "loud"]),
    )
    .await;
    check(
        json!({ "suspensionUntil": null }),
        json!(["viewer", true, null, "loud"]),
    )
    .await;
    check(
        json!({ "isBanned": false, "suspensionReason": null }),
        json!(["viewer", false, null, null]),
    )
    .await;
    for wrong in [
        json!({}),
        json!({ "role": "king" }),
        json!({ "role": 5 }),
        json!({ "isBanned": "yes" }),
        json!({ "suspensionUntil": "tomorrow" }),
        json!({ "suspensionUntil": 5 }),
    ] {
        let reply = patch(&server, &id, LOCAL_TOKEN, wrong.clone()).await;
        assert_eq!(reply.status, 400, "{wrong}");
    }
    let (total, entries) = server
        .state
        .accounts
        .audit()
        .list(&AuditFilter::default(), 10, 0)
        .await
        .unwrap();
    assert_eq!(total, 5);
    let last = &entries[0];
    assert_eq!(
        (last.actor.id.as_str(), last.action.as_str()),
        ("local-host", "user.update")
    );
    assert_eq!(last.subject, id);
    assert_eq!(
        last.details["before"],
        json!({ "is_banned": true, "suspension_reason": "loud" })
    );
    assert_eq!(
        last.details["after"],
        json!({ "is_banned": false, "suspension_reason": null })
    );
}

#[tokio::test]
async fn users_are_listed_searched_and_paged() {
    let server = ApiServer::start().await;
    for name in ["ana", "Anabel", "bo_x", "boyx"] {
        server.register(name).await;
    }
    let check = async |query: &str, total: u64, count: usize| {
        let reply = get(&server, &format!("/admin/users{query}"), LOCAL_TOKEN).await;
        assert_eq!(reply.status, 200, "{query}");
        assert_eq!(reply.body["total"], total, "{query}");
        assert_eq!(
            reply.body["users"].as_array().unwrap().len(),
            count,
            "{query}"
        );
        assert!(!reply.body.to_string().contains("password"), "{query}");
        reply
    };
    check("", 4, 4).await;
    check("?search=ANA", 2, 2).await;
    check("?search=bo_", 1, 1).await;
    check("?search=%25", 0, 0).await;
    check("?search=example.org&limit=3", 4, 3).await;
    let page = check("?limit=3&offset=3", 4, 1).await;
    assert_eq!(
        (&page.body["limit"], &page.body["offset"]),
        (&json!(3), &json!(3))
    );
    for wrong in ["?limit=0", "?limit=x", "?offset=-1"] {
        let path = format!("/admin/users{wrong}");
        get(&server, &path, LOCAL_TOKEN)
            .await
            .refused(400, "invalid-query");
    }
}

#[tokio::test]
async fn messages_are_listed_and_removed() {
    let server = ApiServer::start().await;
    let archive = server.state.accounts.archive();
    for number in 1..=3 {
        let message = ChatMessage {
            id: MessageId(format!("m{number}")),
            player_id: "ana".to_owned(),
            author: "Ana".to_owned(),
            content: format!("line {number}"),
            timestamp: iso(now_ms() + number),
        };
        archive.push(message, None);
    }
    let stop = CancellationToken::new();
    stop.cancel();
    archive.writer(stop).await;
    assert_eq!(
        delete(&server, "/admin/messages/m2", LOCAL_TOKEN)
            .await
            .status,
        204
    );
    delete(&server, "/admin/messages/m2", LOCAL_TOKEN)
        .await
        .refused(404, "not-found");
    let check = async |query: &str, expected: &[&str]| {
        let reply = get(&server, &format!("/admin/messages{query}"), LOCAL_TOKEN).await;
        let messages = reply.body["messages"].as_array().unwrap().clone();
        let ids: Vec<_> = messages.iter().map(|m| m["id"].as_str().unwrap()).collect();
        assert_eq!(ids, expected, "{query}");
        reply.body
    };
    check("", &["m3", "m2", "m1"]).await;
    check("?status=visible&search=LINE", &["m3", "m1"]).await;
    check("?user=ana&limit=1", &["m3"]).await;
    check("?from=2999-01-01", &[]).await;
    check("?to=2999-01-01T00:00:00Z&status=all", &["m3", "m2", "m1"]).await;
    let removed = check("?status=removed", &["m2"]).await;
    let message = &removed["messages"][0];
    assert_eq!(
        (&message["removedBy"], &message["status"]),
        (&json!("local-host"), &json!("removed"))
    );
    assert_eq!(message["content"], "line 2");
    for wrong in ["?status=lost", "?from=yesterday"] {
        let path = format!("/admin/messages{wrong}");
        get(&server, &path, LOCAL_TOKEN)
            .await
            .refused(400, "invalid-query");
    }
}

#[tokio::test]
async fn the_administration_answers_only_under_our_own_names() {
    let server = ApiServer::start().await;
    let ask = async |path: &str, host: &str| {
        let mut request = server.ask("GET", path).bearer(LOCAL_TOKEN);
        request = request.replace_host(host);
        request.send().await
    };
    ask("/admin/users", "evil.example")
        .await
        .refused(421, "unknown-host");
    ask("/admin", "evil.example:4000")
        .await
        .refused(421, "unknown-host");
    assert_eq!(ask("/admin/users", "127.0.0.1:4000").await.status, 200);
    assert_eq!(ask("/auth/session", "evil.example").await.status, 200);
}

/// Postgres takes no null in any text, and would look as if it did not work.
#[tokio::test]
async fn an_address_with_a_null_is_none() {
    let server = ApiServer::start().await;
    for path in [
        "/admin/people/guest/a%00b",
        "/admin/load-tests/%00",
        "/admin/sessions/%00",
    ] {
        let answer = get(&server, path, LOCAL_TOKEN).await;
        assert_eq!(answer.body["message"], "There is nothing at this address.");
        answer.refused(404, "not-found");
    }
}
