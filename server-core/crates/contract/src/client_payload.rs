//! What a client's events carry, as a client writes it. [`payload`](crate::payload) reads it.
//!
//! These types describe and are never built here: what comes from outside is read field by field, so
//! that each fault has a sentence of its own.

use schemars::JsonSchema;

use crate::player::Metadata;

/// The `auth` object of the handshake. What cannot be used counts as absent.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "camelCase")]
pub struct HandshakeAuth {
    /// The account's token, from a login.
    pub token: Option<String>,
    /// The guest secret from an earlier join, for clients without cookies.
    pub guest_token: Option<String>,
    /// The join PIN, where the world has one: a right one opens the world before the first
    /// `world:state`, and joins need not repeat it.
    pub pin: Option<String>,
    /// Marks a client of a load test that a host of this server started; only the server can make one.
    pub run_token: Option<String>,
    /// The number of the protocol that the client was written for; absent means 1.
    pub protocol: Option<u32>,
    /// What the client can do beyond the contract; unknown words are ignored. `batch`: it reads
    /// `players:updated`. `batch2`: it reads them as a stream. `lean`: the answer to its join needs no world.
    /// `log`: it reads announcements in the chat. `packed`: it reads `events:packed`.
    pub features: Option<Vec<String>>,
}

/// Some coordinates; one that is absent, `null` or not finite keeps its last good value.
#[derive(Debug, JsonSchema)]
pub struct PositionPayload {
    /// To the right.
    #[schemars(extend("x-nullable" = true))]
    pub x: Option<f64>,
    /// Height.
    #[schemars(extend("x-nullable" = true))]
    pub y: Option<f64>,
    /// Towards the viewer.
    #[schemars(extend("x-nullable" = true))]
    pub z: Option<f64>,
}

/// `player:join`.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "camelCase")]
pub struct JoinPayload {
    /// Who the socket wants to be.
    pub player_id: String,
    /// Shortened to 100 characters; `Player <id>` when absent.
    pub name: Option<String>,
    /// 0/0/0 when absent.
    pub position: Option<PositionPayload>,
    /// Shortened to 64 characters; `idle` when absent.
    pub animation: Option<String>,
    /// An avatar kept by the server, whose look fills what is not set here.
    pub avatar_id: Option<String>,
    /// The join PIN, where the world has one.
    pub pin: Option<String>,
    /// Open data; `appearance` in it merges key by key.
    pub metadata: Option<Metadata>,
}

/// `player:update`: only what it carries changes.
#[derive(Debug, JsonSchema)]
pub struct UpdatePayload {
    /// Shortened to 100 characters.
    pub name: Option<String>,
    /// The coordinates that change.
    pub position: Option<PositionPayload>,
    /// Shortened to 64 characters.
    pub animation: Option<String>,
    /// Merges key by key, `appearance` in it as well; `null` is a value.
    pub metadata: Option<Metadata>,
}

/// `chat:message` to the server.
#[derive(Debug, JsonSchema)]
pub struct ChatPayload {
    /// Trimmed and truncated to 500 characters.
    pub content: String,
}

/// `player:report`.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "camelCase")]
pub struct ReportPayload {
    /// Who is reported.
    pub player_id: String,
    /// Why, truncated like chat.
    pub reason: Option<String>,
}

/// `player:emote`.
#[derive(Debug, JsonSchema)]
pub struct EmotePayload {
    /// 1 to 32 characters. The player page draws `wave`, `smile`, `laugh`, `wow`, `heart`, `idea`,
    /// `question` and `music`.
    pub name: String,
}

/// `moderation:read`.
#[derive(Debug, JsonSchema)]
pub struct ReadPayload {
    /// The `id` of the `moderation:notice` that was read.
    pub id: String,
}
