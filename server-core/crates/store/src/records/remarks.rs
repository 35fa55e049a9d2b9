//! Notes, which only the administration sees, and warnings, which the person read.

use std::collections::HashMap;

use sqlx::Row;
use sqlx::any::AnyRow;
use uuid::Uuid;

use crate::storage::row::{actor, columns, person};
use crate::storage::{Database, Listed, Listing, StoreError};
use contract::admin::{Actor, PersonRef};
use runtime::clock::now_ms;

const REMARKS: Listed = Listed {
    table: "remarks",
    columns: "*",
    moment: "at",
    order: "at DESC, id DESC",
};

/// The remarks; cheap to clone.
#[derive(Debug, Clone)]
pub struct Remarks {
    database: Database,
}

/// What a remark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemarkKind {
    /// For the administration only.
    Note,
    /// The person read it.
    Warning,
}

/// A remark as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// A UUID.
    pub id: String,
    /// Milliseconds since 1970.
    pub at: i64,
    /// Whom it is about.
    pub person: PersonRef,
    /// Who made it, as they were called then.
    pub author: Actor,
    /// What it says.
    pub text: String,
    /// When the person said that they read it, in milliseconds since 1970; a note never is.
    pub read_at: Option<i64>,
}

impl RemarkKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
        }
    }
}

impl Remarks {
    pub(super) fn new(database: Database) -> Self {
        Self { database }
    }

    /// Stores a remark.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn add(
        &self,
        kind: RemarkKind,
        person: &PersonRef,
        author: &Actor,
        text: &str,
    ) -> Result<Remark, StoreError> {
        let remark = Remark {
            id: Uuid::now_v7().to_string(),
            at: now_ms(),
            person: person.clone(),
            author: author.clone(),
            text: text.to_owned(),
            read_at: None,
        };
        sqlx::query(
            "INSERT INTO remarks \
             (id, kind, person_kind, person_subject, author, author_name, content, at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(remark.id.clone())
        .bind(kind.as_str())
        .bind(person.kind.as_str())
        .bind(person.subject.clone())
        .bind(author.id.clone())
        .bind(author.name.clone())
        .bind(text.to_owned())
        .bind(remark.at)
        .execute(self.database.pool())
        .await?;
        Ok(remark)
    }

    /// Notes that a person read a warning of theirs. Nothing happens when it is not theirs, and the
    /// first time counts.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn read(&self, person: &PersonRef, id: &str) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE remarks SET read_at = $1 WHERE id = $2 AND kind = 'warning' \
             AND person_kind = $3 AND person_subject = $4 AND read_at IS NULL",
        )
        .bind(now_ms())
        .bind(id.to_owned())
        .bind(person.kind.as_str())
        .bind(person.subject.clone())
        .execute(self.database.pool())
        .await?;
        Ok(())
    }

    /// Deletes a note and returns it. `None` when there is none.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn delete_note(&self, id: &str) -> Result<Option<Remark>, StoreError> {
        let row = sqlx::query("DELETE FROM remarks WHERE id = $1 AND kind = 'note' RETURNING *")
            .bind(id.to_owned())
            .fetch_optional(self.database.pool())
            .await?;
        Ok(row.as_ref().map(from_row).transpose()?.flatten())
    }

    /// The last `limit` remarks about a person, newest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn about(
        &self,
        kind: RemarkKind,
        person: &PersonRef,
        limit: u32,
    ) -> Result<Vec<Remark>, StoreError> {
        let remarks = Listing::of(REMARKS)
            .only(
                "kind = ? AND person_kind = ? AND person_subject = ?",
                [
                    kind.as_str().into(),
                    person.kind.as_str().into(),
                    person.subject.as_str().into(),
                ],
            )
            .first(&self.database, limit, from_row)
            .await?;
        Ok(remarks.into_iter().flatten().collect())
    }

    pub(super) async fn count_warnings(&self) -> Result<HashMap<PersonRef, u32>, StoreError> {
        let rows = sqlx::query(
            "SELECT person_kind, person_subject, COUNT(*) AS n FROM remarks \
             WHERE kind = 'warning' GROUP BY person_kind, person_subject",
        )
        .fetch_all(self.database.pool())
        .await?;
        let mut counts = HashMap::new();
        for row in &rows {
            let count: i64 = row.try_get("n")?;
            if let Some(person) = person(row, "person_kind", "person_subject")? {
                counts.insert(person, u32::try_from(count).unwrap_or(u32::MAX));
            }
        }
        Ok(counts)
    }
}

/// `None` for a row whose kind is not readable, which nothing of ours writes.
fn from_row(row: &AnyRow) -> Result<Option<Remark>, sqlx::Error> {
    let Some(about) = person(row, "person_kind", "person_subject")? else {
        return Ok(None);
    };
    Ok(Some(columns!(row => Remark {
        id, at, read_at;
        person: about,
        author: actor(row, "author", "author_name")?,
        text: row.try_get("content")?,
    })))
}
