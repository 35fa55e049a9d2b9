//! What the servers of this process warn of in their log.

use contract::admin::LogLevel;
use server_core::logs;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// Keeps them from now on.
pub(crate) fn keep() {
    let log = tracing_subscriber::registry().with(logs::layer().with_filter(LevelFilter::WARN));
    // Where all tests run in one process, the first of them was here.
    let _ = log.try_init();
}

/// Whether one of them says this.
pub(crate) fn has(says: &str) -> bool {
    logs::ring().find(LogLevel::Warn, says, 1).0 > 0
}
