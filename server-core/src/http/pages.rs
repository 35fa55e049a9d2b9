//! The pages, embedded in the program.
//!
//! All built files of both pages lie under `/ui/`, so that pages, REST and sprites never collide.
//! A program built without Node has no pages and says how to get them.

use std::borrow::Cow;

use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::AppState;
use super::error::ApiError;

#[derive(RustEmbed)]
#[folder = "../ui/dist"]
#[allow_missing = true]
struct Ui;

/// Built files carry a hash of their content in their name and never change.
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");
/// Scripts, styles and fonts from this server only; sockets to any gateway, since a page may be
/// pointed at another one.
const CONTENT_SECURITY_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; \
     img-src 'self' data: blob: http: https:; connect-src 'self' http: https: ws: wss:; \
     object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
);

/// The builds of the official client that the pages' build takes over from its package.
const CLIENT_FILES: [&str; 3] = ["socket.io.js", "socket.io.min.js", "socket.io.esm.min.js"];
const WITHOUT_CLIENT: &str = "This program was built without the client for pages. Build it again \
     after \"npm ci\" and \"npm run build\" in the directory ui, or load socket.io-client from elsewhere.";

const MISSING: &str = include_str!("pages/missing.html");

/// A built file of the pages by its path in `ui/dist`, for a host that shows them itself: the desktop
/// window. `None` also when the program was built without its pages.
#[must_use]
pub fn embedded_file(path: &str) -> Option<Cow<'static, [u8]>> {
    Ui::get(path).map(|file| file.data)
}

/// The player page, the administration and their files.
pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(async || page("index.html")))
        .route("/admin", get(async || Redirect::permanent("/admin/")))
        .route("/admin/", get(async || page("admin/index.html")))
        .route("/ui/{*path}", get(file))
        .route("/socket.io/{client}", get(client))
}

fn page(name: &str) -> Response {
    let mut response = match Ui::get(name) {
        Some(file) => (StatusCode::OK, file.data).into_response(),
        None => (StatusCode::SERVICE_UNAVAILABLE, MISSING).into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    headers.insert(header::CACHE_CONTROL, REVALIDATE);
    headers.insert(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
    harden(headers);
    response
}

async fn file(Path(path): Path<String>, request: HeaderMap) -> Result<Response, ApiError> {
    let file =
        Ui::get(&path).ok_or_else(|| ApiError::not_found("There is nothing at this address."))?;
    let tag = entity_tag(&file);
    if tag.is_some() && request.get(header::IF_NONE_MATCH) == tag.as_ref() {
        return Ok(StatusCode::NOT_MODIFIED.into_response());
    }
    let kind = HeaderValue::from_str(file.metadata.mimetype());
    let mut response = file.data.into_response();
    let headers = response.headers_mut();
    if let Ok(kind) = kind {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    if let Some(tag) = tag {
        headers.insert(header::ETAG, tag);
    }
    let hashed = path.starts_with("assets/");
    headers.insert(
        header::CACHE_CONTROL,
        if hashed { IMMUTABLE } else { REVALIDATE },
    );
    harden(headers);
    Ok(response)
}

/// The official client, where every Socket.IO server has it: `/socket.io/socket.io.js` and its kin.
async fn client(Path(name): Path<String>, request: HeaderMap) -> Result<Response, ApiError> {
    if !CLIENT_FILES.contains(&name.as_str()) {
        return Err(ApiError::not_found("There is nothing at this address."));
    }
    file(Path(format!("socket.io/{name}")), request)
        .await
        .map_err(|_| ApiError::not_found(WITHOUT_CLIENT))
}

fn harden(headers: &mut HeaderMap) {
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    );
}

fn entity_tag(file: &EmbeddedFile) -> Option<HeaderValue> {
    use std::fmt::Write as _;
    let hash = file.metadata.sha256_hash();
    let hex = hash[..12].iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    HeaderValue::from_str(&format!("\"{hex}\"")).ok()
}
