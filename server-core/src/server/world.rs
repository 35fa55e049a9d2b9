//! The second step of a start: the world lives, and what its sessions hand over waits for the rest.

use std::sync::Arc;

use tokio::sync::{Notify, mpsc};

use super::opening::OpenStores;
use super::slow_mode::SlowMode;
use super::stores::Stores;
use super::waiting::{HandedIn, MOST_WAITING};
use super::{StartError, moderation, nodes};
use crate::config::Config;
use crate::feed::FeedActivity;
use crate::moderation::keepers;
use contract::MessageId;
use metrics::Metrics;
use replication::Hub;
use session::{PlayerReport, SessionManager, SessionSettings};
use store::accounts::archive::RECALLED;
use store::records::StoredHeldLine;

/// The sessions, and the ends of what they hand over.
pub(super) struct World {
    pub(super) sessions: SessionManager,
    /// What is said and done, for the feed.
    pub(super) activity: FeedActivity,
    /// Messages that moderators removed lately.
    pub(super) removed: Vec<MessageId>,
    pub(super) handed_over: HandedOver,
}

/// What sessions and other nodes leave to background work.
pub(super) struct HandedOver {
    /// Reports of players.
    pub(super) reports: mpsc::Receiver<HandedIn<PlayerReport>>,
    /// Lines that a moderator reads first.
    pub(super) held: mpsc::Receiver<HandedIn<StoredHeldLine>>,
    /// What moderators did on other nodes.
    pub(super) moderation: mpsc::Receiver<serde_json::Value>,
    /// Another node changed the stores.
    pub(super) stale: Arc<Notify>,
}

impl World {
    /// Fills the world with what was said before, and lets sessions in as soon as somebody listens.
    pub(super) async fn start(
        config: &Config,
        opened: &OpenStores,
        hub: Hub,
        metrics: Arc<Metrics>,
    ) -> Result<Self, StartError> {
        let archive = opened.accounts.archive();
        let stale = Arc::new(Notify::new());
        let (remote_events, moderation) = mpsc::channel(nodes::WAITING_EVENTS);
        let (reports, waiting_reports) = mpsc::channel(MOST_WAITING);
        let (held, waiting_lines) = mpsc::channel(MOST_WAITING);
        let activity = FeedActivity::default();
        let removed = archive.removed_of_last(RECALLED).await?;
        // More than the world shows: what was said before this start is missed by nobody.
        let history_limit = u32::try_from(config.session.chat_history).unwrap_or(u32::MAX);
        let history = archive.recent(history_limit.max(RECALLED)).await?;
        moderation::begin(&activity, &opened.accounts, &history).await?;
        let history: Vec<_> = history.into_iter().map(|it| it.message).collect();
        let sessions = SessionManager::start(
            SessionSettings {
                world: opened.settings.now().world.clone(),
                session: config.session.clone(),
                rates: config.rates.clone(),
                limits: config.limits.clone(),
            },
            &opened.assets.atlas(),
            &history,
            hub,
            Arc::new(Stores {
                accounts: opened.accounts.clone(),
                assets: opened.assets.clone(),
                records: opened.records.clone(),
                settings: opened.settings.clone(),
                activity: activity.clone(),
                slow_mode: SlowMode::default(),
                reports,
                held,
                stale: stale.clone(),
                remote_events,
            }),
            metrics,
        );
        sessions.set_mood(opened.settings.now().mood());
        sessions.set_staff(keepers(&opened.accounts).await?);
        Ok(Self {
            sessions,
            activity,
            removed,
            handed_over: HandedOver {
                reports: waiting_reports,
                held: waiting_lines,
                moderation,
                stale,
            },
        })
    }
}
