//! The table of stretches.

use sqlx::Row;
use sqlx::any::AnyRow;

use super::stretch::{Grain, Stretch, added_up};
use crate::storage::row::columns;
use crate::storage::{Database, Lease, StoreError};

/// Whose a row is that has all nodes in it.
pub(super) const EVERYBODY: &str = "";

/// Writes stretches as a node measured them, in one transaction. One that is there already is replaced.
pub(super) async fn write(
    database: &Database,
    node: &str,
    stretches: impl Iterator<Item = &Stretch>,
) -> Result<(), StoreError> {
    let mut transaction = database.pool().begin().await?;
    for stretch in stretches {
        insert(&mut transaction, Grain::Fine, node, stretch).await?;
    }
    transaction.commit().await?;
    Ok(())
}

pub(super) async fn insert(
    connection: &mut Lease,
    grain: Grain,
    node: &str,
    stretch: &Stretch,
) -> Result<(), StoreError> {
    let [p50, p95, p99] = stretch.flush_us;
    sqlx::query(
        "INSERT INTO chronicle (step, at, node, seconds, people, most_people, most_bots, messages, \
         deliveries, most_deliveries, flush_p50_us, flush_p95_us, flush_p99_us) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
         ON CONFLICT (step, at, node) DO UPDATE SET seconds = excluded.seconds, \
         people = excluded.people, most_people = excluded.most_people, \
         most_bots = excluded.most_bots, messages = excluded.messages, \
         deliveries = excluded.deliveries, most_deliveries = excluded.most_deliveries, \
         flush_p50_us = excluded.flush_p50_us, flush_p95_us = excluded.flush_p95_us, \
         flush_p99_us = excluded.flush_p99_us",
    )
    .bind(grain.seconds())
    .bind(stretch.at)
    .bind(node.to_owned())
    .bind(stretch.seconds)
    .bind(stretch.people)
    .bind(stretch.most_people)
    .bind(stretch.most_bots)
    .bind(stretch.messages)
    .bind(stretch.deliveries)
    .bind(stretch.most_deliveries)
    .bind(p50)
    .bind(p95)
    .bind(p99)
    .execute(connection)
    .await?;
    Ok(())
}

/// Every stretch between two moments, nodes added up; the longest first, each kind in its order of time.
pub(super) async fn between(
    database: &Database,
    from: i64,
    until: i64,
) -> Result<Vec<Stretch>, StoreError> {
    let mut found = Vec::new();
    for grain in Grain::ALL.into_iter().rev() {
        let rows = sqlx::query(
            "SELECT * FROM chronicle WHERE step = $1 AND at >= $2 AND at < $3 ORDER BY at",
        )
        .bind(grain.seconds())
        .bind(from)
        .bind(until)
        .fetch_all(database.pool())
        .await?;
        found.extend(added_up(&read(&rows)?, grain));
    }
    Ok(found)
}

/// When the newest stretch of each node begins, of those that wrote one since.
pub(super) async fn newest(
    database: &Database,
    since: i64,
) -> Result<Vec<(String, i64)>, StoreError> {
    let rows = sqlx::query(
        "SELECT node, MAX(at) AS newest FROM chronicle WHERE step = $1 AND at >= $2 GROUP BY node",
    )
    .bind(Grain::Fine.seconds())
    .bind(since)
    .fetch_all(database.pool())
    .await?;
    let rows = rows
        .iter()
        .map(|row| Ok((row.try_get("node")?, row.try_get("newest")?)));
    Ok(rows.collect::<Result<_, sqlx::Error>>()?)
}

/// Takes the rows of a grain between two moments out of the table.
pub(super) async fn take(
    connection: &mut Lease,
    grain: Grain,
    (from, until): (i64, i64),
) -> Result<Vec<Stretch>, StoreError> {
    let rows =
        sqlx::query("DELETE FROM chronicle WHERE step = $1 AND at >= $2 AND at < $3 RETURNING *")
            .bind(grain.seconds())
            .bind(from)
            .bind(until)
            .fetch_all(connection)
            .await?;
    Ok(added_up(&read(&rows)?, grain))
}

/// When the oldest row of a grain begins.
pub(super) async fn oldest(database: &Database, grain: Grain) -> Result<Option<i64>, StoreError> {
    let oldest = sqlx::query_scalar("SELECT MIN(at) FROM chronicle WHERE step = $1")
        .bind(grain.seconds())
        .fetch_one(database.pool())
        .await?;
    Ok(oldest)
}

/// Deletes the rows of a grain that begin before one moment or after another.
pub(super) async fn forget(
    database: &Database,
    grain: Grain,
    before: i64,
    after: i64,
) -> Result<(), StoreError> {
    for (condition, moment) in [
        ("DELETE FROM chronicle WHERE step = $1 AND at < $2", before),
        ("DELETE FROM chronicle WHERE step = $1 AND at > $2", after),
    ] {
        sqlx::query(condition)
            .bind(grain.seconds())
            .bind(moment)
            .execute(database.pool())
            .await?;
    }
    Ok(())
}

fn read(rows: &[AnyRow]) -> Result<Vec<Stretch>, sqlx::Error> {
    let rows = rows.iter().map(|row| {
        Ok(columns!(row => Stretch {
            at, seconds, people, most_people, most_bots, messages, deliveries, most_deliveries;
            flush_us: [
                row.try_get("flush_p50_us")?,
                row.try_get("flush_p95_us")?,
                row.try_get("flush_p99_us")?,
            ],
        }))
    });
    rows.collect()
}
