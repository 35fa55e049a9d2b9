//! What is still to be told, and what came of what was.

use sqlx::Row;
use uuid::Uuid;

use super::{COLUMNS, StoredHook, Webhooks, from_row};
use crate::storage::StoreError;
use contract::admin::webhook::{Delivery, HookEvent};
use contract::rest::Role;
use runtime::clock::{iso, now_ms};

/// How long a claim holds that is not renewed, in milliseconds: longer than any attempt takes.
const CLAIM_MS: i64 = 60_000;
/// Wait after the first failure, in milliseconds; it doubles with each.
const FIRST_WAIT_MS: i64 = 5_000;
/// Longest wait, in milliseconds.
const LONGEST_WAIT_MS: i64 = 15 * 60_000;
/// The next attempt of what is not told any more.
pub(super) const NEVER: i64 = i64::MAX;
/// Attempts after which the other side is believed that it will not take this very thing.
const REFUSALS: u32 = 3;
/// Answers that are about what was sent and not about who sends it, or when.
const REFUSED: [u16; 3] = [400, 413, 422];

/// Something to be told to every hook that wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// Of which kind.
    pub event: HookEvent,
    /// When it happened, in milliseconds since 1970.
    pub at: i64,
    /// What is told, as JSON, without the id of the delivery.
    pub body: serde_json::Map<String, serde_json::Value>,
}

/// A delivery whose time has come, and its hook, on which this node has the claim.
#[derive(Debug, Clone)]
pub struct Due {
    /// Names the delivery in every attempt.
    pub id: String,
    /// Where to.
    pub hook: StoredHook,
    /// What.
    pub body: String,
    /// Attempts that failed so far.
    pub attempts: u32,
}

/// What came of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempted {
    /// The status of the answer, if one came.
    pub status: Option<u16>,
    /// Why it does not count, as a sentence for the host; `None` when the other side took it.
    pub problem: Option<String>,
}

impl Webhooks {
    /// Keeps something for every hook that wants it, beyond what is kept of each the oldest go. Returns for how
    /// many.
    ///
    /// # Errors
    /// See [`StoreError`]; then it is kept for none.
    pub async fn promise(&self, promise: &Promise) -> Result<usize, StoreError> {
        let hooks = self.list().await?;
        let wants = |hook: &&StoredHook| hook.view.events.contains(&promise.event);
        let hooks: Vec<_> = hooks.iter().filter(wants).collect();
        if hooks.is_empty() {
            return Ok(0);
        }
        let mut untold = 0;
        let mut change = self.database.pool().begin().await?;
        for hook in &hooks {
            let id = Uuid::now_v7().to_string();
            let mut body = promise.body.clone();
            body.insert("id".to_owned(), id.clone().into());
            sqlx::query(
                "INSERT INTO webhook_deliveries (id, hook, event, body, at, next_at) \
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(id)
            .bind(hook.view.id.clone())
            .bind(promise.event.as_str())
            .bind(serde_json::Value::Object(body).to_string())
            .bind(promise.at)
            .bind(now_ms())
            .execute(&mut *change)
            .await?;
            // Those that are over go first, and then reports, of which any stranger can make many.
            let gone = sqlx::query(
                "DELETE FROM webhook_deliveries WHERE hook = $1 AND id NOT IN (SELECT id FROM webhook_deliveries \
                 WHERE hook = $1 ORDER BY CASE WHEN delivered_at IS NOT NULL OR next_at = $3 THEN 2 \
                 WHEN event = $4 THEN 1 ELSE 0 END, at DESC, id DESC LIMIT $2) \
                 RETURNING CASE WHEN delivered_at IS NULL AND next_at < $3 THEN 1 ELSE 0 END",
            )
            .bind(hook.view.id.clone())
            .bind(i64::from(self.limits.kept))
            .bind(NEVER)
            .bind(HookEvent::Report.as_str())
            .fetch_all(&mut *change)
            .await?;
            for row in &gone {
                untold += row.try_get::<i32, _>(0)?;
            }
        }
        change.commit().await?;
        if untold > 0 {
            tracing::warn!(
                untold,
                kept = self.limits.kept,
                "more waits for webhooks than is kept, and the oldest event is dropped"
            );
        }
        Ok(hooks.len())
    }

    /// The oldest due delivery of each hook that is not paused and that `node` gets the claim on.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn claim(&self, node: &str) -> Result<Vec<Due>, StoreError> {
        let now = now_ms();
        let ids = sqlx::query(
            "SELECT DISTINCT hook FROM webhook_deliveries JOIN webhooks ON webhooks.id = hook \
             WHERE delivered_at IS NULL AND next_at <= $1 AND paused_at IS NULL",
        )
        .bind(now)
        .fetch_all(self.database.pool())
        .await?;
        let mut due = Vec::new();
        for row in &ids {
            let hook: String = row.try_get(0)?;
            due.extend(self.claim_hook(&hook, node, now).await?);
        }
        Ok(due)
    }

    /// A hook is told in the order in which things happened: as long as the oldest waits, so does the rest, and an
    /// hour of failures counts a few attempts and not one for each thing that happens in it.
    async fn claim_hook(
        &self,
        hook: &str,
        node: &str,
        now: i64,
    ) -> Result<Option<Due>, StoreError> {
        if self.oldest(hook, now).await?.is_none() {
            return Ok(None);
        }
        let claimed = sqlx::query(
            "UPDATE webhooks SET claimed_by = $2, claimed_until = $3 \
             WHERE id = $1 AND paused_at IS NULL AND (claimed_until < $4 OR claimed_by = $2)",
        )
        .bind(hook.to_owned())
        .bind(node.to_owned())
        .bind(now + CLAIM_MS)
        .bind(now)
        .execute(self.database.pool())
        .await?;
        match claimed.rows_affected() {
            0 => Ok(None),
            // Once more: the node that had the claim may have told it meanwhile.
            _ => self.oldest(hook, now).await,
        }
    }

