//! A small Socket.IO client over a websocket, made to be run a thousand times in one thread.
//!
//! `connect` brings a socket up, `link` splits its frames, `frame_cache` remembers those that others have read,
//! `wire` knows the packets, `packed` reads those that pack many, `slow_line` what a poor connection lets through, `bot` is one player from its join to its disconnect, `pacer` makes them
//! all move in time. It follows `PROTOCOL.md` and nothing else, so it runs against any server of the
//! contract.

mod bot;
mod connect;
mod frame_cache;
mod link;
mod pacer;
mod packed;
mod payload;
mod receive;
mod shared;
mod slow_line;
mod streams;
mod wire;

pub(super) use bot::Bot;
pub use connect::ConnectError;
pub(super) use connect::{BotSocket, ConnectTarget, connect, dial, peer};
pub(super) use shared::{CrowdPhase, CrowdState};
