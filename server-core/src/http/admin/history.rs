//! `GET /admin/history`, `GET /admin/visits`: the story of the last hours and days.

use axum::extract::State;

use super::body::moment;
use crate::http::Routes;
use crate::http::extract::Page;
use crate::http::{ApiError, AppState, Filters, RequireViewer};
use crate::moderation::views;
use contract::admin::history::{EndedVisitList, HistoryRange, WorldHistory};
use contract::query::{HistoryQuery, VisitQuery};
use contract::routes;
use contract::text::clean;
use store::records::VisitFilter;

/// Longest search, in characters.
const SEARCH_CHARS: usize = 200;

/// The routes of this file.
pub fn routes() -> Routes {
    Routes::new()
        .on(routes::HISTORY, history)
        .on(routes::VISITS, visits)
}

async fn history(
    State(state): State<AppState>,
    RequireViewer(_): RequireViewer,
    Filters(query): Filters<HistoryQuery>,
) -> Result<axum::Json<WorldHistory>, ApiError> {
    let range = match query.range.as_deref().map(str::trim) {
        None | Some("") => HistoryRange::Day,
        Some(text) => HistoryRange::parse(text).ok_or_else(|| {
            ApiError::bad_request("invalid-query", "The range is hour, day or week.")
        })?,
    };
    let history = state.moderation.feed().history(range).await?;
    Ok(axum::Json(history))
}

async fn visits(
    State(state): State<AppState>,
    RequireViewer(_): RequireViewer,
    Filters(query): Filters<VisitQuery>,
) -> Result<axum::Json<EndedVisitList>, ApiError> {
    let filter = VisitFilter {
        search: clean(query.search.as_deref().unwrap_or_default(), SEARCH_CHARS),
        from: moment(query.from.as_deref())?,
        to: moment(query.to.as_deref())?,
    };
    let page = Page::of(query.limit, query.offset)?;
    let records = state.moderation.records();
    // Who left a moment ago is in the list.
    records.write().await?;
    let (total, visits) = records
        .visits
        .list(&filter, page.limit, page.offset)
        .await?;
    Ok(axum::Json(EndedVisitList {
        total,
        limit: page.limit,
        offset: page.offset,
        visits: visits.iter().map(views::ended_visit).collect(),
    }))
}
