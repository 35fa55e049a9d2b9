//! What guards the account routes: throttle, proxies, the setup token, a missing database, other
//! sites.

use serde_json::{Value, json};

use super::tests::{ana, cookie_of, login, with};
use crate::config::{Config, SecurityConfig};
use crate::http::test_support::{ApiServer, LOCAL_TOKEN, PASSWORD};
use contract::rest::Role;

#[tokio::test]
async fn guessing_is_slowed_down_except_from_this_machine() {
    let server = ApiServer::start().await;
    server.register("ana").await;
    let guess = async |address: [u8; 4], password: &str| {
        let body = json!({ "email": "ana@example.org", "password": password });
        let ask = server.ask("POST", "/auth/login").calling_from(address);
        ask.json(&body).await
    };
    for _ in 0..10 {
        guess([203, 0, 113, 1], "wrong password")
            .await
            .refused(401, "wrong-credentials");
    }
    let refused = guess([203, 0, 113, 1], PASSWORD).await;
    refused.refused(429, "too-many-attempts");
    assert!(refused.headers.contains_key("retry-after"));
    assert_eq!(guess([127, 0, 0, 1], PASSWORD).await.status, 200);
}

#[tokio::test]
async fn an_attacker_locks_nobody_out() {
    let server = ApiServer::start().await;
    let made = server.ask("POST", "/auth/register").json(&ana()).await;
    let device = made.headers.get_all("set-cookie").iter();
    let mut device = device.filter_map(|it| it.to_str().ok()?.split(';').next());
    let device = device
        .find(|it| it.starts_with("device_token="))
        .expect("the device is known from now on")
        .to_owned();
    let guess = async |address: [u8; 4], password: &str, cookie: &str| {
        let body = json!({ "email": "ana@example.org", "password": password });
        let ask = server.ask("POST", "/auth/login").calling_from(address);
        ask.header("cookie", cookie)
            .json(&body)
            .await
            .status
            .as_u16()
    };
    // From many addresses, the owner's own among them.
    let home = [203, 0, 113, 7];
    for round in 0..12 {
        for address in [[198, 51, 100, round], home] {
            guess(address, "wrong password", "a=b").await;
        }
    }
    assert_eq!(guess(home, PASSWORD, "a=b").await, 429);
    assert_eq!(
        guess([192, 0, 2, 1], PASSWORD, "a=b").await,
        200,
        "elsewhere"
    );
    assert_eq!(guess(home, PASSWORD, &device).await, 200, "a known device");
    for _ in 0..10 {
        assert_eq!(guess(home, "wrong password", &device).await, 401);
    }
    assert_eq!(
        guess(home, PASSWORD, &device).await,
        429,
        "has ten tries too"
    );
    let forged = format!("device_token={}.AAAA", "0".repeat(32));
    assert_eq!(guess(home, PASSWORD, &forged).await, 429);
}

