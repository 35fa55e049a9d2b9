//! What hosts may start from the administration.

use std::time::Duration;

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
