//! Avatars, sprites and the atlas.

use crate::storage::Database;

/// Handle on everything about sprites and avatars; cheap to clone.
#[derive(Debug, Clone)]
pub struct Assets {
    #[expect(dead_code, reason = "the queries arrive with the asset routes")]
    database: Database,
}
