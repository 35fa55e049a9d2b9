//! Avatars and sprites over HTTP, against the real stores.

mod admin;
mod avatars;
mod public;

use axum::Router;
use axum::body::Body;
use http::{HeaderMap, Request, StatusCode};
use serde_json::Value;
use tower::ServiceExt;

use super::test_support::ApiServer;

/// An answer with its body as it came.
struct Raw {
    status: StatusCode,
    headers: HeaderMap,
    bytes: Vec<u8>,
}

impl Raw {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_default()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    #[track_caller]
    fn refused(&self, status: u16, code: &str) {
        let body = self.json();
        assert_eq!(
            (self.status.as_u16(), &body["code"]),
            (status, &code.into()),
            "{body}"
        );
        assert!(
            body["message"].as_str().is_some_and(|m| m.ends_with('.')),
            "{body}"
        );
    }
}

/// Asks the three routers of this subject, without what the server wraps around them.
async fn ask(server: &ApiServer, request: Request<Body>) -> Raw {
    let router: Router = super::assets::routes()
        .merge(super::avatars::routes())
        .merge(super::admin::sprites::routes())
        .into_router()
        .with_state(server.state.clone());
    let response = router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, 4_000_000).await.unwrap();
    Raw {
        status: parts.status,
        headers: parts.headers,
        bytes: bytes.to_vec(),
    }
}

async fn get(server: &ApiServer, path: &str, token: Option<&str>) -> Raw {
    send(server, "GET", path, token, &Value::Null).await
}

/// Sends JSON, or nothing for `null`.
async fn send(
    server: &ApiServer,
    method: &str,
    path: &str,
    token: Option<&str>,
    body: &Value,
) -> Raw {
    let mut request = Request::builder().method(method).uri(path);
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let body = if body.is_null() {
        Body::empty()
    } else {
        request = request.header("content-type", "application/json");
        Body::from(body.to_string())
    };
    ask(server, request.body(body).unwrap()).await
}
