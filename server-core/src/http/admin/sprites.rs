//! `/admin/assets/sprites`: hosts add, draw, change and delete sprites; who may look at the
//! administration may list them.

use axum::extract::{DefaultBodyLimit, Request, State};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::StatusCode;
use serde_json::{Value, json};

use super::sprite_upload::{self, MAX_BODY_BYTES, NAME_CHARS, refuse_image};
use crate::http::Routes;
use crate::http::assets::{self, CATEGORY_CHARS};
use crate::http::sprite_id::SpriteId;
use crate::http::{
    ApiError, AppState, CurrentUser, Filters, Json, Query, RequireHost, RequireViewer, words,
};
use contract::Sprite;
use contract::admin::action::ActionName;
use contract::query::SpriteQuery;
use contract::rest_assets::{SpriteAnswer, SpriteList, SpriteOrder, SpritePatch, SpritePreview};
use contract::routes;
use store::assets::generator::{draw_sheet, look_for};
use store::assets::{NewSprite, SheetImage, SpriteChange, SpriteError};

/// Longest description of somebody to draw, in characters.
const DESCRIPTION_CHARS: usize = 500;
/// The one generator there is.
const PROCEDURAL: &str = "procedural";

/// The routes of this module.
pub fn routes() -> Routes {
    Routes::new()
        .on(routes::SPRITES, list)
        .on(routes::UPLOAD_SPRITE, upload)
        .on(routes::GENERATE_SPRITE, generate)
        .on(routes::PREVIEW_SPRITE, preview)
        .on(routes::CHANGE_SPRITE, change)
        .on(routes::REMOVE_SPRITE, delete)
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
}

async fn list(
    _: RequireViewer,
    state: State<AppState>,
    Filters(query): Filters<SpriteQuery>,
) -> Result<axum::Json<SpriteList>, ApiError> {
    assets::list(state, Query(query)).await
}

async fn upload(
    RequireHost(caller): RequireHost,
    State(state): State<AppState>,
    request: Request,
) -> Result<(StatusCode, axum::Json<SpriteAnswer>), ApiError> {
    let upload = sprite_upload::read(request).await?;
    let new = blocking(move || upload.check()).await??;
    add(&state, &caller, ActionName::SPRITE_UPLOAD, new).await
}

async fn generate(
    RequireHost(caller): RequireHost,
    State(state): State<AppState>,
    Json(order): Json<SpriteOrder>,
) -> Result<(StatusCode, axum::Json<SpriteAnswer>), ApiError> {
    let new = draw(order).await?;
    add(&state, &caller, ActionName::SPRITE_GENERATE, new).await
}

/// Draws what [`generate`] would draw, and keeps nothing. The name and the category may still be
/// missing: they take part in what is drawn, so the picture changes with them.
async fn preview(
    RequireHost(_): RequireHost,
    Json(mut order): Json<SpriteOrder>,
) -> Result<axum::Json<SpritePreview>, ApiError> {
    let is_blank = |text: &Option<String>| text.as_deref().is_none_or(|it| it.trim().is_empty());
    for text in [&mut order.name, &mut order.category] {
        if is_blank(text) {
            *text = Some("avatar".to_owned());
        }
    }
    let drawn = draw(order).await?;
    let image = BASE64_STANDARD.encode(&drawn.image.png);
    Ok(axum::Json(SpritePreview {
        image: format!("data:image/png;base64,{image}"),
        metadata: drawn.metadata,
    }))
}

async fn draw(order: SpriteOrder) -> Result<NewSprite, ApiError> {
    let name = words::required("name", order.name, NAME_CHARS)?;
    let category = words::required("category", order.category, CATEGORY_CHARS)?;
    if order.generator.is_some_and(|g| g.trim() != PROCEDURAL) {
        return Err(ApiError::invalid("The only generator is procedural."));
    }
    let description = order.description.unwrap_or_default();
    let description = words::blank_is_none("description", &description, DESCRIPTION_CHARS)?;
    blocking(move || {
        let look = look_for(&name, &category, &description.unwrap_or_default());
        SheetImage::encode(&draw_sheet(&look))
            .map(|image| NewSprite::drawn(&name, &category, &look, image))
    })
    .await?
    .map_err(refuse_image)
}

async fn change(
    RequireHost(caller): RequireHost,
    State(state): State<AppState>,
    SpriteId(id): SpriteId,
    Json(body): Json<SpritePatch>,
) -> Result<axum::Json<SpriteAnswer>, ApiError> {
    let change = SpriteChange {
        name: words::optional("name", body.name, NAME_CHARS)?,
        category: words::optional("category", body.category, CATEGORY_CHARS)?,
        metadata: body.metadata,
    };
    let asked = json!({
        "name": change.name,
        "category": change.category,
        "metadata": change.metadata,
    });
    if change.name.is_none() && change.category.is_none() && change.metadata.is_none() {
        return Err(ApiError::bad_request(
            "nothing-to-change",
            "Send at least one of name, category and metadata.",
        ));
    }
    let sprite = state.assets.change_sprite(&id, change).await;
    let sprite = sprite.map_err(refuse)?.ok_or_else(missing)?;
    published(&state, &caller, ActionName::SPRITE_CHANGE, &sprite, asked).await;
    Ok(axum::Json(SpriteAnswer { sprite }))
}

async fn delete(
    RequireHost(caller): RequireHost,
    State(state): State<AppState>,
    SpriteId(id): SpriteId,
) -> Result<StatusCode, ApiError> {
    let sprite = state.assets.delete_sprite(&id).await?.ok_or_else(missing)?;
    let was = json!({ "name": sprite.name, "category": sprite.category });
    published(&state, &caller, ActionName::SPRITE_DELETE, &sprite, was).await;
    Ok(StatusCode::NO_CONTENT)
}

async fn add(
    state: &AppState,
    caller: &CurrentUser,
    action: ActionName,
    new: NewSprite,
) -> Result<(StatusCode, axum::Json<SpriteAnswer>), ApiError> {
    let sprite = state.assets.add_sprite(&new).await.map_err(refuse)?;
    let details = json!({ "name": sprite.name, "category": sprite.category });
    published(state, caller, action, &sprite, details).await;
    Ok((StatusCode::CREATED, axum::Json(SpriteAnswer { sprite })))
}

/// Tells every socket about the new atlas and notes who changed it.
async fn published(
    state: &AppState,
    caller: &CurrentUser,
    action: ActionName,
    sprite: &Sprite,
    details: Value,
) {
    state.sessions.set_atlas(&state.assets.atlas());
    let (actor, name) = (caller.user.actor(), Some(sprite.name.as_str()));
    let noted = state
        .moderation
        .note(&actor, action, &sprite.id, name, details);
    noted.await;
}

/// Drawing and packing take milliseconds; they must not hold up the sockets of this thread.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, ApiError> {
    tokio::task::spawn_blocking(work).await.map_err(|error| {
        tracing::error!(%error, "an image could not be worked on");
        ApiError::unavailable()
    })
}

fn refuse(error: SpriteError) -> ApiError {
    match error {
        SpriteError::Store(error) => error.into(),
        SpriteError::TooMany => ApiError::conflict("too-many-sprites", error.to_string()),
        SpriteError::Metadata(error) => ApiError::invalid(error.to_string()),
    }
}

fn missing() -> ApiError {
    ApiError::not_found("There is no such sprite.")
}
