//! Sprites and the atlas that lists them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One sprite sheet that a player may wear.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Sprite {
    /// Stable id, the one `metadata.spriteAssetId` names.
    pub id: String,
    /// Shown to people.
    pub name: String,
    /// A free word such as `avatar` or `prop`.
    pub category: String,
    /// Path of the image under `/static`, same origin as the gateway.
    pub image_url: String,
    /// How the sheet divides into frames: `{frameWidth, frameHeight, rows, framesPerRow}` and anything else.
    #[schemars(with = "serde_json::Map<String, Value>")]
    pub metadata: Value,
    /// ISO 8601.
    pub created_at: String,
}

/// All sprites of the world, by list and by id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SpriteAtlas {
    /// Grows by one with every change.
    pub version: u64,
    /// ISO 8601 time of the last change.
    pub updated_at: String,
    /// In order of creation.
    pub sprites: Vec<Sprite>,
    /// The same sprites by id.
    pub lookup: BTreeMap<String, Sprite>,
}

impl SpriteAtlas {
    /// Builds the atlas with its lookup from a list.
    #[must_use]
    pub fn new(version: u64, updated_at: String, sprites: Vec<Sprite>) -> Self {
        let lookup = sprites.iter().map(|s| (s.id.clone(), s.clone())).collect();
        Self {
            version,
            updated_at,
            sprites,
            lookup,
        }
    }
}
