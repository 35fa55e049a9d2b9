//! Avatars, sprites and the atlas.
//!
//! Sprite sheets live in the database, so that every node serves them; the atlas that lists them is
//! kept in memory and counts its changes. Knows `contract` and `storage`; no socket, no HTTP, and
//! nothing about who may do what.

use std::sync::Arc;

use parking_lot::RwLock;

pub mod generator;

mod atlas;
mod avatars;
mod files;
mod look;
mod metadata;
mod png;
mod sprites;
mod starter;
#[cfg(test)]
mod tests;

pub use avatars::{AvatarChange, AvatarError, PutAvatar};
pub use files::SpriteFile;
pub use look::AvatarLook;
pub use metadata::{MetadataError, default_metadata};
pub use png::{MAX_SIDE, MAX_UPLOAD_BYTES, PngError, SheetImage};
pub use sprites::{MAX_SPRITES, NewSprite, SpriteChange, SpriteError};
pub use starter::{AVATAR_CATEGORY, STARTER_SET, Starter};

use crate::storage::{Database, StoreError};
use contract::SpriteAtlas;

/// Handle on everything about sprites and avatars; cheap to clone.
#[derive(Debug, Clone)]
pub struct Assets {
    database: Database,
    /// Held only to swap or copy the pointer, so readers never wait for the database.
    current: Arc<RwLock<Arc<SpriteAtlas>>>,
}

impl Assets {
    /// Opens the assets of a database; a new one gets the starter set.
    ///
    /// The set is made once: a host who deletes one of its sprites does not find it again after a
    /// restart.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn open(database: Database) -> Result<Self, StoreError> {
        let atlas = atlas::open(database.pool()).await?;
        Ok(Self {
            database,
            current: Arc::new(RwLock::new(Arc::new(atlas))),
        })
    }

    /// The atlas as this node knows it.
    #[must_use]
    pub fn atlas(&self) -> Arc<SpriteAtlas> {
        Arc::clone(&self.current.read())
    }

    /// Reads the atlas again, after another node changed it.
    ///
    /// # Errors
    /// See [`StoreError`]; the atlas known so far holds on.
    pub async fn refresh(&self) -> Result<Arc<SpriteAtlas>, StoreError> {
        let mut connection = self.database.pool().acquire().await?;
        let atlas = atlas::read(&mut connection).await?;
        connection.give_back();
        self.keep(atlas);
        Ok(self.atlas())
    }

    /// Takes an atlas over unless a newer one is known: changes may finish in any order.
    fn keep(&self, atlas: SpriteAtlas) {
        let mut current = self.current.write();
        if atlas.version >= current.version {
            *current = Arc::new(atlas);
        }
    }
}
