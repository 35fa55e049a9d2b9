use axum::Router;
use axum::body::Body;
use axum::middleware::from_fn_with_state;
use axum::routing::any;
use tower::ServiceExt;

use super::*;

fn policy(list: Option<&[&str]>) -> OriginPolicy {
    let strings = |list: &[&str]| list.iter().map(|&text| text.to_owned()).collect();
    OriginPolicy::new(&SecurityConfig {
        cors: list.map_or(CorsPolicy::Any, |list| CorsPolicy::Listed(strings(list))),
        trusted_origins: strings(&["tauri://localhost"]),
        public_url: Some("https://play.example.org/path".to_owned()),
        ..SecurityConfig::default()
    })
}

const LIST: Option<&[&str]> = Some(&["https://a.example", "http://b.example:8080/"]);

fn headers(origin: Option<&str>, websocket: bool) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::HOST, "192.168.1.5:4000".parse().unwrap());
    if let Some(origin) = origin {
        headers.insert(header::ORIGIN, origin.parse().unwrap());
    }
    if websocket {
        headers.insert(header::UPGRADE, "websocket".parse().unwrap());
    }
    headers
}

/// A proxy may have rewritten `Host`; the browser still says that page and server are one.
#[test]
fn the_browsers_word_proves_our_own_page() {
    let check = |site: &[&str], expected| {
        let mut headers = headers(Some("https://world.example"), true);
        for site in site {
            headers.append("sec-fetch-site", site.parse().unwrap());
        }
        assert_eq!(policy(LIST).standing(&headers), expected, "{site:?}");
    };
    check(&["same-origin"], OriginStanding::Own);
    for other in ["same-site", "cross-site", "none", "same-origin, cross-site"] {
        check(&[other], OriginStanding::Foreign);
    }
    check(&["same-origin", "cross-site"], OriginStanding::Foreign);
    check(&[], OriginStanding::Foreign);
}

#[test]
fn handshakes() {
    use Handshake::{Accept, Refuse, WithoutCookies};
    let check = |list, origin: Option<&str>, websocket, polling| {
        let policy = policy(list);
        assert_eq!(
            policy.handshake(&headers(origin, true)),
            websocket,
            "ws {list:?} {origin:?}"
        );
        assert_eq!(
            policy.handshake(&headers(origin, false)),
            polling,
            "{list:?} {origin:?}"
        );
    };
    for list in [None, LIST] {
        check(list, None, Accept, Accept);
        check(list, Some("http://192.168.1.5:4000"), Accept, Accept);
        check(list, Some("https://play.example.org"), Accept, Accept);
        check(list, Some("tauri://localhost"), Accept, Accept);
    }
    check(
        None,
        Some("https://evil.example"),
        WithoutCookies,
        WithoutCookies,
    );
    check(None, Some("null"), WithoutCookies, WithoutCookies);
    check(
        None,
        Some("http://192.168.1.5:3000"),
        WithoutCookies,
        WithoutCookies,
    );
    check(LIST, Some("https://a.example"), Accept, Accept);
    check(LIST, Some("HTTP://B.example:8080"), Accept, Accept);
    check(
        LIST,
        Some("https://a.example.evil.example"),
        Refuse,
        WithoutCookies,
    );
    check(LIST, Some("http://a.example"), Refuse, WithoutCookies);
    check(LIST, Some("null"), Refuse, WithoutCookies);
    check(
        Some(&["*"]),
        Some("https://evil.example"),
        WithoutCookies,
        WithoutCookies,
    );
}

#[test]
fn own_pages_are_known_by_host_and_default_port() {
    let check = |origin: &str, host: &str, expected| {
        assert_eq!(is_own(origin, Some(host)), expected, "{origin} {host}");
    };
    check("http://host:4000", "host:4000", true);
    check("http://host:4000", "HOST:4000", true);
    check("http://host", "host:80", true);
    check("https://host:443", "host", true);
    check("http://host", "host:4000", false);
    check("http://[::1]:4000", "[::1]:4000", true);
    check("tauri://host", "host", false);
    check("null", "null", false);
}

async fn ask(list: Option<&[&str]>, request: http::request::Builder) -> Response {
    let policy = policy(list);
    let answer = |headers: HeaderMap| async move {
        headers.get(header::COOKIE).map_or("none", |_| "cookie")
    };
    Router::new()
        .route("/socket.io/", any(answer))
        .route("/health", any(answer))
        .route("/auth/login", any(answer))
        .route("/administered", any(answer))
        .layer(from_fn_with_state(policy.clone(), guard_sockets))
        .layer(from_fn_with_state(policy, cors))
        .oneshot(request.body(Body::empty()).unwrap())
        .await
        .unwrap()
}

