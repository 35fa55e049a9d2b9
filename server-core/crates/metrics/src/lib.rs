//! What the server measures about itself, for `/metrics`, the admin dashboard and its own guards.
//!
//! Every server owns one [`Metrics`]; there is no global recorder, because several servers run in
//! one process (tests, desktop). The values are plain atomics: an event costs one relaxed addition,
//! and unlike the handles of a recorder they can be read back, which the dashboard and the load
//! test's guard need. The price is a small writer of the Prometheus text format of our own
//! ([`text`]).
//!
//! This crate knows the codes of the contract and nothing else of the product.

pub mod host;
mod instruments;
mod latency;
mod link;
#[cfg(test)]
mod list;
mod number;
mod text;

pub use host::HostSample;
pub use instruments::Metrics;
pub use latency::{Latency, LatencySnapshot};
pub use link::LinkMetrics;
pub use number::{Counter, Gauge};
