//! The whole world at one moment.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rest::Role;
use super::world_map::Mood;
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
    /// The light it is in.
    #[serde(default)]
    pub mood: Mood,
    /// The number of the protocol that the server speaks; absent means 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protocol: Option<u32>,
    /// How many players are in: only in a closed world, where they are not shown themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub players_online: Option<u64>,
    /// Who looks after the world, of those who are in; absent where people are not shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<Vec<StaffMember>>,
    /// The announcement that stands for a while, also for those who come in later; absent without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pinned: Option<PinnedAnnouncement>,
}

/// An announcement that stands for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PinnedAnnouncement {
    /// A UUID.
    pub id: String,
    /// What everybody reads.
    pub message: String,
    /// Since when, ISO 8601.
    pub at: String,
    /// Until when, ISO 8601.
    pub until: String,
}

/// Somebody who is in and looks after the world. Nothing else says so of a player: metadata may hold
/// anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StaffMember {
    /// The player's id, which is that of the account.
    pub id: String,
    /// As what.
    pub role: StaffRole,
}

/// As what somebody looks after the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum StaffRole {
    /// Keeps it.
    Host,
    /// Helps the host.
    Moderator,
}

impl StaffRole {
    /// What players are shown of an account's role; `None` for one that shows nothing.
    #[must_use]
    pub fn of(role: Role) -> Option<Self> {
        match role {
            Role::Host => Some(Self::Host),
            Role::Moderator => Some(Self::Moderator),
            Role::Viewer | Role::User => None,
        }
    }
}

/// `world:mood`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WorldMood {
    /// The light the world is in from now on.
    pub mood: Mood,
}

/// `world:pinned`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WorldPinned {
    /// What stands from now on; `null` for nothing.
    pub pinned: Option<PinnedAnnouncement>,
}

/// `world:staff`: everybody of them, which replaces the list before.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct WorldStaff<'a> {
    /// Each once, in no particular order.
    pub staff: &'a [StaffMember],
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
