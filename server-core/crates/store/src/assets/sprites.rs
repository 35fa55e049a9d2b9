//! Queries on the table of sprites.

use serde_json::{Map, Value};
use sqlx::Row;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::Assets;
use super::files::image_url;
use super::generator::{Look, sheet_metadata};
use super::metadata::{self, MetadataError};
use super::png::SheetImage;
use crate::storage::{Lease, Listed, Listing, StoreError};
use contract::Sprite;
use runtime::clock::{iso, now_ms};

/// Most sprites a world may have: the atlas is part of every snapshot.
pub const MAX_SPRITES: usize = 200;

const SPRITES: Listed = Listed {
    table: "sprites",
    columns: "id, name, category, checksum, metadata, created_at",
    moment: "created_at",
    order: "created_at, id",
};

/// A sprite to be stored, its words already checked.
#[derive(Debug, Clone)]
pub struct NewSprite {
    /// Shown to people.
    pub name: String,
    /// A word such as `avatar` or `prop`.
    pub category: String,
    /// The sheet.
    pub image: SheetImage,
    /// How it divides into frames, and whatever else belongs to it.
    pub metadata: Map<String, Value>,
}

/// What changes about a sprite; `None` leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct SpriteChange {
    /// Shown to people.
    pub name: Option<String>,
    /// A word such as `avatar` or `prop`.
    pub category: Option<String>,
    /// Merges key by key; `null` takes a key away.
    pub metadata: Option<Map<String, Value>>,
}

/// Why a sprite was not stored or changed.
#[derive(Debug, thiserror::Error)]
pub enum SpriteError {
    /// There are [`MAX_SPRITES`] already.
    #[error("There are 200 sprites already. Delete one first.")]
    TooMany,
    /// Its metadata does not fit.
    #[error(transparent)]
    Metadata(#[from] MetadataError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for SpriteError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(StoreError(error))
    }
}

impl NewSprite {
    /// A sheet that was drawn from a look, which stays in the metadata as `appearance`.
    #[must_use]
    pub fn drawn(name: &str, category: &str, look: &Look, image: SheetImage) -> Self {
        let mut metadata = sheet_metadata();
        metadata.insert("appearance".to_owned(), Value::Object(look.layers()));
        Self {
            name: name.to_owned(),
            category: category.to_owned(),
            image,
            metadata,
        }
    }
}

