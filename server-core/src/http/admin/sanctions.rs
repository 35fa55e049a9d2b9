//! `/admin/bans` and `/admin/mutes`.

use axum::extract::{Path, State};
use http::StatusCode;

use super::body;
use crate::http::Routes;
use crate::http::extract::Page;
use crate::http::{ApiError, AppState, Filters, Json, RequireModerator, RequireViewer};
use crate::moderation::actions::ban::BanWish;
use crate::moderation::views;
use contract::admin::SanctionKind;
use contract::admin::sanction::{
    BanAnswer, BanBody, BanList, BanTarget, MuteAnswer, MuteBody, MuteList,
};
use contract::query::SanctionQuery;
use contract::routes;
use contract::text::clean;
use identity::Block;
use store::accounts::{BanSubject, SanctionFilter};

/// Subjects of one ban.
const MAX_SUBJECTS: usize = 20;
/// Longest search, in characters.
const SEARCH_CHARS: usize = 200;

/// The routes of this file.
pub fn routes() -> Routes {
    Routes::new()
        .on(routes::BANS, bans)
        .on(routes::BAN, ban)
        .on(routes::UNBAN, lift_ban)
        .on(routes::MUTES, mutes)
        .on(routes::MUTE_PERSON, mute)
        .on(routes::UNMUTE, lift_mute)
}

fn wanted<S>(query: SanctionQuery) -> Result<(SanctionFilter<S>, Page), ApiError> {
    let filter = SanctionFilter {
        search: clean(&query.search.unwrap_or_default(), SEARCH_CHARS),
        active: body::flag("active", query.active.as_deref())?,
        subject: None,
        by: clean(&query.by.unwrap_or_default(), SEARCH_CHARS),
    };
    Ok((filter, Page::of(query.limit, query.offset)?))
}

async fn bans(
    State(state): State<AppState>,
    RequireViewer(_): RequireViewer,
    Filters(query): Filters<SanctionQuery>,
) -> Result<axum::Json<BanList>, ApiError> {
    let (filter, page) = wanted(query)?;
    let bans = state.accounts.bans();
    let (total, bans) = bans.list(&filter, page.limit, page.offset).await?;
    Ok(axum::Json(BanList {
        total,
        limit: page.limit,
        offset: page.offset,
        bans: state.moderation.listed_bans(&bans).await?,
    }))
}

async fn ban(
    State(state): State<AppState>,
    RequireModerator(caller): RequireModerator,
    Json(body): Json<BanBody>,
) -> Result<(StatusCode, axum::Json<BanAnswer>), ApiError> {
    let (reason, until) = (body::reason(body.reason)?, body::until(body.minutes)?);
    let wish = match (body.session_id, body.subjects) {
        (Some(id), None) => BanWish::Session {
            id,
            what: parts(body.what.unwrap_or_default())?,
        },
        (None, Some(subjects)) => BanWish::Subjects(targets(subjects)?),
        _ => {
            return Err(ApiError::bad_request(
                "missing-field",
                "Name either a session or the subjects of the ban.",
            ));
        }
    };
    let author = caller.author();
    let banned = state.moderation.ban(&author, &wish, &reason, until);
    let (action, bans) = banned.await?;
    let bans = bans.iter().map(views::ban).collect();
    Ok((StatusCode::CREATED, axum::Json(BanAnswer { action, bans })))
}

async fn lift_ban(
    State(state): State<AppState>,
    RequireModerator(caller): RequireModerator,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    state.moderation.lift_ban(&caller.author(), &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn mutes(
    State(state): State<AppState>,
    RequireViewer(_): RequireViewer,
    Filters(query): Filters<SanctionQuery>,
) -> Result<axum::Json<MuteList>, ApiError> {
    let (filter, page) = wanted(query)?;
    let mutes = &state.moderation.records().mutes;
    let (total, mutes) = mutes.list(&filter, page.limit, page.offset).await?;
    Ok(axum::Json(MuteList {
        total,
        limit: page.limit,
        offset: page.offset,
        mutes: state.moderation.listed_mutes(&mutes).await?,
    }))
}

async fn mute(
    State(state): State<AppState>,
    RequireModerator(caller): RequireModerator,
    Json(body): Json<MuteBody>,
) -> Result<(StatusCode, axum::Json<MuteAnswer>), ApiError> {
    let (reason, until) = (body::reason(body.reason)?, body::until(body.minutes)?);
    let (kind, subject) = (
        body.kind.unwrap_or_default(),
        body.subject.unwrap_or_default(),
    );
    let person = body::person(&kind, &subject)?;
    let author = caller.author();
    let muted = state.moderation.mute(&author, &person, &reason, until);
    let (action, mute) = muted.await?;
    let mute = views::mute(&mute);
    Ok((StatusCode::CREATED, axum::Json(MuteAnswer { action, mute })))
}

async fn lift_mute(
    State(state): State<AppState>,
    RequireModerator(caller): RequireModerator,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    state.moderation.lift_mute(&caller.author(), &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn parts(what: Vec<String>) -> Result<Vec<SanctionKind>, ApiError> {
    if what.len() > MAX_SUBJECTS {
        return Err(unknown_kind());
    }
    what.iter()
        .map(|kind| match kind.trim() {
            "account" => Ok(SanctionKind::Account),
            "guest" => Ok(SanctionKind::Guest),
            "address" => Ok(SanctionKind::Address),
            _ => Err(unknown_kind()),
        })
        .collect()
}

fn targets(subjects: Vec<BanTarget>) -> Result<Vec<BanSubject>, ApiError> {
    if subjects.is_empty() || subjects.len() > MAX_SUBJECTS {
        return Err(ApiError::invalid(format!(
            "Name 1 to {MAX_SUBJECTS} subjects."
        )));
    }
    let target = |target: BanTarget| {
        let kind = target.kind.unwrap_or_default();
        let subject = body::subject(&target.subject.unwrap_or_default())?;
        match kind.trim() {
            "account" => Ok(BanSubject::Account(subject)),
            "guest" => Ok(BanSubject::Guest(subject)),
            "address" => block(&subject),
            _ => Err(unknown_kind()),
        }
    };
    subjects.into_iter().map(target).collect()
}

fn block(text: &str) -> Result<BanSubject, ApiError> {
    let block: Block = text.parse().map_err(|_| {
        ApiError::invalid(
            "An address looks like 192.168.1.20, and a block of them like 192.168.1.0/24.",
        )
    })?;
    let widest = if block.base().is_ipv4() { 8 } else { 16 };
    match block.prefix() >= widest {
        true => Ok(BanSubject::block(block)),
        false => Err(ApiError::invalid(format!(
            "This block is so large that it shuts out most people. Ban a smaller one, /{widest} at most."
        ))),
    }
}

fn unknown_kind() -> ApiError {
    ApiError::invalid("The kind is account, guest or address.")
}
