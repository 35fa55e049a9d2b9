//! Settings while they are put together.

use super::Config;
use super::redis_parts::RedisParts;

/// Settings in the making: the configuration, and what becomes part of it only at the end.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub(super) config: Config,
    pub(super) redis: RedisParts,
}
