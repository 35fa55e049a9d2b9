//! `GET|POST /admin/users`, `PATCH|DELETE /admin/users/:id`, `POST /admin/users/:id/password`.
//!
//! Viewers see the list. Moderators suspend and ban accounts below them. Roles, passwords, new
//! accounts and deletion are for hosts. Nobody acts on themselves, so that no host locks everybody out by accident.

use axum::extract::{Path, State};
use http::StatusCode;

use crate::http::AppState;
use crate::http::Routes;
use crate::http::auth::validate;
use crate::http::current_user::{RequireHost, RequireModerator, RequireViewer};
use crate::http::extract::{Filters, Json, Page};
use crate::request::error::ApiError;
use contract::admin::action::ChangedUserAnswer;
use contract::query::UserQuery;
use contract::rest::{CreateUserBody, ResetPasswordBody, Role, UserList, UserPatch};
use contract::routes;
use contract::text::clean;
use runtime::clock::parse_iso;
use store::accounts::{NewUser, User, UserChange};

/// Longest reason, in characters.
const REASON_CHARS: usize = 500;
/// Longest search, in characters.
const SEARCH_CHARS: usize = 254;

/// The routes of this file.
pub fn routes() -> Routes {
    Routes::new()
        .on(routes::USERS, list)
        .on(routes::ADD_USER, create)
        .on(routes::CHANGE_USER, change)
        .on(routes::REMOVE_USER, delete)
        .on(routes::RESET_PASSWORD, reset_password)
}

async fn list(
    State(state): State<AppState>,
    RequireViewer(_): RequireViewer,
    Filters(query): Filters<UserQuery>,
) -> Result<axum::Json<UserList>, ApiError> {
    let UserQuery {
        search,
        limit,
        offset,
    } = query;
    let page = Page::of(limit, offset)?;
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
) -> Result<axum::Json<ChangedUserAnswer>, ApiError> {
    let author = caller.author();
    // Who may not touch the account learns nothing about the body.
    state.moderation.account_to_change(&author, &id).await?;
    let change = checked(&body)?;
    if change == UserChange::default() {
        return Err(ApiError::invalid("Say what is to change."));
    }
    let changed = state.moderation.change_account(&author, &id, &change);
    let (action, user) = changed.await?;
    let user = user.view();
    Ok(axum::Json(ChangedUserAnswer { user, action }))
}

async fn delete(
    State(state): State<AppState>,
    RequireHost(caller): RequireHost,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let author = caller.author();
    let user = state.moderation.account_to_change(&author, &id).await?;
    state.moderation.delete_account(&author, &user).await?;
    state.assets.delete_avatar_of(&user.id).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn create(
    State(state): State<AppState>,
    RequireHost(caller): RequireHost,
    Json(body): Json<CreateUserBody>,
) -> Result<(StatusCode, axum::Json<ChangedUserAnswer>), ApiError> {
    let username = validate::username(body.username.as_deref())?;
    let email = validate::email(body.email.as_deref())?;
    let password = validate::new_password(body.password.as_deref())?;
    let role = role(body.role.as_deref())?.unwrap_or_default();
    let new = NewUser {
        username,
        email,
        password_hash: state.accounts.passwords().hash(password).await?,
        role,
    };
    let author = caller.author();
    let (action, user) = state.moderation.create_account(&author, &new).await?;
    state.sessions.review_names();
    let user = user.view();
    let answer = ChangedUserAnswer { user, action };
    Ok((StatusCode::CREATED, axum::Json(answer)))
}

async fn reset_password(
    State(state): State<AppState>,
    RequireHost(caller): RequireHost,
    Path(id): Path<String>,
    Json(body): Json<ResetPasswordBody>,
) -> Result<StatusCode, ApiError> {
    let author = caller.author();
    let user = state.moderation.account_to_change(&author, &id).await?;
    let password = validate::new_password(body.password.as_deref())?;
    let hash = state.accounts.passwords().hash(password).await?;
    let reset = state.moderation.reset_password(&author, &user, &hash);
    reset.await?;
    Ok(StatusCode::NO_CONTENT)
}

fn role(text: Option<&str>) -> Result<Option<Role>, ApiError> {
    let Some(text) = text else { return Ok(None) };
    Role::parse(text)
        .map(Some)
        .ok_or_else(|| ApiError::invalid("The role is user, viewer, moderator or host."))
}

fn checked(body: &UserPatch) -> Result<UserChange, ApiError> {
    let role = role(body.role.as_deref())?;
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
