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
