//! Lists: which rows of a table are wanted, in which order, and from where on.
//!
//! A criterion that is not wanted is no part of the statement. The texts that make one up are fixed;
//! whatever a request says travels as a value. `?` stands for a value in them: sqlx's own builder
//! writes that for its `Any` driver, and Postgres does not read it, so values are numbered here
//! (`$1`), which both databases read.

use sqlx::any::{AnyArguments, AnyRow};
use sqlx::{Any, Arguments as _, QueryBuilder, Row as _};

use super::text::{contains, contains_lower};
use super::{Database, StoreError};

/// A table as its lists show it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Listed {
    /// Its name.
    pub(crate) table: &'static str,
    /// What is read of a row.
    pub(crate) columns: &'static str,
    /// The column that says when a row came about, in milliseconds since 1970.
    pub(crate) moment: &'static str,
    /// The order of the list, in which no two rows are equal.
    pub(crate) order: &'static str,
}

/// The rows that are wanted of a table. Read-only and cheap: a query runs when rows are asked for.
#[derive(Debug, Clone)]
pub(crate) struct Listing {
    listed: Listed,
    conditions: String,
    values: Vec<Value>,
}

/// A value in a condition.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Text(String),
    Number(i64),
}

/// A place in a list, newest first: what follows is older.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// Milliseconds since 1970.
    pub at: i64,
    /// Id of the last line before it.
    pub id: String,
}