impl Assets {
    /// A page of sprites in order of creation, of one category or all, and how many there are.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn sprites(
        &self,
        limit: u32,
        offset: u32,
        category: Option<&str>,
    ) -> Result<(u64, Vec<Sprite>), StoreError> {
        let mut listing = Listing::of(SPRITES);
        if let Some(category) = category.filter(|category| !category.is_empty()) {
            listing = listing.only("category = ?", [category.into()]);
        }
        listing.page(&self.database, (limit, offset), sprite).await
    }

    /// Stores a sprite under a fresh id.
    ///
    /// # Errors
    /// See [`SpriteError`]; then nothing changed.
    pub async fn add_sprite(&self, new: &NewSprite) -> Result<Sprite, SpriteError> {
        metadata::check_new(&new.metadata, (new.image.width, new.image.height))?;
        let id = Uuid::now_v7().to_string();
        let mut tx = self.begin_change().await?;
        let count: i64 = sqlx::query("SELECT COUNT(*) AS total FROM sprites")
            .fetch_one(&mut *tx)
            .await?
            .try_get("total")?;
        if usize::try_from(count).unwrap_or(MAX_SPRITES) >= MAX_SPRITES {
            tx.rollback().await?;
            return Err(SpriteError::TooMany);
        }
        let sprite = insert(&mut tx, &id, new, now_ms()).await?;
        self.finish_change(tx).await?;
        Ok(sprite)
    }

    /// Changes a sprite; its image stays. `None` if there is none with that id.
    ///
    /// # Errors
    /// See [`SpriteError`]; then nothing changed.
    pub async fn change_sprite(
        &self,
        id: &str,
        change: SpriteChange,
    ) -> Result<Option<Sprite>, SpriteError> {
        let mut tx = self.begin_change().await?;
        let Some(row) = row_of(&mut tx, id).await? else {
            tx.rollback().await?;
            return Ok(None);
        };
        let mut changed = sprite(&row)?;
        let side = |column| row.try_get::<i64, _>(column).map(to_pixels);
        if let Some(change) = change.metadata {
            let check = match metadata::divides(&change) {
                true => metadata::check_new,
                false => metadata::check,
            };
            let merged = metadata::merge(object(changed.metadata), change);
            check(&merged, (side("width")?, side("height")?))?;
            changed.metadata = Value::Object(merged);
        }
        changed.name = change.name.unwrap_or(changed.name);
        changed.category = change.category.unwrap_or(changed.category);
        sqlx::query("UPDATE sprites SET name = $1, category = $2, metadata = $3 WHERE id = $4")
            .bind(&changed.name)
            .bind(&changed.category)
            .bind(changed.metadata.to_string())
            .bind(id)
            .execute(&mut *tx)
            .await?;
        self.finish_change(tx).await?;
        Ok(Some(changed))
    }

    /// Deletes a sprite and takes it off every avatar. Answers what it was, `None` if there was
    /// none.
    ///
    /// # Errors
    /// See [`StoreError`]; then nothing changed.
    pub async fn delete_sprite(&self, id: &str) -> Result<Option<Sprite>, StoreError> {
        let mut tx = self.begin_change().await?;
        let Some(row) = row_of(&mut tx, id).await? else {
            tx.rollback().await?;
            return Ok(None);
        };
        for statement in [
            "UPDATE avatars SET sprite_id = NULL WHERE sprite_id = $1",
            "DELETE FROM sprites WHERE id = $1",
        ] {
            sqlx::query(statement).bind(id).execute(&mut *tx).await?;
        }
        self.finish_change(tx).await?;
        Ok(Some(sprite(&row)?))
    }
}

/// The row of a sprite, with the size of its sheet.
async fn row_of(connection: &mut Lease, id: &str) -> Result<Option<AnyRow>, sqlx::Error> {
    sqlx::query(
        "SELECT id, name, category, checksum, metadata, created_at, width, height \
         FROM sprites WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(connection)
    .await
}

/// Every sprite, in order of creation.
pub(super) async fn all(connection: &mut Lease) -> Result<Vec<Sprite>, StoreError> {
    let rows = sqlx::query(
        "SELECT id, name, category, checksum, metadata, created_at FROM sprites \
         ORDER BY created_at, id",
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.iter().map(sprite).collect::<Result<_, _>>()?)
}

/// Writes one row.
pub(super) async fn insert(
    connection: &mut Lease,
    id: &str,
    new: &NewSprite,
    created_at: i64,
) -> Result<Sprite, StoreError> {
    let metadata = Value::Object(new.metadata.clone());
    sqlx::query(
        "INSERT INTO sprites \
         (id, name, category, image, checksum, width, height, metadata, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(id)
    .bind(&new.name)
    .bind(&new.category)
    .bind(new.image.png.clone())
    .bind(&new.image.checksum)
    .bind(i64::from(new.image.width))
    .bind(i64::from(new.image.height))
    .bind(metadata.to_string())
    .bind(created_at)
    .execute(connection)
    .await?;
    Ok(Sprite {
        id: id.to_owned(),
        name: new.name.clone(),
        category: new.category.clone(),
        image_url: image_url(id, &new.image.checksum),
        metadata,
        created_at: iso(created_at),
    })
}

fn sprite(row: &AnyRow) -> Result<Sprite, sqlx::Error> {
    let id: String = row.try_get("id")?;
    let checksum: String = row.try_get("checksum")?;
    let metadata: String = row.try_get("metadata")?;
    Ok(Sprite {
        image_url: image_url(&id, &checksum),
        id,
        name: row.try_get("name")?,
        category: row.try_get("category")?,
        metadata: Value::Object(object(serde_json::from_str(&metadata).unwrap_or_default())),
        created_at: iso(row.try_get("created_at")?),
    })
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn to_pixels(stored: i64) -> u32 {
    u32::try_from(stored).unwrap_or_default()
}
