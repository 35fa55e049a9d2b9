//! The knobs of a load test.

use std::time::Duration;

use contract::load_test::CrowdPlan;

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
    /// How the crowd comes in, where it stands, and how it behaves (`LOAD_SHAPE` and others).
    pub crowd: CrowdPlan,
}

impl Default for LoadTestConfig {
    fn default() -> Self {
        Self {
            target_url: "http://localhost:4000".to_owned(),
            clients: 50,
            duration: Duration::from_secs(60),
            update_interval: Duration::from_secs(1),
            spawn_interval: Duration::from_millis(50),
            crowd: CrowdPlan::default(),
        }
    }
}
