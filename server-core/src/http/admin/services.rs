//! `GET|POST /admin/service-accounts`, `DELETE /admin/service-accounts/{id}`: programs that act by a token.

use axum::extract::{Path, State};
use http::{HeaderValue, StatusCode, header};

use crate::http::auth::validate;
use crate::http::{ApiError, AppState, Json, RequireHost, Routes};
use contract::admin::service::{Scope, Scopes, ServiceAnswer, ServiceBody, ServiceList};
use contract::routes;
use store::accounts::CreateServiceError;

/// The routes of this file.
pub fn routes() -> Routes {
    Routes::new()
        .on(routes::SERVICES, list)
        .on(routes::ADD_SERVICE, create)
        .on(routes::REVOKE_SERVICE, revoke)
}

async fn list(
    State(state): State<AppState>,
    RequireHost(_): RequireHost,
) -> Result<axum::Json<ServiceList>, ApiError> {
    Ok(axum::Json(ServiceList {
        services: state.moderation.services().await?,
        most: state.config.rates.service_accounts,
    }))
}

/// The answer holds a secret: no cache may keep it.
async fn create(
    State(state): State<AppState>,
    RequireHost(caller): RequireHost,
    Json(body): Json<ServiceBody>,
) -> Result<
    (
        StatusCode,
        [(header::HeaderName, HeaderValue); 1],
        axum::Json<ServiceAnswer>,
    ),
    ApiError,
> {
    let name = validate::username(body.name.as_deref())?;
    let scopes = scopes(body.scopes.unwrap_or_default())?;
    let most = state.config.rates.service_accounts;
    let author = caller.author();
    let made = state
        .moderation
        .create_service(&author, &name, &scopes, most);
    let no_store = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((StatusCode::CREATED, no_store, axum::Json(made.await?)))
}

async fn revoke(
    State(state): State<AppState>,
    RequireHost(caller): RequireHost,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let id = id.trim().to_lowercase();
    let author = caller.author();
    state.moderation.revoke_service(&author, &id).await?;
    state.assets.delete_avatar_of(&id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn scopes(words: Vec<String>) -> Result<Scopes, ApiError> {
    let read = words.iter().map(|word| Scope::parse(word));
    match read.collect::<Option<Vec<_>>>() {
        Some(scopes) if !scopes.is_empty() => Ok(Scopes::of(scopes)),
        Some(_) => Err(ApiError::bad_request(
            "missing-field",
            "Say what the token may do: one or more of read, moderate, announce and join.",
        )),
        None => Err(ApiError::invalid(
            "The scopes of a token are read, moderate, announce and join.",
        )),
    }
}

impl From<CreateServiceError> for ApiError {
    fn from(error: CreateServiceError) -> Self {
        match error {
            CreateServiceError::TooMany => Self::conflict(
                "too-many-services",
                "There are as many service accounts as the settings allow. Revoke one that is not used.",
            ),
            CreateServiceError::Account(error) => error.into(),
        }
    }
}
