//! `GET /admin/reports`, `PATCH /admin/reports/:id`.

use axum::extract::{Path, State};

use super::body;
use crate::http::Routes;
use crate::http::extract::Page;
use crate::http::{ApiError, AppState, Filters, Json, RequireModerator, RequireViewer, words};
use contract::admin::ReportStatus;
use contract::admin::report::{ReportAnswer, ReportList, ReportPatch};
use contract::query::ReportQuery;
use contract::routes;

/// The routes of this file.
pub fn routes() -> Routes {
    Routes::new()
        .on(routes::REPORTS, list)
        .on(routes::CLOSE_REPORT, change)
}

async fn list(
    State(state): State<AppState>,
    RequireViewer(_): RequireViewer,
    Filters(query): Filters<ReportQuery>,
) -> Result<axum::Json<ReportList>, ApiError> {
    let ReportQuery {
        status,
        answered,
        limit,
        offset,
    } = query;
    let page = Page::of(limit, offset)?;
    let answered = body::moment(answered.as_deref())?;
    let status = match status.as_deref().map(str::trim) {
        None | Some("" | "all") => None,
        Some(text) => Some(ReportStatus::parse(text).ok_or_else(|| {
            ApiError::bad_request(
                "invalid-query",
                "The status is open, resolved, dismissed or all.",
            )
        })?),
    };
    let kept = &state.moderation.records().reports;
    let (total, reports) = kept.list(status, page.limit, page.offset).await?;
    let median_answer_ms = match answered {
        Some(from) => kept.median_answer_ms(from).await?,
        None => None,
    };
    let view = |report| state.moderation.report_view(report);
    Ok(axum::Json(ReportList {
        total,
        limit: page.limit,
        offset: page.offset,
        median_answer_ms,
        reports: reports.iter().map(view).collect(),
    }))
}

async fn change(
    State(state): State<AppState>,
    RequireModerator(caller): RequireModerator,
    Path(id): Path<String>,
    Json(body): Json<ReportPatch>,
) -> Result<axum::Json<ReportAnswer>, ApiError> {
    let status = body
        .status
        .as_deref()
        .and_then(|text| ReportStatus::parse(text.trim()));
    let status =
        status.ok_or_else(|| ApiError::invalid("The status is open, resolved or dismissed."))?;
    let note = body.note.as_deref().unwrap_or_default();
    let note = words::blank_is_none("note", note, body::REASON_CHARS)?;
    let author = caller.author();
    let set = state
        .moderation
        .set_report(&author, &id, status, note.as_deref());
    let (action, report) = set.await?;
    Ok(axum::Json(ReportAnswer { action, report }))
}
