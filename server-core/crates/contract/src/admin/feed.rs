//! The live feed: Socket.IO namespace `/admin`.
//!
//! [`AdminState`] first and after every resync, then [`AdminChanges`] at most four times a second.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::action::ActionEntry;
use super::held::HeldLine;
use super::load_test::LoadTestRun;
use super::node::{NodeInfo, ServerInfo};
use super::report::Report;
use super::rights::Me;
use super::sample::Sample;
use super::service::Scope;
use super::session::{AdminSession, SessionMove};
use crate::MessageId;
use crate::events::declare_events;
use crate::load_test::Second;
use crate::rest::ArchivedMessage;
#[cfg(test)]
use crate::{
    ack::DoneAck,
    admin::log::{LogLines, LogsRequest},
};

/// The namespace.
pub const NAMESPACE: &str = "/admin";
/// The scopes of which a service account needs one to watch.
pub const SCOPES: &[Scope] = &[Scope::Read];
/// What the events of watchers are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedBucket {
    /// Whole states: five in a breath, then one in two seconds.
    Resyncs,
    /// Nothing.
    Free,
}

declare_events! {
    /// An event that a watcher may send.
    client FeedEvent counted as FeedBucket {
        /// Ask for a fresh `admin:state`.
        Resync "admin:resync" () -> DoneAck, Resyncs;
        /// Say which lines of the server's log are wanted; for hosts.
        Logs "admin:logs" (LogsRequest) -> DoneAck, Free;
    }
    server {
        /// Everything, which replaces what a client knows.
        STATE "admin:state" (AdminState) to "a watcher, as its first event and after `admin:resync`";
        /// What changed since the one before; at most four times a second.
        CHANGES "admin:changes" (AdminChanges) to "every watcher";
        /// Lines of the server's log.
        LOGS "admin:logs" (LogLines) to "hosts who asked for them";
        /// The feed is over; the connection closes next.
        ENDED "admin:ended" (AdminEnded) to "the watcher whose feed ends";
    }
}

/// `admin:state`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AdminState {
    /// The number of this state; the next change has the next one.
    pub seq: u64,
    /// ISO 8601.
    pub at: String,
    /// Who looks.
    pub me: Me,
    /// The server that answers.
    pub server: ServerInfo,
    /// All nodes, this one first.
    pub nodes: Vec<NodeInfo>,
    /// All sockets, of all nodes.
    pub sessions: Vec<AdminSession>,
    /// The last 50 messages, oldest first.
    pub chat: Vec<ArchivedMessage>,
    /// The newest sample.
    pub now: Sample,
    /// One a second, oldest first, at most 300.
    pub history: Vec<Sample>,
    /// Reports nobody looked at.
    pub open_reports: u32,
    /// Lines that wait for a moderator, oldest first.
    pub held: Vec<HeldLine>,
    /// The last 20 lines of the audit log, newest first.
    pub recent_actions: Vec<ActionEntry>,
    /// The load test that is under way on any node, or was last as far as this one knows. What it
    /// measured so far is at `/admin/load-tests/{id}`.
    pub load_test: Option<LoadTestRun>,
}

/// `admin:changes`: only what changed since the one before.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct AdminChanges {
    /// One more than the one before; after a gap ask again with `admin:resync`.
    pub seq: u64,
    /// ISO 8601.
    pub at: String,
    /// The looker's name or role changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub me: Option<Me>,
    /// The server changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<ServerInfo>,
    /// The nodes changed: all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nodes: Option<Vec<NodeInfo>>,
    /// New or changed sockets, each whole. Apply before `moved` and `gone`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sessions: Vec<AdminSession>,
    /// Sockets of which only this changed, once a second.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub moved: Vec<SessionMove>,
    /// Ids of sockets that are gone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<String>,
    /// New messages, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub chat: Vec<ArchivedMessage>,
    /// Ids of messages that were removed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub removed_messages: Vec<MessageId>,
    /// Messages that were put back.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub restored_messages: Vec<ArchivedMessage>,
    /// Once a second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample: Option<Sample>,
    /// Reports nobody looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_reports: Option<u32>,
    /// New or changed reports.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reports: Vec<Report>,
    /// The lines that wait for a moderator changed: all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held: Option<Vec<HeldLine>>,
    /// New or undone lines of the audit log, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<ActionEntry>,
    /// A load test began, changed or ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub load_test: Option<LoadTestRun>,
    /// What the load test that runs measured since, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub load_test_seconds: Vec<Second>,
}

/// Why a feed ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EndedCode {
    /// The role no longer allows to look.
    Demoted,
    /// The login is over.
    SignedOut,
    /// The server closes.
    Shutdown,
    /// The connection could not keep up.
    SlowConsumer,
    /// All places were taken, and somebody who may do more needed this one.
    Replaced,
}

/// Why a watcher is not let in. `connect_error` carries the sentence and nothing else, so programs
/// compare it; the generated contract lists the sentences by code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Nobody is logged in, or the token no longer counts.
    #[error("Log in to see the administration.")]
    Unauthorized,
    /// The role is too low, or the account is banned or suspended.
    #[error("Your account may not see the administration.")]
    Forbidden,
    /// The page was opened under a name that is not this machine's.
    #[error(
        "The administration does not answer under this name. Open it by an address of this machine, or add the name to ALLOWED_HOSTS and restart."
    )]
    UnknownHost,
    /// This person watches in as many windows as one person may.
    #[error("You have the administration open in too many windows. Close one of them.")]
    TooManyWindows,
    /// All places are taken by people who may do as much.
    #[error("Too many people watch the administration. Try again when one of them has gone.")]
    TooManyViewers,
    /// The database cannot tell, or there were too many attempts.
    #[error("The administration is not available right now. Try again in a moment.")]
    Unavailable,
}

impl Refused {
    /// Every refusal with its code.
    pub const ALL: [(&str, Self); 6] = [
        ("unauthorized", Self::Unauthorized),
        ("forbidden", Self::Forbidden),
        ("unknown-host", Self::UnknownHost),
        ("too-many-windows", Self::TooManyWindows),
        ("too-many-viewers", Self::TooManyViewers),
        ("unavailable", Self::Unavailable),
    ];
}

/// `admin:ended`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AdminEnded {
    /// For programs.
    pub code: EndedCode,
    /// A sentence.
    pub message: String,
}
