//! What a list's address may ask for, as it comes: text, checked by who answers.
//!
//! The schemas say what each text has to be.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::admin::history::HistoryRange;
use crate::admin::log::LogLevel;
use crate::admin::person::PersonKind;
use crate::admin::report::ReportStatus;
use crate::admin::session::SessionKind;

/// How an export is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub enum TableFormat {
    /// A table.
    Csv,
    /// Data.
    Json,
}

/// How the report of a load test is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub enum ReportFormat {
    /// A page.
    Html,
    /// Data.
    Json,
    /// A table of its seconds.
    Csv,
    /// A picture of its charts.
    Png,
}

/// The colours of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub enum ReportTheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// Which messages are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub enum WantedMessages {
    /// As sent.
    Visible,
    /// Removed by a moderator.
    Removed,
    /// Both.
    All,
}

/// Which part of a list is wanted.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct PageQuery {
    /// How many, at most 200; 50 when absent.
    #[schemars(with = "Option<u32>")]
    pub limit: Option<String>,
    /// How many to skip.
    #[schemars(with = "Option<u32>")]
    pub offset: Option<String>,
}

/// `GET /assets/sprites` and `GET /admin/assets/sprites`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct SpriteQuery {
    /// How many, at most 200; 50 when absent.
    #[schemars(with = "Option<u32>")]
    pub limit: Option<String>,
    /// How many to skip.
    #[schemars(with = "Option<u32>")]
    pub offset: Option<String>,
    /// Only of this category.
    pub category: Option<String>,
}

/// `GET /static/sprites/{file}`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct ImageQuery {
    /// The beginning of the image's checksum: with it the answer may be kept for good.
    pub v: Option<String>,
}

/// `GET /admin/sessions`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct SessionQuery {
    /// Part of a name, an id or an address.
    pub search: Option<String>,
    /// Only of this kind.
    #[schemars(with = "Option<SessionKind>")]
    pub kind: Option<String>,
    /// Only who is in, or only who looks on.
    #[schemars(with = "Option<bool>")]
    pub joined: Option<String>,
    /// Only of this node.
    pub node: Option<String>,
    /// How many, at most 200; 50 when absent.
    #[schemars(with = "Option<u32>")]
    pub limit: Option<String>,
    /// How many to skip.
    #[schemars(with = "Option<u32>")]
    pub offset: Option<String>,
}

/// `GET /admin/history`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct HistoryQuery {
    /// How far back; a day when absent.
    #[schemars(with = "Option<HistoryRange>")]
    pub range: Option<String>,
}

/// `GET /admin/visits`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct VisitQuery {
    /// Part of a name.
    pub search: Option<String>,
    /// Only those that ended from this moment on.
    pub from: Option<String>,
    /// Only those that ended before this one.
    pub to: Option<String>,
    /// How many, at most 200; 50 when absent.
    #[schemars(with = "Option<u32>")]
    pub limit: Option<String>,
    /// How many to skip.
    #[schemars(with = "Option<u32>")]
    pub offset: Option<String>,
}

/// `GET /admin/messages` and its export, which has no pages.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct MessageQuery {
    /// Words of the message.
    pub search: Option<String>,
    /// Which ones; `visible` when absent.
    #[schemars(with = "Option<WantedMessages>")]
    pub status: Option<String>,
    /// Only by this player id or author.
    pub user: Option<String>,
    /// With `subject`: only by this person.
    #[schemars(with = "Option<PersonKind>")]
    pub kind: Option<String>,
    /// With `kind`: only by this person.
    pub subject: Option<String>,
    /// From this time on, ISO 8601.
    pub from: Option<String>,
    /// Before this time, ISO 8601.
    pub to: Option<String>,
    /// How many, at most 200; 50 when absent.
    #[schemars(with = "Option<u32>")]
    pub limit: Option<String>,
    /// How many to skip.
    #[schemars(with = "Option<u32>")]
    pub offset: Option<String>,
    /// Of an export; `csv` when absent.
    #[schemars(with = "Option<TableFormat>")]
    pub format: Option<String>,
}

/// `GET /admin/bans` and `GET /admin/mutes`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct SanctionQuery {
    /// Part of a name, a subject or a reason.
    pub search: Option<String>,
    /// Only those that hold now, or only those that do not.
    #[schemars(with = "Option<bool>")]
    pub active: Option<String>,
    /// How many, at most 200; 50 when absent.
    #[schemars(with = "Option<u32>")]
    pub limit: Option<String>,
    /// How many to skip.
    #[schemars(with = "Option<u32>")]
    pub offset: Option<String>,
}

/// `GET /admin/reports`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct ReportQuery {
    /// Only of this status.
    #[schemars(with = "Option<ReportStatus>")]
    pub status: Option<String>,
    /// How many, at most 200; 50 when absent.
    #[schemars(with = "Option<u32>")]
    pub limit: Option<String>,
    /// How many to skip.
    #[schemars(with = "Option<u32>")]
    pub offset: Option<String>,
}

/// `GET /admin/audit` and its export, which has no pages.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct AuditQuery {
    /// Part of a name or of what was noted.
    pub search: Option<String>,
    /// Only by this actor.
    pub actor: Option<String>,
    /// Only this action, or all of an area such as `ban`.
    pub action: Option<String>,
    /// From this time on, ISO 8601.
    pub from: Option<String>,
    /// Before this time, ISO 8601.
    pub to: Option<String>,
    /// How many, at most 200; 50 when absent.
    #[schemars(with = "Option<u32>")]
    pub limit: Option<String>,
    /// How many to skip.
    #[schemars(with = "Option<u32>")]
    pub offset: Option<String>,
    /// Of an export; `csv` when absent.
    #[schemars(with = "Option<TableFormat>")]
    pub format: Option<String>,
}

/// `GET /admin/users`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct UserQuery {
    /// Part of a name or an e-mail address.
    pub search: Option<String>,
    /// How many, at most 200; 50 when absent.
    #[schemars(with = "Option<u32>")]
    pub limit: Option<String>,
    /// How many to skip.
    #[schemars(with = "Option<u32>")]
    pub offset: Option<String>,
}

/// `GET /admin/faces`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct FacesQuery {
    /// Up to 100 people, as `guest:<digest>,account:<id>`.
    #[serde(default)]
    pub people: String,
}

/// `GET /admin/logs` and its export.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct LogQuery {
    /// Lines of this level and graver ones.
    #[schemars(with = "Option<LogLevel>")]
    pub level: Option<String>,
    /// Part of a line.
    pub search: Option<String>,
    /// How many, at most 200; 50 when absent.
    #[schemars(with = "Option<u32>")]
    pub limit: Option<String>,
}

/// `GET /admin/load-tests/{id}/export`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct ReportExportQuery {
    /// `html` when absent.
    #[schemars(with = "Option<ReportFormat>")]
    pub format: Option<String>,
    /// Of a picture; `light` when absent.
    #[schemars(with = "Option<ReportTheme>")]
    pub theme: Option<String>,
}
