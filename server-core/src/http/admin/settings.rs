//! `GET|PATCH /admin/settings`.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;

use crate::http::Routes;
use crate::http::{ApiError, AppState, Json, RequireHost};
use crate::moderation::actions::settings::SettingsError;
use contract::admin::setting::{SettingsAnswer, SettingsPatch, SettingsRefusal};
use contract::routes;

/// The routes of this file.
pub fn routes() -> Routes {
    Routes::new()
        .on(routes::SETTINGS, list)
        .on(routes::CHANGE_SETTINGS, change)
}

async fn list(
    State(state): State<AppState>,
    RequireHost(_): RequireHost,
) -> axum::Json<SettingsAnswer> {
    let settings = state.moderation.settings().views();
    axum::Json(SettingsAnswer { settings })
}

async fn change(
    State(state): State<AppState>,
    RequireHost(caller): RequireHost,
    Json(patch): Json<SettingsPatch>,
) -> Result<Response, ApiError> {
    if patch.values.is_empty() {
        return Err(ApiError::invalid("Say what is to change."));
    }
    let author = caller.author();
    let changed = state.moderation.change_settings(&author, &patch.values);
    match changed.await {
        Ok(_) => {
            let settings = state.moderation.settings().views();
            Ok(axum::Json(SettingsAnswer { settings }).into_response())
        }
        Err(SettingsError::Action(error)) => Err(error.into()),
        Err(SettingsError::Fields(fields)) => {
            let refusal = SettingsRefusal {
                message: "Some settings cannot be taken. Nothing was changed.".to_owned(),
                code: "invalid-settings".to_owned(),
                fields,
            };
            Ok((StatusCode::BAD_REQUEST, axum::Json(refusal)).into_response())
        }
    }
}
