//! `POST /auth/login`.

use axum::extract::State;
use http::{HeaderMap, StatusCode};

use super::{Json, PageProof, WithCookie, known_device, logged_in, prove, validate};
use crate::http::AppState;
use crate::http::current_user::{banned, restriction};
use crate::request::client_address::ClientAddress;
use crate::request::error::ApiError;
use contract::rest::{LoginAnswer, LoginBody};
use runtime::clock::now_ms;

/// Checks e-mail address and password. That an account is banned is told only to who knows its
/// password.
pub(super) async fn login(
    State(state): State<AppState>,
    client: ClientAddress,
    headers: HeaderMap,
    Json(body): Json<LoginBody>,
) -> Result<WithCookie<LoginAnswer>, ApiError> {
    let email = validate::email(body.email.as_deref())?;
    let password = validate::password(body.password.as_deref())?;
    let found = state.accounts.users().by_email(&email).await?;
    let stored = found.as_ref().map(|(_, hash)| hash.as_str());
    let known = found.as_ref();
    let device = known.and_then(|(user, _)| known_device(&state, &headers, &user.id));
    prove(&state, &client, device, &email, password, stored).await?;
    let (user, _) = found.ok_or_else(ApiError::wrong_credentials)?;
    if let Some(ban) = restriction(&state, &user) {
        return Err(banned(&ban));
    }
    // Only a statistic: a database that has just become read-only must not keep people out.
    if let Err(error) = state.accounts.users().touch(&user.id, now_ms()).await {
        tracing::warn!(%error, user_id = %user.id, "the time of a login was not kept");
    }
    let shown = PageProof::new(&state, &headers, body.socket);
    logged_in(&state, StatusCode::OK, &user, shown, &client)
}
