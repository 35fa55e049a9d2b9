//! Whole lists as files: CSV for people with a spreadsheet, JSON for programs.
//!
//! A file is written while it is sent, a page of rows at a time, so an archive of any size needs the
//! memory of one page. When the database fails midway the connection breaks off, so that nobody
//! takes half a file for a whole one.

mod csv;

use std::fmt::Write as _;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream::try_unfold;
use http::{HeaderValue, header};
use serde::Serialize;

use crate::moderation::views;
use crate::request::ApiError;
use contract::admin::ActionEntry;
use contract::rest::{ArchivedMessage, MessageStatus};
use runtime::clock::{iso, now_ms};
use store::accounts::{Archive, Audit, AuditFilter, MessageFilter};
use store::storage::Cursor;
use store::storage::StoreError;

/// Rows read and sent at once.
const PAGE: u32 = 500;

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ExportFormat {
    Csv,
    Json,
}

impl ExportFormat {
    /// Reads `format` of a query; CSV when it is left out.
    pub(super) fn read(text: Option<&str>) -> Result<Self, ApiError> {
        match text.map(str::trim) {
            None | Some("" | "csv") => Ok(Self::Csv),
            Some("json") => Ok(Self::Json),
            Some(_) => Err(ApiError::bad_request(
                "invalid-query",
                "The format is csv or json.",
            )),
        }
    }

    fn media_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
        })
    }

    fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

/// One row of a file.
trait Row: Serialize + Send {
    const COLUMNS: &'static [&'static str];
    fn cells(&self) -> Vec<String>;
    fn cursor(&self) -> Cursor;
}

impl Row for ArchivedMessage {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "timestamp",
        "playerId",
        "author",
        "content",
        "status",
        "removedAt",
        "removedBy",
        "personKind",
        "personSubject",
    ];

    fn cells(&self) -> Vec<String> {
        let message = &self.message;
        let status = match self.status {
            MessageStatus::Visible => "visible",
            MessageStatus::Removed => "removed",
        };
        let person = self.person.as_ref();
        vec![
            message.id.0.clone(),
            message.timestamp.clone(),
            message.player_id.clone(),
            message.author.clone(),
            message.content.clone(),
            status.to_owned(),
            self.removed_at.clone().unwrap_or_default(),
            self.removed_by.clone().unwrap_or_default(),
            person.map_or("", |person| person.kind.as_str()).to_owned(),
            person.map_or_else(String::new, |person| person.subject.clone()),
        ]
    }

    fn cursor(&self) -> Cursor {
        Cursor {
            at: runtime::clock::parse_iso(&self.message.timestamp).unwrap_or(i64::MIN),
            id: self.message.id.0.clone(),
        }
    }
}

impl Row for ActionEntry {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "at",
        "actorId",
        "actorName",
        "action",
        "subject",
        "subjectName",
        "details",
        "undoneAt",
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.id.clone(),
            self.at.clone(),
            self.actor.id.clone(),
            self.actor.name.clone(),
            self.action.clone(),
            self.subject.clone(),
            self.subject_name.clone().unwrap_or_default(),
            self.details.to_string(),
            self.undone_at.clone().unwrap_or_default(),
        ]
    }

    fn cursor(&self) -> Cursor {
        Cursor {
            at: runtime::clock::parse_iso(&self.at).unwrap_or(i64::MIN),
            id: self.id.clone(),
        }
    }
}

/// Chat as a file, newest first.
pub(super) fn messages(archive: Archive, filter: MessageFilter, format: ExportFormat) -> Response {
    file("chat", format, move |cursor| {
        let (archive, filter) = (archive.clone(), filter.clone());
        async move { archive.behind(&filter, &cursor, PAGE).await }
    })
}

/// The audit log as a file, newest first.
pub(super) fn audit(audit: Audit, filter: AuditFilter, format: ExportFormat) -> Response {
    file("audit", format, move |cursor| {
        let (audit, filter) = (audit.clone(), filter.clone());
        async move {
            let entries = audit.behind(&filter, &cursor, PAGE).await?;
            Ok(entries.iter().map(views::action).collect::<Vec<_>>())
        }
    })
}

/// Where a file is written.
struct Writing<R> {
    read: R,
    /// `None` when the end has been written.
    cursor: Option<Cursor>,
    first: bool,
}

fn file<T, R, F>(name: &str, format: ExportFormat, read: R) -> Response
where
    T: Row + 'static,
    R: Fn(Cursor) -> F + Send + 'static,
    F: Future<Output = Result<Vec<T>, StoreError>> + Send + 'static,
{
    let start = Writing {
        read,
        cursor: Some(Cursor::default()),
        first: true,
    };
    let body = Body::from_stream(try_unfold(start, move |writing| page(writing, format)));
    attachment(name, format.extension(), format.media_type(), body)
}

/// The next part of a file, and where it goes on.
async fn page<T, R, F>(
    mut writing: Writing<R>,
    format: ExportFormat,
) -> Result<Option<(Bytes, Writing<R>)>, StoreError>
where
    T: Row,
    R: Fn(Cursor) -> F,
    F: Future<Output = Result<Vec<T>, StoreError>>,
{
    let Some(cursor) = writing.cursor.take() else {
        return Ok(None);
    };
    let rows = (writing.read)(cursor).await.inspect_err(|error| {
        tracing::error!(%error, "an export broke off");
    })?;
    let mut text = String::new();
    if writing.first {
        text.push_str(&match format {
            ExportFormat::Csv => csv::start(T::COLUMNS),
            ExportFormat::Json => "[".to_owned(),
        });
    }
    for row in &rows {
        match format {
            ExportFormat::Csv => csv::row(&mut text, &row.cells()),
            ExportFormat::Json => {
                let separator = if writing.first { "\n" } else { ",\n" };
                let row = serde_json::to_string(row).unwrap_or_default();
                // Writing to a string cannot fail.
                let _ = write!(text, "{separator}{row}");
            }
        }
        writing.first = false;
    }
    writing.first = false;
    let more = rows.len() == PAGE as usize;
    writing.cursor = rows.last().filter(|_| more).map(Row::cursor);
    if writing.cursor.is_none() && format == ExportFormat::Json {
        text.push_str("\n]\n");
    }
    Ok(Some((Bytes::from(text), writing)))
}

/// An answer that a browser saves, with today's date in its name.
pub(super) fn attachment(
    name: &str,
    extension: &str,
    media_type: HeaderValue,
    body: Body,
) -> Response {
    let day = iso(now_ms());
    let day = day.get(..10).unwrap_or_default();
    let disposition = format!("attachment; filename=\"{name}-{day}.{extension}\"");
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, media_type);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}
