//! Webhooks over REST: what can be one, its secret, its trial.

use http::StatusCode;
use serde_json::{Value, json};

use super::{delete, get, patch};
use crate::config::Config;
use crate::http::test_support::{ApiServer, LOCAL_TOKEN, Reply};
use contract::rest::Role;

async fn make(server: &ApiServer, body: Value) -> Reply {
    let ask = server.ask("POST", "/admin/webhooks").bearer(LOCAL_TOKEN);
    ask.json(&body).await
}

fn hook(url: &str) -> Value {
    json!({ "name": "Staff room", "url": url, "events": ["report", "ban"] })
}

/// A server whose webhooks may be told on this machine.
async fn lenient() -> ApiServer {
    let mut config = Config::default();
    config.hooks.private_hosts = vec!["127.0.0.1".to_owned()];
    config.hooks.most = 2;
    ApiServer::with(config).await
}

#[tokio::test]
async fn what_cannot_be_a_webhook_is_refused_with_a_sentence() {
    let server = ApiServer::start().await;
    let check = async |body: Value, code: &str| {
        make(&server, body).await.refused(400, code);
    };
    check(hook("http://127.0.0.1:9/"), "private-target").await;
    check(hook("http://localhost/"), "private-target").await;
    check(hook("ftp://example.org/"), "invalid-target").await;
    check(hook("https://a:b@example.org/"), "invalid-target").await;
    check(hook("https://nobody.invalid/"), "unknown-target").await;
    let mut nothing = hook("https://1.1.1.1/");
    nothing["events"] = json!([]);
    check(nothing.clone(), "missing-field").await;
    nothing["events"] = json!(["everything"]);
    check(nothing, "invalid-field").await;
    let (_, moderator) = server.register_as("mo", Role::Moderator).await;
    get(&server, "/admin/webhooks", &moderator)
        .await
        .refused(403, "role-required");
}

#[tokio::test]
async fn its_secret_is_shown_once_and_its_address_stays_out_of_the_audit_log() {
    let server = lenient().await;
    let made = make(&server, hook("http://127.0.0.1:9/secret-path")).await;
    assert_eq!(made.status, StatusCode::CREATED, "{made:?}");
    assert_eq!(made.headers["cache-control"], "no-store");
    assert_eq!(made.body["action"]["action"], "webhook.add");
    let secret = made.body["secret"].as_str().unwrap();
    let list = get(&server, "/admin/webhooks", LOCAL_TOKEN).await;
    assert_eq!(list.body["webhooks"][0]["events"], json!(["report", "ban"]));
    assert!(!list.body.to_string().contains(secret));
    let audit = get(&server, "/admin/audit?action=webhook", LOCAL_TOKEN).await;
    let audit = audit.body.to_string();
    assert!(
        audit.contains("127.0.0.1") && !audit.contains("secret-path") && !audit.contains(secret)
    );

    make(&server, hook("http://127.0.0.1:9/")).await;
    make(&server, hook("http://127.0.0.1:9/"))
        .await
        .refused(409, "too-many-webhooks");
    let id = made.body["webhook"]["id"].as_str().unwrap();
    let path = format!("/admin/webhooks/{id}");
    let waiting = get(&server, &format!("{path}/deliveries"), LOCAL_TOKEN).await;
    assert_eq!(waiting.body["deliveries"], json!([]));
    let resume = server.ask("POST", &format!("{path}/resume"));
    assert_eq!(resume.bearer(LOCAL_TOKEN).send().await.status, 204);
    assert_eq!(delete(&server, &path, LOCAL_TOKEN).await.status, 204);
    delete(&server, &path, LOCAL_TOKEN)
        .await
        .refused(404, "not-found");
    get(&server, &format!("{path}/deliveries"), LOCAL_TOKEN)
        .await
        .refused(404, "not-found");
}

#[tokio::test]
async fn a_trial_says_what_came_of_it_and_is_kept_nowhere() {
    let server = lenient().await;
    let made = make(&server, hook("http://127.0.0.1:9/")).await;
    let path = format!(
        "/admin/webhooks/{}",
        made.body["webhook"]["id"].as_str().unwrap()
    );
    let ask = server.ask("POST", &format!("{path}/test"));
    let tried = ask.bearer(LOCAL_TOKEN).send().await;
    assert_eq!(tried.status, 200, "{tried:?}");
    assert_eq!(tried.body["status"], Value::Null);
    let problem = tried.body["problem"].as_str().unwrap();
    assert!(problem.starts_with("No connection: "), "{problem}");
    let kept = get(&server, &format!("{path}/deliveries"), LOCAL_TOKEN).await;
    assert_eq!(kept.body["deliveries"], json!([]));
}

#[tokio::test]
async fn the_list_says_what_never_took_anything_and_whose_maker_is_no_host_any_more() {
    let server = lenient().await;
    let (id, host) = server.register_as("hope", Role::Host).await;
    server.register_as("other", Role::Host).await;
    make(&server, hook("http://127.0.0.1:9/")).await;
    let ask = server.ask("POST", "/admin/webhooks").bearer(&host);
    let made = ask.json(&hook("http://127.0.0.1:9/")).await;
    assert_eq!(made.body["webhook"]["makerIsHost"], true, "{made:?}");
    let path = format!(
        "/admin/webhooks/{}/test",
        made.body["webhook"]["id"].as_str().unwrap()
    );
    let tried = server.ask("POST", &path).bearer(LOCAL_TOKEN).send().await;
    assert_ne!(tried.body["problem"], Value::Null);
    let demoted = json!({ "role": "moderator" });
    let changed = patch(&server, &id, LOCAL_TOKEN, demoted).await;
    assert_eq!(changed.status, 200, "{changed:?}");
    let list = get(&server, "/admin/webhooks", LOCAL_TOKEN).await;
    let hooks = list.body["webhooks"].as_array().unwrap();
    assert_eq!(hooks.len(), 2);
    for hook in hooks {
        let of_the_machine = hook["createdBy"]["id"] != id.as_str();
        assert_eq!(hook["makerIsHost"], of_the_machine, "{hook}");
        assert_eq!(hook["toldAt"], Value::Null, "{hook}");
    }
}

#[tokio::test]
async fn what_moderators_do_waits_for_whoever_wants_to_know() {
    let server = lenient().await;
    let made = make(&server, hook("http://127.0.0.1:9/")).await;
    let id = made.body["webhook"]["id"].as_str().unwrap();
    let (bo, _) = server.register("bo").await;
    let subjects = json!([{ "kind": "account", "subject": bo }]);
    let ban = json!({ "subjects": subjects, "reason": "Spam *all* day.", "minutes": null });
    let banned = server.ask("POST", "/admin/bans").bearer(LOCAL_TOKEN);
    assert_eq!(banned.json(&ban).await.status, 201);
    let path = format!("/admin/webhooks/{id}/deliveries");
    let kept = get(&server, &path, LOCAL_TOKEN).await;
    let kept = kept.body["deliveries"].as_array().unwrap().clone();
    assert_eq!(kept.len(), 1, "before the answer");
    assert_eq!(
        (&kept[0]["event"], &kept[0]["deliveredAt"]),
        (&json!("ban"), &Value::Null)
    );
}
