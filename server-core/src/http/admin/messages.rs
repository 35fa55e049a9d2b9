//! `/admin/messages`: search, remove, restore, export.

use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;

use super::body::{self, moment};
use super::export::{self, ExportFormat};
use crate::http::AppState;
use crate::http::Routes;
use crate::http::current_user::{RequireModerator, RequireViewer};
use crate::http::extract::{Filters, Page};
use crate::request::error::ApiError;
use contract::MessageId;
use contract::admin::action::MessageAnswer;
use contract::query::MessageQuery;
use contract::rest::{MessageList, MessageStatus};
use contract::routes;
use contract::text::clean;
use store::accounts::MessageFilter;

/// Longest search, in characters: as long as a message.
const SEARCH_CHARS: usize = 500;
/// Longest message id worth looking up, in bytes; ours have 36.
const MAX_ID_BYTES: usize = 128;

/// The routes of this file.
pub fn routes() -> Routes {
    Routes::new()
        .on(routes::MESSAGES, list)
        .on(routes::EXPORT_MESSAGES, export)
        .on(routes::REMOVE_MESSAGE, remove)
        .on(routes::RESTORE_MESSAGE, restore)
}

async fn list(
    State(state): State<AppState>,
    RequireViewer(_): RequireViewer,
    Filters(query): Filters<MessageQuery>,
) -> Result<axum::Json<MessageList>, ApiError> {
    let filter = filter(&query)?;
    let MessageQuery { limit, offset, .. } = query;
    let page = Page::of(limit, offset)?;
    let archive = state.accounts.archive();
    let (total, messages) = archive.list(&filter, page.limit, page.offset).await?;
    Ok(axum::Json(MessageList {
        total,
        limit: page.limit,
        offset: page.offset,
        messages,
    }))
}

async fn export(
    State(state): State<AppState>,
    RequireViewer(_): RequireViewer,
    Filters(query): Filters<MessageQuery>,
) -> Result<Response, ApiError> {
    let format = ExportFormat::read(query.format.as_deref())?;
    let filter = filter(&query)?;
    Ok(export::messages(
        state.accounts.archive().clone(),
        filter,
        format,
    ))
}

async fn remove(
    State(state): State<AppState>,
    RequireModerator(caller): RequireModerator,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let id = message_id(id)?;
    state
        .moderation
        .remove_message(&caller.author(), &id)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn restore(
    State(state): State<AppState>,
    RequireModerator(caller): RequireModerator,
    Path(id): Path<String>,
) -> Result<axum::Json<MessageAnswer>, ApiError> {
    let id = message_id(id)?;
    let author = caller.author();
    let restored = state.moderation.restore_message(&author, &id);
    let (action, message) = restored.await?;
    Ok(axum::Json(MessageAnswer { action, message }))
}

fn message_id(id: String) -> Result<MessageId, ApiError> {
    match id.len() <= MAX_ID_BYTES {
        true => Ok(MessageId(id)),
        false => Err(ApiError::not_found("There is no such message.")),
    }
}

fn filter(query: &MessageQuery) -> Result<MessageFilter, ApiError> {
    let status = match query.status.as_deref().map(str::trim) {
        None | Some("" | "all") => None,
        Some("visible" | "active") => Some(MessageStatus::Visible),
        Some("removed") => Some(MessageStatus::Removed),
        Some(_) => {
            return Err(ApiError::bad_request(
                "invalid-query",
                "The status is visible, removed or all.",
            ));
        }
    };
    let person = match (&query.kind, &query.subject) {
        (Some(kind), Some(subject)) => Some(body::person(kind, subject)?),
        _ => None,
    };
    let text = |text: &Option<String>| clean(text.as_deref().unwrap_or_default(), SEARCH_CHARS);
    Ok(MessageFilter {
        search: text(&query.search),
        user: text(&query.user),
        person,
        status,
        from: moment(query.from.as_deref())?,
        to: moment(query.to.as_deref())?,
    })
}
