//! Names of the Socket.IO events, both directions (contract: wire contract, tables of events).

/// Client: become a player, or refresh the one this socket already is.
pub const PLAYER_JOIN: &str = "player:join";
/// Client: change some of the own player's fields.
pub const PLAYER_UPDATE: &str = "player:update";
/// Client: give the player up and stay as an onlooker.
pub const PLAYER_LEAVE: &str = "player:leave";
/// Client: tell the moderators about another player.
pub const PLAYER_REPORT: &str = "player:report";
/// Client: the player read a warning.
pub const MODERATION_READ: &str = "moderation:read";
/// Client: ask for the ticket by which a login takes this socket along.
pub const SESSION_TICKET: &str = "session:ticket";
/// Both directions: say something, something was said.
pub const CHAT_MESSAGE: &str = "chat:message";

/// Server: the whole world, the first event of every socket.
pub const WORLD_STATE: &str = "world:state";
/// Server: somebody came in, or took over from their other window.
pub const PLAYER_JOINED: &str = "player:joined";
/// Server: one player's newest state, for sockets without the `batch` feature.
pub const PLAYER_UPDATED: &str = "player:updated";
/// Server: what changed since the last one, as one binary attachment, for sockets with `batch`.
pub const PLAYERS_UPDATED: &str = "players:updated";
/// Server: somebody left.
pub const PLAYER_LEFT: &str = "player:left";
/// Server: a moderator removed a message.
pub const CHAT_REMOVED: &str = "chat:removed";
/// Server: a removed message is back.
pub const CHAT_RESTORED: &str = "chat:restored";
/// Server: the set of sprites changed.
pub const SPRITES_ATLAS_UPDATED: &str = "sprites:atlasUpdated";
/// Server: a word from a moderator to one player or to all.
pub const MODERATION_NOTICE: &str = "moderation:notice";
/// Server: this session is over and why; the connection closes next.
pub const SESSION_TERMINATED: &str = "session:terminated";

/// Handshake feature: receive [`PLAYERS_UPDATED`] instead of single [`PLAYER_UPDATED`] events.
pub const FEATURE_BATCH: &str = "batch";
