//! Who did what to whom, and when.

use serde_json::Value;
use sqlx::any::AnyRow;
use sqlx::{Any, Executor, Row};
use uuid::Uuid;

use crate::storage::{
    Cursor, Database, Lease, Listed, Listing, StoreError, begins, contains, contains_lower,
    searched,
};
use contract::admin::Actor;
use runtime::clock::now_ms;

/// The audit log; cheap to clone.
#[derive(Debug, Clone)]
pub struct Audit {
    database: Database,
}

/// What is to be noted.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEntry<'a> {
    /// Who did it.
    pub actor: &'a Actor,
    /// Area and verb, such as `user.update`.
    pub action: &'static str,
    /// Whom or what it concerns: an id, never an e-mail or network address.
    pub subject: &'a str,
    /// How people call the subject.
    pub subject_name: Option<&'a str>,
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
    /// Who did it, as they were called then.
    pub actor: Actor,
    /// Area and verb.
    pub action: String,
    /// Whom or what it concerns.
    pub subject: String,
    /// How people called the subject then.
    pub subject_name: Option<String>,
    /// What the action noted.
    pub details: Value,
    /// When it was undone, in milliseconds since 1970.
    pub undone_at: Option<i64>,
    /// Who undid it, as they were called then, where that is known.
    pub undone_by: Option<Actor>,
}

/// Which lines are wanted; `None` and empty texts leave a criterion out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Part of an action, a name, the subject or the details.
    pub search: String,
    /// An actor's id, or part of the name.
    pub actor: String,
    /// An action, or an area such as `ban`.
    pub action: String,
    /// Not before, in milliseconds since 1970.
    pub from: Option<i64>,
    /// Before, in milliseconds since 1970, exclusive.
    pub to: Option<i64>,
}

const LINES: Listed = Listed {
    table: "audit",
    columns: "*",
    moment: "at",
    order: "at DESC, id DESC",
};

impl AuditFilter {
    fn listing(&self) -> Listing {
        let mut listing = Listing::of(LINES)
            .containing("searchable LIKE ? ESCAPE '!'", &self.search)
            .within(self.from, self.to);
        let (actor, action) = (self.actor.trim(), self.action.trim());
        if !actor.is_empty() {
            listing = listing.only(
                "actor = ? OR actor_folded LIKE ? ESCAPE '!' OR actor_folded LIKE ? ESCAPE '!'",
                [
                    actor.into(),
                    contains(actor).into(),
                    contains_lower(actor).into(),
                ],
            );
        }
        if !action.is_empty() {
            listing = listing.only(
                "action = ? OR action LIKE ? ESCAPE '!'",
                [action.into(), begins(&format!("{action}.")).into()],
            );
        }
        listing
    }
}

impl Audit {
    pub(super) fn new(database: Database) -> Self {
        Self { database }
    }

