//! Answers in JSON are compressed where that saves something; pages were when they were built.

use axum::body::HttpBody;
use http::{Response, header};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::Predicate;

/// Bytes of an answer from which it is compressed: about what one packet carries.
const SMALLEST: u64 = 1024;

/// Around routes that answer JSON. Gzip alone, and quickly: a list is asked for often and read once.
pub(super) fn layer() -> CompressionLayer<WorthIt> {
    CompressionLayer::new()
        .quality(CompressionLevel::Fastest)
        .compress_when(WorthIt)
}

/// Whole answers in JSON that are long enough. Not what is still being written, such as an export:
/// compressed, it would wait for a full buffer. And not what hands out a cookie, since the length of a
/// compressed secret beside text of a stranger's choosing tells about it (BREACH).
#[derive(Clone, Copy)]
pub(super) struct WorthIt;

impl Predicate for WorthIt {
    fn should_compress<B: HttpBody>(&self, response: &Response<B>) -> bool {
        let headers = response.headers();
        let kind = headers.get(header::CONTENT_TYPE);
        let is_json = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
        let size = response.body().size_hint().exact();
        is_json
            && !headers.contains_key(header::SET_COOKIE)
            && size.is_some_and(|it| it >= SMALLEST)
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a router of the test's own")]
mod tests {
    use axum::Router;
    use axum::body::Body;
    use axum::response::IntoResponse;
    use axum::routing::get;
    use http::Request;
    use http_body_util::BodyExt as _;
    use tower::ServiceExt as _;

    use super::*;

    async fn check(
        takes: &str,
        answer: impl IntoResponse + Clone + Send + Sync + 'static,
        gzip: bool,
    ) {
        let app = Router::new()
            .route("/", get(async move || answer))
            .layer(layer());
        let request = Request::get("/").header(header::ACCEPT_ENCODING, takes);
        let answer = app
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        assert!(answer.status().is_success());
        let coding = answer.headers().get(header::CONTENT_ENCODING).cloned();
        assert_eq!(coding.is_some_and(|coding| coding == "gzip"), gzip);
        let varies = answer.headers().get(header::VARY).is_some();
        let size = answer.into_body().collect().await.unwrap().to_bytes().len();
        if gzip {
            assert!(varies && size < 200, "{size}");
        }
    }

    const JSON: (header::HeaderName, &str) = (header::CONTENT_TYPE, "application/json");

    #[tokio::test]
    async fn long_answers_in_json_are_compressed_and_nothing_else() {
        let long = "[0,0,0,0]".repeat(1000);
        let cookie = (header::SET_COOKIE, "auth_token=x");
        check("gzip, br", ([JSON], long.clone()), true).await;
        check("br", ([JSON], long.clone()), false).await;
        check("", ([JSON], long.clone()), false).await;
        check("gzip", ([JSON], "[0]"), false).await;
        check("gzip", ([JSON, cookie], long.clone()), false).await;
        check("gzip", long.clone(), false).await;
    }

    #[tokio::test]
    async fn what_is_still_being_written_is_not_held_back() {
        let parts = futures_util::stream::iter([Ok::<_, std::io::Error>("[0,0,0,0]".repeat(1000))]);
        let answer = ([JSON], Body::from_stream(parts)).into_response();
        assert!(!WorthIt.should_compress(&answer));
    }
}
