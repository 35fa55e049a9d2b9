//! `POST /auth/enter`: a page is logged in by a ticket that the administration made.

use std::time::Instant;

use axum::extract::State;
use http::{HeaderMap, StatusCode};

use super::{Json, PageProof, WithCookie, logged_in};
use crate::http::AppState;
use crate::http::current_user::{banned, restriction};
use crate::request::client_address::ClientAddress;
use crate::request::error::ApiError;
use contract::rest::{EnterBody, LoginAnswer};

/// As a login by password: the ticket is used up, the guest secret is another one afterwards, and of live
/// sockets only the one of this page becomes the account's.
pub(super) async fn enter(
    State(state): State<AppState>,
    client: ClientAddress,
    headers: HeaderMap,
    Json(body): Json<EnterBody>,
) -> Result<WithCookie<LoginAnswer>, ApiError> {
    let ticket = body.ticket.as_deref().unwrap_or_default();
    let account = state.accounts.world_tickets().take(ticket, Instant::now());
    let account = account.ok_or_else(over)?;
    let user = state.accounts.account(&account).await?.ok_or_else(over)?;
    if let Some(ban) = restriction(&state, &user) {
        return Err(banned(&ban));
    }
    let shown = PageProof::new(&state, &headers, body.socket);
    logged_in(&state, StatusCode::OK, &user, shown, &client)
}

fn over() -> ApiError {
    ApiError::new(
        StatusCode::UNAUTHORIZED,
        "ticket-over",
        "This link has been used or is too old. Open the world from the administration again.",
    )
}
