//! Forgetting what is too old: chat, where people came from, what records hold of them, and who did what.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use store::records::Records;

use crate::live_settings::LiveSettings;
use runtime::clock::now_ms;
use store::accounts::Accounts;
use store::storage::StoreError;

/// Time between two clean-ups; the first is at start.
const EVERY: Duration = Duration::from_secs(24 * 60 * 60);
/// How soon a changed setting counts, and how soon a failed clean-up is tried again.
const LOOK_AGAIN: Duration = Duration::from_secs(60 * 60);
/// A day, in milliseconds.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Cleans up at start and once a day until `stop`.
pub async fn keep_forgetting(
    accounts: Accounts,
    records: Records,
    settings: LiveSettings,
    stop: CancellationToken,
) {
    let mut done_for = None;
    let mut done_at = tokio::time::Instant::now();
    let mut ticks = tokio::time::interval(LOOK_AGAIN);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    while stop.run_until_cancelled(ticks.tick()).await.is_some() {
        let storage = &settings.now().storage;
        let days = Days {
            chat: storage.chat_retention_days,
            addresses: storage.address_retention_days,
            record: storage.record_retention_days,
            audit: storage.audit_retention_days,
        };
        if done_for == Some(days) && done_at.elapsed() < EVERY {
            continue;
        }
        match forget(&accounts, &records, days, now_ms()).await {
            Ok(()) => {
                done_for = Some(days);
                done_at = tokio::time::Instant::now();
            }
            Err(error) => tracing::warn!(%error, "what is too old could not be deleted"),
        }
    }
}

/// How many days what is kept; 0 keeps it for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// Chat.
    pub chat: u32,
    /// Where people came from.
    pub addresses: u32,
    /// Visits, names, and what was said before an act of moderation.
    pub record: u32,
    /// Lines of the audit log.
    pub audit: u32,
}

/// Deletes what is older than that at `now`.
///
/// # Errors
/// See [`StoreError`]; some of it may be deleted then.
pub async fn forget(
    accounts: &Accounts,
    records: &Records,
    Days {
        chat,
        addresses,
        record,
        audit,
    }: Days,
    now: i64,
) -> Result<(), StoreError> {
    if chat > 0 {
        let before = now - i64::from(chat) * DAY_MS;
        let messages = accounts.archive().forget_before(before).await?;
        tracing::info!(messages, "old chat was deleted");
    }
    if addresses > 0 {
        let before = now - i64::from(addresses) * DAY_MS;
        let forgotten = records.people.forget_before(before).await?;
        records.reports.forget_networks(before).await?;
        let bans = accounts.bans().forget_addresses(before).await?;
        tracing::info!(addresses = forgotten, bans, "old addresses were forgotten");
    }
    if record > 0 {
        let before = now - i64::from(record) * DAY_MS;
        let visits = records.visits.forget_before(before).await?;
        let evidence = records.evidence.forget_before(before).await?;
        records.people.forget_names(before).await?;
        tracing::info!(visits, evidence, "old visits and evidence were deleted");
    }
    if audit > 0 {
        let before = now - i64::from(audit) * DAY_MS;
        let lines = accounts.audit().forget_before(before).await?;
        tracing::info!(lines, "old lines of the audit log were deleted");
    }
    Ok(())
}
