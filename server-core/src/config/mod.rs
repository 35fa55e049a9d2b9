//! Settings as plain data. Only this module reads the environment, flags and the settings file;
//! every other module receives the small struct it needs.
//!
//! A new setting is a field here and one line in [`table`]: parsing, `--help`, `config show` and the
//! list in `docs/settings.md` follow from that line.

use std::collections::BTreeMap;

use contract::PayloadLimits;
use identity::Secret;

mod conversation;
mod describe;
mod draft;
mod error;
mod file;
mod kinds;
mod load;
mod log;
mod redis_parts;
mod runtime;
mod sources;
mod table;

pub use crate::discovery::DiscoveryConfig;
pub use crate::hooks::HooksConfig;
pub use crate::load_runs::LoadRunsConfig;
pub use conversation::{ConversationConfig, WordListMode};
pub use describe::{Entry, markdown_table};
pub use error::ConfigError;
pub use load::{Flaw, Loaded, load, load_what_can_be_used};
pub use load_test::LoadTestConfig;
pub use log::{LogConfig, LogFormat};
pub use replication::{GuestTakeover, ReplicationConfig, redis_addresses};
pub use runtime::{Overrides, editable};
pub use session::{Rate, RateLimits, SessionConfig, WorldConfig};
pub use sources::{Source, Sources, environment};
pub use store::storage::StorageConfig;
pub use table::{Group, Setting, settings};
pub use transport::ListenConfig;

/// Everything a server can be told. `Config::default()` is what an empty environment gives.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// Where and how to listen.
    pub listen: ListenConfig,
    /// How it is announced.
    pub discovery: DiscoveryConfig,
    /// The world people see.
    pub world: WorldConfig,
    /// What is allowed in chat.
    pub conversation: ConversationConfig,
    /// Sizes of payloads.
    pub limits: PayloadLimits,
    /// How often a client may do what.
    pub rates: RateLimits,
    /// Flushing, queues and slow clients.
    pub session: SessionConfig,
    /// Secrets, origins and who may be whom.
    pub security: SecurityConfig,
    /// Where data is kept.
    pub storage: StorageConfig,
    /// How several nodes share one world.
    pub replication: ReplicationConfig,
    /// What is logged, and how.
    pub log: LogConfig,
    /// The knobs of a load test.
    pub load_test: LoadTestConfig,
    /// The load tests that hosts start from the administration.
    pub load_runs: LoadRunsConfig,
    /// Where other programs are told what happens.
    pub hooks: HooksConfig,
    /// Who set what, by the name in the environment; what is not in it nobody set.
    pub origins: BTreeMap<&'static str, Source>,
}

/// Which origins browsers may call from (`CORS_ORIGIN`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum CorsPolicy {
    /// `*`: any origin, without credentials.
    #[default]
    Any,
    /// These origins, with credentials.
    Listed(Vec<String>),
}

/// Secrets, origins and who may be whom.
#[derive(Debug, Clone, Default)]
pub struct SecurityConfig {
    /// Signs tokens (`JWT_SECRET`); generated and kept in the data directory when unset.
    pub jwt_secret: Option<Secret>,
    /// See [`CorsPolicy`].
    pub cors: CorsPolicy,
    /// Additional origins that are always allowed, for the desktop window.
    pub trusted_origins: Vec<String>,
    /// See [`GuestTakeover`].
    pub guest_takeover: GuestTakeover,
    /// Proxies whose `X-Forwarded-For` is believed, as addresses or CIDR blocks (`TRUSTED_PROXIES`).
    pub trusted_proxies: Vec<String>,
    /// The address players use when it is not this machine's (`PUBLIC_URL`).
    pub public_url: Option<String>,
    /// Further names under which `/admin` may be reached (`ALLOWED_HOSTS`).
    pub allowed_hosts: Vec<String>,
    /// Whoever sends this as bearer reads `/metrics` from elsewhere (`METRICS_TOKEN`).
    pub metrics_token: Option<Secret>,
    /// Whoever sends this is the host, without an account: the window that runs this server in its
    /// own process. It is made anew at every start and never leaves the process.
    pub local_host: Option<Secret>,
}
