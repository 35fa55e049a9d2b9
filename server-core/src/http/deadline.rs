//! A limit on how long a request may wait for a store.

use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::request::error::ApiError;

/// Longest time for a request that asks the database. The pool's own waits end earlier; this one is
/// for a database that took the question and never answers.
const STORE_DEADLINE: Duration = Duration::from_secs(10);

/// Middleware: 503 when the answer takes longer than [`STORE_DEADLINE`].
pub async fn within_deadline(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    match tokio::time::timeout(STORE_DEADLINE, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            tracing::error!(
                path,
                "a request was given up because the database does not answer"
            );
            ApiError::unavailable().into_response()
        }
    }
}
