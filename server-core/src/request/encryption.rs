//! Sends those who come over plain http to https, when this server has a certificate.
//!
//! There is one port for both, since a link that was read out without its `s` has to work. Plain requests are
//! answered only where nobody can listen in, or where nothing is worth listening for.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header};

use super::client_address::AddressPolicy;
use super::error::ApiError;
use super::origin::is_socket_path;
use identity::PeerAddress;
use transport::Encryption;

/// What balancers, service managers and images ask, who know no names; no secret is in the answers.
const PLAIN_PATHS: [&str; 2] = ["/health", "/ready"];

/// Middleware: a redirect for a request that came without TLS and should not have.
///
/// It is temporary, and no `Strict-Transport-Security` is sent: both would be remembered by browsers for
/// every port of this name, also when the host takes the certificate away again.
pub async fn require_tls(
    State(addresses): State<AddressPolicy>,
    request: Request,
    next: Next,
) -> Response {
    let extensions = request.extensions();
    let may_be_plain = match (extensions.get::<Encryption>(), extensions.get()) {
        (Some(Encryption::Missing { within_machine }), Some(PeerAddress(peer))) => {
            addresses.forwards_https(peer.ip(), request.headers())
                || (*within_machine && addresses.stays_here(peer.ip(), request.headers()))
        }
        _ => true,
    };
    if may_be_plain || PLAIN_PATHS.contains(&request.uri().path()) {
        return next.run(request).await;
    }
    let mut answer = ApiError::new(
        StatusCode::TEMPORARY_REDIRECT,
        "https-required",
        "This server speaks https. Write https:// at the beginning of its address.",
    )
    .into_response();
    let answered = answer.headers_mut();
    answered.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    match secure_address(request.headers(), request.uri()) {
        Some(address) => drop(answered.insert(header::LOCATION, address)),
        // Without a name there is nowhere to lead to; who asks like that is no browser.
        None => *answer.status_mut() = StatusCode::UPGRADE_REQUIRED,
    }
    if is_socket_path(request.uri().path()) {
        // A websocket follows no redirect, and a page that polls should say so instead of doing it unseen.
        *answer.status_mut() = StatusCode::UPGRADE_REQUIRED;
        answer.headers_mut().remove(header::LOCATION);
    }
    answer
}

fn secure_address(headers: &HeaderMap, uri: &Uri) -> Option<HeaderValue> {
    let host = headers.get(header::HOST)?.to_str().ok()?.trim();
    let host: http::uri::Authority = host.parse().ok()?;
    let path = uri.path_and_query().map_or("/", |it| it.as_str());
    let named = !host.host().is_empty() && !host.as_str().contains('@') && path.starts_with('/');
    let address = format!("https://{host}{path}");
    named
        .then(|| HeaderValue::from_str(&address).ok())
        .flatten()
}
