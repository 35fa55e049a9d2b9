//! One's own account: `GET|DELETE /auth/me`, `GET /auth/session`, `POST /auth/password`.

use axum::extract::State;
use http::{HeaderMap, StatusCode};

use super::{Json, PageProof, WithCookie, cookie_header, logged_in, prove, validate};
use crate::http::AppState;
use crate::http::current_user::{CurrentUser, restriction};
use crate::request::client_address::ClientAddress;
use crate::request::cookies::{clear_login, login_token};
use crate::request::error::ApiError;
use contract::rest::{
    ChangePasswordBody, DeleteAccountBody, LoginAnswer, SessionAnswer, UserAnswer,
};
use store::accounts::ChangeError;

/// Who the caller is; 401 for nobody.
pub(super) async fn me(caller: CurrentUser) -> WithCookie<UserAnswer> {
    let user = caller.user.view();
    let body = axum::Json(UserAnswer { user });
    (StatusCode::OK, cookie_header(None), body)
}

/// The same without an error: `null` for nobody, also for a banned account.
pub(super) async fn session(
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<WithCookie<SessionAnswer>, ApiError> {
    let user = match login_token(&headers) {
        Some((token, _)) => state.accounts.authenticate(token).await?,
        None => None,
    };
    let user = user
        .filter(|user| restriction(&state, user).is_none())
        .map(|user| user.view());
    let body = axum::Json(SessionAnswer { user });
    Ok((StatusCode::OK, cookie_header(None), body))
}

/// Sets a new password. Every token made so far ends, and live sockets elsewhere give their player
/// up; the caller gets a new token.
pub(super) async fn change_password(
    State(state): State<AppState>,
    client: ClientAddress,
    caller: CurrentUser,
    headers: HeaderMap,
    Json(body): Json<ChangePasswordBody>,
) -> Result<WithCookie<LoginAnswer>, ApiError> {
    let current = validate::password(body.current_password.as_deref())?;
    let new = validate::new_password(body.new_password.as_deref())?;
    prove_own(&state, &client, &caller, current).await?;
    let accounts = &state.accounts;
    let hash = accounts.passwords().hash(new).await?;
    let changed = accounts.users().set_password_hash(&caller.user.id, &hash);
    let user = changed.await?.ok_or_else(ApiError::unauthorized)?;
    tracing::info!(user_id = %user.id, "a password was changed");
    state.moderation.sign_out(&user.id).await;
    let shown = PageProof::new(&state, &headers, body.socket);
    logged_in(&state, StatusCode::OK, &user, shown, &client)
}

/// Deletes the caller's account; its live sockets are guests from now on.
pub(super) async fn delete(
    State(state): State<AppState>,
    client: ClientAddress,
    caller: CurrentUser,
    Json(body): Json<DeleteAccountBody>,
) -> Result<(StatusCode, HeaderMap), ApiError> {
    let password = validate::password(body.password.as_deref())?;
    prove_own(&state, &client, &caller, password).await?;
    let user = &caller.user;
    let deleted = state.accounts.delete_user(&user.actor(), user).await;
    let deleted = deleted.map_err(|error| match error {
        ChangeError::LastHost => ApiError::conflict(
            "last-host",
            "You are the only host. Make somebody else a host first.",
        ),
        ChangeError::Store(error) => error.into(),
    })?;
    state.assets.delete_avatar_of(&user.id).await?;
    tracing::info!(user_id = %user.id, "an account was deleted by its owner");
    state.sessions.release_login(&user.id, None);
    state.moderation.sign_out(&user.id).await;
    if let Some(entry) = &deleted {
        state.moderation.noted(entry).await;
    }
    let headers = cookie_header(clear_login(client.https));
    Ok((StatusCode::NO_CONTENT, headers))
}

async fn prove_own(
    state: &AppState,
    client: &ClientAddress,
    caller: &CurrentUser,
    password: &str,
) -> Result<(), ApiError> {
    if caller.is_local_host() {
        return Err(ApiError::forbidden(
            "no-account",
            "The host's own window has no account.",
        ));
    }
    let user = &caller.user;
    let stored = state.accounts.users().password_hash(&user.id).await?;
    let stored = stored.as_deref();
    prove(state, client, None, &user.email, password, stored).await
}
