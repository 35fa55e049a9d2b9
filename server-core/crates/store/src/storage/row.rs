//! What several tables keep in the same way, read out of a row.

use contract::admin::{Actor, PersonKind, PersonRef};
use sqlx::Row as _;
use sqlx::any::AnyRow;

/// A struct out of a row: a field is read from the column of its name, and those behind the semicolon are
/// given. `columns!(row => Seat { number, name; taken: true })`.
macro_rules! columns {
    ($row:ident => $type:ident { $($column:ident),* $(; $($field:ident: $value:expr),* $(,)?)? }) => {
        $type {
            $($column: $row.try_get(stringify!($column))?,)*
            $($($field: $value,)*)?
        }
    };
}
pub(crate) use columns;

/// Who acted, in a column for the id and one for the name at that moment.
pub(crate) fn actor(row: &AnyRow, id: &str, name: &str) -> Result<Actor, sqlx::Error> {
    Ok(Actor {
        id: row.try_get(id)?,
        name: row.try_get(name)?,
    })
}

/// A person in two columns that may be empty.
pub(crate) fn person(
    row: &AnyRow,
    kind: &str,
    subject: &str,
) -> Result<Option<PersonRef>, sqlx::Error> {
    let kind: Option<String> = row.try_get(kind)?;
    let subject: Option<String> = row.try_get(subject)?;
    let kind = kind.as_deref().and_then(PersonKind::parse);
    Ok(kind
        .zip(subject)
        .map(|(kind, subject)| PersonRef { kind, subject }))
}

/// The person a row is about, in columns that are never empty: the table allows no other kinds.
pub(crate) fn owner(row: &AnyRow) -> Result<PersonRef, sqlx::Error> {
    let kind: String = row.try_get("person_kind")?;
    Ok(PersonRef {
        kind: PersonKind::parse(&kind).unwrap_or(PersonKind::Guest),
        subject: row.try_get("person_subject")?,
    })
}
