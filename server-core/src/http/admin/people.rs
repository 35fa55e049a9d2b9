//! `/admin/people` and `/admin/notes`: what is known about a person.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::{delete, get, post};
use http::StatusCode;

use super::body;
use crate::http::{ApiError, AppState, Json, RequireModerator, RequireViewer, words};
use crate::protocol::admin::person::{NoteAnswer, NoteBody, RecordAnswer};

/// Longest note, in characters.
const NOTE_CHARS: usize = 2000;

/// The routes of this file.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/admin/people/{kind}/{subject}", get(record))
        .route("/admin/people/{kind}/{subject}/notes", post(add_note))
        .route("/admin/notes/{id}", delete(delete_note))
}

async fn record(
    State(state): State<AppState>,
    RequireViewer(_): RequireViewer,
    Path((kind, subject)): Path<(String, String)>,
) -> Result<axum::Json<RecordAnswer>, ApiError> {
    let person = body::person(&kind, &subject)?;
    let record = state.moderation.record(&person).await?;
    Ok(axum::Json(RecordAnswer { record }))
}

async fn add_note(
    State(state): State<AppState>,
    RequireModerator(caller): RequireModerator,
    Path((kind, subject)): Path<(String, String)>,
    Json(body): Json<NoteBody>,
) -> Result<(StatusCode, axum::Json<NoteAnswer>), ApiError> {
    let person = body::person(&kind, &subject)?;
    let text = words::required("text", body.text, NOTE_CHARS)?;
    let author = caller.author();
    let note = state.moderation.add_note(&author, &person, &text);
    let note = note.await?;
    Ok((StatusCode::CREATED, axum::Json(NoteAnswer { note })))
}

async fn delete_note(
    State(state): State<AppState>,
    RequireModerator(caller): RequireModerator,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    state.moderation.delete_note(&caller.author(), &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
