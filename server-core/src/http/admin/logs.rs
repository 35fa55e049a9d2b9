//! `GET /admin/logs` and its export: the last lines of the server's log, for hosts.

use std::fmt::Write as _;

use axum::body::Body;
use axum::response::Response;
use http::HeaderValue;

use super::export::attachment;
use crate::http::Routes;
use crate::http::extract::Page;
use crate::http::{ApiError, Filters, RequireHost};
use crate::logs::ring;
use contract::admin::log::LogList;
use contract::admin::{LogLevel, LogLine};
use contract::query::LogQuery;
use contract::routes;
use contract::text::clean;

/// Longest search, in characters.
const SEARCH_CHARS: usize = 200;
/// Lines of an export: everything that is kept.
const EXPORT: usize = usize::MAX;

/// The routes of this file.
pub fn routes() -> Routes {
    Routes::new()
        .on(routes::LOGS, list)
        .on(routes::EXPORT_LOGS, export)
}

async fn list(
    RequireHost(_): RequireHost,
    Filters(query): Filters<LogQuery>,
) -> Result<axum::Json<LogList>, ApiError> {
    let (level, search) = wish(&query)?;
    let limit = Page::of(query.limit, None)?.limit;
    let (total, lines) = ring().find(level, &search, limit as usize);
    Ok(axum::Json(LogList {
        total,
        limit,
        lines,
    }))
}

async fn export(
    RequireHost(_): RequireHost,
    Filters(query): Filters<LogQuery>,
) -> Result<Response, ApiError> {
    let (level, search) = wish(&query)?;
    let (_, lines) = ring().find(level, &search, EXPORT);
    let text: String = lines.iter().map(as_text).collect();
    let media_type = HeaderValue::from_static("text/plain; charset=utf-8");
    Ok(attachment("log", "txt", media_type, Body::from(text)))
}

fn wish(query: &LogQuery) -> Result<(LogLevel, String), ApiError> {
    let level = match query.level.as_deref().map(str::trim) {
        None | Some("") => LogLevel::Trace,
        Some(text) => LogLevel::parse(text).ok_or_else(|| {
            ApiError::bad_request(
                "invalid-query",
                "The level is error, warn, info, debug or trace.",
            )
        })?,
    };
    let search = query.search.as_deref().unwrap_or_default();
    Ok((level, clean(search, SEARCH_CHARS)))
}

/// A line as on a terminal.
fn as_text(line: &LogLine) -> String {
    let level = line.level.as_str().to_uppercase();
    let mut text = format!("{} {level:>5} {}: {}", line.at, line.target, line.message);
    for (key, value) in &line.fields {
        // Writing to a string cannot fail.
        let _ = write!(text, " {key}={value}");
    }
    // One line stays one line, whatever is in it.
    text.replace(['\n', '\r'], " ") + "\n"
}
