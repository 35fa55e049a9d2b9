//! JSON answers for paths and methods that do not exist.

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use http::{Method, StatusCode, Uri};

use crate::request::error::ApiError;

/// Gives a router these answers. To be called before the Socket.IO layer is added, which would
/// otherwise be shadowed by the fallback.
pub fn answer_unknown<S: Clone + Send + Sync + 'static>(router: Router<S>) -> Router<S> {
    router
        .fallback(unknown_path)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn(guard_null))
}

/// Middleware: 404 for a path with a null character in it. No id has one, and Postgres takes none in any
/// text: its refusal would be that of a database which does not work.
async fn guard_null(request: Request, next: Next) -> Response {
    match request.uri().path().contains("%00") {
        true => ApiError::not_found("There is nothing at this address.").into_response(),
        false => next.run(request).await,
    }
}

/// 404 for a path nobody serves.
pub async fn unknown_path(method: Method, uri: Uri) -> ApiError {
    tracing::debug!(%method, path = uri.path(), "no such path");
    ApiError::not_found("There is nothing at this address.")
}

/// 405 for a path that is served, by another method.
pub async fn wrong_method(method: Method, uri: Uri) -> ApiError {
    tracing::debug!(%method, path = uri.path(), "no such method");
    ApiError::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method-not-allowed",
        "This address does not answer this kind of request.",
    )
}
