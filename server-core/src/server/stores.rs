//! The stores as the session manager sees them, and their opening.

use std::sync::Arc;

use chrono::Utc;
use serde_json::json;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::StartError;
use crate::accounts::audit::NewEntry;
use crate::accounts::time::now_ms;
use crate::accounts::{Accounts, Tokens, secret_file};
use crate::assets::Assets;
use crate::config::{Config, StorageConfig};
use crate::metrics::{Metrics, host};
use crate::protocol::{ChatMessage, PlayerId};
use crate::session::directory::{Answer, LookupFailed};
use crate::session::{AvatarLook, ClosedDoor, Directory, Visitor};
use crate::storage::{Database, Location, StoreError};

/// Reports that may wait for the database at once; more are dropped with a log line.
const WAITING_REPORTS: usize = 64;

pub(super) async fn open_database(storage: &StorageConfig) -> Result<Database, StartError> {
    let data_dir = &storage.data_dir;
    std::fs::create_dir_all(data_dir).map_err(|source| StartError::DataDir {
        path: data_dir.clone(),
        source,
    })?;
    Ok(Database::open(Location::of(storage)?.url()).await?)
}

pub(super) fn tokens(config: &Config) -> Result<Tokens, StartError> {
    let secret = match &config.security.jwt_secret {
        Some(secret) => secret.clone(),
        None => secret_file::load_or_create(&config.storage.data_dir)?,
    };
    Ok(Tokens::new(&secret)?)
}

/// Keeps the metrics of process and machine fresh until `stop`.
pub(super) async fn sample_host(metrics: Arc<Metrics>, stop: CancellationToken) {
    stop.run_until_cancelled(host::sample_into(&metrics)).await;
}

/// Accounts and assets behind the session manager's questions.
pub(super) struct Stores {
    accounts: Accounts,
    assets: Assets,
    reports: Arc<tokio::sync::Semaphore>,
    stale: Arc<Notify>,
}

impl Stores {
    /// `stale` is notified when another node changed the stores.
    pub(super) fn new(accounts: Accounts, assets: Assets, stale: Arc<Notify>) -> Self {
        let reports = Arc::new(tokio::sync::Semaphore::new(WAITING_REPORTS));
        Self {
            accounts,
            assets,
            reports,
            stale,
        }
    }
}

impl Directory for Stores {
    fn account_exists<'a>(&'a self, folded_id: &'a str) -> Answer<'a, bool> {
        Box::pin(async move { answered(self.accounts.account_exists(folded_id).await) })
    }

    fn look<'a>(&'a self, avatar_id: &'a str) -> Answer<'a, Option<AvatarLook>> {
        Box::pin(async move {
            let look = answered(self.assets.avatar_look(avatar_id).await)?;
            Ok(look.map(|look| AvatarLook {
                name: Some(look.name),
                appearance: look.appearance,
                sprite: look.sprite,
                sprite_asset_id: look.sprite_asset_id,
            }))
        })
    }

    fn door<'a>(&'a self, visitor: &'a Visitor) -> Answer<'a, Option<ClosedDoor>> {
        Box::pin(async move {
            let account = visitor.account.as_ref().map(|account| account.id.as_str());
            let ban = self
                .accounts
                .door(account, Some(&visitor.secret), visitor.address, now_ms());
            Ok(ban.map(|ban| ClosedDoor {
                until: ban.until_iso(),
                reason: ban.reason,
            }))
        })
    }

    fn archive(&self, message: &ChatMessage) {
        self.accounts.archive().push(message.clone());
    }

    fn reload(&self) {
        self.stale.notify_one();
    }

    fn report(&self, reporter: &PlayerId, reported: &PlayerId, reason: &str) {
        let Ok(place) = self.reports.clone().try_acquire_owned() else {
            tracing::warn!("too many reports wait for the database; one is lost");
            return;
        };
        let audit = self.accounts.audit().clone();
        let (reporter, reported) = (reporter.clone(), reported.clone());
        let details = json!({ "reason": reason, "at": Utc::now() });
        tokio::spawn(async move {
            let _place = place;
            let entry = NewEntry {
                actor: reporter.as_str(),
                action: "player.report",
                subject: reported.as_str(),
                details,
            };
            if let Err(error) = audit.record(&entry).await {
                tracing::warn!(%error, "a report could not be kept");
            }
        });
    }
}

fn answered<T>(result: Result<T, StoreError>) -> Result<T, LookupFailed> {
    result.map_err(|error| {
        tracing::warn!(%error, "a store could not answer a join");
        LookupFailed
    })
}
