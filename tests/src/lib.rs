//! A harness that tests the server from outside: real sockets, real time, no inner knowledge.
//!
//! [`TestServer`] runs a server on a port of its own; [`Client`] speaks Socket.IO to it over either
//! transport; [`WorldMirror`] is the world as a client sees it, [`FeedWatcher`] what a moderator sees live;
//! [`Http`] makes plain requests. Nothing here sleeps: every wait is for an event, and ends in a panic
//! that shows what came instead.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a harness reports what went wrong by panicking, and the test fails"
)]

mod account;
mod client;
mod cluster;
mod codec;
mod connect;
mod feed;
mod http;
mod mirror;
mod node;
mod paced;
mod packet;
mod polling;
mod proxy;
mod redis;
mod redis_cluster;
mod resp;
mod server;
mod websocket;
mod wire;

use std::future::Future;
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use server_core::discovery::reachable_addresses;

pub use account::TestAccount;
pub use client::{Client, SessionEnding};
pub use cluster::{TestCluster, faster};
pub use codec::{Packet, WireEvent};
pub use connect::Connect;
pub use feed::FeedWatcher;
pub use http::{Http, HttpAnswer};
pub use mirror::WorldMirror;
pub use node::{NodeProcess, program};
pub use packet::EnginePacket;
pub use proxy::Proxy;
pub use redis::{RedisServer, old_redis, tls_redis};
pub use redis_cluster::{redis_cluster, redis_with_replica};
pub use server::{TestServer, has_direct_frames, notices_silence, without_rate_limits};
pub use services::{Postgres, signal};

/// Longest wait for anything. Far above what any step takes on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Waits for `future`, and fails the test with `what` when it takes too long.
///
/// # Panics
/// After [`PATIENCE`].
pub async fn soon<T>(what: &str, future: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, future)
        .await
        .unwrap_or_else(|_| panic!("waited {PATIENCE:?} for {what}"))
}

/// The length of a fault in the long version of a test; in the everyday one it ends as soon as it
/// was noticed.
pub async fn lasting(seconds: u64) {
    if std::env::var_os("SOAK").is_some() {
        tokio::time::sleep(Duration::from_secs(seconds)).await;
    }
}

/// The longest time that something may take in the long version of a test, which has the machine to itself. In the everyday one it may
/// take as long as it is waited for: a busy machine says nothing about the server.
pub fn limit(seconds: f64) -> Duration {
    match std::env::var_os("SOAK") {
        Some(_) => Duration::from_secs_f64(seconds),
        None => Duration::MAX,
    }
}

/// A number for an everyday test run, or the full one when `SOAK=1` asks for it (`make soak`).
pub fn scale(everyday: usize, full: usize) -> usize {
    match std::env::var_os("SOAK") {
        Some(_) => full,
        None => everyday,
    }
}

/// An address of this machine that is not loopback, which is exempt from caps and bans. `None`, said
/// aloud, where there is none.
pub fn outer_address() -> Option<IpAddr> {
    let found = reachable_addresses(Ipv4Addr::UNSPECIFIED.into());
    let found = found.into_iter().find(IpAddr::is_ipv4);
    if found.is_none() {
        eprintln!("SKIPPED: this machine has no address but loopback");
    }
    found
}
