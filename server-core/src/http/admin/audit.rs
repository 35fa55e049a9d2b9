//! `/admin/audit`: who did what, search, export, undo.

use axum::extract::{Path, State};
use axum::response::Response;

use super::body::moment;
use super::export::{self, ExportFormat};
use crate::http::Routes;
use crate::http::extract::Page;
use crate::http::{ApiError, AppState, Filters, RequireModerator, RequireViewer};
use crate::moderation::views;
use contract::admin::action::{ActionAnswer, ActionList};
use contract::query::AuditQuery;
use contract::routes;
use contract::text::clean;
use store::accounts::AuditFilter;

/// Longest search, in characters.
const SEARCH_CHARS: usize = 200;

/// The routes of this file.
pub fn routes() -> Routes {
    Routes::new()
        .on(routes::AUDIT, list)
        .on(routes::EXPORT_AUDIT, export)
        .on(routes::UNDO, undo)
}

async fn list(
    State(state): State<AppState>,
    RequireViewer(_): RequireViewer,
    Filters(query): Filters<AuditQuery>,
) -> Result<axum::Json<ActionList>, ApiError> {
    let filter = filter(&query)?;
    let AuditQuery { limit, offset, .. } = query;
    let page = Page::of(limit, offset)?;
    let audit = state.accounts.audit();
    let (total, entries) = audit.list(&filter, page.limit, page.offset).await?;
    Ok(axum::Json(ActionList {
        total,
        limit: page.limit,
        offset: page.offset,
        kept_days: state
            .moderation
            .settings()
            .now()
            .storage
            .audit_retention_days,
        actions: entries.iter().map(views::action).collect(),
    }))
}

async fn export(
    State(state): State<AppState>,
    RequireViewer(_): RequireViewer,
    Filters(query): Filters<AuditQuery>,
) -> Result<Response, ApiError> {
    let format = ExportFormat::read(query.format.as_deref())?;
    let filter = filter(&query)?;
    Ok(export::audit(
        state.accounts.audit().clone(),
        filter,
        format,
    ))
}

async fn undo(
    State(state): State<AppState>,
    RequireModerator(caller): RequireModerator,
    Path(id): Path<String>,
) -> Result<axum::Json<ActionAnswer>, ApiError> {
    let action = state.moderation.undo(&caller.author(), &id).await?;
    Ok(axum::Json(ActionAnswer { action }))
}

fn filter(query: &AuditQuery) -> Result<AuditFilter, ApiError> {
    let text = |text: &Option<String>| clean(text.as_deref().unwrap_or_default(), SEARCH_CHARS);
    Ok(AuditFilter {
        search: text(&query.search),
        actor: text(&query.actor),
        action: text(&query.action),
        from: moment(query.from.as_deref())?,
        to: moment(query.to.as_deref())?,
    })
}
