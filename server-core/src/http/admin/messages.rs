//! `GET /admin/messages`, `DELETE /admin/messages/:id`.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::{delete, get};
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use crate::accounts::time::parse_iso;
use crate::accounts::{MessageFilter, NewEntry};
use crate::http::AppState;
use crate::http::current_user::{RequireModerator, RequireViewer};
use crate::http::error::ApiError;
use crate::http::extract::{PageQuery, Query};
use crate::protocol::MessageId;
use crate::protocol::rest::{MessageList, MessageStatus};
use crate::protocol::text::clean;

/// Longest search, in characters: as long as a message.
const SEARCH_CHARS: usize = 500;
/// Longest message id worth looking up, in bytes; ours have 36.
const MAX_ID_BYTES: usize = 128;

/// The routes of this file.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/admin/messages", get(list))
        .route("/admin/messages/{id}", delete(remove))
}

#[derive(Debug, Deserialize)]
struct MessageQuery {
    search: Option<String>,
    status: Option<String>,
    user: Option<String>,
    from: Option<String>,
    to: Option<String>,
    limit: Option<String>,
    offset: Option<String>,
}

async fn list(
    State(state): State<AppState>,
    RequireViewer(_): RequireViewer,
    Query(query): Query<MessageQuery>,
) -> Result<axum::Json<MessageList>, ApiError> {
    let filter = filter(&query)?;
    let MessageQuery { limit, offset, .. } = query;
    let page = PageQuery { limit, offset }.page()?;
    let archive = state.accounts.archive();
    let (total, messages) = archive.list(&filter, page.limit, page.offset).await?;
    Ok(axum::Json(MessageList {
        total,
        limit: page.limit,
        offset: page.offset,
        messages,
    }))
}

/// The live history first: a moderator's "remove" must act while the database is gone, too. The 503
/// that follows then asks for another try, which finds the archive's copy.
async fn remove(
    State(state): State<AppState>,
    RequireModerator(caller): RequireModerator,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    if id.len() > MAX_ID_BYTES {
        return Err(no_such_message());
    }
    let (id, actor) = (MessageId(id), &caller.user.id);
    let was_live = state.sessions.remove_message(&id);
    let was_archived = state.accounts.archive().mark_removed(&id, actor).await?;
    if !was_live && !was_archived {
        return Err(no_such_message());
    }
    let entry = NewEntry {
        actor,
        action: "chat.remove",
        subject: &id.0,
        details: json!({}),
    };
    state.accounts.audit().record(&entry).await?;
    tracing::info!(message_id = %id, actor = %actor, "a message was removed");
    Ok(StatusCode::NO_CONTENT)
}

fn no_such_message() -> ApiError {
    ApiError::not_found("There is no such message.")
}

fn filter(query: &MessageQuery) -> Result<MessageFilter, ApiError> {
    let status = match query.status.as_deref().map(str::trim) {
        None | Some("" | "all") => None,
        Some("visible") => Some(MessageStatus::Visible),
        Some("removed") => Some(MessageStatus::Removed),
        Some(_) => {
            return Err(ApiError::bad_request(
                "invalid-query",
                "The status is visible, removed or all.",
            ));
        }
    };
    let text = |text: &Option<String>| clean(text.as_deref().unwrap_or_default(), SEARCH_CHARS);
    Ok(MessageFilter {
        search: text(&query.search),
        user: text(&query.user),
        status,
        from: moment(query.from.as_deref())?,
        to: moment(query.to.as_deref())?,
    })
}

fn moment(text: Option<&str>) -> Result<Option<i64>, ApiError> {
    match text.map(str::trim) {
        None | Some("") => Ok(None),
        Some(text) => parse_iso(text).map(Some).ok_or_else(|| {
            ApiError::bad_request(
                "invalid-query",
                "A time looks like 2030-01-31T18:00:00Z or 2030-01-31.",
            )
        }),
    }
}
