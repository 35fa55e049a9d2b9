//! What an earlier version left behind. The dump was made by version 0.1.0, beside the fixtures of the
//! same world in `tests/js/compatibility`, where `record.mjs` says how.

use std::collections::BTreeSet;
use std::path::Path;

use http::{Method, StatusCode};
use identity::Secret;
use serde_json::{Value, json};
use services::Postgres;
use tests::{TestAccount, TestServer};

const GET: Method = Method::GET;

/// The key of the recordings (`JWT_SECRET` of `story.js`).
const KEY: &str = "a key for the recorded exchange of version 0.1.0";

async fn log_in(server: &TestServer, name: &str) -> (StatusCode, Value) {
    let body = json!({
        "email": format!("{name}@example.org"),
        "password": "correct horse battery",
    });
    let answer = server.post("/auth/login", &body, &[]).await;
    (answer.status, answer.json())
}

/// One key of every entry of a list.
fn each<'a>(list: &'a Value, entries: &str, key: &str) -> BTreeSet<&'a str> {
    let entries = list[entries].as_array().unwrap();
    entries.iter().map(|it| it[key].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_postgres_database_of_version_0_1_0_opens_with_everything_in_it() {
    let Some(postgres) = Postgres::start().await else {
        return;
    };
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    postgres.load(&here.join("js/compatibility/v0.1.0/world.sql"));
    let url = postgres.url();
    let server = TestServer::with(|config| {
        config.storage.database_url = Some(Secret::new(url));
        config.security.jwt_secret = Some(Secret::new(KEY));
    })
    .await;
    let (status, ada) = log_in(&server, "ada").await;
    assert_eq!(status, StatusCode::OK, "{ada}");
    assert_eq!(ada["user"]["role"], "host");
    let host = TestAccount::of(&ada);
    let get = async |path: &str| server.done(&host, GET, path, &Value::Null).await;

    let users = get("/admin/users").await;
    assert_eq!(
        each(&users, "users", "username"),
        BTreeSet::from(["ada", "dara", "mo"])
    );
    let bans = get("/admin/bans?active=true").await;
    assert_eq!(
        each(&bans, "bans", "kind"),
        BTreeSet::from(["address", "guest"])
    );
    let mutes = get("/admin/mutes?active=true").await;
    assert_eq!(
        each(&mutes, "mutes", "reason"),
        BTreeSet::from(["Too loud."])
    );
    let reports = get("/admin/reports").await;
    assert_eq!(
        each(&reports, "reports", "reason"),
        BTreeSet::from(["Shouts."])
    );
    let removed = get("/admin/messages?status=removed").await;
    assert_eq!(
        each(&removed, "messages", "content"),
        BTreeSet::from(["This line was removed."])
    );
    let audit = get("/admin/audit").await;
    let actions = each(&audit, "actions", "action");
    for action in [
        "settings.update",
        "chat.remove",
        "mute.create",
        "ban.create",
        "user.update",
    ] {
        assert!(actions.contains(action), "{action} of {actions:?}");
    }
    let sprites = get("/admin/assets/sprites").await;
    assert!(each(&sprites, "assets", "name").contains("Grandmother"));

    let state = server.connect().open().await.expect("world:state").await;
    assert_eq!(state["world"]["name"], "The Old Quay");
    let said = each(&state, "chat", "content");
    assert!(said.contains("This line stays.") && !said.contains("This line was removed."));

    let (_, mo) = log_in(&server, "mo").await;
    assert_eq!(mo["user"]["role"], "moderator");
    let (status, dara) = log_in(&server, "dara").await;
    assert_eq!(
        (status, &dara["code"]),
        (StatusCode::FORBIDDEN, &json!("suspended"))
    );
    // What was refused can be allowed again.
    let found = get("/admin/users?search=dara").await;
    let path = format!("/admin/users/{}", found["users"][0]["id"].as_str().unwrap());
    let lifted = json!({ "suspensionUntil": null });
    server.done(&host, Method::PATCH, &path, &lifted).await;
    let (status, dara) = log_in(&server, "dara").await;
    assert_eq!(status, StatusCode::OK, "{dara}");
    let mut client = server
        .connect()
        .auth("token", dara["token"].as_str().unwrap())
        .open()
        .await;
    client.expect("world:state").await;
    client.join(dara["user"]["id"].as_str().unwrap()).await;
}
