//! `POST /auth/logout`.

use axum::extract::State;
use http::{HeaderMap, StatusCode};

use super::{WithCookie, cookie_header, guest_secret};
use crate::http::AppState;
use crate::request::client_address::ClientAddress;
use crate::request::cookies::{clear_login, login_token};
use crate::request::error::ApiError;
use contract::rest::SessionAnswer;

/// Gives the token back and releases the live sockets of that browser. Whoever is not logged in, or
/// banned meanwhile, is logged out all the same.
pub(super) async fn logout(
    State(state): State<AppState>,
    client: ClientAddress,
    headers: HeaderMap,
) -> Result<WithCookie<SessionAnswer>, ApiError> {
    if let Some((token, _)) = login_token(&headers) {
        let claims = state.accounts.tokens().verify(token);
        if let Some(claims) = &claims {
            // Without its guest secret a browser's sockets cannot be told apart from those of the
            // same person elsewhere, which stay.
            if let Some(secret) = guest_secret(&state, &headers, None) {
                state.sessions.release_login(&claims.sub, Some(&secret));
            }
        }
        state.accounts.give_back_token(token).await?;
        if let Some(claims) = &claims {
            state.moderation.account_changed_by_owner(&claims.sub).await;
        }
    }
    let headers = cookie_header(clear_login(client.https));
    let body = SessionAnswer { user: None };
    Ok((StatusCode::OK, headers, axum::Json(body)))
}
