//! Everything a run counts. Pure: times come in as microseconds since the start of the run.

mod deliveries;
mod latency;
mod recorder;
#[cfg(test)]
mod tests;

pub use latency::LatencyHistogram;
pub use recorder::Latencies;
pub(crate) use recorder::Recorder;

pub use contract::load_test::{
    Connections, DeliveryCounts, ErrorSample, Errors, Missing, Point, Processes, Second, Summary,
};
