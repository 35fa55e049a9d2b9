//! `/avatars/me`: the caller's own avatar.

use axum::extract::State;
use http::StatusCode;

use super::Routes;
use super::{ApiError, AppState, CurrentUser, Json, words};
use contract::player::APPEARANCE_LAYERS;
use contract::rest_assets::{AvatarAnswer, AvatarBody};
use contract::routes;
use store::assets::{AvatarChange, AvatarError, PutAvatar};

/// Longest description, in characters.
const DESCRIPTION_CHARS: usize = 500;
/// Longest value of a layer, in characters.
const LAYER_CHARS: usize = 200;
/// Longest id of a sprite, in characters.
const SPRITE_ID_CHARS: usize = 64;

/// The routes of this module.
pub fn routes() -> Routes {
    Routes::new()
        .on(routes::AVATAR, read)
        .on(routes::KEEP_AVATAR, put)
}

async fn read(
    caller: CurrentUser,
    State(state): State<AppState>,
) -> Result<axum::Json<AvatarAnswer>, ApiError> {
    let avatar = state.assets.avatar_of(&caller.user.id).await?;
    Ok(axum::Json(AvatarAnswer { avatar }))
}

/// 201 when the avatar is made, 200 when it changes.
async fn put(
    caller: CurrentUser,
    State(state): State<AppState>,
    Json(body): Json<AvatarBody>,
) -> Result<(StatusCode, axum::Json<AvatarAnswer>), ApiError> {
    let change = checked(body, state.config.limits.name_chars)?;
    let (status, avatar) = match state.assets.put_avatar(&caller.user.id, &change).await {
        Ok(PutAvatar::Created(avatar)) => (StatusCode::CREATED, avatar),
        Ok(PutAvatar::Changed(avatar)) => (StatusCode::OK, avatar),
        Err(AvatarError::Store(error)) => return Err(error.into()),
        Err(error @ AvatarError::NameMissing) => {
            return Err(ApiError::bad_request("missing-field", error.to_string()));
        }
        Err(error @ AvatarError::UnknownSprite) => {
            return Err(ApiError::invalid(error.to_string()));
        }
    };
    let avatar = Some(avatar);
    Ok((status, axum::Json(AvatarAnswer { avatar })))
}

fn checked(body: AvatarBody, name_chars: usize) -> Result<AvatarChange, ApiError> {
    let mut change = AvatarChange {
        name: words::optional("name", body.name, name_chars)?,
        ..AvatarChange::default()
    };
    let nullable = |field, value: Option<Option<String>>, max| match value {
        None => Ok(None),
        Some(None) => Ok(Some(None)),
        Some(Some(text)) => words::blank_is_none(field, &text, max).map(Some),
    };
    change.description = nullable("description", body.description, DESCRIPTION_CHARS)?;
    change.sprite_id = nullable("spriteAssetId", body.sprite_asset_id, SPRITE_ID_CHARS)?;
    let mut asked = body.appearance.unwrap_or_default();
    for layer in APPEARANCE_LAYERS {
        if let Some(value) = asked.remove(layer) {
            let value = nullable(layer, Some(value), LAYER_CHARS)?.flatten();
            change.layers.insert(layer.to_owned(), value);
        }
    }
    if change == AvatarChange::default() {
        return Err(ApiError::bad_request(
            "nothing-to-change",
            "Send at least one of name, description, spriteAssetId and appearance.",
        ));
    }
    Ok(change)
}
