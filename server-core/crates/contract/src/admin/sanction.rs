//! Bans, mutes and kicks: bodies and answers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::action::{ActionEntry, Actor};
use super::person::SameAddress;
use super::person_ref::PersonKind;
use crate::rest::present;

/// What a ban or mute is about. A mute is never about an address.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum SanctionKind {
    /// An account; the subject is its id.
    Account,
    /// A guest; the subject is a digest of its secret.
    Guest,
    /// A network address.
    Address,
}

impl SanctionKind {
    /// The word on the wire and in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Guest => "guest",
            Self::Address => "address",
        }
    }
}

/// A ban and a mute have the same fields; what they may be about differs.
macro_rules! sanctions {
    ($($(#[$about:meta])* $name:ident of $kind:ident;)*) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            /// A UUID.
            pub id: String,
            /// What it is about.
            pub kind: $kind,
            /// An account's id, a guest's digest, or an address.
            pub subject: String,
            /// The name the subject had at that time.
            pub subject_name: Option<String>,
            /// What the moderator wrote; may be empty.
            pub reason: String,
            /// ISO 8601; `null` for good.
            pub until: Option<String>,
            /// Who imposed it.
            pub created_by: Actor,
            /// ISO 8601.
            pub created_at: String,
            /// When it was lifted, ISO 8601.
            pub lifted_at: Option<String>,
            /// Who lifted it.
            pub lifted_by: Option<Actor>,
            /// Whether it holds now: neither lifted nor over.
            pub active: bool,
            /// What else is known of the person; in lists of bans and mutes, and never for an address.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub seen: Option<SeenAs>,
        }
    )*};
}

/// As whom a person was seen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SeenAs {
    /// Visits that are over.
    pub visits: u64,
    /// Names they had, in all.
    pub names: u64,
    /// Those beside `subjectName`, newest first, at most 5.
    pub other_names: Vec<String>,
}

sanctions! {
    /// Somebody who may not come in.
    Ban of SanctionKind;
    /// Somebody who may not speak.
    Mute of PersonKind;
}

/// A ban or a mute in a person's record, told apart by `type`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Sanction {
    /// May not come in.
    Ban(Ban),
    /// May not speak.
    Mute(Mute),
}

/// Body of the kicks: `{reason?}`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct KickBody {
    /// At most 500 characters; the player reads it.
    pub reason: Option<String>,
}

/// Body of a warning and of a word to one player.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct WordsBody {
    /// 1 to 500 characters; the player reads it.
    #[schemars(required)]
    pub message: Option<String>,
}

/// Body of `POST /admin/announcements`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AnnouncementBody {
    /// 1 to 500 characters; everybody reads it.
    #[schemars(required)]
    pub message: Option<String>,
    /// How long it stands above the chat, also for those who come in later: 1 to 43 200. It stands in place of
    /// the one before. Absent or `null` for one that is only said.
    pub pin_minutes: Option<u64>,
}

/// Body of `POST /admin/sessions/{id}/mute`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct MuteSessionBody {
    /// At most 500 characters; the player reads it.
    pub reason: Option<String>,
    /// 1 to 5 256 000; `null` for good.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "Option<u64>", extend("x-required" = true))]
    pub minutes: Option<Option<u64>>,
}

/// Body of `POST /admin/mutes`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct MuteBody {
    /// What it is about.
    #[schemars(with = "PersonKind")]
    pub kind: Option<String>,
    /// An account's id or a guest's digest.
    #[schemars(required)]
    pub subject: Option<String>,
    /// At most 500 characters; the player reads it.
    pub reason: Option<String>,
    /// 1 to 5 256 000; `null` for good.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "Option<u64>", extend("x-required" = true))]
    pub minutes: Option<Option<u64>>,
}

/// One subject of a ban.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct BanTarget {
    /// What it is about.
    #[schemars(with = "SanctionKind")]
    pub kind: Option<String>,
    /// An account's id, a guest's digest or an address.
    #[schemars(required)]
    pub subject: Option<String>,
}

/// Body of `POST /admin/bans`: either `sessionId` with `what`, or `subjects`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BanBody {
    /// A live session.
    pub session_id: Option<String>,
    /// With `sessionId`: what of that session is banned. Its account or guest when absent.
    #[schemars(with = "Option<Vec<SanctionKind>>")]
    pub what: Option<Vec<String>>,
    /// Without `sessionId`: at most 20 subjects.
    pub subjects: Option<Vec<BanTarget>>,
    /// At most 500 characters; the player reads it.
    pub reason: Option<String>,
    /// 1 to 5 256 000; `null` for good.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "Option<u64>", extend("x-required" = true))]
    pub minutes: Option<Option<u64>>,
}

/// `{action, bans}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BanAnswer {
    /// The line it left in the audit log.
    pub action: ActionEntry,
    /// One for each subject.
    pub bans: Vec<Ban>,
}

/// `{action, mute}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MuteAnswer {
    /// The line it left in the audit log.
    pub action: ActionEntry,
    /// As it is now.
    pub mute: Mute,
}

/// `GET /admin/bans`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BanList {
    /// How many match.
    pub total: u64,
    /// The page size in force.
    pub limit: u32,
    /// How many were skipped.
    pub offset: u32,
    /// Newest first.
    pub bans: Vec<Ban>,
}

/// `GET /admin/mutes`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MuteList {
    /// How many match.
    pub total: u64,
    /// The page size in force.
    pub limit: u32,
    /// How many were skipped.
    pub offset: u32,
    /// Newest first.
    pub mutes: Vec<Mute>,
}

/// `GET /admin/sessions/{id}/ban-preview`: what a ban of this session can be about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BanPreview {
    /// The account, when the session is logged in.
    pub account: Option<Actor>,
    /// The guest, when it is not.
    pub guest: Option<GuestPreview>,
    /// The address.
    pub address: Option<AddressPreview>,
    /// Who else uses or used that address, newest first.
    pub same_address: Vec<SameAddress>,
}

/// The guest a ban would be about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GuestPreview {
    /// A digest of the guest's secret.
    pub subject: String,
    /// The player it holds.
    pub player_id: Option<String>,
}

/// The address a ban would be about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AddressPreview {
    /// The address.
    pub value: String,
    /// This machine or a trusted proxy: it cannot be banned, everybody would be shut out.
    pub exempt: bool,
}
