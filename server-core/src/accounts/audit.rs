//! Who did what to whom, and when.

use serde_json::Value;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

use super::time::now_ms;
use crate::storage::{Database, StoreError};

/// The audit log; cheap to clone.
#[derive(Debug, Clone)]
pub struct Audit {
    database: Database,
}

/// What is to be noted.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEntry<'a> {
    /// A user id, or `local-host` for the desktop window.
    pub actor: &'a str,
    /// Area and verb, such as `user.update`.
    pub action: &'static str,
    /// Whom or what it concerns: an id, never an e-mail address.
    pub subject: &'a str,
    /// What is needed to understand it, and to undo it.
    pub details: Value,
}

/// One line of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditEntry {
    /// A UUID.
    pub id: String,
    /// Milliseconds since 1970.
    pub at: i64,
    /// A user id, or `local-host`.
    pub actor: String,
    /// Area and verb.
    pub action: String,
    /// Whom or what it concerns.
    pub subject: String,
    /// What the action noted.
    pub details: Value,
    /// When it was undone, in milliseconds since 1970.
    pub undone_at: Option<i64>,
}

impl Audit {
    pub(super) fn new(database: Database) -> Self {
        Self { database }
    }

    /// Notes an action and returns the entry's id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record(&self, entry: &NewEntry<'_>) -> Result<String, StoreError> {
        let mut connection = self.database.pool().acquire().await?;
        Self::record_on(&mut connection, entry).await
    }

    /// Notes an action inside the transaction that performs it, so that neither exists without the
    /// other.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_on(
        connection: &mut AnyConnection,
        entry: &NewEntry<'_>,
    ) -> Result<String, StoreError> {
        let id = Uuid::now_v7().to_string();
        sqlx::query(
            "INSERT INTO audit (id, at, actor, action, subject, details) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(&id)
        .bind(now_ms())
        .bind(entry.actor.to_owned())
        .bind(entry.action)
        .bind(entry.subject.to_owned())
        .bind(entry.details.to_string())
        .execute(connection)
        .await?;
        Ok(id)
    }

    /// A page of the log, newest first, and how many entries there are.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(
        &self,
        limit: u32,
        offset: u32,
    ) -> Result<(u64, Vec<AuditEntry>), StoreError> {
        let total: i64 = sqlx::query("SELECT COUNT(*) FROM audit")
            .fetch_one(self.database.pool())
            .await?
            .try_get(0)?;
        let rows = sqlx::query("SELECT * FROM audit ORDER BY at DESC, id DESC LIMIT $1 OFFSET $2")
            .bind(i64::from(limit))
            .bind(i64::from(offset))
            .fetch_all(self.database.pool())
            .await?;
        let entries = rows.iter().map(from_row).collect::<Result<_, _>>()?;
        Ok((total.unsigned_abs(), entries))
    }

    /// One entry.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn by_id(&self, id: &str) -> Result<Option<AuditEntry>, StoreError> {
        let row = sqlx::query("SELECT * FROM audit WHERE id = $1")
            .bind(id.to_owned())
            .fetch_optional(self.database.pool())
            .await?;
        Ok(row.as_ref().map(from_row).transpose()?)
    }

    /// Notes that an action was undone. `false` if it was before, or does not exist: of two people
    /// who undo at once, one does.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mark_undone(&self, id: &str) -> Result<bool, StoreError> {
        let done =
            sqlx::query("UPDATE audit SET undone_at = $2 WHERE id = $1 AND undone_at IS NULL")
                .bind(id.to_owned())
                .bind(now_ms())
                .execute(self.database.pool())
                .await?;
        Ok(done.rows_affected() > 0)
    }
}

fn from_row(row: &AnyRow) -> Result<AuditEntry, sqlx::Error> {
    let details: String = row.try_get("details")?;
    Ok(AuditEntry {
        id: row.try_get("id")?,
        at: row.try_get("at")?,
        actor: row.try_get("actor")?,
        action: row.try_get("action")?,
        subject: row.try_get("subject")?,
        details: serde_json::from_str(&details).unwrap_or(Value::Null),
        undone_at: row.try_get("undone_at")?,
    })
}
