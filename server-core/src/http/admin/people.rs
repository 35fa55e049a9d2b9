//! `/admin/people`, `/admin/evidence`, `/admin/faces` and `/admin/notes`: what is known about people.

use axum::extract::{Path, State};
use http::StatusCode;

use super::body;
use crate::http::Routes;
use crate::http::{ApiError, AppState, Json, Query, RequireModerator, RequireViewer, words};
use contract::admin::person::{EvidenceAnswer, FaceList, NoteAnswer, NoteBody};
use contract::admin::person_record::RecordAnswer;
use contract::query::FacesQuery;
use contract::routes;

/// Longest note, in characters.
const NOTE_CHARS: usize = 2000;
/// Most faces in one answer: a page of a list.
const FACES: usize = 100;

/// The routes of this file.
pub fn routes() -> Routes {
    Routes::new()
        .on(routes::FACES, faces)
        .on(routes::RECORD, record)
        .on(routes::EVIDENCE, evidence)
        .on(routes::ADD_NOTE, add_note)
        .on(routes::REMOVE_NOTE, delete_note)
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

async fn evidence(
    State(state): State<AppState>,
    RequireViewer(_): RequireViewer,
    Path(act): Path<String>,
) -> Result<axum::Json<EvidenceAnswer>, ApiError> {
    let lines = state.moderation.records().evidence.of(&act).await?;
    Ok(axum::Json(EvidenceAnswer { lines }))
}

async fn faces(
    State(state): State<AppState>,
    RequireViewer(_): RequireViewer,
    Query(query): Query<FacesQuery>,
) -> Result<axum::Json<FaceList>, ApiError> {
    let named: Vec<&str> = query
        .people
        .split(',')
        .filter(|it| !it.is_empty())
        .collect();
    if named.len() > FACES {
        return Err(ApiError::bad_request(
            "invalid-query",
            format!("Ask for at most {FACES} people at once."),
        ));
    }
    let people = named.into_iter().map(|it| {
        let (kind, subject) = it.split_once(':').unwrap_or((it, ""));
        body::person(kind, subject)
    });
    let people: Vec<_> = people.collect::<Result<_, _>>()?;
    let faces = state.moderation.faces(&people).await?;
    Ok(axum::Json(FaceList { faces }))
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
