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
use encoding::accepted;

mod encoding;

#[derive(RustEmbed)]
#[folder = "../ui/dist"]
#[allow_missing = true]
struct Ui;

/// Built files carry a hash of their content in their name and never change.
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");
/// A cache that has one form of a file must not hand it to a client that takes another.
const VARIES: HeaderValue = HeaderValue::from_static("Accept-Encoding");
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
        .on(routes::PLAYER_PAGE, async |request: HeaderMap| {
            page("index.html", PLAYER_POLICY, &request)
        })
        .on(routes::ADMIN_ENTRY, async || Redirect::permanent("/admin/"))
        .on(routes::ADMIN_PAGE, async |request: HeaderMap| {
            page("admin/index.html", ADMIN_POLICY, &request)
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

fn page(name: &str, policy: HeaderValue, request: &HeaderMap) -> Response {
    let mut response = stored::<Ui>(name, REVALIDATE, request)
        .unwrap_or_else(|| (StatusCode::SERVICE_UNAVAILABLE, MISSING).into_response());
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
    let hashed = path.starts_with("assets/");
    let kept = if hashed { IMMUTABLE } else { REVALIDATE };
    let found = built(&path).and_then(|path| stored::<Ui>(path, kept, &request));
    let mut response =
        found.ok_or_else(|| ApiError::not_found("There is nothing at this address."))?;
    harden(response.headers_mut());
    Ok(response)
}

/// A built file in the best form that the client takes, or the news that it has it already. Each form
/// has a tag of its own, since its bytes are others (RFC 9110, 8.8.3.3).
fn stored<E: RustEmbed>(path: &str, kept: HeaderValue, request: &HeaderMap) -> Option<Response> {
    let kind = E::get(path)?.metadata.mimetype().parse::<HeaderValue>();
    let (form, file) = accepted(request).into_iter().find_map(|form| {
        let file = E::get(&format!("{path}{}", form.suffix()))?;
        Some((form, file))
    })?;
    let tag = entity_tag(&file);
    let has_it = tag.as_ref().is_some_and(|tag| holds(request, tag));
    let mut response = match has_it {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => file.data.into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(header::VARY, VARIES);
    headers.insert(header::CACHE_CONTROL, kept);
    if let Some(tag) = tag {
        headers.insert(header::ETAG, tag);
    }
    if has_it {
        return Some(response);
    }
    if let Ok(kind) = kind {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    if let Some(coding) = form.header() {
        headers.insert(header::CONTENT_ENCODING, coding);
    }
    Some(response)
}

/// Whether a client has what `tag` names; it may list several, and a proxy may have weakened them.
fn holds(request: &HeaderMap, tag: &HeaderValue) -> bool {
    request
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|shown| shown == "*" || shown.trim_start_matches("W/").as_bytes() == tag.as_bytes())
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
/// Nor are compressed forms files of their own.
fn built(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_apart = name.rsplit_once('.').is_some_and(|(_, extension)| {
        let extension = extension.trim().to_ascii_lowercase();
        extension.starts_with("htm")
            || extension.starts_with("xht")
            || ["br", "gz"].contains(&extension.as_str())
    });
    (!is_apart).then_some(path)
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
    use http::HeaderName;
    use http_body_util::BodyExt as _;
    use tower::ServiceExt as _;

    use super::*;

    /// Two files, one of them with compressed forms that say so.
    #[derive(RustEmbed)]
    #[folder = "src/http/pages/samples"]
    struct Samples;

    fn ask(path: &str, said: &[(HeaderName, &str)]) -> Response {
        let pairs = said
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap()));
        stored::<Samples>(path, REVALIDATE, &pairs.collect()).unwrap()
    }

    async fn check(path: &str, takes: &str, coding: Option<&str>, body: &str) -> String {
        let answer = ask(path, &[(header::ACCEPT_ENCODING, takes)]);
        let of = |name: HeaderName| {
            let value = answer.headers().get(name);
            value.map(|value| value.to_str().unwrap().to_owned())
        };
        assert_eq!(of(header::CONTENT_ENCODING).as_deref(), coding, "{takes}");
        assert_eq!(of(header::VARY).as_deref(), Some("Accept-Encoding"));
        assert!(
            !of(header::CONTENT_TYPE).unwrap().contains("octet"),
            "of the file itself"
        );
        let tag = of(header::ETAG).unwrap();
        let bytes = answer.into_body().collect().await.unwrap().to_bytes();
        assert_eq!(bytes, format!("{body}\n"), "{takes}");
        tag
    }

    #[tokio::test]
    async fn each_form_of_a_file_says_what_it_is_and_has_a_tag_of_its_own() {
        let plain = check("walk.js", "", None, "plain").await;
        let gzip = check("walk.js", "gzip, deflate", Some("gzip"), "as gzip").await;
        let brotli = check("walk.js", "gzip, br", Some("br"), "as brotli").await;
        assert!(plain != gzip && gzip != brotli && brotli != plain);
        check("tiny.css", "gzip, br", None, "plain").await;
        assert!(stored::<Samples>("absent.js", REVALIDATE, &HeaderMap::new()).is_none());

        let takes = (header::ACCEPT_ENCODING, "gzip");
        for (shown, status) in [
            (gzip.clone(), StatusCode::NOT_MODIFIED),
            (format!("W/{gzip}"), StatusCode::NOT_MODIFIED),
            (format!("\"other\", {gzip}"), StatusCode::NOT_MODIFIED),
            ("*".to_owned(), StatusCode::NOT_MODIFIED),
            (brotli, StatusCode::OK),
            (plain, StatusCode::OK),
        ] {
            let answer = ask("walk.js", &[takes.clone(), (header::IF_NONE_MATCH, &shown)]);
            assert_eq!(answer.status(), status, "{shown}");
            assert_eq!(answer.headers()[header::ETAG], *gzip);
            assert_eq!(answer.headers()[header::VARY], VARIES);
        }
    }

    #[test]
    fn no_page_is_a_file_under_ui() {
        for page in [
            "index.html",
            "admin/index.html",
            "admin/Index.HTML",
            "a.htm",
            "b.xhtml",
            "assets/admin-1a2b.js.br",
            "index.html.gz",
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
            .route(
                "/",
                get(async || page("index.html", PLAYER_POLICY, &HeaderMap::new())),
            )
            .route(
                "/admin/",
                get(async || page("admin/index.html", ADMIN_POLICY, &HeaderMap::new())),
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
