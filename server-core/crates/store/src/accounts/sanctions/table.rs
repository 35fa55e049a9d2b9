//! The table of one kind of sanctions, and its mirror.

use std::sync::Arc;

use contract::admin::Actor;
use parking_lot::RwLock;
use sqlx::{Any, AssertSqlSafe, Executor, Row as _};
use uuid::Uuid;

use super::mirror::Mirror;
use super::sanction::{NewSanction, SanctionFilter, StoredSanction, from_row};
use super::subject::Subject;
use crate::storage::{Database, Listed, Listing, StoreError, searched};
use runtime::clock::now_ms;

/// One kind of sanctions; cheap to clone.
#[derive(Debug, Clone)]
pub struct Sanctions<S: Subject> {
    pub(super) database: Database,
    // Held for a few map operations, never across an await.
    pub(super) mirror: Arc<RwLock<Mirror<S>>>,
}

impl<S: Subject> Sanctions<S> {
    /// An empty mirror, to be filled by `reload`.
    pub(crate) fn new(database: Database) -> Self {
        Self {
            database,
            mirror: Arc::default(),
        }
    }

    /// A page of sanctions, newest first, and how many match.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn list(
        &self,
        filter: &SanctionFilter<S>,
        limit: u32,
        offset: u32,
    ) -> Result<(u64, Vec<StoredSanction<S>>), StoreError> {
        if !filter.search.is_empty() {
            self.fold_rest().await?;
        }
        let (total, found) = listing(filter)
            .page(&self.database, (limit, offset), from_row)
            .await?;
        Ok((total, found.into_iter().flatten().collect()))
    }

    /// One sanction, lifted or not.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn by_id(&self, id: &str) -> Result<Option<StoredSanction<S>>, StoreError> {
        let row = sqlx::query(statement::<S>("SELECT * FROM {table} WHERE id = $1"))
            .bind(id.to_owned())
            .fetch_optional(self.database.pool())
            .await?;
        Ok(row.as_ref().map(from_row).transpose()?.flatten())
    }

    /// Lifts a sanction. `None` when there is none, or it was lifted before.
    ///
    /// # Errors
    /// See [`StoreError`]; then the sanction holds on.
    pub async fn lift(
        &self,
        id: &str,
        by: &Actor,
    ) -> Result<Option<StoredSanction<S>>, StoreError> {
        let lifted = sqlx::query(statement::<S>(
            "UPDATE {table} SET lifted_at = $2, lifted_by = $3, lifted_by_name = $4 \
             WHERE id = $1 AND lifted_at IS NULL",
        ))
        .bind(id.to_owned())
        .bind(now_ms())
        .bind(by.id.clone())
        .bind(by.name.clone())
        .execute(self.database.pool())
        .await?;
        self.mirror.write().remove(id);
        if lifted.rows_affected() == 0 {
            return Ok(None);
        }
        self.by_id(id).await
    }

    /// Every sanction that was not lifted and is not over, in a fresh mirror.
    pub(super) async fn read_mirror(&self) -> Result<Mirror<S>, StoreError> {
        let rows = sqlx::query(statement::<S>(
            "SELECT * FROM {table} WHERE lifted_at IS NULL AND (until IS NULL OR until > $1)",
        ))
        .bind(now_ms())
        .fetch_all(self.database.pool())
        .await?;
        let mut fresh = Mirror::default();
        for row in &rows {
            if let Some(sanction) = from_row(row)? {
                fresh.put(&sanction);
            }
        }
        Ok(fresh)
    }

    /// Makes rows of earlier versions searchable, and of a node that still is one.
    async fn fold_rest(&self) -> Result<(), StoreError> {
        let rows = sqlx::query(statement::<S>(
            "SELECT id, subject, subject_name, reason FROM {table} WHERE searchable IS NULL",
        ))
        .fetch_all(self.database.pool())
        .await?;
        for row in rows {
            let id: String = row.try_get("id")?;
            let (subject, reason): (String, String) =
                (row.try_get("subject")?, row.try_get("reason")?);
            let name: Option<String> = row.try_get("subject_name")?;
            let keep = statement::<S>("UPDATE {table} SET searchable = $2 WHERE id = $1");
            sqlx::query(keep)
                .bind(id)
                .bind(searchable(&subject, name.as_deref(), &reason))
                .execute(self.database.pool())
                .await?;
        }
        Ok(())
    }
}

fn listing<S: Subject>(filter: &SanctionFilter<S>) -> Listing {
    let mut listing = Listing::of(Listed {
        table: S::TABLE,
        columns: "*",
        moment: "created_at",
        order: "created_at DESC, id",
    })
    .containing("searchable LIKE ? ESCAPE '!'", &filter.search);
    if let Some(subject) = &filter.subject {
        listing = listing.only(
            "kind = ? AND subject = ?",
            [subject.kind().into(), subject.text().into()],
        );
    }
    if !filter.by.is_empty() {
        listing = listing.only("created_by = ?", [filter.by.as_str().into()]);
    }
    let now = now_ms();
    match filter.active {
        None => listing,
        Some(true) => listing.only(
            "lifted_at IS NULL AND (until IS NULL OR until > ?)",
            [now.into()],
        ),
        Some(false) => listing.only("lifted_at IS NOT NULL OR until <= ?", [now.into()]),
    }
}

/// Stores a sanction. The caller puts it into the mirror when that is certain.
pub(super) async fn insert<S: Subject>(
    executor: impl Executor<'_, Database = Any>,
    new: NewSanction<'_, S>,
) -> Result<StoredSanction<S>, sqlx::Error> {
    let sanction = StoredSanction {
        id: Uuid::new_v4().to_string(),
        subject: new.subject,
        subject_name: new.subject_name.map(str::to_owned),
        reason: new.reason.to_owned(),
        until: new.until,
        created_by: new.by.clone(),
        created_at: now_ms(),
        lifted_at: None,
        lifted_by: None,
    };
    let text = sanction.subject.text();
    sqlx::query(statement::<S>(
        "INSERT INTO {table} \
         (id, kind, subject, subject_name, reason, until, created_by, created_by_name, \
          created_at, searchable) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    ))
    .bind(sanction.id.clone())
    .bind(sanction.subject.kind())
    .bind(text.clone())
    .bind(sanction.subject_name.clone())
    .bind(sanction.reason.clone())
    .bind(sanction.until)
    .bind(sanction.created_by.id.clone())
    .bind(sanction.created_by.name.clone())
    .bind(sanction.created_at)
    .bind(searchable(&text, new.subject_name, &sanction.reason))
    .execute(executor)
    .await?;
    Ok(sanction)
}

/// A statement on the table of a kind of sanctions; both parts are fixed texts.
fn statement<S: Subject>(text: &'static str) -> AssertSqlSafe<String> {
    AssertSqlSafe(text.replace("{table}", S::TABLE))
}

/// What a search looks in.
fn searchable(subject: &str, name: Option<&str>, reason: &str) -> String {
    let name = name.unwrap_or_default();
    searched(&format!("{subject}\n{name}\n{reason}"))
}
