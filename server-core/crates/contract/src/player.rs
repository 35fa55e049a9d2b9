//! A player as everybody sees it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::ids::PlayerId;

/// What a client attached to its player: an open JSON object.
///
/// Known keys are `avatarId`, `sprite`, `spriteAssetId`, `mapId`, `alias`, `heading` and
/// `appearance` (`hair`, `face`, `outfit`, `shoes`); anything else is carried along unread.
pub type Metadata = Map<String, Value>;

/// The key of the one metadata value that merges key by key instead of being replaced.
pub const APPEARANCE: &str = "appearance";
/// The four layers of an appearance, each a value or `null` for "off".
pub const APPEARANCE_LAYERS: [&str; 4] = ["hair", "face", "outfit", "shoes"];

/// A place in the world, in tiles: x to the right, z towards the viewer, y up. Always finite.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Position {
    /// To the right.
    pub x: f64,
    /// Height.
    pub y: f64,
    /// Towards the viewer.
    pub z: f64,
}

/// One player, exactly the keys the contract names.
///
/// ```json
/// {"id":"ana","name":"Ana","position":{"x":1,"y":0,"z":2},"animation":"idle","metadata":{}}
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Player {
    /// Unique while held.
    pub id: PlayerId,
    /// At most 100 characters; `Player <id>` when none was given.
    pub name: String,
    /// Where the player stands.
    pub position: Position,
    /// At most 64 characters; `idle` by default.
    pub animation: String,
    /// Open data, at most 4096 bytes of JSON.
    pub metadata: Metadata,
}

/// The animation of a player that never sent one.
pub const DEFAULT_ANIMATION: &str = "idle";
