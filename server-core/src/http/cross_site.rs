//! Refuses what another site makes a visitor's browser do.
//!
//! Only unsafe calls that act through the login cookie can be forged that way: a bearer token is
//! never sent by itself. Socket.IO settles the same question at its handshake (`origin`).

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, Method};

use crate::request::cookies::{Credential, login_token};
use crate::request::error::ApiError;
use crate::request::origin::{OriginPolicy, OriginStanding, is_socket_path};

/// Middleware: 403 for forged calls.
pub async fn refuse_cross_site(
    State(policy): State<OriginPolicy>,
    request: Request,
    next: Next,
) -> Response {
    let guarded = !is_socket_path(request.uri().path());
    if guarded && is_forged(&policy, request.method(), request.headers()) {
        return ApiError::forbidden(
            "cross-site",
            "This was asked for by a page of another site. Open this server's own page.",
        )
        .into_response();
    }
    next.run(request).await
}

fn is_forged(policy: &OriginPolicy, method: &Method, headers: &HeaderMap) -> bool {
    let by_cookie = login_token(headers).is_some_and(|(_, how)| how == Credential::Cookie);
    if method.is_safe() || !by_cookie {
        return false;
    }
    match policy.standing(headers) {
        OriginStanding::Foreign => true,
        // The settings name this other site: it is meant to act for its visitors.
        OriginStanding::Listed => false,
        OriginStanding::Own | OriginStanding::Absent => headers
            .get("sec-fetch-site")
            .is_some_and(|site| site.as_bytes().eq_ignore_ascii_case(b"cross-site")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{CorsPolicy, SecurityConfig};

    fn check(listed: bool, method: &Method, pairs: &[(&'static str, &str)], forged: bool) {
        let policy = OriginPolicy::new(&SecurityConfig {
            cors: if listed {
                CorsPolicy::Listed(vec!["https://a.example".to_owned()])
            } else {
                CorsPolicy::Any
            },
            ..SecurityConfig::default()
        });
        let mut headers = HeaderMap::new();
        headers.insert("host", "localhost:4000".parse().unwrap());
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        assert_eq!(
            is_forged(&policy, method, &headers),
            forged,
            "{method} {pairs:?}"
        );
    }

    #[test]
    fn only_cookies_on_unsafe_calls_from_elsewhere_are_forged() {
        let cookie = ("cookie", "auth_token=t");
        let evil = ("origin", "https://evil.example");
        let cross = ("sec-fetch-site", "cross-site");
        let own = ("origin", "http://localhost:4000");
        let a = ("origin", "https://a.example");
        for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            check(false, &method, &[cookie], false);
            check(false, &method, &[cookie, own], false);
            check(
                false,
                &method,
                &[cookie, own, ("sec-fetch-site", "same-origin")],
                false,
            );
            check(false, &method, &[cookie, evil], true);
            check(false, &method, &[cookie, ("origin", "null")], true);
            check(false, &method, &[cookie, cross], true);
            check(false, &method, &[cookie, own, cross], true);
            check(false, &method, &[evil, cross], false);
            check(
                false,
                &method,
                &[cookie, ("authorization", "Bearer t"), evil],
                false,
            );
            check(true, &method, &[cookie, a, cross], false);
            check(false, &method, &[cookie, a], true);
            check(true, &method, &[cookie, evil], true);
        }
        check(false, &Method::GET, &[cookie, evil, cross], false);
        check(false, &Method::HEAD, &[cookie, evil, cross], false);
    }
}
