//! Lists of bans, and their end.

use sqlx::Row;

use super::Bans;
use super::ban::{Ban, BanSubject, from_row};
use crate::accounts::search::BANS;
use crate::accounts::users::contains;
use crate::storage::StoreError;
use runtime::clock::now_ms;

/// Which bans are wanted; `None` and empty texts leave a criterion out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BanFilter {
    /// Part of the subject, its name or the reason.
    pub search: String,
    /// Only those that hold now, or only those that do not.
    pub active: Option<bool>,
    /// Only of this kind and subject.
    pub subject: Option<BanSubject>,
}

macro_rules! matching {
    () => {
        " FROM bans WHERE ($1 = '%%' OR searchable LIKE $1 ESCAPE '!') \
         AND ($2 = -1 OR $2 = CASE WHEN lifted_at IS NULL AND (until IS NULL OR until > $3) \
         THEN 1 ELSE 0 END) \
         AND ($4 = '' OR (kind = $5 AND subject = $6))"
    };
}

/// Binds the six values of `matching!`.
macro_rules! bind_filter {
    ($query:expr, $filter:expr) => {{
        let filter: &BanFilter = $filter;
        let kind = filter.subject.as_ref().map_or("", BanSubject::kind);
        $query
            .bind(contains(&filter.search))
            .bind(filter.active.map_or(-1, i64::from))
            .bind(now_ms())
            .bind(kind)
            .bind(kind)
            .bind(
                filter
                    .subject
                    .as_ref()
                    .map_or_else(String::new, BanSubject::text),
            )
    }};
}

impl Bans {
    /// A page of bans, newest first, and how many match.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(
        &self,
        filter: &BanFilter,
        limit: u32,
        offset: u32,
    ) -> Result<(u64, Vec<Ban>), StoreError> {
        if !filter.search.is_empty() {
            BANS.fold_rest(&self.database).await?;
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
        let bans: Vec<Option<Ban>> = rows.iter().map(from_row).collect::<Result<_, _>>()?;
        Ok((total.unsigned_abs(), bans.into_iter().flatten().collect()))
    }

    /// Forgets bans of addresses that ended before `before` (milliseconds since 1970). Returns how
    /// many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_addresses(&self, before: i64) -> Result<u64, StoreError> {
        let done = sqlx::query(
            "DELETE FROM bans WHERE kind = 'address' AND (lifted_at < $1 OR until < $1)",
        )
        .bind(before)
        .execute(self.database.pool())
        .await?;
        Ok(done.rows_affected())
    }
}
