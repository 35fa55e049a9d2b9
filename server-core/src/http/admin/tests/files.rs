use super::*;
use contract::admin::Actor;
use store::accounts::NewEntry;

/// The text of an answer that is no JSON.
async fn text(server: &ApiServer, path: &str) -> String {
    let raw = server.ask("GET", path).bearer(LOCAL_TOKEN).raw().await;
    String::from_utf8(raw).unwrap()
}

#[tokio::test]
async fn an_export_holds_every_row_once_over_many_pages() {
    let server = ApiServer::start().await;
    let actor = Actor {
        id: "mod".to_owned(),
        name: "Mod, \"the\" first".to_owned(),
    };
    let audit = server.state.accounts.audit();
    for number in 0..1200 {
        let entry = NewEntry {
            actor: &actor,
            action: "test.row",
            subject: &format!("row-{number}"),
            subject_name: None,
            details: json!({ "number": number }),
        };
        audit.record(&entry).await.unwrap();
    }
    let json = text(&server, "/admin/audit/export?format=json&action=test").await;
    let rows: Vec<Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(rows.len(), 1200);
    let subjects: std::collections::HashSet<_> =
        rows.iter().map(|row| row["subject"].as_str()).collect();
    assert_eq!(subjects.len(), 1200);
    assert_eq!(rows[0]["subject"], "row-1199", "newest first");

    let csv = text(&server, "/admin/audit/export?action=test.row").await;
    let csv = csv.strip_prefix('\u{feff}').unwrap();
    assert_eq!(csv.lines().count(), 1201);
    let first = csv.lines().nth(1).unwrap();
    assert!(first.contains("\"Mod, \"\"the\"\" first\""), "{first}");
    let none = text(
        &server,
        "/admin/audit/export?format=json&search=nothing-like-it",
    )
    .await;
    assert_eq!(serde_json::from_str::<Value>(&none).unwrap(), json!([]));
}

#[tokio::test]
async fn the_log_is_for_hosts() {
    let server = ApiServer::start().await;
    let (_, moderator) = server.register_as("mia", Role::Moderator).await;
    get(&server, "/admin/logs", &moderator)
        .await
        .refused(403, "role-required");
    let logs = get(&server, "/admin/logs?level=warn&limit=5", LOCAL_TOKEN).await;
    assert_eq!(logs.status, 200);
    assert!(logs.body["lines"].is_array());
    text(&server, "/admin/logs/export?level=error").await;
}
