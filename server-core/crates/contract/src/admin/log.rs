//! Lines of the server's log.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How much a line matters; ordered, the gravest first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    /// Someone should act.
    Error,
    /// Something does not work as it should.
    Warn,
    /// Starts, ends and the like.
    Info,
    /// For people who change the program.
    Debug,
    /// Everything.
    Trace,
}

impl LogLevel {
    /// Reads the word, in any case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_ascii_lowercase().as_str() {
            "error" => Some(Self::Error),
            "warn" | "warning" => Some(Self::Warn),
            "info" => Some(Self::Info),
            "debug" => Some(Self::Debug),
            "trace" => Some(Self::Trace),
            _ => None,
        }
    }

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LogLine {
    /// Grows by one with every line of this server, for `after`.
    pub seq: u64,
    /// ISO 8601.
    pub at: String,
    /// How much it matters.
    pub level: LogLevel,
    /// The part of the program.
    pub target: String,
    /// The sentence.
    pub message: String,
    /// What belongs to it, by name.
    pub fields: BTreeMap<String, String>,
}

/// `GET /admin/logs`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LogList {
    /// Lines that match among those kept.
    pub total: u64,
    /// The page size in force.
    pub limit: u32,
    /// Oldest first: the newest `limit` that match.
    pub lines: Vec<LogLine>,
}

/// `admin:logs` to the client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LogLines {
    /// Oldest first.
    pub lines: Vec<LogLine>,
    /// Lines left out because too many came at once.
    pub skipped: u64,
}

/// `admin:logs` from the client: from now on lines of this level and graver ones, `null` for none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LogsRequest {
    /// `null` ends the lines.
    #[schemars(extend("x-required" = true))]
    pub level: Option<LogLevel>,
}
