//! Bodies of the REST interface: avatars, sprites and the atlas.
//!
//! As in `rest`, what a client sends has optional fields only, and what is missing is answered by a
//! sentence about that field.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::sprites::{Sprite, SpriteAtlas};

/// The four layers of an avatar; `null` is "off".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Appearance {
    /// Hair or hat.
    pub hair: Option<String>,
    /// The face.
    pub face: Option<String>,
    /// The clothes.
    pub outfit: Option<String>,
    /// The shoes.
    pub shoes: Option<String>,
}

/// Layers to change: one that is absent stays, `null` switches it off.
#[derive(Debug, Clone, Default, PartialEq, Eq, JsonSchema)]
pub struct AppearancePatch {
    /// Hair or hat.
    #[schemars(extend("x-nullable" = true))]
    pub hair: Option<String>,
    /// The face.
    #[schemars(extend("x-nullable" = true))]
    pub face: Option<String>,
    /// The clothes.
    #[schemars(extend("x-nullable" = true))]
    pub outfit: Option<String>,
    /// The shoes.
    #[schemars(extend("x-nullable" = true))]
    pub shoes: Option<String>,
}

/// An account's avatar.
///
/// ```json
/// {"id":"0190...","name":"Ana","description":null,
///  "appearance":{"hair":"bun-umber","face":null,"outfit":null,"shoes":null},
///  "spriteAssetId":"harbour-ana","sprite":"/static/sprites/harbour-ana.png?v=0a1b2c3d4e5f",
///  "createdAt":"2025-01-02T03:04:05.678Z","updatedAt":"2025-01-02T03:04:05.678Z"}
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Avatar {
    /// What `avatarId` names in a join.
    pub id: String,
    /// The name a join uses when it brings none.
    pub name: String,
    /// A sentence about the avatar.
    pub description: Option<String>,
    /// What it wears.
    pub appearance: Appearance,
    /// The sprite sheet it wears.
    pub sprite_asset_id: Option<String>,
    /// Path of that sheet's image.
    pub sprite: Option<String>,
    /// ISO 8601.
    pub created_at: String,
    /// ISO 8601 time of the last change.
    pub updated_at: String,
}

/// `{avatar}`, `null` before the first `PUT /avatars/me`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AvatarAnswer {
    /// The caller's avatar.
    pub avatar: Option<Avatar>,
}

/// Body of `PUT /avatars/me`: at least one field; a layer that is not named stays as it is.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AvatarBody {
    /// Needed when the avatar is made.
    pub name: Option<String>,
    /// `null` clears it.
    #[serde(default, deserialize_with = "present")]
    #[schemars(extend("x-nullable" = true))]
    pub description: Option<Option<String>>,
    /// `null` takes it off.
    #[serde(default, deserialize_with = "present")]
    #[schemars(extend("x-nullable" = true))]
    pub sprite_asset_id: Option<Option<String>>,
    /// Layers to change; `null` switches a layer off.
    #[schemars(with = "Option<AppearancePatch>")]
    pub appearance: Option<BTreeMap<String, Option<String>>>,
}

/// `{total, limit, offset, assets}`.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SpriteList {
    /// How many there are in all.
    pub total: u64,
    /// Most that this page may hold.
    pub limit: u32,
    /// How many were skipped.
    pub offset: u32,
    /// In order of creation.
    pub assets: Vec<Sprite>,
}

/// `{atlas}`.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct AtlasAnswer {
    /// The one the snapshot holds.
    pub atlas: SpriteAtlas,
}

/// `{sprite}`.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SpriteAnswer {
    /// As it is now.
    pub sprite: Sprite,
}

/// JSON body of `POST /admin/assets/sprites`; the same names as multipart fields, where `image` is
/// the file and `metadata` JSON text.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct SpriteUpload {
    /// Shown to people.
    #[schemars(required)]
    pub name: Option<String>,
    /// A word such as `avatar` or `prop`.
    #[schemars(required)]
    pub category: Option<String>,
    /// A PNG as base64, with or without `data:image/png;base64,` before it.
    #[schemars(required)]
    pub image: Option<String>,
    /// How the image divides into frames; made from its size when absent.
    pub metadata: Option<Map<String, Value>>,
}

/// Body of `PATCH /admin/assets/sprites/{id}`: at least one field.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct SpritePatch {
    /// Shown to people.
    pub name: Option<String>,
    /// A word such as `avatar` or `prop`.
    pub category: Option<String>,
    /// Merges key by key; `null` takes a key away.
    pub metadata: Option<Map<String, Value>>,
}

/// What draws a sprite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub enum SpriteGenerator {
    /// The server itself, from the description's words.
    Procedural,
}

/// Body of `POST /admin/assets/sprites/generate`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct SpriteOrder {
    /// Shown to people.
    #[schemars(required)]
    pub name: Option<String>,
    /// A word; `avatar` makes a sprite that people can wear.
    #[schemars(required)]
    pub category: Option<String>,
    /// `procedural`.
    #[schemars(with = "Option<SpriteGenerator>")]
    pub generator: Option<String>,
    /// Who is to be drawn, in English words.
    pub description: Option<String>,
}

/// `POST /admin/assets/sprites/preview`: what `generate` would make, kept nowhere.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SpritePreview {
    /// A PNG as a `data:` address.
    pub image: String,
    /// How it divides into frames.
    pub metadata: Map<String, Value>,
}

/// Tells a field that is `null` (`Some(None)`) from one that is absent (`None`).
fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}
