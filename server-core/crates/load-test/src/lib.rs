//! The load test: many real Socket.IO clients in one thread, and honest numbers about a server.
//!
//! A run is open loop: an update is due at its time whatever the server does, so a slow server
//! cannot hide its latency by slowing the load down. Every update carries its number
//! (`sequence`), so each delivery is known to be the first, a repetition or a gap. All clients, and
//! therefore both ends of every latency, share one process and one clock.
//!
//! [`run`] does it, on the calling thread; `client` talks, `stats` counts, [`LoadTestReport`] says what
//! happened. Nothing here knows the server's inside: it is a client like any other.

mod client;
mod config;
mod crowd;
pub mod knee;
mod machine;
mod plan;
mod probe;
mod report;
mod runner;
mod sequence;
pub mod stats;
#[cfg(test)]
mod tests;
mod thresholds;
mod walk;
pub mod worker;

pub use client::ConnectError;
pub use config::LoadTestConfig;
pub use contract::load_test::{CrowdPlan, LoadTestVerdict, Mode};
pub use plan::Plan;
pub use probe::is_world;
pub use report::{
    ChartError, ChartTheme, Drawing, Ended, LoadTestReport, chart_images, charts, csv, evaluate,
    html, sheet, text,
};
pub use runner::run;
pub use thresholds::{DurationLimit, Thresholds};
