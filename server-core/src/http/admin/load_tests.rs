//! `/admin/load-tests`: start, stop, look at, keep and export load tests. Looking is for everybody who
//! may see the administration; the rest is for hosts.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::Response;
use http::{HeaderValue, StatusCode};
use serde_json::json;
use tokio::task::spawn_blocking;

use super::export::attachment;
use crate::http::Routes;
use crate::http::extract::Page;
use crate::http::{ApiError, AppState, Filters, Json, RequireHost, RequireViewer};
use contract::admin::LoadTestRun;
use contract::admin::action::ActionName;
use contract::admin::load_test::{LoadTestAnswer, LoadTestBody, LoadTestDetail, LoadTestList};
use contract::query::{PageQuery, ReportExportQuery};
use contract::routes;
use load_test::{ChartTheme, csv, html, sheet};

/// The routes of this file.
pub fn routes() -> Routes {
    Routes::new()
        .on(routes::LOAD_TESTS, list)
        .on(routes::START_LOAD_TEST, start)
        .on(routes::LOAD_TEST, detail)
        .on(routes::REMOVE_LOAD_TEST, delete)
        .on(routes::STOP_LOAD_TEST, stop)
        .on(routes::EXPORT_LOAD_TEST, export)
}

async fn list(
    State(state): State<AppState>,
    RequireViewer(_): RequireViewer,
    Filters(PageQuery { limit, offset }): Filters<PageQuery>,
) -> Result<axum::Json<LoadTestList>, ApiError> {
    let page = Page::of(limit, offset)?;
    let (total, runs) = state.load_runs.list(page.limit, page.offset).await?;
    Ok(axum::Json(LoadTestList {
        total,
        limit: page.limit,
        offset: page.offset,
        runs,
        terms: state.load_runs.terms(),
    }))
}

async fn start(
    State(state): State<AppState>,
    RequireHost(caller): RequireHost,
    Json(body): Json<LoadTestBody>,
) -> Result<(StatusCode, axum::Json<LoadTestAnswer>), ApiError> {
    let run = state.load_runs.start(&body, &caller.user.actor()).await?;
    let answer = noted(
        &state,
        &caller.user.actor(),
        ActionName::LOAD_TEST_START,
        run,
    )
    .await;
    Ok((StatusCode::CREATED, axum::Json(answer)))
}

async fn stop(
    State(state): State<AppState>,
    RequireHost(caller): RequireHost,
    Path(id): Path<String>,
) -> Result<axum::Json<LoadTestAnswer>, ApiError> {
    let run = state.load_runs.stop(&id, &caller.user.actor()).await?;
    let answer = noted(
        &state,
        &caller.user.actor(),
        ActionName::LOAD_TEST_STOP,
        run,
    )
    .await;
    Ok(axum::Json(answer))
}

async fn detail(
    State(state): State<AppState>,
    RequireViewer(_): RequireViewer,
    Path(id): Path<String>,
) -> Result<axum::Json<LoadTestDetail>, ApiError> {
    Ok(axum::Json(state.load_runs.get(&id).await?))
}

async fn delete(
    State(state): State<AppState>,
    RequireHost(caller): RequireHost,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let run = state.load_runs.delete(&id).await?;
    noted(
        &state,
        &caller.user.actor(),
        ActionName::LOAD_TEST_DELETE,
        run,
    )
    .await;
    Ok(StatusCode::NO_CONTENT)
}

async fn noted(
    state: &AppState,
    actor: &contract::admin::Actor,
    action: ActionName,
    run: LoadTestRun,
) -> LoadTestAnswer {
    let plan = &run.plan;
    let details = json!({
        "clients": plan.clients,
        "durationMs": plan.duration_ms,
        "mode": plan.mode,
        "shape": plan.crowd.shape,
        // The log holds no network address.
        "own": plan.own,
        "startedAt": run.started_at,
    });
    let name = format!("{} clients, {}", plan.clients, plan.mode.as_str());
    let note = state
        .moderation
        .note(actor, action, &run.id, Some(&name), details);
    LoadTestAnswer {
        action: note.await,
        run,
    }
}

async fn export(
    State(state): State<AppState>,
    RequireViewer(_): RequireViewer,
    Path(id): Path<String>,
    Filters(query): Filters<ReportExportQuery>,
) -> Result<Response, ApiError> {
    let theme = match query.theme.as_deref().map(str::trim) {
        None | Some("" | "light") => ChartTheme::Light,
        Some("dark") => ChartTheme::Dark,
        Some(_) => {
            return Err(ApiError::bad_request(
                "invalid-query",
                "The theme is light or dark.",
            ));
        }
    };
    let wrong = || ApiError::bad_request("invalid-query", "The format is html, json, csv or png.");
    let format = query.format.as_deref().map_or("html", str::trim);
    let LoadTestDetail {
        seconds, report, ..
    } = state.load_runs.get(&id).await?;
    if format == "csv" {
        return Ok(file("csv", "text/csv; charset=utf-8", csv(&seconds)));
    }
    let mut report = report.ok_or_else(|| {
        ApiError::conflict(
            "no-report",
            "This load test has no report: it is under way, or ended without one. Its seconds can be exported as CSV.",
        )
    })?;
    report.seconds = seconds;
    match format {
        "json" => {
            let text = serde_json::to_string_pretty(&report).map_err(broken)?;
            Ok(file("json", "application/json", text))
        }
        "html" => {
            let page = drawn(move || html(&report)).await?;
            Ok(file("html", "text/html; charset=utf-8", page))
        }
        "png" => {
            let image = drawn(move || sheet(&report, theme)).await?;
            Ok(file("png", "image/png", image))
        }
        _ => Err(wrong()),
    }
}

/// Draws off the tasks that serve players.
async fn drawn<T: Send + 'static>(
    draw: impl FnOnce() -> Result<T, load_test::ChartError> + Send + 'static,
) -> Result<T, ApiError> {
    spawn_blocking(draw).await.map_err(broken)?.map_err(broken)
}

fn broken(error: impl std::fmt::Display) -> ApiError {
    tracing::error!(%error, "a load test could not be exported");
    ApiError::unavailable()
}

fn file(extension: &str, media_type: &'static str, content: impl Into<Body>) -> Response {
    let media_type = HeaderValue::from_static(media_type);
    attachment("load-test", extension, media_type, content.into())
}
