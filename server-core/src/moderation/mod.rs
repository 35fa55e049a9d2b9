//! Moderation: what it keeps, and what it does to live sessions.
//!
//! An action stores what must last, publishes a [`ModerationEvent`] that acts on live sessions, and
//! leaves a line in the audit log. [`actions`] are what
//! moderators do.
//!
//! Knows `accounts`, `session`, `roster`, and the feed and webhooks, which it tells what happened; no socket
//! and no HTTP.

pub mod actions;
pub mod error;
pub mod event;
pub mod record;
pub mod retention;
pub mod sessions;
pub mod views;

mod announcement_rate;
mod apply;
mod backlog;
mod evidence;
mod faces;
mod listed;
mod removals;

use std::sync::{Arc, OnceLock};

use serde_json::Value;
use tokio::sync::mpsc;

pub use actions::Author;
pub(crate) use apply::keepers;
pub use error::ActionError;
pub use event::ModerationEvent;

use crate::config::RateLimits;
use crate::feed::{Feed, RECENT_CHAT};
use crate::hooks::{Hooks, promises};
use crate::live_settings::LiveSettings;
use crate::roster::Roster;
use announcement_rate::AnnouncementRate;
use backlog::Backlog;
use contract::admin::action::ActionName;
use contract::admin::{ActionEntry, Actor};
use contract::{MessageId, SessionTerminated, TerminationCode};
use identity::Block;
use identity::Visitor;
use removals::Removals;
use runtime::clock::now_ms;
use session::{Rate, SessionManager};
use store::accounts::{Accounts, AuditEntry, NewEntry};
use store::records::Records;
use store::storage::StoreError;

/// Whether a block must not be banned, because a proxy that everybody comes through is in it.
pub type ExemptAddresses = Arc<dyn Fn(&Block) -> bool + Send + Sync>;

/// What moderation is made of.
pub struct ModerationDependencies {
    /// Who is here.
    pub roster: Roster,
    /// Users, bans, audit and the chat archive.
    pub accounts: Accounts,
    /// The other tables.
    pub records: Records,
    /// What hosts change while the server runs.
    pub settings: LiveSettings,
    /// The live world.
    pub sessions: SessionManager,
    /// What moderators see live.
    pub feed: Feed,
    /// Other programs that are told.
    pub hooks: Hooks,
    /// See [`ExemptAddresses`].
    pub exempt: ExemptAddresses,
    /// Lines that were removed before this node showed any.
    pub removed: Vec<MessageId>,
    /// Open reports that are kept.
    pub report_limits: ReportLimits,
    /// Announcements of one account.
    pub announcements: Rate,
}

/// How many reports wait for a moderator at most; more are refused until somebody looked at some.
#[derive(Debug, Clone, Copy)]
pub struct ReportLimits {
    /// Of one reporter.
    pub per_person: u32,
    /// Of all reporters of one network.
    pub per_network: u32,
    /// How many times as much a network may as one person (`NETWORK_FACTOR`).
    pub network_factor: u32,
}

impl ReportLimits {
    /// What the settings say.
    #[must_use]
    pub fn of(limits: &RateLimits) -> Self {
        Self {
            per_person: limits.open_reports,
            per_network: limits.open_reports.saturating_mul(limits.network_factor),
            network_factor: limits.network_factor,
        }
    }
}

/// Handle on moderation; cheap to clone.
#[derive(Clone)]
pub struct Moderation {
    inner: Arc<ModerationParts>,
}

struct ModerationParts {
    parts: ModerationDependencies,
    carrier: OnceLock<mpsc::Sender<ModerationEvent>>,
    backlog: Backlog,
    removals: Removals,
    announcements: AnnouncementRate,
}

impl Moderation {
    /// Puts the parts together.
    #[must_use]
    pub fn new(mut parts: ModerationDependencies) -> Self {
        let announcements = AnnouncementRate::new(parts.announcements);
        let removals = Removals::begin(std::mem::take(&mut parts.removed));
        Self {
            inner: Arc::new(ModerationParts {
                parts,
                carrier: OnceLock::new(),
                backlog: Backlog::default(),
                removals,
                announcements,
            }),
        }
    }

    /// From now on what happens here is also handed to `carrier`, which takes it to the other
    /// nodes. Once; when the channel is full, an event is dropped with a log line, and the other
    /// nodes read the database again at their next resync.
    pub fn carry(&self, carrier: mpsc::Sender<ModerationEvent>) {
        let said = carrier.clone();
        self.feed().activity().carry(Arc::new(move |message| {
            let message = Box::new(message.clone());
            let _ = said.try_send(ModerationEvent::ChatPlaced { message });
        }));
        let asked = carrier.clone();
        self.roster().carry(Arc::new(move |message| {
            drop(asked.try_send(message.into()));
        }));
        let _ = self.inner.carrier.set(carrier);
    }