impl Default for Cursor {
    /// The newest end.
    fn default() -> Self {
        Self {
            at: i64::MAX,
            id: String::new(),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl Listing {
    /// Every row of a table.
    pub(crate) fn of(listed: Listed) -> Self {
        Self {
            listed,
            conditions: String::new(),
            values: Vec::new(),
        }
    }

    /// Only rows for which `condition` holds; `values` are those of its `?`, in order.
    pub(crate) fn only<const N: usize>(self, condition: &'static str, values: [Value; N]) -> Self {
        self.and(condition, values)
    }

    /// Only rows with `search` in them: `condition` looks for one and the same pattern in folded
    /// columns, also as rows of earlier versions are folded. A blank search is no criterion.
    pub(crate) fn containing(self, condition: &'static str, search: &str) -> Self {
        if search.trim().is_empty() {
            return self;
        }
        let (folded, lower) = (contains(search), contains_lower(search));
        let places = condition.matches('?').count();
        let mut patterns = vec![Value::Text(folded.clone()); places];
        if folded == lower {
            return self.and(condition, patterns);
        }
        patterns.extend(vec![Value::Text(lower); places]);
        self.and(&format!("({condition}) OR ({condition})"), patterns)
    }

    /// Only rows from `from` on and before `to`, in milliseconds since 1970.
    pub(crate) fn within(mut self, from: Option<i64>, to: Option<i64>) -> Self {
        let moment = self.listed.moment;
        if let Some(from) = from {
            self = self.and(&format!("{moment} >= ?"), [from.into()]);
        }
        if let Some(to) = to {
            self = self.and(&format!("{moment} < ?"), [to.into()]);
        }
        self
    }

    /// Only what follows a place, in a list that is newest first by moment and id.
    pub(crate) fn behind(self, cursor: &Cursor) -> Self {
        let moment = self.listed.moment;
        self.and(
            &format!("{moment} < ? OR ({moment} = ? AND id < ?)"),
            [
                cursor.at.into(),
                cursor.at.into(),
                cursor.id.as_str().into(),
            ],
        )
    }

    /// A page of at most `limit` rows behind the first `offset`, and how many rows there are.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub(crate) async fn page<T, E>(
        &self,
        database: &Database,
        (limit, offset): (u32, u32),
        read: impl Fn(&AnyRow) -> Result<T, E>,
    ) -> Result<(u64, Vec<T>), StoreError>
    where
        StoreError: From<E>,
    {
        let total: i64 = self
            .query("COUNT(*)", "", &[])?
            .build()
            .fetch_one(database.pool())
            .await?
            .try_get(0)?;
        let rows = self.rows(database, limit, offset, read).await?;
        Ok((total.unsigned_abs(), rows))
    }

    /// The first `limit` rows.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub(crate) async fn first<T, E>(
        &self,
        database: &Database,
        limit: u32,
        read: impl Fn(&AnyRow) -> Result<T, E>,
    ) -> Result<Vec<T>, StoreError>
    where
        StoreError: From<E>,
    {
        self.rows(database, limit, 0, read).await
    }

    async fn rows<T, E>(
        &self,
        database: &Database,
        limit: u32,
        offset: u32,
        read: impl Fn(&AnyRow) -> Result<T, E>,
    ) -> Result<Vec<T>, StoreError>
    where
        StoreError: From<E>,
    {
        let end = format!(" ORDER BY {} LIMIT ? OFFSET ?", self.listed.order);
        let page = [limit, offset].map(|it| Value::Number(it.into()));
        let rows = self
            .query(self.listed.columns, &end, &page)?
            .build()
            .fetch_all(database.pool())
            .await?;
        let rows = rows.iter().map(|row| read(row).map_err(StoreError::from));
        rows.collect()
    }

    fn and(mut self, condition: &str, values: impl IntoIterator<Item = Value>) -> Self {
        let word = match self.conditions.is_empty() {
            true => " WHERE",
            false => " AND",
        };
        let condition = numbered(&format!("{word} ({condition})"), self.values.len());
        self.conditions.push_str(&condition);
        self.values.extend(values);
        self
    }

    fn query(
        &self,
        columns: &str,
        end: &str,
        more: &[Value],
    ) -> Result<QueryBuilder<Any>, StoreError> {
        let mut arguments = AnyArguments::default();
        for value in self.values.iter().chain(more) {
            let added = match value {
                Value::Text(text) => arguments.add(text.clone()),
                Value::Number(number) => arguments.add(*number),
            };
            added.map_err(sqlx::Error::Encode)?;
        }
        let Listed { table, .. } = self.listed;
        let conditions = &self.conditions;
        let end = numbered(end, self.values.len());
        let text = format!("SELECT {columns} FROM {table}{conditions}{end}");
        Ok(QueryBuilder::with_arguments(text, arguments))
    }
}

/// `text` with its `?` as `$1` and so on, where `before` values come before it.
fn numbered(text: &str, before: usize) -> String {
    let mut parts = text.split('?');
    let mut numbered = parts.next().unwrap_or_default().to_owned();
    for (number, part) in (before + 1..).zip(parts) {
        numbered.push_str(&format!("${number}{part}"));
    }
    numbered
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: Listed = Listed {
        table: "lines",
        columns: "id, at",
        moment: "at",
        order: "at DESC, id DESC",
    };

    fn check(listing: Listing, expected: &str, values: usize) {
        let mut query = listing.query("*", " LIMIT ?", &[5_i64.into()]).unwrap();
        let text = format!("SELECT * FROM lines{expected}");
        assert_eq!(query.sql().as_str(), text);
        assert_eq!(listing.values.len(), values);
        drop(query.build());
    }

    #[test]
    fn what_is_not_wanted_is_no_part_of_the_statement() {
        check(Listing::of(LINES), " LIMIT $1", 0);
        let blank = Listing::of(LINES).containing("a LIKE ?", " ");
        check(blank.within(None, None), " LIMIT $1", 0);
    }

    #[test]
    fn values_are_numbered_through_the_whole_statement() {
        let listing = Listing::of(LINES)
            .only("a = ? AND b = ?", ["x".into(), 1_i64.into()])
            .containing("c LIKE ? OR d LIKE ?", "y")
            .within(Some(1), Some(2))
            .behind(&Cursor::default());
        let expected = " WHERE (a = $1 AND b = $2) AND (c LIKE $3 OR d LIKE $4) AND (at >= $5) \
             AND (at < $6) AND (at < $7 OR (at = $8 AND id < $9)) LIMIT $10";
        check(listing, expected, 9);
        let both = Listing::of(LINES).containing("c LIKE ? OR d LIKE ?", "ß");
        let expected = " WHERE ((c LIKE $1 OR d LIKE $2) OR (c LIKE $3 OR d LIKE $4)) LIMIT $5";
        check(both, expected, 4);
    }
}