    /// What a hook is told next, if its time has come.
    async fn oldest(&self, hook: &str, now: i64) -> Result<Option<Due>, StoreError> {
        let query = format!(
            "SELECT {COLUMNS}, d.id AS delivery, body, attempts, next_at FROM webhooks \
             JOIN webhook_deliveries d ON d.hook = webhooks.id \
             WHERE webhooks.id = $3 AND delivered_at IS NULL AND next_at < $4 ORDER BY at, d.id LIMIT 1",
        );
        let row = sqlx::query(sqlx::AssertSqlSafe(query))
            .bind(Role::Host.as_str())
            .bind(now)
            .bind(hook.to_owned())
            .bind(NEVER)
            .fetch_optional(self.database.pool())
            .await?;
        let Some(row) = row else { return Ok(None) };
        if row.try_get::<i64, _>("next_at")? > now {
            return Ok(None);
        }
        Ok(Some(Due {
            id: row.try_get("delivery")?,
            hook: from_row(&row)?,
            body: row.try_get("body")?,
            attempts: u32::try_from(row.try_get::<i64, _>("attempts")?).unwrap_or(u32::MAX),
        }))
    }

    /// Gives up the claims of a node that closes, so that another one, or its own next start, need not wait for
    /// their end.
    ///
    /// # Errors
    /// See [`StoreError`]; then they end by themselves.
    pub async fn release(&self, node: &str) -> Result<(), StoreError> {
        sqlx::query("UPDATE webhooks SET claimed_until = 0 WHERE claimed_by = $1")
            .bind(node.to_owned())
            .execute(self.database.pool())
            .await?;
        Ok(())
    }

    /// Notes what came of an attempt: told, to be tried again later, or set aside when the other side will never take
    /// this very thing, so that the rest need not wait behind it. After too many failures in a row the hook is
    /// paused, and what waits goes on waiting. `true` when it was paused now.
    ///
    /// # Errors
    /// See [`StoreError`]; then it is tried again, and the receiver knows it by its id.
    pub async fn attempted(&self, due: &Due, came: &Attempted) -> Result<bool, StoreError> {
        let now = now_ms();
        let told = came.problem.is_none();
        let is_refused = due.attempts + 1 >= REFUSALS
            && came.status.is_some_and(|status| REFUSED.contains(&status));
        let next_at = match is_refused {
            true => NEVER,
            false => now + wait_after(due.attempts),
        };
        let mut change = self.database.pool().begin().await?;
        sqlx::query(
            "UPDATE webhook_deliveries SET attempts = attempts + 1, tried_at = $2, status = $3, problem = $4, \
             delivered_at = $5, next_at = $6 WHERE id = $1",
        )
        .bind(due.id.clone())
        .bind(now)
        .bind(came.status.map(i64::from))
        .bind(came.problem.clone())
        .bind(told.then_some(now))
        .bind(next_at)
        .execute(&mut *change)
        .await?;
        let hook = due.hook.view.id.clone();
        if told {
            sqlx::query("UPDATE webhooks SET failures = 0, told_at = $2 WHERE id = $1")
                .bind(hook)
                .bind(now)
                .execute(&mut *change)
                .await?;
            change.commit().await?;
            return Ok(false);
        }
        sqlx::query("UPDATE webhooks SET failures = failures + 1 WHERE id = $1")
            .bind(hook.clone())
            .execute(&mut *change)
            .await?;
        let paused = sqlx::query(
            "UPDATE webhooks SET paused_at = $2 WHERE id = $1 AND failures >= $3 AND paused_at IS NULL",
        )
        .bind(hook)
        .bind(now)
        .bind(i64::from(self.limits.failures))
        .execute(&mut *change)
        .await?;
        change.commit().await?;
        Ok(paused.rows_affected() > 0)
    }

    /// The last deliveries of a hook, newest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn deliveries(&self, hook: &str, limit: u32) -> Result<Vec<Delivery>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, event, at, attempts, next_at, tried_at, status, problem, delivered_at \
             FROM webhook_deliveries WHERE hook = $1 ORDER BY at DESC, id DESC LIMIT $2",
        )
        .bind(hook.to_owned())
        .bind(i64::from(limit))
        .fetch_all(self.database.pool())
        .await?;
        let time = |at: Option<i64>| at.map(iso);
        let read = rows.iter().map(|row| {
            let delivered_at: Option<i64> = row.try_get("delivered_at")?;
            let next_at: i64 = row.try_get("next_at")?;
            let status: Option<i64> = row.try_get("status")?;
            Ok::<_, sqlx::Error>(Delivery {
                id: row.try_get("id")?,
                event: row.try_get("event")?,
                at: iso(row.try_get("at")?),
                attempts: u32::try_from(row.try_get::<i64, _>("attempts")?).unwrap_or(u32::MAX),
                tried_at: time(row.try_get("tried_at")?),
                status: status.and_then(|status| u16::try_from(status).ok()),
                problem: row.try_get("problem")?,
                next_at: (delivered_at.is_none() && next_at < NEVER).then(|| iso(next_at)),
                delivered_at: time(delivered_at),
            })
        });
        Ok(read.collect::<Result<_, _>>()?)
    }
}

fn wait_after(attempts: u32) -> i64 {
    let doubled = FIRST_WAIT_MS
        .checked_shl(attempts.min(16))
        .unwrap_or(LONGEST_WAIT_MS);
    doubled.min(LONGEST_WAIT_MS)
}
