//! The one error of the REST interface: what a person may read, and the status that goes with it.
//!
//! What the log should keep is written where the error is made; nothing of a database, a library or
//! the request's own text reaches the answer.

use std::borrow::Cow;

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

use contract::rest::ErrorBody;
use session::SanctionNotice;
use store::storage::StoreError;

/// An answer `{message, code}` with its status.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{status} {code}: {message}")]
pub struct ApiError {
    /// The status of the answer.
    pub status: StatusCode,
    /// For programs, in kebab case.
    pub code: &'static str,
    /// A sentence for a person.
    pub message: Cow<'static, str>,
    /// Seconds after which trying again makes sense, sent as `Retry-After`.
    pub retry_after: Option<u64>,
    /// What keeps the caller's account out, where something does.
    pub ban: Option<SanctionNotice>,
}

impl ApiError {
    /// Any error; the functions below name the usual ones.
    pub fn new(
        status: StatusCode,
        code: &'static str,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            retry_after: None,
            ban: None,
        }
    }

    /// 400: the request itself is wrong, and `message` says what to change.
    pub fn bad_request(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// 400 for one field of a body.
    pub fn invalid(message: impl Into<Cow<'static, str>>) -> Self {
        Self::bad_request("invalid-field", message)
    }

    /// 401: nobody is logged in, or the token no longer counts.
    #[must_use]
    pub fn unauthorized() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "not-logged-in",
            "Log in to do this.",
        )
    }

    /// 401 for a wrong e-mail address or password; the two are not told apart.
    #[must_use]
    pub fn wrong_credentials() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "wrong-credentials",
            "The e-mail address or the password is wrong.",
        )
    }

    /// 403: known, and not allowed.
    pub fn forbidden(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::FORBIDDEN, code, message)
    }

    /// 403 for a role that may not do this.
    #[must_use]
    pub fn role_required() -> Self {
        Self::forbidden("role-required", "Your account may not do this.")
    }

    /// 404 with a sentence about what is missing.
    pub fn not_found(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", message)
    }

    /// 409: something else is there already.
    pub fn conflict(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::CONFLICT, code, message)
    }

    /// 429 after too many attempts.
    #[must_use]
    pub fn too_many_attempts(retry_after_seconds: u64) -> Self {
        Self {
            retry_after: Some(retry_after_seconds),
            ..Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too-many-attempts",
                "There were too many attempts. Wait a little and try again.",
            )
        }
    }

    /// 503: a store cannot answer now.
    #[must_use]
    pub fn unavailable() -> Self {
        Self {
            retry_after: Some(UNAVAILABLE_RETRY_SECONDS),
            ..Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "unavailable",
                "This cannot be answered right now. Try again in a moment.",
            )
        }
    }
}

/// Seconds a client should wait after a 503: longer than the pool's own wait for a connection.
const UNAVAILABLE_RETRY_SECONDS: u64 = 5;

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "a request failed because the database did");
        Self::unavailable()
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (reason, until) = self.ban.map_or((None, None), |ban| {
            let reason = Some(ban.reason).filter(|it| !it.trim().is_empty());
            (reason, ban.until)
        });
        let body = ErrorBody {
            message: self.message.into_owned(),
            code: self.code.to_owned(),
            reason,
            until,
        };
        let mut response = (self.status, Json(body)).into_response();
        if let Some(seconds) = self.retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
