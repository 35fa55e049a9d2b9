//! Whose sessions moderators ended.

use sqlx::Row;
use sqlx::any::AnyRow;
use uuid::Uuid;

use crate::storage::row::{actor, columns};
use crate::storage::{Database, Listed, Listing, StoreError};
use contract::admin::{Actor, PersonRef};
use runtime::clock::now_ms;

const KICKS: Listed = Listed {
    table: "kicks",
    columns: "*",
    moment: "at",
    order: "at DESC, id DESC",
};

/// The kicks; cheap to clone.
#[derive(Debug, Clone)]
pub struct Kicks {
    database: Database,
}

/// A kick as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredKick {
    /// A UUID.
    pub id: String,
    /// Milliseconds since 1970.
    pub at: i64,
    /// What the person read; may be empty.
    pub reason: String,
    /// Who kicked, as they were called then.
    pub by: Actor,
}

impl Kicks {
    pub(super) fn new(database: Database) -> Self {
        Self { database }
    }

    /// Stores a kick.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn add(
        &self,
        person: &PersonRef,
        by: &Actor,
        reason: &str,
    ) -> Result<StoredKick, StoreError> {
        let kick = StoredKick {
            id: Uuid::now_v7().to_string(),
            at: now_ms(),
            reason: reason.to_owned(),
            by: by.clone(),
        };
        sqlx::query(
            "INSERT INTO kicks (id, person_kind, person_subject, author, author_name, reason, at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(kick.id.clone())
        .bind(person.kind.as_str())
        .bind(person.subject.clone())
        .bind(by.id.clone())
        .bind(by.name.clone())
        .bind(kick.reason.clone())
        .bind(kick.at)
        .execute(self.database.pool())
        .await?;
        Ok(kick)
    }

    /// The last `limit` kicks of a person, newest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn of(&self, person: &PersonRef, limit: u32) -> Result<Vec<StoredKick>, StoreError> {
        Listing::of(KICKS)
            .only(
                "person_kind = ? AND person_subject = ?",
                [person.kind.as_str().into(), person.subject.as_str().into()],
            )
            .first(&self.database, limit, from_row)
            .await
    }
}

fn from_row(row: &AnyRow) -> Result<StoredKick, sqlx::Error> {
    Ok(columns!(row => StoredKick {
        id, at, reason;
        by: actor(row, "author", "author_name")?,
    }))
}
