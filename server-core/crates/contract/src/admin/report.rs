//! Players' reports about other players.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::action::{ActionEntry, Actor};
use super::person_ref::PersonRef;

/// Whether somebody looked at a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ReportStatus {
    /// Nobody did.
    Open,
    /// Something was done about it.
    Resolved,
    /// Nothing needed doing.
    Dismissed,
}

impl ReportStatus {
    /// The word on the wire and in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Resolved => "resolved",
            Self::Dismissed => "dismissed",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "open" => Some(Self::Open),
            "resolved" => Some(Self::Resolved),
            "dismissed" => Some(Self::Dismissed),
            _ => None,
        }
    }
}

/// Somebody in a report, as they were when it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportedPlayer {
    /// The player.
    pub player_id: String,
    /// The name it had.
    pub name: String,
    /// What `/admin/people` knows the person by; `null` when the player was already gone.
    pub person: Option<PersonRef>,
    /// A live session of that person now, if there is one.
    pub session_id: Option<String>,
}

/// One report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// A UUID.
    pub id: String,
    /// ISO 8601.
    pub at: String,
    /// Who reported.
    pub reporter: ReportedPlayer,
    /// Who was reported.
    pub target: ReportedPlayer,
    /// What the reporter wrote; may be empty.
    pub reason: String,
    /// Whether somebody looked at it.
    pub status: ReportStatus,
    /// Who closed it.
    pub closed_by: Option<Actor>,
    /// ISO 8601.
    pub closed_at: Option<String>,
    /// What the moderator noted when closing it.
    pub note: Option<String>,
}

/// `GET /admin/reports`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportList {
    /// How many match.
    pub total: u64,
    /// The page size in force.
    pub limit: u32,
    /// How many were skipped.
    pub offset: u32,
    /// With `answered`: how long the reports that were closed since then had waited, in
    /// milliseconds, as their median; absent where none was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub median_answer_ms: Option<u64>,
    /// Newest first.
    pub reports: Vec<Report>,
}

/// Body of `PATCH /admin/reports/{id}`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct ReportPatch {
    /// `open` opens it again.
    #[schemars(with = "ReportStatus")]
    pub status: Option<String>,
    /// At most 500 characters.
    pub note: Option<String>,
}

/// `{action, report}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReportAnswer {
    /// The line it left in the audit log.
    pub action: ActionEntry,
    /// As it is now.
    pub report: Report,
}
