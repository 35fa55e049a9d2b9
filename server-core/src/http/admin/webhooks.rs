//! `GET|POST /admin/webhooks`, `DELETE .../{id}`, `POST .../{id}/resume`, `GET .../{id}/deliveries`, `POST .../{id}/test`.

use axum::extract::{Path, State};
use http::{HeaderValue, StatusCode, header};
use serde_json::json;

use crate::hooks::{HookAddress, OutboundError, message, sender};
use crate::http::auth::validate;
use crate::http::{ApiError, AppState, Json, RequireHost, Routes};
use contract::admin::action::ActionName;
use contract::admin::webhook::{
    Delivery, DeliveryList, HookEvent, WebhookAnswer, WebhookBody, WebhookList,
};
use contract::routes;
use runtime::clock::{iso, now_ms};
use store::webhooks::{Due, NewHook, StoredHook};

/// Deliveries that are shown.
const SHOWN: u32 = 50;

/// The routes of this file but the trial.
pub fn routes() -> Routes {
    Routes::new()
        .on(routes::WEBHOOKS, list)
        .on(routes::ADD_WEBHOOK, create)
        .on(routes::RESUME_WEBHOOK, resume)
        .on(routes::REMOVE_WEBHOOK, remove)
        .on(routes::DELIVERIES, deliveries)
}

/// Waits for somebody else, for as long as an attempt may take.
pub fn trial() -> Routes {
    Routes::new().on(routes::TEST_WEBHOOK, test)
}

async fn list(
    State(state): State<AppState>,
    RequireHost(_): RequireHost,
) -> Result<axum::Json<WebhookList>, ApiError> {
    let store = state.moderation.hooks().store();
    let webhooks = store.list().await?;
    Ok(axum::Json(WebhookList {
        webhooks: webhooks.into_iter().map(|hook| hook.view).collect(),
        most: store.limits().hooks,
    }))
}

/// The answer holds a secret: no cache may keep it.
async fn create(
    State(state): State<AppState>,
    RequireHost(caller): RequireHost,
    Json(body): Json<WebhookBody>,
) -> Result<
    (
        StatusCode,
        [(header::HeaderName, HeaderValue); 1],
        axum::Json<WebhookAnswer>,
    ),
    ApiError,
> {
    let name = validate::username(body.name.as_deref())?;
    let url = body.url.unwrap_or_default().trim().to_owned();
    let events = events(body.events.unwrap_or_default())?;
    let target = HookAddress::read(&url)?;
    state.moderation.hooks().outbound().locate(&target).await?;
    let author = caller.author();
    let new = NewHook {
        name: &name,
        url: &url,
        events: &events,
    };
    let hook = state
        .moderation
        .hooks()
        .store()
        .add(&author.actor, &new)
        .await?;
    let hook = hook.ok_or_else(|| {
        ApiError::conflict(
            "too-many-webhooks",
            "There are as many webhooks as the settings allow. Remove one that is not used.",
        )
    })?;
    // The path of an address is often a secret.
    let details = json!({ "events": events, "host": target.host() });
    let (id, name) = (hook.view.id.as_str(), Some(name.as_str()));
    let action = state
        .moderation
        .note(&author.actor, ActionName::WEBHOOK_ADD, id, name, details)
        .await;
    let no_store = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    let answer = WebhookAnswer {
        webhook: hook.view,
        secret: hook.secret,
        action,
    };
    Ok((StatusCode::CREATED, no_store, axum::Json(answer)))
}

async fn resume(
    State(state): State<AppState>,
    RequireHost(_): RequireHost,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    match state.moderation.hooks().store().resume(&id).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(gone()),
    }
}

async fn remove(
    State(state): State<AppState>,
    RequireHost(caller): RequireHost,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let hook = hook(&state, &id).await?;
    if !state.moderation.hooks().store().remove(&id).await? {
        return Err(gone());
    }
    let author = caller.author();
    let name = Some(hook.view.name.as_str());
    state
        .moderation
        .note(
            &author.actor,
            ActionName::WEBHOOK_DELETE,
            &id,
            name,
            json!({}),
        )
        .await;
    Ok(StatusCode::NO_CONTENT)
}

async fn deliveries(
    State(state): State<AppState>,
    RequireHost(_): RequireHost,
    Path(id): Path<String>,
) -> Result<axum::Json<DeliveryList>, ApiError> {
    hook(&state, &id).await?;
    let deliveries = state
        .moderation
        .hooks()
        .store()
        .deliveries(&id, SHOWN)
        .await?;
    Ok(axum::Json(DeliveryList { deliveries }))
}

/// Tells a hook something now and answers with what came of it; kept is only that it took it.
async fn test(
    State(state): State<AppState>,
    RequireHost(caller): RequireHost,
    Path(id): Path<String>,
) -> Result<axum::Json<Delivery>, ApiError> {
    let hook = hook(&state, &id).await?;
    let at = now_ms();
    let world = state.moderation.settings().now().world.name.clone();
    let sentence = format!("{} tries this webhook of {world}.", caller.user.username);
    let id = uuid::Uuid::now_v7().to_string();
    let mut body = message::promise(HookEvent::Test, at, &world, &sentence, json!({})).body;
    body.insert("id".to_owned(), id.clone().into());
    let due = Due {
        id,
        hook,
        body: serde_json::Value::Object(body).to_string(),
        attempts: 0,
    };
    let came = sender::attempt(state.moderation.hooks().outbound(), &due).await;
    let delivered = came.problem.is_none();
    if delivered {
        let store = state.moderation.hooks().store();
        store.note_taken(&due.hook.view.id).await?;
    }
    Ok(axum::Json(Delivery {
        id: due.id,
        event: HookEvent::Test.as_str().to_owned(),
        at: iso(at),
        attempts: 1,
        tried_at: Some(iso(now_ms())),
        status: came.status,
        problem: came.problem,
        next_at: None,
        delivered_at: delivered.then(|| iso(now_ms())),
    }))
}

async fn hook(state: &AppState, id: &str) -> Result<StoredHook, ApiError> {
    state
        .moderation
        .hooks()
        .store()
        .hook(id)
        .await?
        .ok_or_else(gone)
}

fn gone() -> ApiError {
    ApiError::not_found("There is no such webhook. It may have been removed already.")
}

fn events(words: Vec<String>) -> Result<Vec<HookEvent>, ApiError> {
    let read = words.iter().map(|word| HookEvent::parse(word));
    match read.collect::<Option<Vec<_>>>() {
        Some(events) if !events.is_empty() => Ok(events),
        Some(_) => Err(ApiError::bad_request(
            "missing-field",
            "Say what is told: one or more of report, ban, kick, crowd and trouble.",
        )),
        None => Err(ApiError::invalid(
            "A webhook is told of report, ban, kick, crowd and trouble.",
        )),
    }
}

impl From<OutboundError> for ApiError {
    fn from(error: OutboundError) -> Self {
        let code = match error {
            OutboundError::NotPublic(_) | OutboundError::NoPlace(_) => "private-target",
            OutboundError::UnknownName(_) => "unknown-target",
            _ => "invalid-target",
        };
        Self::bad_request(code, error.to_string())
    }
}
