//! `/admin/sessions`, `/admin/players`, `/admin/kick-all`, `/admin/announcements`: live sessions.

use axum::extract::{Path, State};
use http::StatusCode;

use super::body;
use crate::http::Routes;
use crate::http::extract::Page;
use crate::http::{
    ApiError, AppState, Filters, Json, RequireHost, RequireModerator, RequireViewer, words,
};
use contract::admin::action::{ActionAnswer, AnnouncementAnswer, CountAnswer};
use contract::admin::sanction::{
    AnnouncementBody, BanPreview, KickBody, MuteAnswer, MuteSessionBody, WordsBody,
};
use contract::admin::session::{SessionDetail, SessionList};
use contract::admin::{AdminSession, SessionKind};
use contract::query::SessionQuery;
use contract::routes;
use contract::text::{clean, folded};

/// Longest search, in characters.
const SEARCH_CHARS: usize = 200;

/// The routes of this file.
pub fn routes() -> Routes {
    Routes::new()
        .on(routes::SESSIONS, list)
        .on(routes::SESSION_DETAIL, detail)
        .on(routes::KICK, kick)
        .on(routes::WARN, warn)
        .on(routes::TELL, tell)
        .on(routes::MUTE_SESSION, mute)
        .on(routes::BAN_PREVIEW, ban_preview)
        .on(routes::KICK_PLAYER, kick_player)
        .on(routes::KICK_ALL, kick_all)
        .on(routes::ANNOUNCE, announce)
        .on(routes::UNPIN, unpin)
}

async fn list(
    State(state): State<AppState>,
    RequireViewer(_): RequireViewer,
    Filters(query): Filters<SessionQuery>,
) -> Result<axum::Json<SessionList>, ApiError> {
    let page = Page::of(query.limit, query.offset)?;
    let kind = kind(query.kind.as_deref())?;
    let joined = body::flag("joined", query.joined.as_deref())?;
    let search = clean(&query.search.unwrap_or_default(), SEARCH_CHARS);
    let search = folded(&search);
    let node = query.node.as_deref().map(str::trim).unwrap_or_default();
    let mut sessions = state.moderation.roster().all().await;
    sessions.retain(|session| {
        kind.is_none_or(|kind| session.kind == kind)
            && joined.is_none_or(|joined| session.joined == joined)
            && (node.is_empty() || session.node == node)
            && holds(session, &search)
    });
    let total = sessions.len() as u64;
    let sessions = sessions.into_iter().skip(page.offset as usize);
    Ok(axum::Json(SessionList {
        total,
        limit: page.limit,
        offset: page.offset,
        sessions: sessions.take(page.limit as usize).collect(),
    }))
}

async fn detail(
    State(state): State<AppState>,
    RequireViewer(_): RequireViewer,
    Path(id): Path<String>,
) -> Result<axum::Json<SessionDetail>, ApiError> {
    let found = state.moderation.session_detail(&id).await?;
    let (session, record) = found;
    Ok(axum::Json(SessionDetail { session, record }))
}

async fn kick(
    State(state): State<AppState>,
    RequireModerator(caller): RequireModerator,
    Path(id): Path<String>,
    Json(body): Json<KickBody>,
) -> Result<axum::Json<ActionAnswer>, ApiError> {
    let reason = body::reason(body.reason)?;
    let author = caller.author();
    let action = state.moderation.kick(&author, &id, &reason);
    let action = action.await?;
    Ok(axum::Json(ActionAnswer { action }))
}

async fn kick_player(
    State(state): State<AppState>,
    RequireModerator(caller): RequireModerator,
    Path(id): Path<String>,
    Json(body): Json<KickBody>,
) -> Result<axum::Json<ActionAnswer>, ApiError> {
    let reason = body::reason(body.reason)?;
    let author = caller.author();
    let action = state.moderation.kick_player(&author, &id, &reason).await?;
    Ok(axum::Json(ActionAnswer { action }))
}

