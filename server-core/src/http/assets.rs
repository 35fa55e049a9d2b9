//! Sprites for everybody: the list, the atlas, and the images under `/static/sprites`.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};

use super::Routes;
use super::sprite_id::SpriteId;
use super::{ApiError, AppState, Page, Query};
use contract::query::{ImageQuery, SpriteQuery};
use contract::rest_assets::{AtlasAnswer, SpriteList};
use contract::routes;
use contract::text;

/// Longest category, in characters.
pub(super) const CATEGORY_CHARS: usize = 40;
/// For an image asked for by the address that names its content: it never changes.
const FOR_GOOD: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// For any other address of an image: ask again each time.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");
const NOSNIFF: HeaderValue = HeaderValue::from_static("nosniff");

/// The routes of this module.
pub fn routes() -> Routes {
    Routes::new()
        .on(routes::WORLD_SPRITES, list)
        .on(routes::ATLAS, atlas)
        .on(routes::SPRITE_IMAGE, image)
}

pub(super) async fn list(
    State(state): State<AppState>,
    Query(query): Query<SpriteQuery>,
) -> Result<Json<SpriteList>, ApiError> {
    let page = Page::of(query.limit, query.offset)?;
    let category = query.category.map(|c| text::clean(&c, CATEGORY_CHARS));
    let (total, assets) = state
        .assets
        .sprites(page.limit, page.offset, category.as_deref())
        .await?;
    Ok(Json(SpriteList {
        total,
        limit: page.limit,
        offset: page.offset,
        assets,
    }))
}

async fn atlas(State(state): State<AppState>) -> Json<AtlasAnswer> {
    let atlas = (*state.assets.atlas()).clone();
    Json(AtlasAnswer { atlas })
}

/// A sprite's image. The checksum is its ETag, and its first characters are the `v` of its address.
async fn image(
    State(state): State<AppState>,
    SpriteId(file): SpriteId,
    Query(asked): Query<ImageQuery>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let missing = || ApiError::not_found("There is no such image.");
    let id = file.strip_suffix(".png").ok_or_else(missing)?;
    let file = state.assets.sprite_file(id).await?.ok_or_else(missing)?;
    let tag = format!("\"{}\"", file.checksum);
    let cache = if asked.v.as_deref() == Some(file.version()) {
        FOR_GOOD
    } else {
        ASK_AGAIN
    };
    let known = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .any(|value| names_tag(value, &tag));
    let etag = HeaderValue::from_str(&tag).map_err(|_| missing())?;
    let common = [
        (header::ETAG, etag),
        (header::CACHE_CONTROL, cache),
        (header::X_CONTENT_TYPE_OPTIONS, NOSNIFF),
    ];
    Ok(if known {
        (StatusCode::NOT_MODIFIED, common).into_response()
    } else {
        let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("image/png"))];
        (common, kind, file.png).into_response()
    })
}

/// Whether an `If-None-Match` holds this tag, by the weak comparison of RFC 9110.
fn names_tag(value: &HeaderValue, tag: &str) -> bool {
    value.to_str().is_ok_and(|list| {
        list.split(',').map(str::trim).any(|candidate| {
            candidate == "*" || candidate.strip_prefix("W/").unwrap_or(candidate) == tag
        })
    })
}
