//! The last part of a path that names a sprite or its file.

use axum::extract::{FromRequestParts, Path};
use http::request::Parts;

use super::ApiError;

/// Longest id or file name that is looked up, in bytes.
const MAX_BYTES: usize = 80;

/// Letters, digits, `-`, `_` and `.` only: what any of our ids consists of. Anything else names
/// nothing and never reaches the database.
#[derive(Debug, Clone)]
pub(super) struct SpriteId(pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for SpriteId {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let missing = || ApiError::not_found("There is no such sprite.");
        let Path(id) = Path::<String>::from_request_parts(parts, state)
            .await
            .map_err(|_| missing())?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if id.len() <= MAX_BYTES && id.chars().all(plain) {
            Ok(Self(id))
        } else {
            Err(missing())
        }
    }
}
