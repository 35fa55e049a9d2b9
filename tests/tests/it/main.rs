//! The server from outside: one binary, a module for each promise.
//!
//! `contract` and `chat` are the protocol document as tests, `wire` its words as snapshots;
//! `identity` and `takeover` are who may be whom;
//! `moderation` is what a host's commands do to the world; `order`, `crowd` and `coalescing` are what
//! arrives, how often and in which order; `hostile`, `broken`, `floods` and `slow` are clients
//! nobody wishes for; `nodes` is a world on several nodes; `shutdown` is the end. The harness is this package's library.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod broken;
mod chat;
mod coalescing;
mod contract;
mod crowd;
mod floods;
mod hostile;
mod identity;
mod moderation;
mod nodes;
mod order;
mod shutdown;
mod slow;
mod takeover;
mod wire;
mod witness;
