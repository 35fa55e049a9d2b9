//! What an attacker gets in the administration: foreign pages, hostile text, broken bodies.

use http::{HeaderName, Method, StatusCode, header};
use serde_json::{Value, json};
use tests::TestServer;

const GET: Method = Method::GET;
const POST: Method = Method::POST;

#[tokio::test]
async fn pages_elsewhere_and_foreign_names_get_nothing() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let cookie = format!("auth_token={}", host.token);
    let site = HeaderName::from_static("sec-fetch-site");
    let call = async |headers: &[(HeaderName, &str)]| {
        let body = json!({ "message": "x" });
        let mut http = server.http();
        http.call(POST, "/admin/announcements", headers, &body)
            .await
    };
    let cookie = (header::COOKIE, cookie.as_str());
    for foreign in [
        (header::ORIGIN, "https://evil.example"),
        (site, "cross-site"),
    ] {
        let refused = call(&[cookie.clone(), foreign]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text());
        assert_eq!(refused.json()["code"], "cross-site");
    }
    let refused = call(&[cookie.clone(), (header::HOST, "evil.example")]).await;
    assert_eq!(refused.status, StatusCode::MISDIRECTED_REQUEST);
    assert!(
        refused.json()["message"]
            .as_str()
            .unwrap()
            .contains("ALLOWED_HOSTS")
    );
    assert_eq!(call(&[cookie]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_players_write_stays_data_everywhere() {
    let server = TestServer::with(tests::without_rate_limits).await;
    let host = server.host().await;
    let names = [
        "<script>alert(1)</script>".to_owned(),
        "\u{202e}drawkcab \u{2066}name".to_owned(),
        "x".repeat(500),
        "'; DROP TABLE users; --".to_owned(),
        "=HYPERLINK(\"http://evil\")".to_owned(),
    ];
    let mut clients = Vec::new();
    for (number, name) in names.iter().enumerate() {
        let mut client = server.onlooker().await;
        let join = json!({ "playerId": format!("p{number}"), "name": name });
        assert_eq!(client.call("player:join", join).await["ok"], true);
        client
            .call("chat:message", json!({ "content": name }))
            .await;
        let report = json!({ "playerId": "p0", "reason": name });
        assert_eq!(client.call("player:report", report).await["ok"], true);
        clients.push(client);
    }
    let mut feed = server.feed(&host).await;
    feed.until("the reports", |feed| {
        feed.state["openReports"] == names.len()
    })
    .await;
    let list = server
        .done(&host, GET, "/admin/sessions?joined=true", &Value::Null)
        .await;
    let text = list.to_string();
    assert!(
        text.contains("<script>alert(1)</script>"),
        "markup is kept as text"
    );
    assert!(
        !text.contains('\u{202e}') && !text.contains('\u{2066}'),
        "nothing turns around"
    );
    let longest = list["sessions"].as_array().unwrap().iter();
    let longest = longest
        .map(|it| it["name"].as_str().unwrap().chars().count())
        .max();
    assert_eq!(longest, Some(100));
    for search in ["%27;%20DROP", "%25", "_", "%3Cscript"] {
        let path = format!("/admin/messages?search={search}");
        let found = server.done(&host, GET, &path, &Value::Null).await;
        let hits = found["total"].as_u64().unwrap();
        assert_eq!(hits, u64::from(search.len() > 3), "{search}: {found}");
    }

    let csv = server
        .act(
            &host,
            GET,
            "/admin/messages/export?format=csv",
            &Value::Null,
        )
        .await;
    assert_eq!(csv.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
    let disposition = csv.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
    assert!(
        disposition.starts_with("attachment; filename=\"chat-"),
        "{disposition}"
    );
    let text = csv.text();
    assert!(
        text.contains("\"'=HYPERLINK(\"\"http://evil\"\")\""),
        "{text}"
    );
    assert!(
        !text.contains(",=HYPERLINK") && !text.contains(",\"=HYPERLINK"),
        "{text}"
    );
    assert!(text.contains("\"'-") || !text.contains(",-"), "{text}");
    let json = server
        .act(
            &host,
            GET,
            "/admin/messages/export?format=json",
            &Value::Null,
        )
        .await;
    let rows = json.json();
    assert_eq!(
        rows.as_array().unwrap().len(),
        names.len() + 1,
        "and the greeting"
    );
    drop(clients);
}

#[tokio::test]
async fn broken_bodies_are_answered_by_a_sentence() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let _bo = server.player("bo").await;
    let list = server
        .done(&host, GET, "/admin/sessions?search=bo", &Value::Null)
        .await;
    let id = list["sessions"][0]["id"].as_str().unwrap();
    let long = "x".repeat(501);
    for (path, body) in [
        (
            format!("/admin/sessions/{id}/kick"),
            json!({ "reason": long }),
        ),
        (
            format!("/admin/sessions/{id}/kick"),
            json!({ "reason": ["x"] }),
        ),
        (format!("/admin/sessions/{id}/kick"), json!([])),
        (format!("/admin/sessions/{id}/mute"), json!({})),
        (
            format!("/admin/sessions/{id}/mute"),
            json!({ "minutes": 0 }),
        ),
        (
            format!("/admin/sessions/{id}/mute"),
            json!({ "minutes": -1 }),
        ),
        (
            format!("/admin/sessions/{id}/mute"),
            json!({ "minutes": 1e300 }),
        ),
        (
            format!("/admin/sessions/{id}/mute"),
            json!({ "minutes": "5" }),
        ),
        ("/admin/bans".to_owned(), json!({ "sessionId": id })),
        ("/admin/bans".to_owned(), json!({ "minutes": 5 })),
        (
            "/admin/bans".to_owned(),
            json!({ "sessionId": id, "subjects": [], "minutes": 5 }),
        ),
        (
            "/admin/bans".to_owned(),
            json!({ "subjects": [], "minutes": 5 }),
        ),
        (
            "/admin/bans".to_owned(),
            json!({ "subjects": [{ "kind": "planet", "subject": "x" }], "minutes": 5 }),
        ),
        (
            "/admin/bans".to_owned(),
            json!({ "subjects": [{ "kind": "address", "subject": "999.1.1.1" }], "minutes": 5 }),
        ),
        (
            "/admin/bans".to_owned(),
            json!({ "sessionId": id, "what": ["soul"], "minutes": 5 }),
        ),
        (
            "/admin/mutes".to_owned(),
            json!({ "kind": "address", "subject": "192.0.2.1", "minutes": 5 }),
        ),
        (
            "/admin/people/guest/0af9/notes".to_owned(),
            json!({ "text": "x".repeat(2001) }),
        ),
        (
            "/admin/people/planet/x/notes".to_owned(),
            json!({ "text": "x" }),
        ),
        (
            "/admin/announcements".to_owned(),
            json!({ "message": long }),
        ),
    ] {
        let answer = server.act(&host, POST, &path, &body).await;
        assert_eq!(
            answer.status,
            StatusCode::BAD_REQUEST,
            "{path} {body}: {}",
            answer.text()
        );
        assert!(answer.json()["message"].as_str().unwrap().ends_with('.'));
    }
    for path in [
        "/admin/sessions?kind=planet",
        "/admin/sessions?joined=maybe",
        "/admin/bans?active=perhaps",
        "/admin/audit?from=yesterday",
        "/admin/audit/export?format=exe",
        "/admin/messages?kind=planet&subject=x",
        "/admin/reports?status=lost",
        "/admin/logs?level=loud",
    ] {
        let answer = server.act(&host, GET, path, &Value::Null).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
    }
    for path in [
        "/admin/sessions/nonsense",
        "/admin/sessions/x-99999999999999999999",
    ] {
        let answer = server.act(&host, GET, path, &Value::Null).await;
        assert_eq!(answer.json()["code"], "session-gone", "{path}");
    }
}
