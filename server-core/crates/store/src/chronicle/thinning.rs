//! Joining old stretches to longer ones, so that weeks need few rows.
//!
//! Any node may do it, also at the same moment: who deletes the shorter rows writes the longer ones, in
//! one transaction, and the other finds nothing left to join.

use std::collections::BTreeMap;

use super::stretch::{Grain, Stretch, joined};
use super::table;
use crate::storage::{Database, StoreError};

/// A day, in milliseconds.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// An hour, in milliseconds.
const HOUR_MS: i64 = 60 * 60 * 1000;

/// What is joined to what, and at which age in milliseconds: the range of an hour is drawn from stretches
/// of ten seconds, that of a day from minutes.
const STEPS: [(Grain, Grain, i64); 2] = [
    (Grain::Fine, Grain::Minute, 2 * HOUR_MS),
    (Grain::Minute, Grain::Quarter, 2 * DAY_MS),
];
/// What is joined in one transaction, in stretches of the longer kind: a few milliseconds' work.
const AT_ONCE: i64 = 60;

/// Joins what is old enough at `now`, and forgets what is older than `days`, or of a time that is more
/// than a day ahead: a clock was wrong then.
pub(super) async fn thin(database: &Database, now: i64, days: u32) -> Result<(), StoreError> {
    for grain in Grain::ALL {
        let before = now - i64::from(days) * DAY_MS;
        table::forget(database, grain, before, now + DAY_MS).await?;
    }
    for (short, long, age) in STEPS {
        let end = long.begin(now - age);
        while let Some(oldest) = table::oldest(database, short).await?
            && oldest < end
        {
            let from = long.begin(oldest);
            let until = end.min(from + AT_ONCE * long.ms());
            join(database, (short, long), (from, until)).await?;
        }
    }
    Ok(())
}

async fn join(
    database: &Database,
    (short, long): (Grain, Grain),
    (from, until): (i64, i64),
) -> Result<(), StoreError> {
    let mut transaction = database.pool().begin().await?;
    let taken = table::take(&mut transaction, short, (from, until)).await?;
    let mut longer: BTreeMap<i64, Stretch> = joined(taken, long.ms())
        .into_iter()
        .map(|one| (one.at, one))
        .collect();
    // One is there already when rows came late, or a clock was set back.
    for (at, one) in &mut longer {
        let span = (*at, *at + long.ms());
        for earlier in table::take(&mut transaction, long, span).await? {
            *one = earlier.followed_by(one);
        }
        let one = one.at_most(long.seconds());
        table::insert(&mut transaction, long, table::EVERYBODY, &one).await?;
    }
    transaction.commit().await?;
    Ok(())
}
