//! The knobs of a load test, and what hosts may start from the administration.

use std::time::Duration;

/// How many clients do what, for how long.
#[derive(Debug, Clone)]
pub struct LoadTestConfig {
    /// The server to load (`LOAD_TARGET_URL`).
    pub target_url: String,
    /// Clients in total (`LOAD_CLIENTS`).
    pub clients: usize,
    /// Length of the run (`LOAD_DURATION_MS`).
    pub duration: Duration,
    /// Time between two updates of one client (`LOAD_UPDATE_INTERVAL_MS`).
    pub update_interval: Duration,
    /// Time between two new clients (`LOAD_SPAWN_INTERVAL_MS`).
    pub spawn_interval: Duration,
}

impl Default for LoadTestConfig {
    fn default() -> Self {
        Self {
            target_url: "http://localhost:4000".to_owned(),
            clients: 50,
            duration: Duration::from_secs(60),
            update_interval: Duration::from_secs(1),
            spawn_interval: Duration::from_millis(50),
        }
    }
}

/// The load tests that hosts start from the administration.
#[derive(Debug, Clone)]
pub struct LoadRunsConfig {
    /// Most clients (`LOAD_TEST_MAX_CLIENTS`).
    pub max_clients: u32,
    /// Longest run (`LOAD_TEST_MAX_DURATION_MS`).
    pub max_duration: Duration,
    /// A run stops itself when 95 % of real players' answers take longer; 0 for never
    /// (`LOAD_TEST_MAX_ACK_MS`).
    pub max_ack: Duration,
    /// Runs kept in the history (`LOAD_TEST_HISTORY`).
    pub history: u32,
}

impl Default for LoadRunsConfig {
    fn default() -> Self {
        Self {
            max_clients: 2000,
            max_duration: Duration::from_secs(3600),
            max_ack: Duration::from_millis(250),
            history: 200,
        }
    }
}