    /// This node's id.
    #[must_use]
    pub fn node(&self) -> &Arc<str> {
        self.roster().node()
    }

    /// Who is here.
    #[must_use]
    pub fn roster(&self) -> &Roster {
        &self.inner.parts.roster
    }

    /// The tables.
    #[must_use]
    pub fn records(&self) -> &Records {
        &self.inner.parts.records
    }

    /// The settings that change while the server runs.
    #[must_use]
    pub fn settings(&self) -> &LiveSettings {
        &self.inner.parts.settings
    }

    /// What moderators see live.
    #[must_use]
    pub fn feed(&self) -> &Feed {
        &self.inner.parts.feed
    }

    /// Other programs that are told.
    #[must_use]
    pub fn hooks(&self) -> &Hooks {
        &self.inner.parts.hooks
    }

    fn accounts(&self) -> &Accounts {
        &self.inner.parts.accounts
    }

    fn sessions(&self) -> &SessionManager {
        &self.inner.parts.sessions
    }

    /// Reads everything again that other nodes may have changed, ends whom it shuts out, and takes
    /// down what was removed.
    pub async fn reload(&self) {
        for event in [
            ModerationEvent::SettingsChanged,
            ModerationEvent::BansChanged,
        ] {
            self.apply(&event).await;
        }
        let read = async {
            self.records().mutes.reload().await?;
            self.records().recount().await?;
            self.records().held.reload().await?;
            self.records().pins.reload().await?;
            self.show_pin();
            self.reload_accounts().await?;
            self.reload_removals().await?;
            let archive = self.accounts().archive();
            let chat = archive.recent(RECENT_CHAT as u32).await?;
            let actions = views::recent_actions(self.accounts()).await?;
            self.feed().activity().renew(chat, actions);
            Ok::<(), StoreError>(())
        };
        if let Err(error) = read.await {
            tracing::warn!(%error, "what other nodes wrote could not be read again");
        }
    }

    /// Applies an event here and hands it to the other nodes. Returns how many sessions of this node
    /// it concerned.
    async fn publish(&self, event: ModerationEvent) -> usize {
        if let Some(carrier) = self.inner.carrier.get()
            && let Err(error) = carrier.try_send(event.clone())
        {
            tracing::warn!(%error, "a moderator's action was not published to the other nodes");
        }
        self.apply(&event).await
    }

    /// Leaves a line in the audit log. An action that is done by now must not look undone because
    /// the database fails: the line then waits in memory and is written later.
    pub async fn note(
        &self,
        actor: &Actor,
        action: ActionName,
        subject: &str,
        subject_name: Option<&str>,
        details: Value,
    ) -> ActionEntry {
        let new = NewEntry {
            actor,
            action: action.as_str(),
            subject,
            subject_name,
            details,
        };
        self.write_down(&new).await.0
    }

    /// As [`Self::note`], and whether the line is written already.
    async fn write_down(&self, new: &NewEntry<'_>) -> (ActionEntry, bool) {
        let NewEntry {
            action, subject, ..
        } = new;
        let entry = AuditEntry::of(new);
        let written = self.accounts().audit().insert(&entry).await;
        if let Err(error) = &written {
            tracing::error!(%error, action, "a line of the audit log waits to be written");
            self.inner.backlog.push(entry.clone());
        }
        tracing::info!(action, subject, actor = %new.actor.id, "a moderator acted");
        (self.noted(&entry).await, written.is_ok())
    }

    /// Tells the feeds about a line of the audit log, and keeps what webhooks are to be told of it.
    pub async fn noted(&self, entry: &AuditEntry) -> ActionEntry {
        let action = views::action(entry);
        if let Some(promise) = promises::of_action(&self.settings().now().world.name, &action) {
            self.hooks().promise(promise).await;
        }
        self.publish(ModerationEvent::Recorded {
            action: Box::new(action.clone()),
        })
        .await;
        action
    }

    /// Lines of the audit log that wait to be written.
    #[must_use]
    pub fn waiting_lines(&self) -> usize {
        self.inner.backlog.waiting()
    }

    /// Writes lines of the audit log that wait, until `stop`.
    pub async fn keep_writing(self, stop: tokio_util::sync::CancellationToken) {
        self.inner.backlog.keep_writing(self.accounts(), stop).await;
    }

    /// What shuts a visitor out now.
    fn ban_notice(&self, visitor: &Visitor) -> Option<SessionTerminated> {
        let ban = self.accounts().ban_of(visitor, now_ms())?;
        let code = TerminationCode::Banned;
        let reason = match ban.reason.as_str() {
            "" => code.default_message(),
            reason => reason,
        };
        Some(SessionTerminated::because(code, reason, ban.until_iso()))
    }
}
