//! What a list's address may ask for, as it comes: text, checked by who answers.
//!
//! The schemas say what each text has to be.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::admin::PersonKind;
use crate::admin::history::HistoryRange;
use crate::admin::log::LogLevel;
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

/// What the address of a list that has pages may ask for: the criteria that are named, and which part of what they
/// leave is wanted. The fields stand in each struct itself, since an address is asked for the names of its criteria.
macro_rules! paged {
    ($($(#[$about:meta])* $name:ident { $($(#[$field_about:meta])* $field:ident,)* })*) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
        pub struct $name {
            $($(#[$field_about])* pub $field: Option<String>,)*
            /// How many, at most 200; 50 when absent.
            #[schemars(with = "Option<u32>")]
            pub limit: Option<String>,
            /// How many to skip.
            #[schemars(with = "Option<u32>")]
            pub offset: Option<String>,
        }
    )*};
}

paged! {
    /// Which part of a list is wanted.
    PageQuery {}

    /// `GET /assets/sprites` and `GET /admin/assets/sprites`.
    SpriteQuery {
        /// Only of this category.
        category,
    }

    /// `GET /admin/sessions`.
    SessionQuery {
        /// Part of a name, an id or an address.
        search,
        /// Only of this kind.
        #[schemars(with = "Option<SessionKind>")]
        kind,
        /// Only who is in, or only who looks on.
        #[schemars(with = "Option<bool>")]
        joined,
        /// Only of this node.
        node,
    }

    /// `GET /admin/visits`.
    VisitQuery {
        /// Part of a name.
        search,
        /// Only those that ended from this moment on.
        from,
        /// Only those that ended before this one.
        to,
    }

    /// `GET /admin/messages` and its export, which has no pages.
    MessageQuery {
        /// Words of the message.
        search,
        /// Which ones; `visible` when absent.
        #[schemars(with = "Option<WantedMessages>")]
        status,
        /// Only by this player id or author.
        user,
        /// With `subject`: only by this person.
        #[schemars(with = "Option<PersonKind>")]
        kind,
        /// With `kind`: only by this person.
        subject,
        /// From this time on, ISO 8601.
        from,
        /// Before this time, ISO 8601.
        to,
        /// Of an export; `csv` when absent.
        #[schemars(with = "Option<TableFormat>")]
        format,
    }

    /// `GET /admin/bans` and `GET /admin/mutes`.
    SanctionQuery {
        /// Part of a name, a subject or a reason.
        search,
        /// Only those that hold now, or only those that do not.
        #[schemars(with = "Option<bool>")]
        active,
        /// Only those that this actor imposed.
        by,
    }

    /// `GET /admin/reports`.
    ReportQuery {
        /// Only of this status.
        #[schemars(with = "Option<ReportStatus>")]
        status,
        /// From this time on, ISO 8601: how long reports that were closed since then had waited.
        answered,
    }

    /// `GET /admin/audit` and its export, which has no pages.
    AuditQuery {
        /// Part of a name or of what was noted.
        search,
        /// Only by this actor.
        actor,
        /// Only this action, or all of an area such as `ban`.
        action,
        /// From this time on, ISO 8601.
        from,
        /// Before this time, ISO 8601.
        to,
        /// Of an export; `csv` when absent.
        #[schemars(with = "Option<TableFormat>")]
        format,
    }

    /// `GET /admin/users`.
    UserQuery {
        /// Part of a name or an e-mail address.
        search,
    }
}

/// `GET /static/sprites/{file}`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct ImageQuery {
    /// The beginning of the image's checksum: with it the answer may be kept for good.
    pub v: Option<String>,
}

/// `GET /admin/history`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct HistoryQuery {
    /// How far back; a day when absent.
    #[schemars(with = "Option<HistoryRange>")]
    pub range: Option<String>,
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
