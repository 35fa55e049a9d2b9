//! Webhooks: where other programs are told what happened here, and what is still to be told.
//!
//! What is promised is a row before anybody hears that it is. A delivery is tried until the other side took it, each
//! under one id, so that it arrives at least once and a receiver can tell one that comes twice. One node at a time
//! holds the claim on a hook, for a while that it renews with each delivery; when it dies another takes over.

mod deliveries;
mod signature;
#[cfg(test)]
mod story_tests;

use sqlx::Row;
use sqlx::any::AnyRow;
use uuid::Uuid;

use crate::accounts::makers::{maker_is_host, makers};
use crate::accounts::tokens::random_hex;
use crate::storage::row::actor;
use crate::storage::{Database, StoreError};
use contract::admin::Actor;
use contract::admin::webhook::{HookEvent, Webhook};
use contract::rest::Role;
use runtime::clock::{iso, now_ms};

pub use deliveries::{Attempted, Due, Promise};
pub use signature::{SIGNATURE_VERSION, sign};

/// The tables; cheap to clone.
#[derive(Debug, Clone)]
pub struct Webhooks {
    database: Database,
    limits: HookLimits,
}

/// How much is kept, and for how long it is tried.
#[derive(Debug, Clone, Copy)]
pub struct HookLimits {
    /// Hooks that there may be (`MAX_WEBHOOKS`).
    pub hooks: u32,
    /// Deliveries of one hook that are kept, waiting ones and told ones (`WEBHOOK_KEPT`).
    pub kept: u32,
    /// Failures in a row after which a hook is paused (`WEBHOOK_FAILURES`).
    pub failures: u32,
}

impl Default for HookLimits {
    fn default() -> Self {
        Self {
            hooks: 20,
            kept: 1000,
            failures: 20,
        }
    }
}

/// A hook as it is sent to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredHook {
    /// As lists show it.
    pub view: Webhook,
    /// Signs what is sent.
    pub secret: String,
}

/// What a host says of a new hook, already checked.
#[derive(Debug, Clone)]
pub struct NewHook<'a> {
    /// 1 to 40 characters.
    pub name: &'a str,
    /// Where to.
    pub url: &'a str,
    /// Of what; not empty.
    pub events: &'a [HookEvent],
}

/// What [`from_row`] reads of a hook, where `$1` is the word of the role of hosts and `$2` this moment.
const COLUMNS: &str = concat!(
    "webhooks.id AS id, name, url, secret, events, created_by, created_by_name, created_at, failures, \
     paused_at, told_at, ",
    makers!("webhooks", "$1", "$2")
);

impl Webhooks {
    /// The hooks in a database.
    #[must_use]
    pub fn new(database: Database, limits: HookLimits) -> Self {
        Self { database, limits }
    }

    /// Its limits.
    #[must_use]
    pub fn limits(&self) -> HookLimits {
        self.limits
    }

