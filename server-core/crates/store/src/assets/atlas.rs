//! The atlas in the database: its version, and the starter set that opens it.

use sqlx::Row;

use super::sprites::{self, NewSprite};
use super::starter::{AVATAR_CATEGORY, STARTER_SET};
use super::{Assets, generator};
use crate::assets::png::SheetImage;
use crate::storage::{Change, Lease, Pool, StoreError};
use contract::SpriteAtlas;
use runtime::clock::{iso, now_ms};

/// Reads the atlas, and makes it with the starter set when the database has none.
pub(super) async fn open(pool: &Pool) -> Result<SpriteAtlas, StoreError> {
    let known = sqlx::query("SELECT version FROM atlas WHERE id = 1")
        .fetch_optional(pool)
        .await?;
    if known.is_none() {
        seed(pool).await?;
    }
    let mut connection = pool.acquire().await?;
    let atlas = read(&mut connection).await?;
    connection.give_back();
    Ok(atlas)
}

/// Makes the atlas's row and the starter set, or nothing when another node was faster.
async fn seed(pool: &Pool) -> Result<(), StoreError> {
    let now = now_ms();
    let mut tx = pool.begin().await?;
    let made = sqlx::query(
        "INSERT INTO atlas (id, version, updated_at) VALUES (1, 1, $1) ON CONFLICT (id) DO NOTHING",
    )
    .bind(now)
    .execute(&mut *tx)
    .await?;
    if made.rows_affected() == 0 {
        return Ok(tx.rollback().await?);
    }
    for (order, starter) in (0..).zip(&STARTER_SET) {
        let Ok(image) = SheetImage::encode(&generator::draw_sheet(&starter.look)) else {
            tracing::error!(
                sprite_id = starter.id,
                "a starter sprite could not be packed"
            );
            continue;
        };
        let sprite = NewSprite::drawn(starter.name, AVATAR_CATEGORY, &starter.look, image);
        // A millisecond apart, so that creation order is the order of the set.
        sprites::insert(&mut tx, starter.id, &sprite, now + order).await?;
    }
    tx.commit().await?;
    tracing::info!(
        sprites = STARTER_SET.len(),
        "made the starter set of sprites"
    );
    Ok(())
}

/// Reads version first and sprites second: what is newer than its version is read again after the
/// change that brought it.
pub(super) async fn read(connection: &mut Lease) -> Result<SpriteAtlas, StoreError> {
    let row = sqlx::query("SELECT version, updated_at FROM atlas WHERE id = 1")
        .fetch_one(&mut *connection)
        .await?;
    let version: i64 = row.try_get("version")?;
    let updated_at: i64 = row.try_get("updated_at")?;
    let sprites = sprites::all(connection).await?;
    let version = u64::try_from(version).unwrap_or_default();
    Ok(SpriteAtlas::new(version, iso(updated_at), sprites))
}

impl Assets {
    /// Begins a change of the atlas. Raising the version comes first: it takes the database's write
    /// lock, so changes of all nodes happen one after the other.
    pub(super) async fn begin_change(&self) -> Result<Change, StoreError> {
        let mut tx = self.database.pool().begin().await?;
        sqlx::query("UPDATE atlas SET version = version + 1, updated_at = $1 WHERE id = 1")
            .bind(now_ms())
            .execute(&mut *tx)
            .await?;
        Ok(tx)
    }

    /// Commits a change and keeps the atlas it made. A change that is dropped instead leaves the
    /// version as it was.
    pub(super) async fn finish_change(&self, mut tx: Change) -> Result<(), StoreError> {
        let atlas = read(&mut tx).await?;
        tx.commit().await?;
        self.keep(atlas);
        Ok(())
    }
}
