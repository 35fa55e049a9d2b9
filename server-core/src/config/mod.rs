//! Settings as plain data. Only this module reads the environment, flags and the settings file;
//! every other module receives the small struct it needs.
//!
//! A new setting is a field here and one line in [`table`]: parsing, `--help`, `config show` and the
//! README's list follow from that line.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

use contract::PayloadLimits;
use identity::Secret;
use store::accounts::throttle::WRONG_PINS_PER_DAY;

mod describe;
mod error;
mod file;
mod kinds;
mod load;
mod log;
mod redis_parts;
mod runtime;
mod sources;
mod table;

pub use crate::load_runs::LoadRunsConfig;
pub use describe::{Entry, markdown_table};
pub use error::ConfigError;
pub use load::{Flaw, Loaded, load, load_what_can_be_used};
pub use load_test::LoadTestConfig;
pub use log::{LogConfig, LogFormat};
pub use replication::{GuestTakeover, ReplicationConfig, redis_addresses};
pub use runtime::{Overrides, editable};
pub use sources::{Source, Sources, environment};
pub use store::storage::StorageConfig;
pub use table::{Group, Setting, settings};

/// Everything a server can be told. `Config::default()` is what an empty environment gives.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// Where and how to listen.
    pub listen: ListenConfig,
    /// The world people see.
    pub world: WorldConfig,
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
    /// Who set what, by the name in the environment; what is not in it nobody set.
    pub origins: BTreeMap<&'static str, Source>,
}

/// The listening socket and the connections it accepts.
#[derive(Debug, Clone)]
pub struct ListenConfig {
    /// Address to bind (`SERVER_HOST`); `::` is every address of both families.
    pub host: IpAddr,
    /// Whether programs on this machine get in under `localhost` whatever [`Self::host`] is. No
    /// setting: set by a program that runs the server in itself and shows it in a window.
    pub local: bool,
    /// Port to bind (`SERVER_PORT`); 0 lets the system choose.
    pub port: u16,
    /// Most connections, and sessions, from one network that is not this machine
    /// (`MAX_CONNECTIONS_PER_ADDRESS`).
    pub max_connections_per_address: usize,
    /// Time for a request's headers to arrive, and for its body (`HEADER_TIMEOUT_MS`).
    pub header_timeout: Duration,
    /// Time from opening a socket to its Socket.IO CONNECT (`CONNECT_TIMEOUT_MS`).
    pub connect_timeout: Duration,
    /// Time from the answer to a websocket upgrade to the packet that completes it
    /// (`UPGRADE_TIMEOUT_MS`).
    pub upgrade_timeout: Duration,
    /// Largest message on the wire, either transport, in bytes (`MAX_MESSAGE_BYTES`).
    pub max_message_bytes: usize,
    /// Kernel send buffer of a connection in bytes, so that a client that reads nothing is noticed
    /// soon; 0 leaves it to the system (`SEND_BUFFER_BYTES`).
    pub send_buffer_bytes: usize,
    /// Whether websocket frames go beside the Socket.IO library, in both directions
    /// (`DIRECT_FRAMES`).
    pub direct_frames: bool,
    /// Interval of the Engine.IO heartbeat (`PING_INTERVAL_MS`).
    pub ping_interval: Duration,
    /// Time for the heartbeat's answer (`PING_TIMEOUT_MS`).
    pub ping_timeout: Duration,
}

impl Default for ListenConfig {
    fn default() -> Self {
        Self {
            host: IpAddr::V6(Ipv6Addr::UNSPECIFIED),
            local: false,
            port: 4000,
            max_connections_per_address: 200,
            header_timeout: Duration::from_secs(10),
            connect_timeout: Duration::from_secs(10),
            upgrade_timeout: Duration::from_secs(10),
            max_message_bytes: 1_000_000,
            send_buffer_bytes: 256 * 1024,
            direct_frames: true,
            ping_interval: Duration::from_secs(25),
            ping_timeout: Duration::from_secs(20),
        }
    }
}

/// What the world says about itself.
#[derive(Debug, Clone)]
pub struct WorldConfig {
    /// Stable id (`WORLD_ID`).
    pub id: String,
    /// Name people see (`WORLD_NAME`).
    pub name: String,
    /// One sentence (`WORLD_DESCRIPTION`).
    pub description: String,
    /// The `System` line that opens a new world's chat (`WORLD_GREETING`); empty for none.
    pub greeting: String,
    /// Whether visitors without an account may join (`GUESTS_ALLOWED`).
    pub guests_allowed: bool,
    /// Most players at once (`MAX_PLAYERS`).
    pub max_players: usize,
    /// What everybody but the administration has to know to join (`JOIN_PIN`).
    pub join_pin: Option<Secret>,
}

impl Default for WorldConfig {
    fn default() -> Self {
        Self {
            id: "harbour".to_owned(),
            name: "Lantern harbour".to_owned(),
            description: "A small harbour that somebody keeps lit.".to_owned(),
            greeting: "Welcome to the harbour. Say hello.".to_owned(),
            guests_allowed: true,
            max_players: 5000,
            join_pin: None,
        }
    }
}

