//! Lists of mutes.

use sqlx::Row;

use super::mutes::{Mutes, StoredMute, from_row};
use crate::accounts::search::MUTES;
use crate::accounts::users::contains;
use crate::storage::StoreError;
use contract::admin::PersonRef;
use runtime::clock::now_ms;

/// Which mutes are wanted; `None` and empty texts leave a criterion out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MuteFilter {
    /// Part of the subject, the name or the reason.
    pub search: String,
    /// Only those that hold now, or only those that do not.
    pub active: Option<bool>,
    /// Only of this person.
    pub person: Option<PersonRef>,
}

macro_rules! matching {
    () => {
        " FROM mutes WHERE ($1 = '%%' OR searchable LIKE $1 ESCAPE '!') \
         AND ($2 = -1 OR $2 = CASE WHEN lifted_at IS NULL AND (until IS NULL OR until > $3) \
         THEN 1 ELSE 0 END) \
         AND ($4 = '' OR (kind = $5 AND subject = $6))"
    };
}

/// Binds the six values of `matching!`.
macro_rules! bind_filter {
    ($query:expr, $filter:expr) => {{
        let filter: &MuteFilter = $filter;
        let person = filter.person.as_ref();
        let kind = person.map_or("", |person| person.kind.as_str());
        $query
            .bind(contains(&filter.search))
            .bind(filter.active.map_or(-1, i64::from))
            .bind(now_ms())
            .bind(kind)
            .bind(kind)
            .bind(person.map_or_else(String::new, |person| person.subject.clone()))
    }};
}

impl Mutes {
    /// A page of mutes, newest first, and how many match.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(
        &self,
        filter: &MuteFilter,
        limit: u32,
        offset: u32,
    ) -> Result<(u64, Vec<StoredMute>), StoreError> {
        if !filter.search.is_empty() {
            MUTES.fold_rest(&self.database).await?;
        }
        let count = sqlx::query(concat!("SELECT COUNT(*)", matching!()));
        let total: i64 = bind_filter!(count, filter)
            .fetch_one(self.database.pool())
            .await?
            .try_get(0)?;
        let page = sqlx::query(concat!(
            "SELECT *",
            matching!(),
            " ORDER BY created_at DESC, id LIMIT $7 OFFSET $8"
        ));
        let rows = bind_filter!(page, filter)
            .bind(i64::from(limit))
            .bind(i64::from(offset))
            .fetch_all(self.database.pool())
            .await?;
        let mutes: Vec<Option<StoredMute>> = rows.iter().map(from_row).collect::<Result<_, _>>()?;
        Ok((total.unsigned_abs(), mutes.into_iter().flatten().collect()))
    }
}
