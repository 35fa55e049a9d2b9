//! Queries on the table of avatars: one per account.

use std::collections::BTreeMap;

use sqlx::Row;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::Assets;
use super::files::image_url;
use crate::storage::{Lease, StoreError};
use contract::rest_assets::{Appearance, Avatar};
use runtime::clock::{iso, now_ms};

/// What a put changes; `None` leaves a field as it is. The words are already checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AvatarChange {
    /// Needed when the avatar is made.
    pub name: Option<String>,
    /// A sentence about the avatar.
    pub description: Option<Option<String>>,
    /// The sprite sheet it wears.
    pub sprite_id: Option<Option<String>>,
    /// Layers by name; `None` switches one off, other names are ignored.
    pub layers: BTreeMap<String, Option<String>>,
}

/// What a put did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PutAvatar {
    /// The account had none before.
    Created(Avatar),
    /// The account had one.
    Changed(Avatar),
}

/// Why an avatar was not stored.
#[derive(Debug, thiserror::Error)]
pub enum AvatarError {
    /// A new avatar needs a name.
    #[error("Give your avatar a name.")]
    NameMissing,
    /// No sprite has that id.
    #[error("There is no such sprite.")]
    UnknownSprite,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for AvatarError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(StoreError(error))
    }
}

impl Assets {
    /// The avatar of an account.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn avatar_of(&self, user_id: &str) -> Result<Option<Avatar>, StoreError> {
        let mut connection = self.database.pool().acquire().await?;
        let avatar = find(&mut connection, user_id).await?;
        connection.give_back();
        Ok(avatar)
    }

    /// Makes an account's avatar or changes it; layers that are not named stay as they are. Of two
    /// first puts at once one creates and the other changes.
    ///
    /// # Errors
    /// See [`AvatarError`]; then nothing changed.
    pub async fn put_avatar(
        &self,
        user_id: &str,
        change: &AvatarChange,
    ) -> Result<PutAvatar, AvatarError> {
        let now = now_ms();
        let mut tx = self.database.pool().begin().await?;
        // Writing first takes the lock that keeps another put from reading what this one replaces.
        let created = !touch(&mut tx, user_id, now).await? && {
            let Some(name) = change.name.as_deref() else {
                tx.rollback().await?;
                return Err(AvatarError::NameMissing);
            };
            create(&mut tx, user_id, name, now).await?
        };
        if let Some(Some(sprite_id)) = &change.sprite_id {
            let found = sqlx::query("SELECT 1 FROM sprites WHERE id = $1")
                .bind(sprite_id)
                .fetch_optional(&mut *tx)
                .await?;
            if found.is_none() {
                tx.rollback().await?;
                return Err(AvatarError::UnknownSprite);
            }
        }
        let before = find(&mut tx, user_id).await?;
        let before = before.ok_or(AvatarError::Store(StoreError(sqlx::Error::RowNotFound)))?;
        write(&mut tx, before, change).await?;
        let avatar = find(&mut tx, user_id).await?;
        let avatar = avatar.ok_or(AvatarError::Store(StoreError(sqlx::Error::RowNotFound)))?;
        tx.commit().await?;
        Ok(if created {
            PutAvatar::Created(avatar)
        } else {
            PutAvatar::Changed(avatar)
        })
    }

    /// Deletes the avatar of an account that is deleted.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn delete_avatar_of(&self, user_id: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM avatars WHERE user_id = $1")
            .bind(user_id)
            .execute(self.database.pool())
            .await?;
        Ok(())
    }
}

/// Marks the avatar as changed. `false` if the account has none.
async fn touch(connection: &mut Lease, user_id: &str, now: i64) -> Result<bool, sqlx::Error> {
    let touched = sqlx::query("UPDATE avatars SET updated_at = $1 WHERE user_id = $2")
        .bind(now)
        .bind(user_id)
        .execute(connection)
        .await?;
    Ok(touched.rows_affected() > 0)
}

/// Makes a bare avatar. `false` if the account got one in the meantime.
async fn create(
    connection: &mut Lease,
    user_id: &str,
    name: &str,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let made = sqlx::query(
        "INSERT INTO avatars (id, user_id, name, appearance, created_at, updated_at) \
         VALUES ($1, $2, $3, '{}', $4, $4) ON CONFLICT (user_id) DO NOTHING",
    )
    .bind(Uuid::now_v7().to_string())
    .bind(user_id)
    .bind(name)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(made.rows_affected() > 0)
}

async fn write(
    connection: &mut Lease,
    before: Avatar,
    change: &AvatarChange,
) -> Result<(), sqlx::Error> {
    let mut appearance = before.appearance;
    for (layer, slot) in [
        ("hair", &mut appearance.hair),
        ("face", &mut appearance.face),
        ("outfit", &mut appearance.outfit),
        ("shoes", &mut appearance.shoes),
    ] {
        if let Some(value) = change.layers.get(layer) {
            slot.clone_from(value);
        }
    }
    let appearance = serde_json::to_string(&appearance).unwrap_or_default();
    sqlx::query(
        "UPDATE avatars SET name = $1, description = $2, sprite_id = $3, appearance = $4 \
         WHERE id = $5",
    )
    .bind(change.name.clone().unwrap_or(before.name))
    .bind(change.description.clone().unwrap_or(before.description))
    .bind(change.sprite_id.clone().unwrap_or(before.sprite_asset_id))
    .bind(appearance)
    .bind(before.id)
    .execute(connection)
    .await?;
    Ok(())
}

async fn find(connection: &mut Lease, user_id: &str) -> Result<Option<Avatar>, StoreError> {
    let row = sqlx::query(
        "SELECT a.id, a.name, a.description, a.appearance, a.sprite_id, s.checksum, \
         a.created_at, a.updated_at FROM avatars a LEFT JOIN sprites s ON s.id = a.sprite_id \
         WHERE a.user_id = $1",
    )
    .bind(user_id)
    .fetch_optional(connection)
    .await?;
    Ok(row.as_ref().map(avatar).transpose()?)
}

fn avatar(row: &AnyRow) -> Result<Avatar, sqlx::Error> {
    let sprite_asset_id: Option<String> = row.try_get("sprite_id")?;
    let checksum: Option<String> = row.try_get("checksum")?;
    Ok(Avatar {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        description: row.try_get("description")?,
        appearance: layers(row)?,
        sprite: sprite_asset_id
            .as_deref()
            .zip(checksum.as_deref())
            .map(|(id, checksum)| image_url(id, checksum)),
        sprite_asset_id,
        created_at: iso(row.try_get("created_at")?),
        updated_at: iso(row.try_get("updated_at")?),
    })
}

/// The four layers of a row's `appearance`.
pub(super) fn layers(row: &AnyRow) -> Result<Appearance, sqlx::Error> {
    let stored: String = row.try_get("appearance")?;
    Ok(serde_json::from_str(&stored).unwrap_or_default())
}
