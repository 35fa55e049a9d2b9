//! How the world was over the last hour, day or week, and the visits that ended then.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::person::VisitEnd;
use super::person_ref::PersonRef;

/// How far back a history goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum HistoryRange {
    /// 60 minutes.
    Hour,
    /// 24 hours.
    Day,
    /// Seven days.
    Week,
}

impl HistoryRange {
    /// Every range.
    pub const ALL: [Self; 3] = [Self::Hour, Self::Day, Self::Week];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|range| range.as_str() == text)
    }
}

/// One stretch of a history, on all nodes together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HistoryPoint {
    /// When it begins, ISO 8601.
    pub at: String,
    /// People in the world on average while the server ran; bots of load tests are none.
    pub people: f64,
    /// Most people at once.
    pub most_people: u64,
    /// Most bots of load tests at once.
    pub most_bots: u64,
    /// Chat messages said, by others than bots of load tests.
    pub messages: u64,
    /// Changes of one player handed to another client, on average in a second.
    pub deliveries: f64,
    /// Most of them in a second.
    pub most_deliveries: u64,
    /// The worst time that half of the flushes took at most; `null` without a flush.
    pub flush_p50_ms: Option<f64>,
    /// The same of 95 in 100; `null` where there were too few.
    pub flush_p95_ms: Option<f64>,
    /// The same of 99 in 100; `null` where there were too few.
    pub flush_p99_ms: Option<f64>,
}

/// The most people at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HistoryPeak {
    /// How many.
    pub people: u64,
    /// The beginning of the stretch in which they were here, ISO 8601.
    pub at: String,
}

/// Visits that ended in one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EndingCount {
    /// How.
    pub how: VisitEnd,
    /// How many.
    pub count: u64,
}

/// `GET /admin/history`. Bots of load tests are in the load of the server, and in nothing that counts
/// people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorldHistory {
    /// What was asked for.
    pub range: HistoryRange,
    /// The beginning of the first stretch, ISO 8601.
    pub from: String,
    /// The end of the last one, ISO 8601: as far as every node has written.
    pub until: String,
    /// How long each stretch is.
    pub step_seconds: u32,
    /// Oldest first. A stretch in which the server was closed is left out.
    pub points: Vec<HistoryPoint>,
    /// `null` when nobody was here.
    pub peak: Option<HistoryPeak>,
    /// People who were seen for the first time.
    pub newcomers: u64,
    /// Visits that ended, and those that go on.
    pub visits: u64,
    /// Of them those that go on.
    pub here: u64,
    /// How long people were here in that time, all together, in milliseconds.
    pub spent_ms: u64,
    /// How visits ended; ways in which none did are left out.
    pub endings: Vec<EndingCount>,
}

/// A visit that is over, and whose it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EndedVisit {
    /// A UUID.
    pub id: String,
    /// Whose.
    pub person: PersonRef,
    /// The player they were.
    pub player_id: String,
    /// The name it had at the end.
    pub name: String,
    /// When it began, ISO 8601.
    pub began_at: String,
    /// When it ended, ISO 8601.
    pub ended_at: String,
    /// How it ended.
    pub how: VisitEnd,
}

/// `GET /admin/visits`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EndedVisitList {
    /// How many match.
    pub total: u64,
    /// The page size in force.
    pub limit: u32,
    /// How many were skipped.
    pub offset: u32,
    /// What ended last comes first.
    pub visits: Vec<EndedVisit>,
}
