//! Search that knows no capitals, in any alphabet and on both databases: what is searched is kept folded
//! beside what is shown. SQLite folds ASCII alone, and Postgres what the locale of the database knows.

use sqlx::Row as _;

use super::users::fold;
use crate::storage::{Database, StoreError};

/// A table with subjects, names and reasons.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sanctions {
    unfolded: &'static str,
    keep: &'static str,
}

/// The table of bans.
pub(crate) const BANS: Sanctions = Sanctions {
    unfolded: "SELECT id, subject, subject_name, reason FROM bans WHERE searchable IS NULL",
    keep: "UPDATE bans SET searchable = $2 WHERE id = $1",
};

/// The table of mutes.
pub(crate) const MUTES: Sanctions = Sanctions {
    unfolded: "SELECT id, subject, subject_name, reason FROM mutes WHERE searchable IS NULL",
    keep: "UPDATE mutes SET searchable = $2 WHERE id = $1",
};

/// What a search of a sanction looks in.
pub(crate) fn searchable(subject: &str, name: Option<&str>, reason: &str) -> String {
    fold(&format!(
        "{subject}\n{}\n{reason}",
        name.unwrap_or_default()
    ))
}

impl Sanctions {
    /// Folds rows of earlier versions, and of a node that still is one.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn fold_rest(self, database: &Database) -> Result<(), StoreError> {
        let rows = sqlx::query(self.unfolded)
            .fetch_all(database.pool())
            .await?;
        for row in rows {
            let id: String = row.try_get("id")?;
            let (subject, reason): (String, String) =
                (row.try_get("subject")?, row.try_get("reason")?);
            let name: Option<String> = row.try_get("subject_name")?;
            sqlx::query(self.keep)
                .bind(id)
                .bind(searchable(&subject, name.as_deref(), &reason))
                .execute(database.pool())
                .await?;
        }
        Ok(())
    }
}
