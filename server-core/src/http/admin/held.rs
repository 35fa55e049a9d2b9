//! `/admin/held`, `/admin/words/try`: lines that wait for a moderator, and the list that holds them.

use axum::extract::{Path, State};

use super::body;
use crate::http::Routes;
use crate::http::extract::Page;
use crate::http::{
    ApiError, AppState, Filters, Json, RequireHost, RequireModerator, RequireViewer, words,
};
use contract::MessageId;
use contract::admin::action::ActionAnswer;
use contract::admin::held::{HeldList, WordTrial, WordTrialAnswer};
use contract::query::PageQuery;
use contract::routes;
use contract::words::WordList;

/// Longest word list, in characters; as the setting `WORD_LIST`.
const LIST_CHARS: usize = 8000;

/// The routes of this file.
pub fn routes() -> Routes {
    Routes::new()
        .on(routes::HELD_LINES, list)
        .on(routes::ALLOW_LINE, allow)
        .on(routes::REFUSE_LINE, refuse)
        .on(routes::TRY_WORDS, try_words)
}

async fn list(
    State(state): State<AppState>,
    RequireViewer(_): RequireViewer,
    Filters(query): Filters<PageQuery>,
) -> Result<axum::Json<HeldList>, ApiError> {
    let page = Page::of(query.limit, query.offset)?;
    let held = state.moderation.records().held.waiting();
    Ok(axum::Json(HeldList {
        total: held.len() as u64,
        limit: page.limit,
        offset: page.offset,
        held: held
            .into_iter()
            .skip(page.offset as usize)
            .take(page.limit as usize)
            .collect(),
    }))
}

async fn allow(
    State(state): State<AppState>,
    RequireModerator(caller): RequireModerator,
    Path(id): Path<String>,
) -> Result<axum::Json<ActionAnswer>, ApiError> {
    let (author, id) = (caller.author(), MessageId(id));
    let action = state.moderation.allow_line(&author, &id).await?;
    Ok(axum::Json(ActionAnswer { action }))
}

async fn refuse(
    State(state): State<AppState>,
    RequireModerator(caller): RequireModerator,
    Path(id): Path<String>,
) -> Result<axum::Json<ActionAnswer>, ApiError> {
    let (author, id) = (caller.author(), MessageId(id));
    let action = state.moderation.refuse_line(&author, &id).await?;
    Ok(axum::Json(ActionAnswer { action }))
}

async fn try_words(
    State(state): State<AppState>,
    RequireHost(_): RequireHost,
    Json(body): Json<WordTrial>,
) -> Result<axum::Json<WordTrialAnswer>, ApiError> {
    let text = words::required("text", body.text, body::REASON_CHARS)?;
    let list = match body.words {
        Some(list) => words::blank_is_none("words", &list, LIST_CHARS)?.unwrap_or_default(),
        None => state
            .moderation
            .settings()
            .now()
            .conversation
            .word_list
            .clone(),
    };
    let found = |folded: bool| {
        let list = WordList::read(&list, folded);
        list.found_in(&text).map(str::to_owned)
    };
    Ok(axum::Json(WordTrialAnswer {
        exact: found(false),
        folded: found(true),
    }))
}
