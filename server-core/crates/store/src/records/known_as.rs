//! As whom many people were seen, for lists of them.

use std::collections::HashMap;
use std::fmt::Write as _;

use contract::admin::PersonRef;
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, AssertSqlSafe, Row};

use super::People;
use crate::storage::StoreError;
use crate::storage::row::person;

/// People that one statement asks for: far below the parameters and the depth that SQLite allows.
const AT_ONCE: usize = 50;

/// As whom a person was seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownAs {
    /// Visits that are over.
    pub visits: u64,
    /// Their names, newest first.
    pub names: Vec<String>,
}

impl People {
    /// As whom each of these people was seen; who never was is left out.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn known_as(
        &self,
        people: &[PersonRef],
    ) -> Result<HashMap<PersonRef, KnownAs>, StoreError> {
        let mut known: HashMap<PersonRef, KnownAs> = HashMap::new();
        for some in people.chunks(AT_ONCE) {
            let names = text(
                "SELECT kind, subject, name FROM people_names WHERE ",
                ("kind", "subject"),
                some,
                " ORDER BY last_seen_at DESC, name",
            );
            for row in bound(&names, some).fetch_all(self.database.pool()).await? {
                if let Some(person) = person(&row, "kind", "subject")? {
                    known.entry(person).or_default().names.push(name(&row)?);
                }
            }
            let visits = text(
                "SELECT person_kind, person_subject, COUNT(*) AS visits FROM visits WHERE ",
                ("person_kind", "person_subject"),
                some,
                " GROUP BY person_kind, person_subject",
            );
            for row in bound(&visits, some).fetch_all(self.database.pool()).await? {
                let visits: i64 = row.try_get("visits")?;
                if let Some(person) = person(&row, "person_kind", "person_subject")? {
                    known.entry(person).or_default().visits = visits.unsigned_abs();
                }
            }
        }
        Ok(known)
    }
}

fn name(row: &AnyRow) -> Result<String, sqlx::Error> {
    row.try_get("name")
}

/// A statement about so many people: its parts are fixed texts, and the people are parameters.
fn text(
    head: &'static str,
    (kind, subject): (&'static str, &'static str),
    people: &[PersonRef],
    tail: &'static str,
) -> String {
    let mut text = head.to_owned();
    for index in 0..people.len() {
        let or = if index == 0 { "" } else { " OR " };
        let (first, second) = (2 * index + 1, 2 * index + 2);
        let _ = write!(text, "{or}({kind} = ${first} AND {subject} = ${second})");
    }
    text.push_str(tail);
    text
}

fn bound<'q>(text: &str, people: &[PersonRef]) -> Query<'q, Any, AnyArguments> {
    let query = sqlx::query(AssertSqlSafe(text.to_owned()));
    people.iter().fold(query, |query, person| {
        query
            .bind(person.kind.as_str())
            .bind(person.subject.clone())
    })
}
