//! Which pages may talk to this server, and with whose cookies.
//!
//! One policy answers three questions: what CORS headers an answer carries ([`cors`]), whether a
//! Socket.IO handshake is accepted and with its cookies ([`guard_sockets`]), and whether an origin is
//! foreign (`cross_site` asks). The server's own pages are never foreign to it.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};

use super::error::ApiError;
use crate::config::{CorsPolicy, SecurityConfig};

/// The methods of the REST interface.
const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, POST, PUT, PATCH, DELETE");
/// What a preflight allows when it asks for no header by name.
const HEADERS: HeaderValue = HeaderValue::from_static("content-type, authorization");
/// Seconds a browser may remember a preflight.
const PREFLIGHT_SECONDS: HeaderValue = HeaderValue::from_static("600");
/// How far the asking page is from what it asks for.
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
/// Where accounts, the administration and the metrics live. Under `*` pages elsewhere read nothing
/// from there: who opens such a page lends it this machine's own standing.
const CLOSED: &[&str] = &["/auth", "/admin", "/metrics"];
/// Where Socket.IO lives.
const SOCKET_PATH: &str = "/socket.io";

/// The settings about origins; cheap to clone.
#[derive(Debug, Clone)]
pub struct OriginPolicy(Arc<Settings>);

#[derive(Debug)]
struct Settings {
    any: bool,
    listed: Vec<String>,
    trusted: Vec<String>,
    public: Option<String>,
}

/// What a request's `Origin` is to this server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OriginStanding {
    /// There is none: no browser, or a plain navigation.
    Absent,
    /// A page of this server.
    Own,
    /// Another page that the settings name.
    Listed,
    /// Any other page, also `null`.
    Foreign,
}

/// What becomes of a Socket.IO handshake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handshake {
    /// Goes on.
    Accept,
    /// Goes on as if it had brought no cookies.
    WithoutCookies,
    /// Is refused.
    Refuse,
}

/// Request extension: the cookies of this handshake were ignored, so none must be set either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CookiesIgnored;

impl OriginPolicy {
    /// Reads the policy from the settings. A `*` in a list means any.
    #[must_use]
    pub fn new(config: &SecurityConfig) -> Self {
        let fold = |list: &[String]| list.iter().map(|origin| normal(origin)).collect();
        let listed: Vec<String> = match &config.cors {
            CorsPolicy::Any => Vec::new(),
            CorsPolicy::Listed(list) => fold(list),
        };
        Self(Arc::new(Settings {
            any: config.cors == CorsPolicy::Any || listed.iter().any(|origin| origin == "*"),
            listed,
            trusted: fold(&config.trusted_origins),
            public: config.public_url.as_deref().and_then(origin_of_url),
        }))
    }

    /// What the request's `Origin` is to this server.
    #[must_use]
    pub fn standing(&self, headers: &HeaderMap) -> OriginStanding {
        let Some(value) = headers.get(header::ORIGIN) else {
            return OriginStanding::Absent;
        };
        let origin = normal(value.to_str().unwrap_or_default());
        let host = headers.get(header::HOST).and_then(|h| h.to_str().ok());
        if self.is_listed(&origin) {
            OriginStanding::Listed
        } else if self.0.public.as_ref() == Some(&origin)
            || is_own(&origin, host)
            || is_same_origin(headers)
        {
            OriginStanding::Own
        } else {
            OriginStanding::Foreign
        }
    }

    /// Whether the page behind the request's `Origin` is this server's own, by the host it was asked
    /// under, or that of the window around this server. A listed page, or the one at `PUBLIC_URL`, may do much here
    /// and is still somebody else's.
    #[must_use]
    pub fn is_ours(&self, headers: &HeaderMap) -> bool {
        let Some(origin) = headers.get(header::ORIGIN).and_then(|o| o.to_str().ok()) else {
            return false;
        };
        let origin = normal(origin);
        let host = headers.get(header::HOST).and_then(|h| h.to_str().ok());
        self.0.trusted.contains(&origin) || is_own(&origin, host)
    }

    /// What becomes of a Socket.IO handshake with these headers.
    #[must_use]
    pub fn handshake(&self, headers: &HeaderMap) -> Handshake {
        match self.standing(headers) {
            OriginStanding::Absent | OriginStanding::Own | OriginStanding::Listed => {
                Handshake::Accept
            }
            OriginStanding::Foreign if !self.0.any && is_websocket(headers) => Handshake::Refuse,
            OriginStanding::Foreign => Handshake::WithoutCookies,
        }
    }

    fn is_listed(&self, origin: &String) -> bool {
        self.0.listed.contains(origin) || self.0.trusted.contains(origin)
    }

