//! The contract: every event name, payload, ack and REST body that crosses the wire.
//!
//! Everything here is plain data with serde, parsed once at the edge into checked types and trusted
//! from there on. [`events`] declares each event once. From them and the
//! types they name are made `ui/packages/client/src/contract/generated`, `openapi.json`, `asyncapi.json` and the tables
//! of `PROTOCOL.md`; a test fails when one of these differs.
//!
//! This module knows no socket, no clock, no database and no other module of the crate. Clients
//! read `PROTOCOL.md` beside `ARCHITECTURE.md`.

pub mod ack;
pub mod admin;
pub mod batch;
pub mod chat;
pub mod client_payload;
pub mod events;
#[cfg(test)]
mod generate;
pub mod health;
pub mod ids;
pub mod limits;
pub mod load_test;
pub mod moderation;
pub mod movement;
pub mod names;
pub mod nodes;
pub mod packed;
pub mod payload;
pub mod player;
pub mod query;
pub mod rest;
pub mod rest_assets;
pub mod route;
pub mod routes;
pub mod shown;
pub mod snapshot;
pub mod sprites;
pub mod text;
pub mod words;
pub mod world_map;

pub use ack::{Refusal, RefusalCode};
pub use chat::ChatMessage;
pub use ids::{MessageId, PlayerId};
pub use limits::PayloadLimits;
pub use moderation::{SessionTerminated, TerminationCode};
pub use player::{Metadata, Player, Position};
pub use snapshot::{
    PinnedAnnouncement, Snapshot, StaffMember, StaffRole, WorldInfo, WorldMood, WorldPinned,
    WorldStaff,
};
pub use sprites::{Sprite, SpriteAtlas};

/// REST as OpenAPI 3.1, made from [`routes`].
pub const OPENAPI: &str = include_str!("../openapi.json");
/// The events as AsyncAPI 3.0, made from [`events`] and [`admin::feed`].
pub const ASYNCAPI: &str = include_str!("../asyncapi.json");
/// JSON that was serialised once and is shared by everybody who gets it.
pub type SharedJson = std::sync::Arc<serde_json::value::RawValue>;
