//! What the nodes of one world need of this one's stores.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, mpsc};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::StartError;
use crate::config::Config;
use crate::moderation::{Moderation, ModerationEvent};
use metrics::Metrics;
use replication::{Hub, MemoryHub, NodeSettings, Notice, RedisHub, RedisLinkError};
use session::SessionManager;
use store::accounts::Tokens;
use store::assets::Assets;
use store::storage::Database;

/// Events of moderators that may wait on their way to or from other nodes.
pub(super) const WAITING_EVENTS: usize = 1024;

/// The link to other nodes that this configuration asks for, if it asks for one. A Redis that cannot be reached is
/// no error, unless it is required; nodes that cannot work together are.
pub(super) async fn link(
    config: &Config,
    address: SocketAddr,
    tokens: &Tokens,
    database: &Database,
    metrics: &Metrics,
) -> Result<Option<Arc<RedisHub>>, StartError> {
    let replication = &config.replication;
    let Some(url) = &replication.redis_url else {
        return Ok(None);
    };
    let settings = NodeSettings {
        url: url.clone(),
        prefix: replication.prefix.clone(),
        guest_takeover: config.security.guest_takeover,
        fingerprint: tokens.fingerprint().to_owned(),
        database: database.identity().await?,
        key: tokens.replication_key(),
        listen: address.to_string(),
        chat_history: config.session.chat_history,
        beat_interval: replication.beat_interval,
        lease: replication.lasting_lease(),
        answer_timeout: replication.answer_timeout,
        chat_patience: replication.chat_patience,
        flush_interval: replication.flush_interval,
        grace: replication.lasting_grace(),
    };
    metrics.link.exists();
    let hub = RedisHub::new(settings, metrics.link.clone())?;
    match hub.check().await {
        Err(error @ (RedisLinkError::OtherSecret | RedisLinkError::OtherDatabase)) => {
            Err(error.into())
        }
        Err(error) if replication.required => Err(error.into()),
        Ok(()) | Err(_) => Ok(Some(hub)),
    }
}

/// What sessions work with; a node without a link is a cluster of one.
pub(super) fn hub(config: &Config, link: Option<Arc<RedisHub>>) -> Hub {
    match link {
        Some(link) => Hub::Redis(link),
        None => Hub::Memory(MemoryHub::new(config.security.guest_takeover)),
    }
}

/// Gives a node the time to learn who is there before it lets anybody in.
pub(super) async fn wait_for_link(config: &Config, sessions: &SessionManager) {
    let patience = config.replication.answer_timeout * 2;
    if timeout(patience, sessions.link_attempted()).await.is_err() {
        tracing::warn!("the other nodes take long to answer; players are let in meanwhile");
    }
}

/// When what is kept in memory of the stores is old.
pub(super) struct Staleness {
    /// Another node changed them, or left and may have changed them before.
    pub(super) changed: Arc<Notify>,
    /// The longest time without a look, where there are other nodes: one that cannot be heard may
    /// change the stores as well.
    pub(super) after: Duration,
}

/// Reads what is kept in memory again whenever another node changed it. Asked several times in a
/// row it reads once.
pub(super) async fn reload_stores(
    moderation: Moderation,
    assets: Assets,
    sessions: SessionManager,
    staleness: Staleness,
    stop: CancellationToken,
) {
    let stale = async || match sessions.node() {
        // Nobody told: it is time.
        Some(_) => drop(timeout(staleness.after, staleness.changed.notified()).await),
        None => staleness.changed.notified().await,
    };
    while stop.run_until_cancelled(stale()).await.is_some() {
        moderation.reload().await;
        match assets.refresh().await {
            Ok(atlas) => sessions.show_atlas(&atlas),
            Err(error) => tracing::warn!(%error, "sprites of other nodes could not be read"),
        }
    }
}

/// Takes what moderators do here to the other nodes, where there may be some.
pub(super) async fn publish_moderation(
    moderation: Moderation,
    sessions: SessionManager,
    stop: CancellationToken,
) {
    if sessions.node().is_none() {
        return;
    }
    let (carrier, mut events) = mpsc::channel(WAITING_EVENTS);
    moderation.carry(carrier);
    while let Some(Some(event)) = stop.run_until_cancelled(events.recv()).await {
        let removes = match &event {
            ModerationEvent::ChatRemoved { id } => Some(id.clone()),
            _ => None,
        };
        let lasts = event.lasts();
        match serde_json::to_value(&event) {
            Ok(event) if lasts => sessions.publish(Notice::Moderation { event, removes }),
            Ok(event) => sessions.publish_live(&Notice::Moderation { event, removes }),
            Err(error) => tracing::error!(%error, "an event of moderation is no JSON"),
        }
    }
}

/// Does here what moderators did on other nodes.
pub(super) async fn dispatch_moderation(
    moderation: Moderation,
    mut events: mpsc::Receiver<serde_json::Value>,
    stop: CancellationToken,
) {
    while let Some(Some(event)) = stop.run_until_cancelled(events.recv()).await {
        match serde_json::from_value::<ModerationEvent>(event) {
            Ok(event) => {
                moderation.apply(&event).await;
            }
            // A newer version of this program; what lasts is in the database.
            Err(error) => {
                tracing::warn!(%error, "what another node's moderator did is not known here");
                moderation.reload().await;
            }
        }
    }
}
