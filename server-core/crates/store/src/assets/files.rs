//! The images of sprites and their addresses.

use sqlx::Row;

use super::Assets;
use crate::storage::StoreError;

/// Characters of the checksum that an image's address carries.
const VERSION_CHARS: usize = 12;

/// An image as it is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpriteFile {
    /// The PNG.
    pub png: Vec<u8>,
    /// SHA-256 of it, in hex.
    pub checksum: String,
}

impl SpriteFile {
    /// What `?v=` of this image's address holds.
    #[must_use]
    pub fn version(&self) -> &str {
        version(&self.checksum)
    }
}

impl Assets {
    /// The image of a sprite.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn sprite_file(&self, id: &str) -> Result<Option<SpriteFile>, StoreError> {
        let row = sqlx::query("SELECT image, checksum FROM sprites WHERE id = $1")
            .bind(id)
            .fetch_optional(self.database.pool())
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(SpriteFile {
            png: row.try_get("image")?,
            checksum: row.try_get("checksum")?,
        }))
    }
}

/// Where an image is served. The checksum makes every image's address its own, so that browsers may
/// keep it for good.
pub(super) fn image_url(id: &str, checksum: &str) -> String {
    format!("/static/sprites/{id}.png?v={}", version(checksum))
}

fn version(checksum: &str) -> &str {
    checksum.get(..VERSION_CHARS).unwrap_or(checksum)
}
