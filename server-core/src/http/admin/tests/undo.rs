use super::*;
use runtime::clock::parse_iso;

async fn post(server: &ApiServer, path: &str, token: &str, body: Value) -> Reply {
    server.ask("POST", path).bearer(token).json(&body).await
}

async fn undo(server: &ApiServer, action: &Value, token: &str) -> Reply {
    let path = format!("/admin/audit/{}/undo", action["id"].as_str().unwrap());
    server.ask("POST", &path).bearer(token).send().await
}

#[tokio::test]
async fn a_changed_account_is_put_back_unless_it_changed_again() {
    let server = ApiServer::start().await;
    let (id, _) = server.register("ana").await;
    let change = async |body: Value| {
        let reply = patch(&server, &id, LOCAL_TOKEN, body).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        reply.body["action"].clone()
    };
    let user = async || {
        let list = get(&server, "/admin/users?search=ana", LOCAL_TOKEN).await;
        list.body["users"][0].clone()
    };
    let suspended = change(json!({
        "suspensionUntil": "2999-01-01T00:00:00Z", "suspensionReason": "loud",
    }))
    .await;
    assert_eq!(suspended["undoable"], true);
    let undone = undo(&server, &suspended, LOCAL_TOKEN).await;
    assert_eq!(undone.body["action"]["action"], "user.update");
    let listed = get(&server, "/admin/audit?action=user.update", LOCAL_TOKEN).await;
    let entries = listed.body["actions"].as_array().unwrap();
    let entry = entries.iter().find(|it| it["id"] == suspended["id"]);
    assert_eq!(entry.unwrap()["undoneBy"]["id"], "local-host");
    assert_eq!(listed.body["keptDays"], 0, "for good");
    let now = user().await;
    assert_eq!(
        (&now["suspensionUntil"], &now["suspensionReason"]),
        (&Value::Null, &Value::Null)
    );
    undo(&server, &suspended, LOCAL_TOKEN)
        .await
        .refused(409, "already-undone");

    let raised = change(json!({ "role": "viewer" })).await;
    change(json!({ "role": "moderator" })).await;
    undo(&server, &raised, LOCAL_TOKEN)
        .await
        .refused(409, "not-undoable");
    assert_eq!(user().await["role"], "moderator");
    // A refused undo may be tried again once it makes sense.
    change(json!({ "role": "viewer" })).await;
    assert_eq!(undo(&server, &raised, LOCAL_TOKEN).await.status, 200);
    assert_eq!(user().await["role"], "user");
}

#[tokio::test]
async fn undoing_needs_what_doing_needed() {
    let server = ApiServer::start().await;
    let (id, _) = server.register("ana").await;
    let (_, moderator) = server.register_as("mia", Role::Moderator).await;
    let (_, viewer) = server.register_as("vic", Role::Viewer).await;
    let raised = patch(&server, &id, LOCAL_TOKEN, json!({ "role": "viewer" })).await;
    for token in [&moderator, &viewer] {
        undo(&server, &raised.body["action"], token)
            .await
            .refused(403, "role-required");
    }
    let listed = get(
        &server,
        "/admin/audit?action=user&actor=local-host",
        LOCAL_TOKEN,
    )
    .await;
    assert_eq!(listed.body["actions"][0]["undoneAt"], Value::Null);
    let mute = json!({ "kind": "account", "subject": id, "minutes": 5 });
    let muted = post(&server, "/admin/mutes", &moderator, mute).await;
    assert_eq!(muted.status, 201);
    undo(&server, &muted.body["action"], &viewer)
        .await
        .refused(403, "role-required");
    let other = undo(&server, &muted.body["action"], LOCAL_TOKEN).await;
    assert_eq!(other.body["action"]["actor"]["id"], "local-host");
    undo(&server, &other.body["action"], LOCAL_TOKEN)
        .await
        .refused(409, "not-undoable");
    undo(&server, &json!({ "id": "none" }), LOCAL_TOKEN)
        .await
        .refused(404, "not-found");
}

#[tokio::test]
async fn a_ban_that_was_lifted_by_hand_is_nothing_to_undo() {
    let server = ApiServer::start().await;
    let subjects = json!([
        { "kind": "address", "subject": "192.0.2.9" },
        { "kind": "guest", "subject": "0AF9" },
    ]);
    let body = json!({ "subjects": subjects, "minutes": 90, "reason": "x" });
    let banned = post(&server, "/admin/bans", LOCAL_TOKEN, body).await;
    assert_eq!(banned.status, 201, "{banned:?}");
    let bans = banned.body["bans"].as_array().unwrap();
    assert_eq!(bans[1]["subject"], "0af9");
    let until = parse_iso(bans[0]["until"].as_str().unwrap()).unwrap() - now_ms();
    assert!((5_390_000..=5_400_000).contains(&until), "{until}");
    for ban in bans {
        let path = format!("/admin/bans/{}", ban["id"].as_str().unwrap());
        assert_eq!(delete(&server, &path, LOCAL_TOKEN).await.status, 204);
    }
    undo(&server, &banned.body["action"], LOCAL_TOKEN)
        .await
        .refused(409, "not-undoable");
    let list = async |query: &str| {
        let reply = get(&server, &format!("/admin/bans{query}"), LOCAL_TOKEN).await;
        reply.body["total"].as_u64().unwrap()
    };
    assert_eq!(list("").await, 2);
    assert_eq!(list("?active=true").await, 0);
    assert_eq!(list("?active=false&search=192.0.2").await, 1);
}
