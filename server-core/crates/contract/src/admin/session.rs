//! Live sockets as the administration sees them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::person::Worn;
use super::person_record::PersonRecord;
use crate::Position;
use crate::rest::Role;

/// What a socket is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SessionKind {
    /// Logged in.
    Account,
    /// Not logged in.
    Guest,
    /// A program: a client of a load test that this server knows of, or a service account, which is then
    /// the `subject` and has a `role`.
    Bot,
}

/// How a socket's frames travel now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TransportKind {
    /// A websocket.
    Websocket,
    /// HTTP long polling.
    Polling,
}

/// A mute as a session list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MutedUntil {
    /// The mute's id, for `DELETE /admin/mutes/{id}`.
    pub id: String,
    /// ISO 8601; `null` for good.
    pub until: Option<String>,
    /// What the moderator wrote; may be empty.
    pub reason: String,
}

/// One live socket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AdminSession {
    /// Our own connection id with its node, never the Socket.IO one.
    pub id: String,
    /// The node that holds the socket.
    pub node: String,
    /// What it is.
    pub kind: SessionKind,
    /// With [`Self::kind`] what `/admin/people/{kind}/{subject}` knows the person by: an account's
    /// id or a guest's digest.
    pub subject: String,
    /// Whether it holds a player.
    pub joined: bool,
    /// The player it holds.
    pub player_id: Option<String>,
    /// The player's name, or the account's when it only looks on.
    pub name: Option<String>,
    /// What the account is called, whatever its player is; absent for a guest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// The account's role.
    pub role: Option<Role>,
    /// Where it comes from.
    pub address: String,
    /// How its frames travel.
    pub transport: TransportKind,
    /// Whether it reads batched updates.
    pub batch: bool,
    /// What its browser says it is, at most 200 characters.
    pub user_agent: Option<String>,
    /// ISO 8601.
    pub connected_at: String,
    /// Since when it holds this player, ISO 8601.
    pub joined_at: Option<String>,
    /// When its last event came, ISO 8601.
    pub last_active_at: String,
    /// Where the player stands.
    pub position: Option<Position>,
    /// `metadata.mapId`.
    pub map_id: Option<String>,
    /// `metadata.avatarId`.
    pub avatar_id: Option<String>,
    /// `metadata.sprite`.
    pub sprite: Option<String>,
    /// `metadata.appearance`, as far as it can be worn.
    #[serde(default)]
    pub appearance: Option<Worn>,
    /// Round trip of the last heartbeat in milliseconds; `null` where unknown (polling).
    pub ping_ms: Option<f64>,
    /// The mute that holds now.
    pub muted: Option<MutedUntil>,
    /// Warnings this person got.
    pub warnings: u32,
    /// Open reports about this person.
    pub open_reports: u32,
}

/// What changes all the time about a socket; replaces the same fields of its [`AdminSession`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SessionMove {
    /// Whose.
    pub id: String,
    /// When its last event came, ISO 8601.
    pub last_active_at: String,
    /// Where the player stands.
    pub position: Option<Position>,
    /// Round trip of the last heartbeat in milliseconds; `null` where unknown (polling).
    pub ping_ms: Option<f64>,
}

/// `GET /admin/sessions`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SessionList {
    /// How many match.
    pub total: u64,
    /// The page size in force.
    pub limit: u32,
    /// How many were skipped.
    pub offset: u32,
    /// Newest first.
    pub sessions: Vec<AdminSession>,
}

/// `GET /admin/sessions/{id}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SessionDetail {
    /// The socket.
    pub session: AdminSession,
    /// What is known about the person.
    pub record: PersonRecord,
}