async fn kick_all(
    State(state): State<AppState>,
    RequireHost(caller): RequireHost,
    Json(body): Json<KickBody>,
) -> Result<axum::Json<CountAnswer>, ApiError> {
    let reason = body::reason(body.reason)?;
    let kicked = state.moderation.kick_all(&caller.author(), &reason).await?;
    let (action, count) = (kicked.0, kicked.1 as u64);
    Ok(axum::Json(CountAnswer { action, count }))
}

async fn warn(
    State(state): State<AppState>,
    RequireModerator(caller): RequireModerator,
    Path(id): Path<String>,
    Json(body): Json<WordsBody>,
) -> Result<axum::Json<ActionAnswer>, ApiError> {
    let message = words::required("message", body.message, body::REASON_CHARS)?;
    let author = caller.author();
    let action = state.moderation.warn(&author, &id, &message);
    let action = action.await?;
    Ok(axum::Json(ActionAnswer { action }))
}

async fn tell(
    State(state): State<AppState>,
    RequireModerator(caller): RequireModerator,
    Path(id): Path<String>,
    Json(body): Json<WordsBody>,
) -> Result<axum::Json<ActionAnswer>, ApiError> {
    let message = words::required("message", body.message, body::REASON_CHARS)?;
    let author = caller.author();
    let action = state.moderation.tell_session(&author, &id, &message);
    let action = action.await?;
    Ok(axum::Json(ActionAnswer { action }))
}

async fn mute(
    State(state): State<AppState>,
    RequireModerator(caller): RequireModerator,
    Path(id): Path<String>,
    Json(body): Json<MuteSessionBody>,
) -> Result<axum::Json<MuteAnswer>, ApiError> {
    let (reason, until) = (body::reason(body.reason)?, body::until(body.minutes)?);
    let author = caller.author();
    let muted = state.moderation.mute_session(&author, &id, &reason, until);
    let (action, mute) = muted.await?;
    let mute = crate::moderation::views::mute(&mute);
    Ok(axum::Json(MuteAnswer { action, mute }))
}

async fn ban_preview(
    State(state): State<AppState>,
    RequireModerator(caller): RequireModerator,
    Path(id): Path<String>,
) -> Result<axum::Json<BanPreview>, ApiError> {
    let preview = state.moderation.ban_preview(&caller.author(), &id).await?;
    Ok(axum::Json(preview))
}

async fn announce(
    State(state): State<AppState>,
    RequireModerator(caller): RequireModerator,
    Json(body): Json<AnnouncementBody>,
) -> Result<axum::Json<AnnouncementAnswer>, ApiError> {
    let message = words::required("message", body.message, body::REASON_CHARS)?;
    let pinned = body::pinned_until(body.pin_minutes)?;
    let author = caller.author();
    let announced = state.moderation.announce(&author, &message, pinned);
    let (action, recipients) = announced.await?;
    Ok(axum::Json(AnnouncementAnswer {
        action,
        recipients: recipients as u64,
    }))
}

async fn unpin(
    State(state): State<AppState>,
    RequireModerator(caller): RequireModerator,
) -> Result<StatusCode, ApiError> {
    state.moderation.unpin(&caller.author()).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn kind(text: Option<&str>) -> Result<Option<SessionKind>, ApiError> {
    match text.map(str::trim) {
        None | Some("") => Ok(None),
        Some("account") => Ok(Some(SessionKind::Account)),
        Some("guest") => Ok(Some(SessionKind::Guest)),
        Some("bot") => Ok(Some(SessionKind::Bot)),
        Some(_) => Err(ApiError::bad_request(
            "invalid-query",
            "The kind is account, guest or bot.",
        )),
    }
}

/// Part of what people read, or the whole of an id that they do not: parts of a digest fit many names.
fn holds(session: &AdminSession, search: &str) -> bool {
    let read = [
        session.name.as_deref(),
        session.account.as_deref(),
        session.player_id.as_deref(),
        session.user_agent.as_deref(),
        Some(session.address.as_str()),
    ];
    let ids = [&session.subject, &session.id];
    search.is_empty()
        || read
            .into_iter()
            .flatten()
            .any(|field| folded(field).contains(search))
        || ids.into_iter().any(|id| id.eq_ignore_ascii_case(search))
}
