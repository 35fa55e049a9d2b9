//! The Socket.IO adapter: what is emitted to many sockets of a namespace reaches those of other
//! nodes too.
//!
//! The game does not go this way: players, chat and everything else about the world travel on the
//! session channel and are emitted to local sockets only, so nothing arrives twice.

use std::time::Duration;

use socketioxide::adapter::Emitter;
use socketioxide_redis::{CustomRedisAdapter, RedisAdapterConfig, RedisAdapterCtr};

use replication::ChannelDriver;

/// The adapter of every namespace. One node alone runs the same code over a driver that reaches
/// nobody.
pub type Adapter = CustomRedisAdapter<Emitter, ChannelDriver>;

/// Time for other nodes to answer questions about their sockets.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(2);

/// What makes an adapter for each namespace.
#[must_use]
pub fn constructor(driver: ChannelDriver, prefix: String) -> RedisAdapterCtr<ChannelDriver> {
    let config = RedisAdapterConfig::new()
        .with_prefix(prefix)
        .with_request_timeout(ANSWER_TIMEOUT);
    RedisAdapterCtr::new_with_driver(driver, config)
}