/// A token bucket: `per_second` tokens flow in, at most `burst` are kept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Tokens per second.
    pub per_second: f64,
    /// Size of the bucket.
    pub burst: f64,
}

impl Rate {
    /// As much for so many.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self {
            per_second: self.per_second * factor,
            burst: self.burst * factor,
        }
    }
}

/// Limits on the events of a person, on whatever connections, and of a network.
#[derive(Debug, Clone)]
pub struct RateLimits {
    /// `player:update` (`RATE_UPDATES`, `RATE_UPDATES_BURST`).
    pub updates: Rate,
    /// `chat:message` and `player:report` (`RATE_CHAT`, `RATE_CHAT_BURST`).
    pub chat: Rate,
    /// `player:join` (`RATE_JOINS`, `RATE_JOINS_BURST`).
    pub joins: Rate,
    /// `player:emote` (`RATE_EMOTES`, `RATE_EMOTES_BURST`).
    pub emotes: Rate,
    /// Socket.IO CONNECTs of one transport (`RATE_CONNECTS`, `RATE_CONNECTS_BURST`).
    pub connects: Rate,
    /// So many times what one person may do is what everybody of one network may do together
    /// (`NETWORK_FACTOR`).
    pub network_factor: u32,
    /// People, and networks, whose last events are remembered (`RATE_MEMORY`).
    pub remembered: usize,
    /// Open reports of one person; those of one network are limited as well (`MAX_OPEN_REPORTS`).
    pub open_reports: u32,
    /// Wrong join PINs of everybody together in a day (`WRONG_PINS_PER_DAY`).
    pub wrong_pins_per_day: u32,
    /// Live views of the administration at once (`MAX_FEEDS`).
    pub feeds: usize,
    /// The same of one person (`MAX_FEEDS_PER_PERSON`).
    pub feeds_per_person: usize,
    /// Refusals of one person within [`Self::flood_window`] that end the connection (`FLOOD_REFUSALS`).
    pub flood_refusals: u32,
    /// See [`Self::flood_refusals`] (`FLOOD_WINDOW_MS`).
    pub flood_window: Duration,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self {
            updates: Rate {
                per_second: 100.0,
                burst: 200.0,
            },
            chat: Rate {
                per_second: 5.0,
                burst: 20.0,
            },
            joins: Rate {
                per_second: 10.0,
                burst: 60.0,
            },
            emotes: Rate {
                per_second: 2.0,
                burst: 10.0,
            },
            connects: Rate {
                per_second: 5.0,
                burst: 10.0,
            },
            network_factor: 20,
            remembered: 20_000,
            open_reports: 20,
            wrong_pins_per_day: WRONG_PINS_PER_DAY,
            feeds: 64,
            feeds_per_person: 8,
            flood_refusals: 500,
            flood_window: Duration::from_secs(10),
        }
    }
}

/// Flushing, queues and slow clients.
#[derive(Debug, Clone)]
pub struct SessionConfig {
    /// The tick on which updates are flushed in a crowd (`FLUSH_INTERVAL_MS`).
    pub flush_interval: Duration,
    /// Deliveries (updates x recipients) within one interval below which a change is flushed at
    /// once (`FLUSH_BUDGET`).
    pub flush_budget: u64,
    /// Time a thread rests before it asks for more work while updates leave on the tick
    /// (`CROWD_REST_MS`); zero never.
    pub crowd_park_delay: Duration,
    /// Messages kept and sent in the snapshot (`CHAT_HISTORY`).
    pub chat_history: usize,
    /// Bytes of reliable events that may wait for one client (`OUTBOX_BYTES`).
    pub outbox_bytes: usize,
    /// Time without progress after which a client that has something waiting is disconnected
    /// (`SLOW_CONSUMER_MS`).
    pub slow_consumer_timeout: Duration,
    /// Events of one client that may wait to be applied (`INBOX_EVENTS`).
    pub inbox_events: usize,
    /// Packets that may wait inside the Socket.IO layer for one client (`CHANNEL_PACKETS`).
    pub channel_packets: usize,
    /// Longest wait for a store during a join (`JOIN_LOOKUP_MS`).
    pub join_lookup_timeout: Duration,
    /// Time without any event from a player after which the session ends; zero never
    /// (`IDLE_TIMEOUT_MS`).
    pub idle_timeout: Duration,
    /// Longest time a shutdown may take (`SHUTDOWN_TIMEOUT_MS`).
    pub shutdown_timeout: Duration,
}

impl Default for SessionConfig {
    fn default() -> Self {
        Self {
            flush_interval: Duration::from_millis(50),
            flush_budget: 2000,
            crowd_park_delay: Duration::from_millis(4),
            chat_history: 50,
            outbox_bytes: 1024 * 1024,
            slow_consumer_timeout: Duration::from_secs(10),
            inbox_events: 512,
            channel_packets: 2048,
            join_lookup_timeout: Duration::from_secs(1),
            idle_timeout: Duration::ZERO,
            shutdown_timeout: Duration::from_secs(15),
        }
    }
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
    /// Whoever sends this is the host, without an account: the window that runs this server in its
    /// own process. It is made anew at every start and never leaves the process.
    pub local_host: Option<Secret>,
}
