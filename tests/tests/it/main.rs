//! The server from outside: one binary, a module for each promise.
//!
//! `contract` and `chat` are the protocol document as tests, `wire` its words as snapshots;
//! `identity` and `takeover` are who may be whom, `names` how they may be called; `host_window` is what the desktop relies on;
//! `links` is what it offers to read out in networks of several kinds; `moderation` is what a host's
//! commands do to the world, `admission` whom they let in, `sanctions` what they do to players,
//! `staff` who may give them, `routes` who may ask what, `attacks` what others get there, `feed` what moderators see live; `emotes` is what is shown for a moment; `engine` is what
//! carries the events; `order`, `crowd` and `coalescing` are what
//! arrives, how often and in which order; `hostile`, `broken`, `floods` and `slow` are clients
//! nobody wishes for; `bots` act by a token and `hooks` are told; `nodes` is a world on several nodes; `outage` is a database
//! that does not answer, `compatibility` one of an earlier version, `shutdown` the end; `docs` reads the pages about all that, `warnings` the log. The harness is this package's library.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod admission;
mod attacks;
mod bots;
mod broken;
mod chat;
mod closed_world;
mod coalescing;
mod compatibility;
mod constants;
mod contract;
mod crowd;
mod docs;
mod emotes;
mod engine;
mod feed;
mod floods;
mod held;
mod hooks;
mod host_window;
mod hostile;
mod https;
mod identity;
mod keepers;
mod lengths;
mod light;
mod links;
mod moderation;
mod names;
mod networks;
mod newcomer;
mod nodes;
mod order;
mod outage;
mod packed;
mod rings;
mod routes;
mod sanctions;
mod shutdown;
mod slow;
mod staff;
mod takeover;
mod telling;
mod tree;
mod type_names;
mod uses;
mod walls;
mod warnings;
mod wire;
mod witness;
