//! How long people were here, and how their visits ended.
//!
//! [`Visits::ended`] never waits: visits are collected in memory and written together every few
//! seconds. A kill loses those, and the visits that were under way.

use std::sync::Arc;

use parking_lot::Mutex;
use sqlx::Row;
use sqlx::any::AnyRow;
use uuid::Uuid;

use crate::storage::row::{columns, owner};
use crate::storage::{Database, Listed, Listing, StoreError, searched};
use contract::admin::PersonRef;

/// Visits that may wait to be written; more are dropped, the newest first.
const WAITING: usize = 20_000;

const VISITS: Listed = Listed {
    table: "visits",
    columns: "*",
    moment: "ended_at",
    order: "ended_at DESC, id DESC",
};

/// The visits; cheap to clone.
#[derive(Debug, Clone)]
pub struct Visits {
    database: Database,
    // Held for a push or a swap, never across an await.
    waiting: Arc<Mutex<Vec<StoredVisit>>>,
}

/// A visit that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredVisit {
    /// A UUID.
    pub id: String,
    /// Who was here.
    pub person: PersonRef,
    /// As which player.
    pub player_id: String,
    /// Under which name, at the end.
    pub name: String,
    /// Milliseconds since 1970.
    pub began_at: i64,
    /// Milliseconds since 1970.
    pub ended_at: i64,
    /// A word of `VisitEnd`.
    pub how: String,
}

impl StoredVisit {
    /// A visit of this person, with an id of its own.
    #[must_use]
    pub fn of(
        person: PersonRef,
        player_id: &str,
        name: &str,
        (began_at, ended_at): (i64, i64),
    ) -> Self {
        Self {
            id: Uuid::now_v7().to_string(),
            person,
            player_id: player_id.to_owned(),
            name: name.to_owned(),
            began_at,
            ended_at,
            how: String::new(),
        }
    }
}

/// All visits of a person in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct VisitSum {
    /// How many there were.
    pub count: u64,
    /// How long they were together, in milliseconds.
    pub total_ms: u64,
}

/// Which visits are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VisitFilter {
    /// Part of a name.
    pub search: String,
    /// Only those that ended from this moment on, in milliseconds since 1970.
    pub from: Option<i64>,
    /// Only those that ended before this one.
    pub to: Option<i64>,
}

/// Visits that ended in a stretch of time, by how they did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndedVisits {
    /// A word of `VisitEnd`.
    pub how: String,
    /// How many there were.
    pub count: u64,
    /// How long they were together within that time, in milliseconds.
    pub total_ms: u64,
}

impl Visits {
    pub(super) fn new(database: Database) -> Self {
        Self {
            database,
            waiting: Arc::default(),
        }
    }

    /// Notes a visit that is over.
    pub fn ended(&self, visit: StoredVisit) {
        let mut waiting = self.waiting.lock();
        if waiting.len() < WAITING {
            waiting.push(visit);
        }
    }

    /// Writes what waits. What cannot be written waits on.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn write(&self) -> Result<(), StoreError> {
        let batch = std::mem::take(&mut *self.waiting.lock());
        if batch.is_empty() {
            return Ok(());
        }
        let written = self.write_batch(&batch).await;
        if written.is_err() {
            let mut waiting = self.waiting.lock();
            let newer = std::mem::replace(&mut *waiting, batch);
            waiting.extend(newer);
            waiting.truncate(WAITING);
        }
        written
    }

    async fn write_batch(&self, batch: &[StoredVisit]) -> Result<(), StoreError> {
        let mut transaction = self.database.pool().begin().await?;
        for visit in batch {
            sqlx::query(
                "INSERT INTO visits \
                 (id, person_kind, person_subject, player_id, name, name_folded, began_at, ended_at, how) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING",
            )
            .bind(visit.id.clone())
            .bind(visit.person.kind.as_str())
            .bind(visit.person.subject.clone())
            .bind(visit.player_id.clone())
            .bind(visit.name.clone())
            .bind(searched(&visit.name))
            .bind(visit.began_at)
            .bind(visit.ended_at)
            .bind(visit.how.clone())
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// The last `limit` visits of a person, newest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn of(&self, person: &PersonRef, limit: u32) -> Result<Vec<StoredVisit>, StoreError> {
        Listing::of(VISITS)
            .only(
                "person_kind = ? AND person_subject = ?",
                [person.kind.as_str().into(), person.subject.as_str().into()],
            )
            .first(&self.database, limit, from_row)
            .await
    }

    /// A page of the visits that match, those that ended last first, and how many match.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn list(
        &self,
        filter: &VisitFilter,
        limit: u32,
        offset: u32,
    ) -> Result<(u64, Vec<StoredVisit>), StoreError> {
        Listing::of(VISITS)
            // Visits of earlier versions have no folded name.
            .containing(
                "COALESCE(name_folded, LOWER(name)) LIKE ? ESCAPE '!'",
                &filter.search,
            )
            .within(filter.from, filter.to)
            .page(&self.database, (limit, offset), from_row)
            .await
    }

    /// The visits that ended from one moment on and before another (milliseconds since 1970).
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn ended_between(
        &self,
        from: i64,
        until: i64,
    ) -> Result<Vec<EndedVisits>, StoreError> {
        let rows = sqlx::query(
            "SELECT how, COUNT(*) AS n, CAST(SUM(ended_at - CASE WHEN began_at < $1 THEN $2 \
             ELSE began_at END) AS BIGINT) AS total FROM visits \
             WHERE ended_at >= $3 AND ended_at < $4 GROUP BY how ORDER BY how",
        )
        .bind(from)
        .bind(from)
        .bind(from)
        .bind(until)
        .fetch_all(self.database.pool())
        .await?;
        let ended = rows.iter().map(|row| {
            let (count, total): (i64, i64) = (row.try_get("n")?, row.try_get("total")?);
            Ok(EndedVisits {
                how: row.try_get("how")?,
                count: count.unsigned_abs(),
                total_ms: total.max(0).unsigned_abs(),
            })
        });
        Ok(ended.collect::<Result<_, sqlx::Error>>()?)
    }

    /// How often and how long a person was here.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn sum(&self, person: &PersonRef) -> Result<VisitSum, StoreError> {
        let row = sqlx::query(
            "SELECT COUNT(*) AS n, CAST(COALESCE(SUM(ended_at - began_at), 0) AS BIGINT) AS total \
             FROM visits WHERE person_kind = $1 AND person_subject = $2",
        )
        .bind(person.kind.as_str())
        .bind(person.subject.clone())
        .fetch_one(self.database.pool())
        .await?;
        let (count, total): (i64, i64) = (row.try_get("n")?, row.try_get("total")?);
        Ok(VisitSum {
            count: count.unsigned_abs(),
            total_ms: total.unsigned_abs(),
        })
    }

    /// Forgets visits that ended before `before` (milliseconds since 1970). Returns how many.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn forget_before(&self, before: i64) -> Result<u64, StoreError> {
        let done = sqlx::query("DELETE FROM visits WHERE ended_at < $1")
            .bind(before)
            .execute(self.database.pool())
            .await?;
        Ok(done.rows_affected())
    }
}

fn from_row(row: &AnyRow) -> Result<StoredVisit, sqlx::Error> {
    Ok(columns!(row => StoredVisit {
        id, player_id, name, began_at, ended_at, how;
        person: owner(row)?,
    }))
}
