//! The contract: every event name, payload, ack and REST body that crosses the wire.
//!
//! Everything here is plain data with serde, parsed once at the edge into checked types and trusted
//! from there on. The TypeScript in `ui/src/contract/generated` is generated from these types and a
//! test fails when the two drift apart.
//!
//! This module knows no socket, no clock, no database and no other module of the crate. Clients
//! read `PROTOCOL.md` beside `ARCHITECTURE.md`.

pub mod ack;
pub mod admin;
pub mod batch;
pub mod chat;
pub mod events;
pub mod health;
pub mod ids;
pub mod limits;
pub mod load_test;
pub mod moderation;
pub mod movement;
pub mod names;
pub mod nodes;
pub mod payload;
pub mod player;
pub mod rest;
pub mod rest_assets;
pub mod shown;
pub mod snapshot;
pub mod sprites;
pub mod text;
#[cfg(test)]
mod typescript;

pub use ack::{Refusal, RefusalCode};
pub use chat::ChatMessage;
pub use ids::{MessageId, PlayerId};
pub use limits::PayloadLimits;
pub use moderation::{SessionTerminated, TerminationCode};
pub use player::{Metadata, Player, Position};
pub use snapshot::{Snapshot, WorldInfo};
pub use sprites::{Sprite, SpriteAtlas};

/// JSON that was serialised once and is shared by everybody who gets it.
pub type SharedJson = std::sync::Arc<serde_json::value::RawValue>;
