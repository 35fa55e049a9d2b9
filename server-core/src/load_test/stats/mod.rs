//! Everything a run counts. Pure: times come in as microseconds since the start of the run.

mod deliveries;
mod errors;
mod latency;
mod recorder;
mod seconds;
#[cfg(test)]
mod tests;

pub use deliveries::{DeliveryCounts, Missing};
pub use errors::{ErrorSample, Errors};
pub use latency::{Latency, Point, Summary};
pub(crate) use recorder::Recorder;
pub use recorder::{Connections, Latencies};
pub use seconds::{Processes, Second};
