//! The server from outside: one binary, a module for each promise.
//!
//! `contract` is the protocol document as tests; `identity` is who may be whom; `order` and
//! `coalescing` are what arrives and in which order; `hostile` and `slow` are clients nobody
//! wishes for; `shutdown` is the end. The harness is this package's library.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod coalescing;
mod contract;
mod hostile;
mod identity;
mod order;
mod shutdown;
mod slow;
mod takeover;
mod wire;
