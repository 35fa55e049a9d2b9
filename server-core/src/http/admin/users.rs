//! `GET /admin/users`, `PATCH|DELETE /admin/users/:id`.
//!
//! Viewers see the list. Moderators suspend and ban accounts below them. Roles and deletion are for
//! hosts. Nobody acts on themselves, so that no host locks everybody out by accident.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::{get, patch};
use http::StatusCode;
use serde::Deserialize;

use crate::accounts::time::{now_ms, parse_iso};
use crate::accounts::{ActiveBan, User, UserChange};
use crate::http::AppState;
use crate::http::current_user::{CurrentUser, RequireHost, RequireModerator, RequireViewer};
use crate::http::error::ApiError;
use crate::http::extract::{Json, PageQuery, Query};
use crate::protocol::rest::{Role, UserAnswer, UserList, UserPatch};
use crate::protocol::text::clean;
use crate::protocol::{SessionTerminated, TerminationCode};

/// Longest reason, in characters.
const REASON_CHARS: usize = 500;
/// Longest search, in characters.
const SEARCH_CHARS: usize = 254;

/// The routes of this file.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/admin/users", get(list))
        .route("/admin/users/{id}", patch(change).delete(delete))
}

#[derive(Debug, Deserialize)]
struct UserQuery {
    search: Option<String>,
    limit: Option<String>,
    offset: Option<String>,
}

async fn list(
    State(state): State<AppState>,
    RequireViewer(_): RequireViewer,
    Query(query): Query<UserQuery>,
) -> Result<axum::Json<UserList>, ApiError> {
    let UserQuery {
        search,
        limit,
        offset,
    } = query;
    let page = PageQuery { limit, offset }.page()?;
    let search = clean(&search.unwrap_or_default(), SEARCH_CHARS);
    let users = state.accounts.users();
    let (total, users) = users.list(&search, page.limit, page.offset).await?;
    Ok(axum::Json(UserList {
        total,
        limit: page.limit,
        offset: page.offset,
        users: users.iter().map(User::view).collect(),
    }))
}

async fn change(
    State(state): State<AppState>,
    RequireModerator(caller): RequireModerator,
    Path(id): Path<String>,
    Json(body): Json<UserPatch>,
) -> Result<axum::Json<UserAnswer>, ApiError> {
    let before = target(&state, &caller, &id).await?;
    let change = checked(&body)?;
    if change == UserChange::default() {
        return Err(ApiError::invalid("Say what is to change."));
    }
    if change.role.is_some() && caller.user.role < Role::Host {
        return Err(ApiError::role_required());
    }
    let changed = state
        .accounts
        .update_user(&caller.user.id, &before, &change);
    let user = changed.await?.ok_or_else(no_such_account)?;
    tracing::info!(user_id = %user.id, actor = %caller.user.id, "an account was changed");
    state.sessions.tell_bans_changed();
    if let Some(ban) = user.restriction(now_ms()) {
        let notice = notice(&ban);
        state.sessions.end_account_sessions(&user.id, &notice);
    }
    Ok(axum::Json(UserAnswer { user: user.view() }))
}

async fn delete(
    State(state): State<AppState>,
    RequireHost(caller): RequireHost,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let user = target(&state, &caller, &id).await?;
    state.assets.delete_avatar_of(&user.id).await?;
    if !state.accounts.delete_user(&caller.user.id, &user).await? {
        return Err(no_such_account());
    }
    tracing::info!(user_id = %user.id, actor = %caller.user.id, "an account was deleted");
    state.sessions.tell_bans_changed();
    let notice =
        SessionTerminated::because(TerminationCode::Kicked, "Your account was removed.", None);
    state.sessions.end_account_sessions(&user.id, &notice);
    Ok(StatusCode::NO_CONTENT)
}

/// The account to act on, if the caller may act on it.
async fn target(state: &AppState, caller: &CurrentUser, id: &str) -> Result<User, ApiError> {
    let id = id.trim().to_lowercase();
    if id == caller.user.id {
        return Err(ApiError::forbidden(
            "own-account",
            "This is your own account. Ask another host to change it.",
        ));
    }
    let user = state.accounts.account(&id).await?;
    let user = user.ok_or_else(no_such_account)?;
    // Hosts act on everybody else, others only on who may do less than they.
    if caller.user.role < Role::Host && user.role >= caller.user.role {
        return Err(ApiError::role_required());
    }
    Ok(user)
}

fn no_such_account() -> ApiError {
    ApiError::not_found("There is no such account.")
}

fn checked(body: &UserPatch) -> Result<UserChange, ApiError> {
    let role = match body.role.as_deref() {
        None => None,
        Some(text) => Some(
            Role::parse(text)
                .ok_or_else(|| ApiError::invalid("The role is user, viewer, moderator or host."))?,
        ),
    };
    let suspension_until = match &body.suspension_until {
        None => None,
        Some(None) => Some(None),
        Some(Some(text)) => Some(Some(parse_iso(text).ok_or_else(|| {
            ApiError::invalid("The end of a suspension is a time such as 2030-01-31T18:00:00Z.")
        })?)),
    };
    let reason = |text: &Option<String>| {
        let text = clean(text.as_deref().unwrap_or_default(), REASON_CHARS);
        (!text.is_empty()).then_some(text)
    };
    Ok(UserChange {
        role,
        is_banned: body.is_banned,
        suspension_until,
        suspension_reason: body.suspension_reason.as_ref().map(reason),
    })
}

fn notice(ban: &ActiveBan) -> SessionTerminated {
    let code = TerminationCode::Banned;
    let reason = match ban.reason.as_str() {
        "" => code.default_message(),
        reason => reason,
    };
    SessionTerminated::because(code, reason, ban.until_iso())
}
