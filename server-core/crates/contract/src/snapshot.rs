//! The whole world at one moment.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ChatMessage, Player, SpriteAtlas};

/// What a world says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorldInfo {
    /// Stable id of this world.
    pub id: String,
    /// The name the host gave it.
    pub name: String,
    /// One sentence.
    pub description: String,
    /// The number of the protocol that the server speaks; absent means 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protocol: Option<u32>,
    /// How many players are in: only in a closed world, where they are not shown themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub players_online: Option<u64>,
}

/// `world:state`: what a socket gets first, and what a join's ack carries as `state`.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    /// About the world.
    pub world: WorldInfo,
    /// Everybody who is in, in no particular order.
    pub players: Vec<Player>,
    /// The last 50 messages, oldest first.
    pub chat: Vec<ChatMessage>,
    /// All sprites.
    pub sprite_atlas: SpriteAtlas,
}
