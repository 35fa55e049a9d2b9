//! All that moderation knows about one person, in one answer.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::person::{Kick, KnownName, Note, SameAddress, Visit, VisitTotals, Warning};
use super::person_ref::PersonKind;
use super::report::Report;
use super::sanction::Sanction;
use crate::rest::{ArchivedMessage, UserView};

/// Everything moderation knows about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PersonRecord {
    /// What the person is known by.
    pub kind: PersonKind,
    /// An account's id or a guest's digest.
    pub subject: String,
    /// The last name they had.
    pub name: String,
    /// The account, if it is one that still exists.
    pub user: Option<UserView>,
    /// ISO 8601; `null` when the person never joined, or was forgotten since.
    pub first_seen_at: Option<String>,
    /// ISO 8601.
    pub last_seen_at: Option<String>,
    /// Addresses the person used, newest first, at most 10.
    pub addresses: Vec<String>,
    /// Bans and mutes, newest first.
    pub sanctions: Vec<Sanction>,
    /// Newest first.
    pub warnings: Vec<Warning>,
    /// Newest first.
    pub kicks: Vec<Kick>,
    /// Newest first.
    pub notes: Vec<Note>,
    /// Reports about this person, newest first.
    pub reports: Vec<Report>,
    /// Reports that this person made, newest first.
    pub reports_made: Vec<Report>,
    /// The last visits that are over, newest first, at most 20.
    pub visits: Vec<Visit>,
    /// All that are over and not forgotten.
    pub visit_totals: VisitTotals,
    /// Names the person had, newest first, at most 20.
    pub names: Vec<KnownName>,
    /// The last 20 messages, newest first.
    pub messages: Vec<ArchivedMessage>,
    /// Others seen under the same addresses, newest first, at most 20.
    pub same_address: Vec<SameAddress>,
}

/// `{record}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RecordAnswer {
    /// The record.
    pub record: PersonRecord,
}
