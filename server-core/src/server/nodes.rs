//! What the nodes of one world need of this one's stores.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::sync::Notify;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::StartError;
use crate::accounts::time::now_ms;
use crate::accounts::{Accounts, Tokens};
use crate::assets::Assets;
use crate::config::Config;
use crate::replication::{Hub, LinkError, MemoryHub, NodeSettings, RedisHub};
use crate::session::{ClosedDoor, SessionManager};
use crate::storage::Database;

/// The hub this configuration asks for. A Redis that cannot be reached is no error, unless it is
/// required; nodes that cannot work together are.
pub(super) async fn hub(
    config: &Config,
    address: SocketAddr,
    tokens: &Tokens,
    database: &Database,
) -> Result<Hub, StartError> {
    let takeover = config.security.guest_takeover;
    let replication = &config.replication;
    let Some(url) = &replication.redis_url else {
        return Ok(Hub::Memory(MemoryHub::new(takeover)));
    };
    let hub = RedisHub::new(NodeSettings {
        url: url.clone(),
        prefix: replication.prefix.clone(),
        guest_takeover: takeover,
        fingerprint: tokens.fingerprint().to_owned(),
        database: database.identity().await?,
        key: tokens.replication_key(),
        listen: address.to_string(),
        chat_history: config.session.chat_history,
        beat_interval: replication.beat_interval,
        lease: replication.lease,
        answer_timeout: replication.answer_timeout,
        chat_patience: replication.chat_patience,
        flush_interval: replication.flush_interval,
        grace: replication.grace,
    })?;
    match hub.check().await {
        Err(error @ (LinkError::OtherSecret | LinkError::OtherDatabase)) => Err(error.into()),
        Err(error) if replication.required => Err(error.into()),
        Ok(()) | Err(_) => Ok(Hub::Redis(hub)),
    }
}

/// Gives a node the time to learn who is there before it lets anybody in.
pub(super) async fn wait_for_link(config: &Config, sessions: &SessionManager) {
    let patience = config.replication.answer_timeout * 2;
    if timeout(patience, sessions.link_attempted()).await.is_err() {
        tracing::warn!("the other nodes take long to answer; players are let in meanwhile");
    }
}

/// Reads what is kept in memory again whenever another node changed it. Asked several times in a
/// row it reads once.
pub(super) async fn reload_stores(
    accounts: Accounts,
    assets: Assets,
    sessions: SessionManager,
    stale: Arc<Notify>,
    stop: CancellationToken,
) {
    while stop.run_until_cancelled(stale.notified()).await.is_some() {
        match accounts.reload_bans().await {
            Ok(()) => sessions.end_banned(|visitor| {
                let account = visitor.account.as_ref().map(|account| account.id.as_str());
                let secret = Some(&visitor.secret);
                let ban = accounts.door(account, secret, visitor.address, now_ms())?;
                Some(ClosedDoor {
                    until: ban.until_iso(),
                    reason: ban.reason,
                })
            }),
            Err(error) => tracing::warn!(%error, "bans of other nodes could not be read"),
        }
        match assets.refresh().await {
            Ok(atlas) => sessions.show_atlas(&atlas),
            Err(error) => tracing::warn!(%error, "sprites of other nodes could not be read"),
        }
    }
}
