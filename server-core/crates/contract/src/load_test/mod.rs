//! What a load test measures: each second of a run, and the whole of it at the end.
//!
//! Printed by `comutiny-server load-test --json`, streamed by the process of a run to the server
//! that started it, kept in the history, and read by the administration.

pub mod counts;
pub mod crowd;
pub mod report;
pub mod second;

pub use counts::{Connections, DeliveryCounts, ErrorSample, Errors, Missing};
pub use crowd::{BotLanguage, CrowdBody, CrowdPlan, CrowdShape, CrowdSpread, CrowdWalk};
pub use report::{
    Distribution, Distributions, Doubt, Ended, Generator, Knobs, LoadTestReport, LoadTestServer,
    LoadTestTotals, LoadTestVerdict, Mode,
};
pub use second::{Point, Processes, Second, Summary};