    /// Notes an action.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn record(&self, entry: &NewEntry<'_>) -> Result<AuditEntry, StoreError> {
        let stored = AuditEntry::of(entry);
        self.insert(&stored).await?;
        Ok(stored)
    }

    /// Notes an action inside the transaction that performs it, so that neither exists without the
    /// other.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn record_on(
        connection: &mut Lease,
        entry: &NewEntry<'_>,
    ) -> Result<AuditEntry, StoreError> {
        let stored = AuditEntry::of(entry);
        insert_on(&mut *connection, &stored).await?;
        Ok(stored)
    }

    /// Stores a line that was made by [`AuditEntry::of`]; one that is there already stays as it is.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn insert(&self, entry: &AuditEntry) -> Result<(), StoreError> {
        insert_on(self.database.pool(), entry).await
    }

    /// A page of the log, newest first, and how many lines match.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn list(
        &self,
        filter: &AuditFilter,
        limit: u32,
        offset: u32,
    ) -> Result<(u64, Vec<AuditEntry>), StoreError> {
        filter
            .listing()
            .page(&self.database, (limit, offset), from_row)
            .await
    }

    /// The next `limit` lines behind `cursor`, newest first, for exports.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn behind(
        &self,
        filter: &AuditFilter,
        cursor: &Cursor,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let listing = filter.listing().behind(cursor);
        listing.first(&self.database, limit, from_row).await
    }

    /// One line.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn by_id(&self, id: &str) -> Result<Option<AuditEntry>, StoreError> {
        let row = sqlx::query("SELECT * FROM audit WHERE id = $1")
            .bind(id.to_owned())
            .fetch_optional(self.database.pool())
            .await?;
        Ok(row.as_ref().map(from_row).transpose()?)
    }

    /// Notes by whom an action was undone. `false` if it was before, or does not exist: of two people
    /// who undo at once, one does.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn mark_undone(&self, id: &str, by: &Actor) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "UPDATE audit SET undone_at = $2, undone_by = $3, undone_by_name = $4 \
             WHERE id = $1 AND undone_at IS NULL",
        )
        .bind(id.to_owned())
        .bind(now_ms())
        .bind(by.id.clone())
        .bind(by.name.clone())
        .execute(self.database.pool())
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Takes [`Self::mark_undone`] back, when undoing turned out to be impossible.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn unmark_undone(&self, id: &str) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE audit SET undone_at = NULL, undone_by = NULL, undone_by_name = NULL \
             WHERE id = $1",
        )
        .bind(id.to_owned())
        .execute(self.database.pool())
        .await?;
        Ok(())
    }

    /// Deletes lines that are older than `before` (milliseconds since 1970). Returns how many.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn forget_before(&self, before: i64) -> Result<u64, StoreError> {
        let done = sqlx::query("DELETE FROM audit WHERE at < $1")
            .bind(before)
            .execute(self.database.pool())
            .await?;
        Ok(done.rows_affected())
    }
}

impl AuditEntry {
    /// What is to be noted, with a fresh id and the present time.
    #[must_use]
    pub fn of(new: &NewEntry<'_>) -> Self {
        Self {
            id: Uuid::now_v7().to_string(),
            at: now_ms(),
            actor: new.actor.clone(),
            action: new.action.to_owned(),
            subject: new.subject.to_owned(),
            subject_name: new.subject_name.map(str::to_owned),
            details: new.details.clone(),
            undone_at: None,
            undone_by: None,
        }
    }

    /// The place of this line in the log.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        Cursor {
            at: self.at,
            id: self.id.clone(),
        }
    }

    fn searchable(&self) -> String {
        let name = self.subject_name.as_deref().unwrap_or_default();
        searched(&format!(
            "{} {} {} {name} {}",
            self.action, self.actor.name, self.subject, self.details
        ))
    }
}

async fn insert_on(
    executor: impl Executor<'_, Database = Any>,
    entry: &AuditEntry,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO audit \
         (id, at, actor, actor_name, actor_folded, action, subject, subject_name, details, \
          searchable) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
         ON CONFLICT (id) DO NOTHING",
    )
    .bind(entry.id.clone())
    .bind(entry.at)
    .bind(entry.actor.id.clone())
    .bind(entry.actor.name.clone())
    .bind(searched(&entry.actor.name))
    .bind(entry.action.clone())
    .bind(entry.subject.clone())
    .bind(entry.subject_name.clone())
    .bind(entry.details.to_string())
    .bind(entry.searchable())
    .execute(executor)
    .await?;
    Ok(())
}

fn from_row(row: &AnyRow) -> Result<AuditEntry, sqlx::Error> {
    let details: String = row.try_get("details")?;
    let actor: String = row.try_get("actor")?;
    let name: String = row.try_get("actor_name")?;
    Ok(AuditEntry {
        id: row.try_get("id")?,
        at: row.try_get("at")?,
        actor: Actor {
            name: if name.is_empty() { actor.clone() } else { name },
            id: actor,
        },
        action: row.try_get("action")?,
        subject: row.try_get("subject")?,
        subject_name: row.try_get("subject_name")?,
        details: serde_json::from_str(&details).unwrap_or(Value::Null),
        undone_at: row.try_get("undone_at")?,
        undone_by: undone_by(row)?,
    })
}

fn undone_by(row: &AnyRow) -> Result<Option<Actor>, sqlx::Error> {
    let id: Option<String> = row.try_get("undone_by")?;
    let name: Option<String> = row.try_get("undone_by_name")?;
    Ok(id.zip(name).map(|(id, name)| Actor { id, name }))
}
