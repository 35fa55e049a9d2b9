//! What an avatar adds to a join.

use serde_json::{Map, Value};
use sqlx::Row;

use super::Assets;
use super::avatars::layers;
use super::files::image_url;
use super::starter::AVATAR_CATEGORY;
use crate::storage::StoreError;
use contract::Sprite;
use contract::player::{APPEARANCE, APPEARANCE_LAYERS};
use contract::rest_assets::Appearance;

/// The look that `avatarId` stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct AvatarLook {
    /// The name to use when the join brings none.
    pub name: String,
    /// The four layers, all of them; `null` is "off".
    pub appearance: Map<String, Value>,
    /// What becomes `metadata.sprite`: the image's path.
    pub sprite: Option<String>,
    /// What becomes `metadata.spriteAssetId`.
    pub sprite_asset_id: Option<String>,
}

impl Assets {
    /// The look of an account's avatar, or of one of the house's own: sprites of the category
    /// `avatar`, by their id. `None` when neither has that id.
    ///
    /// # Errors
    /// See [`StoreError`]. The house's own avatars are read from memory and never fail.
    pub async fn avatar_look(&self, avatar_id: &str) -> Result<Option<AvatarLook>, StoreError> {
        if let Some(sprite) = self.atlas().lookup.get(avatar_id) {
            return Ok((sprite.category == AVATAR_CATEGORY).then(|| house_look(sprite)));
        }
        let row = sqlx::query(
            "SELECT a.name, a.appearance, s.id AS sprite_id, s.checksum \
             FROM avatars a LEFT JOIN sprites s ON s.id = a.sprite_id WHERE a.id = $1",
        )
        .bind(avatar_id)
        .fetch_optional(self.database.pool())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let sprite_asset_id: Option<String> = row.try_get("sprite_id")?;
        let checksum: Option<String> = row.try_get("checksum")?;
        let Appearance {
            hair,
            face,
            outfit,
            shoes,
        } = layers(&row)?;
        Ok(Some(AvatarLook {
            name: row.try_get("name")?,
            appearance: APPEARANCE_LAYERS
                .into_iter()
                .map(str::to_owned)
                .zip([hair, face, outfit, shoes].map(Value::from))
                .collect(),
            sprite: sprite_asset_id
                .as_deref()
                .zip(checksum.as_deref())
                .map(|(id, checksum)| image_url(id, checksum)),
            sprite_asset_id,
        }))
    }
}

fn house_look(sprite: &Sprite) -> AvatarLook {
    let drawn = sprite.metadata.get(APPEARANCE);
    let layer = |name: &str| drawn.and_then(|a| a.get(name)).cloned().unwrap_or_default();
    AvatarLook {
        name: sprite.name.clone(),
        appearance: APPEARANCE_LAYERS
            .into_iter()
            .map(|name| (name.to_owned(), layer(name)))
            .collect(),
        sprite: Some(sprite.image_url.clone()),
        sprite_asset_id: Some(sprite.id.clone()),
    }
}