    /// Adds what the policy says about the origin to an answer.
    fn decorate(&self, path: &str, origin: Option<&HeaderValue>, answer: &mut HeaderMap) {
        if self.0.any && !is_closed(path) {
            let any = HeaderValue::from_static("*");
            answer.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, any);
            return;
        }
        answer.append(header::VARY, HeaderValue::from_static("Origin"));
        let Some(origin) = origin else { return };
        if self.is_listed(&normal(origin.to_str().unwrap_or_default())) {
            let yes = HeaderValue::from_static("true");
            answer.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
            answer.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, yes);
        }
    }
}

/// Middleware: CORS headers on every answer, also of Socket.IO, and the answer to preflights. It
/// belongs outside of everything that may refuse, so that a page can read why.
pub async fn cors(State(policy): State<OriginPolicy>, request: Request, next: Next) -> Response {
    let origin = request.headers().get(header::ORIGIN).cloned();
    let path = request.uri().path().to_owned();
    let asked = request.headers().get(header::ACCESS_CONTROL_REQUEST_METHOD);
    let preflight = request.method() == Method::OPTIONS && origin.is_some() && asked.is_some();
    let mut response = if preflight {
        preflight_answer(request.headers())
    } else {
        next.run(request).await
    };
    policy.decorate(&path, origin.as_ref(), response.headers_mut());
    if preflight
        && !response
            .headers()
            .contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN)
    {
        for name in [
            header::ACCESS_CONTROL_ALLOW_METHODS,
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            header::ACCESS_CONTROL_MAX_AGE,
        ] {
            response.headers_mut().remove(name);
        }
    }
    response
}

/// Middleware for `/socket.io`: refuses a websocket from an origin that is not listed, and takes the
/// cookies away from foreign origins, so that no page elsewhere can act as whoever opens it.
pub async fn guard_sockets(
    State(policy): State<OriginPolicy>,
    mut request: Request,
    next: Next,
) -> Response {
    if !is_socket_path(request.uri().path()) {
        return next.run(request).await;
    }
    match policy.handshake(request.headers()) {
        Handshake::Accept => next.run(request).await,
        Handshake::WithoutCookies => {
            request.headers_mut().remove(header::COOKIE);
            request.extensions_mut().insert(CookiesIgnored);
            next.run(request).await
        }
        Handshake::Refuse => ApiError::forbidden(
            "foreign-origin",
            "This server does not accept connections from that page.",
        )
        .into_response(),
    }
}

pub(crate) fn is_socket_path(path: &str) -> bool {
    is_under(path, SOCKET_PATH)
}

fn is_closed(path: &str) -> bool {
    CLOSED.iter().any(|root| is_under(path, root))
}

fn is_under(path: &str, root: &str) -> bool {
    path.strip_prefix(root)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn preflight_answer(asked: &HeaderMap) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let wanted = asked.get(header::ACCESS_CONTROL_REQUEST_HEADERS);
    let answer = response.headers_mut();
    answer.insert(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    let headers = wanted.cloned().unwrap_or(HEADERS);
    answer.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, headers);
    answer.insert(header::ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS);
    response
}

fn is_websocket(headers: &HeaderMap) -> bool {
    headers
        .get(header::UPGRADE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.trim().eq_ignore_ascii_case("websocket"))
}

/// Whether the browser itself says that the page is ours. No page can set or change this header
/// (W3C Fetch Metadata), and it holds also behind a proxy that rewrites `Host`.
fn is_same_origin(headers: &HeaderMap) -> bool {
    let mut values = headers.get_all(SEC_FETCH_SITE).iter();
    values.next().is_some_and(|it| it == "same-origin") && values.next().is_none()
}

fn normal(origin: &str) -> String {
    origin.trim().trim_end_matches('/').to_ascii_lowercase()
}

/// Whether a page's origin names the host this request was sent to. `origin` is normal already.
fn is_own(origin: &str, host: Option<&str>) -> bool {
    let (Some((scheme, authority)), Some(host)) = (origin.split_once("://"), host) else {
        return false;
    };
    let default_port = match scheme {
        "http" => ":80",
        "https" => ":443",
        _ => return false,
    };
    let host = host.trim().to_ascii_lowercase();
    let bare = |text: &str| text.strip_suffix(default_port).unwrap_or(text).to_owned();
    bare(authority) == bare(&host)
}

/// Scheme, host and port of a URL, as browsers write an origin.
fn origin_of_url(url: &str) -> Option<String> {
    let url = url.trim().to_ascii_lowercase();
    let (scheme, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let authority = match scheme {
        "http" => authority.strip_suffix(":80").unwrap_or(authority),
        "https" => authority.strip_suffix(":443").unwrap_or(authority),
        _ => authority,
    };
    (!authority.is_empty()).then(|| format!("{scheme}://{authority}"))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a router of the test's own")]
mod tests;