#[tokio::test]
async fn whoever_is_not_this_machine_itself_is_slowed_down_on_loopback_too() {
    let traces = [
        ("x-forwarded-for", "198.51.100.7"),
        ("forwarded", "for=198.51.100.7"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("host", "evil.example"),
    ];
    for (name, value) in traces {
        let server = ApiServer::start().await;
        server.register("ana").await;
        let guess = async |password: &str| {
            let body = json!({ "email": "ana@example.org", "password": password });
            let ask = server.ask("POST", "/auth/login");
            let ask = match name {
                "host" => ask.replace_host(value),
                _ => ask.header(name, value),
            };
            ask.json(&body).await
        };
        for _ in 0..10 {
            guess("wrong password")
                .await
                .refused(401, "wrong-credentials");
        }
        let refused = guess("wrong password").await;
        refused.refused(429, "too-many-attempts");
        let readable = refused.headers.get("access-control-allow-origin");
        assert_eq!(readable, None, "{name}: {value}");
        assert_eq!(
            login(&server, "ana@example.org", PASSWORD).await.status,
            200
        );
    }
}

#[tokio::test]
async fn behind_a_trusted_proxy_the_forwarded_address_is_throttled_and_cookies_are_secure() {
    let server = ApiServer::with(Config {
        security: SecurityConfig {
            trusted_proxies: vec!["127.0.0.1".to_owned()],
            ..SecurityConfig::default()
        },
        ..Config::default()
    })
    .await;
    let register = async |name: &str, from: &str| {
        let body =
            json!({ "username": name, "email": format!("{name}@example.org"), "password": "" });
        let ask = server
            .ask("POST", "/auth/login")
            .header("x-forwarded-for", from);
        ask.json(&with(body, &json!({ "password": "wrong password" })))
            .await
            .status
            .as_u16()
    };
    let mut statuses = Vec::new();
    for i in 0..41 {
        statuses.push(register(&format!("n{i}"), "198.51.100.7").await);
    }
    assert!(
        statuses[..40].iter().all(|status| *status == 401),
        "{statuses:?}"
    );
    assert_eq!(statuses[40], 429);
    assert_eq!(register("n41", "198.51.100.8").await, 401);
    let secure = server
        .ask("POST", "/auth/register")
        .header("x-forwarded-for", "198.51.100.9")
        .header("x-forwarded-proto", "https")
        .json(&ana())
        .await;
    assert!(cookie_of(&secure).ends_with("; Secure"), "{secure:?}");
}

#[tokio::test]
async fn the_setup_link_makes_one_host_once() {
    let server = ApiServer::start().await;
    let setup = async |token: &str, changes: Value| {
        let body = with(with(ana(), &changes), &json!({ "token": token }));
        server.ask("POST", "/auth/setup").json(&body).await
    };
    setup("guess", json!({})).await.refused(403, "setup-closed");
    let token = server.state.accounts.open_setup().await.unwrap();
    setup("guess", json!({})).await.refused(403, "setup-closed");
    setup(&token, json!({ "password": "short" }))
        .await
        .refused(400, "invalid-field");
    let reply = setup(&token, json!({})).await;
    assert_eq!(
        (reply.status.as_u16(), &reply.body["user"]["role"]),
        (201, &json!("host"))
    );
    assert_eq!(
        server.state.accounts.users().count_hosts().await.unwrap(),
        1
    );
    setup(&token, json!({ "email": "b@example.org", "username": "B" }))
        .await
        .refused(403, "setup-closed");
}

#[tokio::test]
async fn a_setup_that_breaks_off_midway_leaves_the_link_as_it_is() {
    let server = ApiServer::start().await;
    let token = server.state.accounts.open_setup().await.unwrap();
    let body = with(ana(), &json!({ "token": token }));
    // Polled once and dropped: it has begun to hash the password.
    let midway = server.ask("POST", "/auth/setup").json(&body);
    assert!(futures_util::FutureExt::now_or_never(midway).is_none());
    let reply = server.ask("POST", "/auth/setup").json(&body).await;
    assert_eq!(reply.status, 201, "{reply:?}");
}

#[tokio::test]
async fn the_setup_link_ends_with_a_host_made_elsewhere() {
    let server = ApiServer::start().await;
    let token = server.state.accounts.open_setup().await.unwrap();
    server.register_as("bo", Role::Host).await;
    let body = with(ana(), &json!({ "token": token }));
    let reply = server.ask("POST", "/auth/setup").json(&body).await;
    reply.refused(403, "setup-closed");
}

#[tokio::test]
async fn without_a_database_the_answer_is_503_and_says_nothing_about_it() {
    let server = ApiServer::start().await;
    let (_, token) = server.register("ana").await;
    server.break_database().await;
    let mut replies = vec![
        server.ask("GET", "/auth/me").bearer(&token).send().await,
        server.ask("POST", "/auth/register").json(&ana()).await,
        server
            .ask("POST", "/auth/logout")
            .cookie(&token)
            .send()
            .await,
        server
            .ask("GET", "/auth/session")
            .cookie(&token)
            .send()
            .await,
        server
            .ask("GET", "/admin/users")
            .bearer(LOCAL_TOKEN)
            .send()
            .await,
    ];
    replies.push(login(&server, "ana@example.org", PASSWORD).await);
    for reply in replies {
        reply.refused(503, "unavailable");
        assert!(!reply.body.to_string().to_lowercase().contains("sql"));
    }
    let nobody = server.ask("GET", "/auth/session").send().await;
    assert_eq!(nobody.body, json!({ "user": null }));
}

#[tokio::test]
async fn unknown_paths_and_methods_answer_in_json() {
    let server = ApiServer::start().await;
    server
        .ask("GET", "/nothing")
        .send()
        .await
        .refused(404, "not-found");
    server
        .ask("PUT", "/auth/login")
        .send()
        .await
        .refused(405, "method-not-allowed");
    server
        .ask("OPTIONS", "/auth/login")
        .send()
        .await
        .refused(405, "method-not-allowed");
}

#[tokio::test]
async fn another_site_cannot_act_with_a_visitors_cookie() {
    let server = ApiServer::start().await;
    let (_, token) = server.register("ana").await;
    let logout = || {
        server
            .ask("POST", "/auth/logout")
            .header("origin", "https://evil.example")
    };
    let refused = logout().cookie(&token).send().await;
    refused.refused(403, "cross-site");
    assert_eq!(refused.headers.get("access-control-allow-origin"), None);
    assert_eq!(
        server
            .ask("GET", "/auth/me")
            .cookie(&token)
            .send()
            .await
            .status,
        200
    );
    assert_eq!(logout().bearer(&token).send().await.status, 200);
}
