//! What the window of the program that runs the server relies on.

use http::{HeaderName, Method, header};
use identity::Secret;
use serde_json::{Value, json};
use server_core::config::CorsPolicy;
use tests::{HttpAnswer, TestServer};

const TOKEN: &str = "made at the start of this process";
const WINDOW: &str = "tauri://localhost";

async fn windowed() -> TestServer {
    TestServer::with(|config| {
        config.security.local_host = Some(Secret::new(TOKEN));
        config.security.trusted_origins = vec![WINDOW.to_owned()];
        config.security.cors = CorsPolicy::Listed(vec!["https://elsewhere.example".to_owned()]);
        config.security.trusted_proxies = vec!["127.0.0.1".to_owned()];
        config.security.public_url = Some("http://127.0.0.1".to_owned());
    })
    .await
}

async fn get(server: &TestServer, path: &str, headers: &[(HeaderName, &str)]) -> HttpAnswer {
    server
        .http()
        .call(Method::GET, path, headers, &Value::Null)
        .await
}

fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}

#[tokio::test]
async fn the_window_is_the_host_and_nobody_else_is() {
    let server = windowed().await;
    let window = bearer(TOKEN);
    let seen = [
        (header::AUTHORIZATION, window.as_str()),
        (header::ORIGIN, WINDOW),
    ];
    let users = get(&server, "/admin/users", &seen).await;
    assert_eq!(users.status, 200);
    let allowed = users.headers.get(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    assert_eq!(allowed.unwrap(), WINDOW);
    let forged = bearer("made up");
    let stranger = get(&server, "/admin/users", &[(header::AUTHORIZATION, &forged)]).await;
    assert_eq!(stranger.status, 401);
}

#[tokio::test]
async fn a_link_is_proven_by_a_visitor_from_elsewhere() {
    let server = windowed().await;
    let window = bearer(TOKEN);
    let ask = || async {
        let invite = get(
            &server,
            "/admin/invite",
            &[(header::AUTHORIZATION, &window)],
        )
        .await;
        assert_eq!(invite.status, 200, "{}", invite.text());
        invite.json()["links"][0].clone()
    };
    let unproven = ask().await;
    assert_eq!(unproven["kind"], "public");
    assert_eq!(unproven["reachedBy"], Value::Null);

    let forwarded = HeaderName::from_static("x-forwarded-for");
    get(&server, "/", &[(forwarded, "192.0.2.7")]).await;
    assert_eq!(ask().await["reachedBy"]["address"], json!("192.0.2.7"));
}

#[tokio::test]
async fn the_metrics_are_for_programs_on_this_machine_and_for_hosts() {
    let server = TestServer::with(|config| {
        config.security.trusted_origins = vec![WINDOW.to_owned()];
    })
    .await;
    let host = server.host().await;
    let status = async |headers: &[(HeaderName, &str)]| {
        let answer = get(&server, "/metrics", headers).await;
        assert!(
            answer
                .headers
                .get(header::ACCESS_CONTROL_ALLOW_ORIGIN)
                .is_none_or(|it| it == WINDOW)
        );
        answer.status.as_u16()
    };
    let forwarded = HeaderName::from_static("x-forwarded-for");
    assert_eq!(status(&[]).await, 200);
    assert_eq!(status(&[(header::ORIGIN, WINDOW)]).await, 200);
    assert_eq!(status(&[(forwarded.clone(), "127.0.0.1")]).await, 401);
    assert_eq!(
        status(&[(header::ORIGIN, "https://evil.example")]).await,
        401
    );
    assert_eq!(status(&[(header::HOST, "evil.example")]).await, 401);
    let bearer = bearer(&host.token);
    assert_eq!(
        status(&[
            (forwarded, "198.51.100.7"),
            (header::AUTHORIZATION, &bearer)
        ])
        .await,
        200
    );
}

#[tokio::test]
async fn links_are_for_those_who_may_see_the_administration() {
    let server = windowed().await;
    assert_eq!(get(&server, "/admin/invite", &[]).await.status, 401);
}

async fn ticket_for(server: &TestServer, token: &str) -> String {
    let authorization = bearer(token);
    let headers = [(header::AUTHORIZATION, authorization.as_str())];
    let path = "/admin/world-ticket";
    let answer = server.post(path, &Value::Null, &headers).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["ticket"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_host_of_the_window_walks_in_as_the_host_by_a_ticket_that_is_good_once() {
    let server = windowed().await;
    let mut onlooker = server.onlooker().await;
    let mut page = server.onlooker().await;
    let socket = page.call_bare("session:ticket").await["ticket"].clone();
    let ticket = ticket_for(&server, TOKEN).await;
    let body = json!({ "ticket": ticket, "socketTicket": socket });
    let answer = server.post("/auth/enter", &body, &[]).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(answer.cookie("auth_token").is_some());
    let user = answer.json()["user"].clone();
    assert_eq!(
        (&user["role"], &user["username"]),
        (&json!("host"), &json!("Host"))
    );
    let id = user["id"].as_str().unwrap();
    assert_eq!(page.join(id).await["ok"], true, "on the very socket");
    let staff = onlooker.find("world:staff").await["staff"].clone();
    assert_eq!(staff, json!([{ "id": id, "role": "host" }]));

    let again = server.post("/auth/enter", &body, &[]).await;
    assert_eq!(
        (again.status.as_u16(), again.json()["code"].clone()),
        (401, json!("ticket-over"))
    );
    let second = ticket_for(&server, TOKEN).await;
    let answer = server
        .post("/auth/enter", &json!({ "ticket": second }), &[])
        .await;
    assert_eq!(
        answer.json()["user"]["id"],
        id,
        "the same account as before"
    );
    let login = json!({ "email": "local-host", "password": "whatever it may be" });
    assert_eq!(server.post("/auth/login", &login, &[]).await.status, 400);
}

#[tokio::test]
async fn a_ticket_is_for_who_asks_and_for_staff_alone() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let bo = server.staff(&host, "bo", "viewer").await;
    let ana = server.register("ana").await;
    let refused = bearer(&ana.token);
    let refused = [(header::AUTHORIZATION, refused.as_str())];
    let refused = server
        .post("/admin/world-ticket", &Value::Null, &refused)
        .await;
    assert_eq!(refused.status, 403);
    let ticket = ticket_for(&server, &bo.token).await;
    let answer = server
        .post("/auth/enter", &json!({ "ticket": ticket }), &[])
        .await;
    assert_eq!(answer.json()["user"]["id"], json!(bo.id));
    for bad in [
        json!({}),
        json!({ "ticket": "" }),
        json!({ "ticket": "made up" }),
    ] {
        assert_eq!(server.post("/auth/enter", &bad, &[]).await.status, 401);
    }
}
