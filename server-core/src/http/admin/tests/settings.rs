use super::*;
use store::accounts::AuditFilter;

async fn change(server: &ApiServer, values: Value) -> Reply {
    let body = json!({ "values": values });
    let ask = server.ask("PATCH", "/admin/settings");
    ask.bearer(LOCAL_TOKEN).json(&body).await
}

fn setting<'a>(reply: &'a Reply, key: &str) -> &'a Value {
    let all = reply.body["settings"].as_array().unwrap();
    all.iter().find(|it| it["key"] == key).unwrap()
}

#[tokio::test]
async fn settings_change_all_or_none_and_come_back() {
    let server = ApiServer::start().await;
    let changed = change(
        &server,
        json!({ "world_name": " Cove ", "chat_retention_days": 7 }),
    )
    .await;
    assert_eq!(changed.status, 200, "{changed:?}");
    let name = setting(&changed, "world_name");
    assert_eq!(
        (&name["value"], &name["source"]),
        (&json!("Cove"), &json!("database"))
    );
    assert_eq!(setting(&changed, "chat_retention_days")["value"], 7);

    let refused = change(
        &server,
        json!({ "world_name": "", "guests_allowed": false, "server_port": 1, "planet": "x" }),
    )
    .await;
    refused.refused(400, "invalid-settings");
    let fields = refused.body["fields"].as_object().unwrap();
    let keys: Vec<_> = fields.keys().map(String::as_str).collect();
    assert_eq!(keys, ["planet", "server_port", "world_name"]);
    let now = get(&server, "/admin/settings", LOCAL_TOKEN).await;
    assert_eq!(setting(&now, "guests_allowed")["value"], true);

    let back = change(&server, json!({ "world_name": null })).await;
    let name = setting(&back, "world_name");
    assert_eq!(
        (&name["value"], &name["source"]),
        (&json!("Lantern harbour"), &json!("default"))
    );
    for wrong in [json!({}), json!({ "values": 5 })] {
        let ask = server.ask("PATCH", "/admin/settings").bearer(LOCAL_TOKEN);
        assert_eq!(ask.json(&wrong).await.status, 400, "{wrong}");
    }
}

#[tokio::test]
async fn the_log_says_what_changed_but_never_the_pin() {
    let server = ApiServer::start().await;
    change(&server, json!({ "join_pin": "4711", "world_name": "Cove" })).await;
    let audit = server.state.accounts.audit();
    let (_, entries) = audit.list(&AuditFilter::default(), 1, 0).await.unwrap();
    let changes = &entries[0].details["changes"];
    assert_eq!(
        changes["world_name"],
        json!({ "before": "Lantern harbour", "after": "Cove" })
    );
    assert_eq!(changes["join_pin"]["after"], "[redacted]");
    assert!(!entries[0].details.to_string().contains("4711"));
    let shown = get(&server, "/admin/settings", LOCAL_TOKEN).await;
    assert_eq!(
        setting(&shown, "join_pin")["value"],
        "4711",
        "hosts read it out"
    );
    let (_, moderator) = server.register_as("mia", Role::Moderator).await;
    get(&server, "/admin/settings", &moderator)
        .await
        .refused(403, "role-required");
}