fn get(path: &str, origin: Option<&str>) -> http::request::Builder {
    let mut request = http::Request::get(path);
    *request.headers_mut().unwrap() = headers(origin, false);
    request.header(header::COOKIE, "auth_token=x")
}

#[tokio::test]
async fn cors_headers_on_rest_handshake_and_preflight() {
    let check = async |list, origin: Option<&str>, allow: Option<&str>, credentials: bool| {
        for preflight in [false, true] {
            for path in ["/health", "/socket.io/?EIO=4"] {
                let mut request = get(path, origin);
                if preflight {
                    request = request
                        .method(Method::OPTIONS)
                        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT")
                        .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "x-own");
                }
                let response = ask(list, request).await;
                let context = format!("{list:?} {origin:?} {preflight} {path}");
                let text = |name: header::HeaderName| {
                    let value = response.headers().get(name);
                    value.map(|value| value.to_str().unwrap().to_owned())
                };
                let found = text(header::ACCESS_CONTROL_ALLOW_ORIGIN);
                assert_eq!(found.as_deref(), allow, "{context}");
                let found = text(header::ACCESS_CONTROL_ALLOW_CREDENTIALS);
                assert_eq!(found.as_deref(), credentials.then_some("true"), "{context}");
                assert_eq!(text(header::VARY).is_some(), list.is_some(), "{context}");
                let answered = preflight && origin.is_some();
                let status = if answered { 204 } else { 200 };
                assert_eq!(response.status(), status, "{context}");
                let wanted = (answered && allow.is_some()).then_some("x-own");
                let found = text(header::ACCESS_CONTROL_ALLOW_HEADERS);
                assert_eq!(found.as_deref(), wanted, "{context}");
            }
        }
    };
    check(None, None, Some("*"), false).await;
    check(None, Some("https://evil.example"), Some("*"), false).await;
    check(None, Some("tauri://localhost"), Some("*"), false).await;
    check(
        LIST,
        Some("https://a.example"),
        Some("https://a.example"),
        true,
    )
    .await;
    check(
        LIST,
        Some("http://b.example:8080"),
        Some("http://b.example:8080"),
        true,
    )
    .await;
    check(
        LIST,
        Some("tauri://localhost"),
        Some("tauri://localhost"),
        true,
    )
    .await;
    check(LIST, Some("https://evil.example"), None, false).await;
    check(LIST, None, None, false).await;
}

#[tokio::test]
async fn under_any_origin_accounts_administration_and_metrics_are_closed_to_pages_elsewhere() {
    let check = async |list, path: &str, origin: &str, allow: Option<&str>| {
        for preflight in [false, true] {
            let mut request = get(path, Some(origin));
            if preflight {
                request = request
                    .method(Method::OPTIONS)
                    .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST");
            }
            let response = ask(list, request).await;
            let context = format!("{list:?} {path} {origin} {preflight}");
            let text = |name: header::HeaderName| {
                let value = response.headers().get(name);
                value.map(|value| value.to_str().unwrap().to_owned())
            };
            let found = text(header::ACCESS_CONTROL_ALLOW_ORIGIN);
            assert_eq!(found.as_deref(), allow, "{context}");
            let methods = text(header::ACCESS_CONTROL_ALLOW_METHODS);
            assert_eq!(methods.is_some(), preflight && allow.is_some(), "{context}");
        }
    };
    let (evil, window) = ("https://evil.example", "tauri://localhost");
    for path in ["/auth/login", "/auth", "/admin/users", "/metrics"] {
        check(None, path, evil, None).await;
        check(None, path, "null", None).await;
        check(None, path, window, Some(window)).await;
        check(LIST, path, "https://a.example", Some("https://a.example")).await;
        let both: Option<&[&str]> = Some(&["https://a.example", "*"]);
        check(both, path, evil, None).await;
        check(both, path, "https://a.example", Some("https://a.example")).await;
    }
    check(None, "/administered", evil, Some("*")).await;
}

async fn body(response: Response) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), 10_000)
        .await
        .unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn a_foreign_page_connects_without_the_visitors_cookies() {
    let evil = Some("https://evil.example");
    assert_eq!(
        body(ask(None, get("/socket.io/", evil)).await).await,
        "none"
    );
    assert_eq!(
        body(ask(None, get("/socket.io/", None)).await).await,
        "cookie"
    );
    assert_eq!(
        body(ask(LIST, get("/socket.io/", evil)).await).await,
        "none"
    );
    let listed = get("/socket.io/", Some("https://a.example"));
    assert_eq!(body(ask(LIST, listed).await).await, "cookie");
    let socket = get("/socket.io/", evil).header(header::UPGRADE, "WebSocket");
    let refused = ask(LIST, socket).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    assert!(body(refused).await.contains("foreign-origin"));
}
