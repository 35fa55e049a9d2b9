//! The pages, embedded in the program.
//!
//! All built files of both pages lie under `/ui/`, so that pages, REST and sprites never collide.
//! A program built without Node has no pages and says how to get them.

use std::borrow::Cow;

use axum::extract::{Path, Request};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::Routes;
use crate::request::error::ApiError;
use contract::routes;

#[derive(RustEmbed)]
#[folder = "../ui/dist"]
#[allow_missing = true]
struct Ui;

/// Built files carry a hash of their content in their name and never change.
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");
/// Of the player page: scripts, styles and fonts from this server only; sockets to any gateway, since
/// the page may be pointed at another one.
const PLAYER_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; \
     img-src 'self' data: blob: http: https:; connect-src 'self' http: https: ws: wss:; \
     object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
);
/// Of the administration: it talks with its own server and nobody else, and stands in no frame.
const ADMIN_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; \
     img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; \
     form-action 'self'; frame-ancestors 'none'",
);
/// Of any other answer in HTML, such as a report: what stands in it, and nothing that runs.
const BARE_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'none'",
);

/// The builds of the official client that the pages' build takes over from its package.
const CLIENT_FILES: [&str; 3] = ["socket.io.js", "socket.io.min.js", "socket.io.esm.min.js"];
const WITHOUT_CLIENT: &str = "This program was built without the client for pages. Build it again \
     after \"npm ci\" and \"npm run build\" in the directory ui, or load socket.io-client from elsewhere.";

const MISSING: &str = include_str!("missing.html");

/// A built file of the pages by its path in `ui/dist`, for a host that shows them itself: the desktop
/// window. `None` also when the program was built without its pages.
#[must_use]
pub fn embedded_file(path: &str) -> Option<Cow<'static, [u8]>> {
    Ui::get(path).map(|file| file.data)
}

/// The player page, the administration and their files.
pub(super) fn routes() -> Routes {
    Routes::new()
        .on(routes::PLAYER_PAGE, async || {
            page("index.html", PLAYER_POLICY)
        })
        .on(routes::ADMIN_ENTRY, async || Redirect::permanent("/admin/"))
        .on(routes::ADMIN_PAGE, async || {
            page("admin/index.html", ADMIN_POLICY)
        })
        .on(routes::PAGE_FILE, file)
        .on(routes::CLIENT_FILE, client)
}

/// Middleware around everything: no HTML leaves without a policy, whoever answers.
pub async fn guard_html(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let kind = headers.get(header::CONTENT_TYPE);
    let is_html = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if is_html && !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        headers.insert(header::CONTENT_SECURITY_POLICY, BARE_POLICY);
        harden(headers);
    }
    response
}

fn page(name: &str, policy: HeaderValue) -> Response {
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
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    harden(headers);
    response
}

async fn file(Path(path): Path<String>, request: HeaderMap) -> Result<Response, ApiError> {
    let file = built(&path).and_then(Ui::get);
    let file = file.ok_or_else(|| ApiError::not_found("There is nothing at this address."))?;
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

/// A path under `/ui/` that may be answered. The pages themselves have addresses of their own, with
/// the policy and the guard that belong to them; found a second time here, they would have neither.
fn built(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_page = name.rsplit_once('.').is_some_and(|(_, extension)| {
        let extension = extension.trim().to_ascii_lowercase();
        extension.starts_with("htm") || extension.starts_with("xht")
    });
    (!is_page).then_some(path)
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

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a router of the test's own")]
mod tests {
    use axum::Router;
    use axum::body::Body;
    use axum::middleware::from_fn;
    use axum::response::Html;
    use axum::routing::get;
    use tower::ServiceExt as _;

    use super::*;

    #[test]
    fn no_page_is_a_file_under_ui() {
        for page in [
            "index.html",
            "admin/index.html",
            "admin/Index.HTML",
            "a.htm",
            "b.xhtml",
        ] {
            assert_eq!(built(page), None, "{page}");
        }
        for file in [
            "assets/admin-1a2b.js",
            "assets/html.css",
            "favicon.svg",
            "a.html/b.js",
        ] {
            assert_eq!(built(file), Some(file));
        }
    }

    #[tokio::test]
    async fn every_answer_in_html_has_a_policy_and_the_administration_is_bound_to_its_server() {
        let app = Router::new()
            .route("/", get(async || page("index.html", PLAYER_POLICY)))
            .route(
                "/admin/",
                get(async || page("admin/index.html", ADMIN_POLICY)),
            )
            .route(
                "/report",
                get(async || (StatusCode::NOT_FOUND, Html("<p>no</p>"))),
            )
            .route("/data", get(async || axum::Json(1)))
            .layer(from_fn(guard_html));
        let policy = async |path: &str| {
            let request = Request::get(path).body(Body::empty()).unwrap();
            let answer = app.clone().oneshot(request).await.unwrap();
            let policy = answer.headers().get(header::CONTENT_SECURITY_POLICY);
            policy.map(|policy| policy.to_str().unwrap().to_owned())
        };
        assert!(
            policy("/")
                .await
                .unwrap()
                .contains("connect-src 'self' http:")
        );
        let admin = policy("/admin/").await.unwrap();
        assert!(
            admin.contains("connect-src 'self';") && !admin.contains("http"),
            "{admin}"
        );
        assert!(admin.contains("frame-ancestors 'none'"), "{admin}");
        assert!(
            policy("/report")
                .await
                .unwrap()
                .contains("default-src 'none'")
        );
        assert_eq!(policy("/data").await, None);
    }
}
