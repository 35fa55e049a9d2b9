//! The largest crowd that a server holds: runs of growing size, until one is too large, and then of
//! sizes between.
//!
//! `limit` says what holding is, `search` which size comes next, `tries` make them, `table` shows them.

mod limit;
mod search;
mod table;
mod tries;

pub use limit::KneeLimit;
pub use table::{sentence, text};
pub use tries::{KneePace, find_knee};

use serde::Serialize;

/// One size of the crowd that was tried.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KneeTry {
    /// Clients.
    pub clients: u32,
    /// Whether the server held them.
    pub held: bool,
    /// What the percentile was, in milliseconds; `null` when nothing was measured.
    pub measured_ms: Option<f64>,
    /// Share of one core the server used, in percent, where it could be seen.
    pub server_cpu_percent: Option<f64>,
    /// Why it did not hold, when that was not the time alone.
    pub why: Option<String>,
}

/// Why a search came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum KneeEnd {
    /// The knee is found.
    Found,
    /// Not even one client was held.
    HoldsNobody,
    /// The largest crowd that may be tried was held.
    HoldsAll,
    /// The load test itself, and not the server, was the limit.
    GeneratorLimit,
    /// The time for the search was over.
    OutOfTime,
    /// Somebody stopped it.
    Interrupted,
}

/// What a search found. As JSON it is what `load-test --find-knee --json` prints.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KneeReport {
    /// The server.
    pub target_url: String,
    /// The percentile that was held against the limit.
    pub percentile: &'static str,
    /// The limit in milliseconds.
    pub limit_ms: f64,
    /// The largest crowd that was held.
    pub holds: Option<u32>,
    /// The smallest that was not.
    pub too_many: Option<u32>,
    /// Why the search ended.
    pub ended: KneeEnd,
    /// How long it took, in seconds.
    pub took_s: f64,
    /// All tries, in their order.
    pub tries: Vec<KneeTry>,
}