    /// All of them, newest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn list(&self) -> Result<Vec<StoredHook>, StoreError> {
        let query = format!("SELECT {COLUMNS} FROM webhooks ORDER BY created_at DESC, id");
        let rows = sqlx::query(sqlx::AssertSqlSafe(query))
            .bind(Role::Host.as_str())
            .bind(now_ms())
            .fetch_all(self.database.pool())
            .await?;
        Ok(rows.iter().map(from_row).collect::<Result<_, _>>()?)
    }

    /// One of them.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn hook(&self, id: &str) -> Result<Option<StoredHook>, StoreError> {
        let all = self.list().await?;
        Ok(all.into_iter().find(|hook| hook.view.id == id))
    }

    /// Keeps a new one with a secret of its own; `None` when there are as many as there may be.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn add(
        &self,
        actor: &Actor,
        new: &NewHook<'_>,
    ) -> Result<Option<StoredHook>, StoreError> {
        let mut change = self.database.pool().begin().await?;
        sqlx::query(
            "INSERT INTO turns (name, taken) VALUES ('webhooks', 1) \
             ON CONFLICT (name) DO UPDATE SET taken = turns.taken + 1",
        )
        .execute(&mut *change)
        .await?;
        let count: i64 = sqlx::query("SELECT COUNT(*) FROM webhooks")
            .fetch_one(&mut *change)
            .await?
            .try_get(0)?;
        if count >= i64::from(self.limits.hooks) {
            change.rollback().await?;
            return Ok(None);
        }
        let now = now_ms();
        let hook = StoredHook {
            view: Webhook {
                id: Uuid::now_v7().to_string(),
                name: new.name.to_owned(),
                url: new.url.to_owned(),
                events: new.events.to_vec(),
                created_by: actor.clone(),
                maker_is_host: true,
                created_at: iso(now),
                failures: 0,
                paused_at: None,
                told_at: None,
            },
            secret: format!("{}{}", random_hex(), random_hex()),
        };
        sqlx::query(
            "INSERT INTO webhooks (id, name, url, secret, events, created_by, created_by_name, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(hook.view.id.clone())
        .bind(new.name.to_owned())
        .bind(new.url.to_owned())
        .bind(hook.secret.clone())
        .bind(HookEvent::to_text(new.events))
        .bind(actor.id.clone())
        .bind(actor.name.clone())
        .bind(now)
        .execute(&mut *change)
        .await?;
        change.commit().await?;
        Ok(Some(hook))
    }

    /// Takes one away with what it still had to tell. `false` if it was gone.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn remove(&self, id: &str) -> Result<bool, StoreError> {
        let mut change = self.database.pool().begin().await?;
        sqlx::query("DELETE FROM webhook_deliveries WHERE hook = $1")
            .bind(id.to_owned())
            .execute(&mut *change)
            .await?;
        let done = sqlx::query("DELETE FROM webhooks WHERE id = $1")
            .bind(id.to_owned())
            .execute(&mut *change)
            .await?;
        change.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    /// Notes that one took something now that is kept nowhere, as when a host tries it out.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn note_taken(&self, id: &str) -> Result<(), StoreError> {
        sqlx::query("UPDATE webhooks SET told_at = $2 WHERE id = $1")
            .bind(id.to_owned())
            .bind(now_ms())
            .execute(self.database.pool())
            .await?;
        Ok(())
    }

    /// Lets a paused one go on, at once with what waits. `false` if it is gone.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn resume(&self, id: &str) -> Result<bool, StoreError> {
        let mut change = self.database.pool().begin().await?;
        let done = sqlx::query("UPDATE webhooks SET failures = 0, paused_at = NULL WHERE id = $1")
            .bind(id.to_owned())
            .execute(&mut *change)
            .await?;
        sqlx::query(
            "UPDATE webhook_deliveries SET next_at = $2 WHERE hook = $1 AND delivered_at IS NULL AND next_at < $3",
        )
        .bind(id.to_owned())
        .bind(now_ms())
        .bind(deliveries::NEVER)
        .execute(&mut *change)
        .await?;
        change.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    /// Whether something was so when it was marked last.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn marked(&self, name: &str) -> Result<bool, StoreError> {
        let row = sqlx::query("SELECT raised FROM webhook_marks WHERE name = $1")
            .bind(name.to_owned())
            .fetch_optional(self.database.pool())
            .await?;
        let raised: Option<i64> = row.map(|row| row.try_get(0)).transpose()?;
        Ok(raised == Some(1))
    }

    /// Notes whether something is so now. `true` for the one node that noted a change.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn mark(&self, name: &str, raised: bool) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "INSERT INTO webhook_marks (name, raised) VALUES ($1, $2) \
             ON CONFLICT (name) DO UPDATE SET raised = excluded.raised \
             WHERE webhook_marks.raised <> excluded.raised",
        )
        .bind(name.to_owned())
        .bind(i64::from(raised))
        .execute(self.database.pool())
        .await?;
        Ok(done.rows_affected() > 0)
    }
}

fn from_row(row: &AnyRow) -> Result<StoredHook, sqlx::Error> {
    let events: String = row.try_get("events")?;
    let paused_at: Option<i64> = row.try_get("paused_at")?;
    let told_at: Option<i64> = row.try_get("told_at")?;
    let created_by = actor(row, "created_by", "created_by_name")?;
    Ok(StoredHook {
        view: Webhook {
            id: row.try_get("id")?,
            name: row.try_get("name")?,
            url: row.try_get("url")?,
            events: HookEvent::read(&events),
            maker_is_host: maker_is_host(row, &created_by)?,
            created_by,
            created_at: iso(row.try_get("created_at")?),
            failures: u32::try_from(row.try_get::<i64, _>("failures")?).unwrap_or(u32::MAX),
            paused_at: paused_at.map(iso),
            told_at: told_at.map(iso),
        },
        secret: row.try_get("secret")?,
    })
}
