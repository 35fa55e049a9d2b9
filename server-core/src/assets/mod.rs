//! Avatars, sprites and the atlas.
//!
//! Sprite sheets live in the database, so that every node serves them; the atlas that lists them is
//! kept in memory and counts its changes. Knows `protocol` and `storage`; no socket, no HTTP, and
//! nothing about who may do what.

pub mod generator;
mod metadata;
mod png;
mod starter;

pub use metadata::MetadataError;
pub use png::{MAX_SIDE, MAX_UPLOAD_BYTES, PngError, SheetImage};
pub use starter::AVATAR_CATEGORY;

use crate::storage::Database;

/// Handle on everything about sprites and avatars; cheap to clone.
#[derive(Debug, Clone)]
pub struct Assets {
    #[expect(dead_code, reason = "the queries arrive with the asset routes")]
    database: Database,
}
