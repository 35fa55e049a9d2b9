//! The history of load tests: the table of runs, and in it the slot of the one under way.

mod slot;

pub use slot::{HeartbeatReply, Stop, UnderWay};

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::storage::row::actor;
use crate::storage::{Database, Listed, Listing, StoreError};
use contract::admin::load_test::{LoadTestDetail, LoadTestWhy};
use contract::admin::{LoadTestRun, LoadTestState};
use contract::load_test::{LoadTestReport, Second};
use runtime::clock::{iso, parse_iso};

/// The columns of a line in a list; report and seconds can be large.
const LINE: &str =
    "id, node, state, started_at, ended_at, started_by, started_by_name, plan, why, figures";

const RUNS: Listed = Listed {
    table: "load_tests",
    columns: LINE,
    moment: "started_at",
    order: "started_at DESC, id DESC",
};

/// The runs; cheap to clone.
#[derive(Debug, Clone)]
pub struct LoadTestHistory {
    database: Database,
}

impl LoadTestHistory {
    /// The runs in a database.
    #[must_use]
    pub fn new(database: Database) -> Self {
        Self { database }
    }

    /// Notes that a run begins, and forgets all but the newest `keep` runs. `false` when another one
    /// has the slot.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn begin(&self, run: &LoadTestRun, keep: u32) -> Result<bool, StoreError> {
        // One change: a run that is refused because the rest failed must not have the slot.
        let mut change = self.database.pool().begin().await?;
        let taken = sqlx::query(
            "INSERT INTO load_tests \
             (id, state, started_at, started_by, started_by_name, plan, node, place) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, 1)",
        )
        .bind(run.id.clone())
        .bind(run.state.as_str())
        .bind(parse_iso(&run.started_at).unwrap_or_default())
        .bind(run.started_by.id.clone())
        .bind(run.started_by.name.clone())
        .bind(json(&run.plan)?)
        .bind(run.node.clone())
        .execute(&mut *change)
        .await;
        if let Err(sqlx::Error::Database(error)) = &taken
            && error.is_unique_violation()
        {
            change.rollback().await?;
            return Ok(false);
        }
        taken?;
        sqlx::query(
            "DELETE FROM load_tests WHERE place IS NULL AND id NOT IN \
             (SELECT id FROM load_tests ORDER BY started_at DESC, id DESC LIMIT $1)",
        )
        .bind(i64::from(keep))
        .execute(&mut *change)
        .await?;
        sqlx::query("DELETE FROM load_test_seconds WHERE run NOT IN (SELECT id FROM load_tests)")
            .execute(&mut *change)
            .await?;
        change.commit().await?;
        Ok(true)
    }

    /// Keeps how a run ended and what it measured, and gives up its slot.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn end(
        &self,
        run: &LoadTestRun,
        report: Option<&LoadTestReport>,
        seconds: &[Second],
    ) -> Result<(), StoreError> {
        let mut change = self.database.pool().begin().await?;
        sqlx::query(
            "UPDATE load_tests SET state = $2, ended_at = $3, why = $4, figures = $5, \
             report = $6, seconds = $7, place = NULL, stop = NULL WHERE id = $1",
        )
        .bind(run.id.clone())
        .bind(run.state.as_str())
        .bind(run.ended_at.as_deref().and_then(parse_iso))
        .bind(run.why.as_ref().map(json).transpose()?)
        .bind(run.figures.as_ref().map(json).transpose()?)
        .bind(report.map(json).transpose()?)
        .bind(json(&seconds)?)
        .execute(&mut *change)
        .await?;
        sqlx::query("DELETE FROM load_test_seconds WHERE run = $1")
            .bind(run.id.clone())
            .execute(&mut *change)
            .await?;
        change.commit().await?;
        Ok(())
    }

    /// Ends what was left without an end by a node that is alone with its database.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn end_unfinished(&self, why: &LoadTestWhy) -> Result<(), StoreError> {
        let ended = "UPDATE load_tests SET state = $1, why = $2, place = NULL, stop = NULL \
             WHERE state IN ($3, $4)";
        sqlx::query(ended)
            .bind(LoadTestState::Failed.as_str())
            .bind(json(why)?)
            .bind(LoadTestState::Running.as_str())
            .bind(LoadTestState::Stopping.as_str())
            .execute(self.database.pool())
            .await?;
        Ok(())
    }

    /// Deletes a run and what was measured.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn delete(&self, id: &str) -> Result<(), StoreError> {
        let mut change = self.database.pool().begin().await?;
        for table in [
            "DELETE FROM load_tests WHERE id = $1",
            "DELETE FROM load_test_seconds WHERE run = $1",
        ] {
            sqlx::query(table)
                .bind(id.to_owned())
                .execute(&mut *change)
                .await?;
        }
        change.commit().await?;
        Ok(())
    }

    /// A run with all that was measured, up to now where it is under way. `None` when there is none.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn read(&self, id: &str) -> Result<Option<LoadTestDetail>, StoreError> {
        let row = sqlx::query("SELECT * FROM load_tests WHERE id = $1")
            .bind(id.to_owned())
            .fetch_optional(self.database.pool())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let seconds = match parsed(&row, "seconds")? {
            Some(seconds) => seconds,
            None => self.seconds(id, 0).await?,
        };
        Ok(Some(LoadTestDetail {
            run: run(&row)?,
            seconds,
            report: parsed(&row, "report")?,
        }))
    }

    /// A page of runs, newest first, and how many there are.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn list(
        &self,
        limit: u32,
        offset: u32,
    ) -> Result<(u64, Vec<LoadTestRun>), StoreError> {
        Listing::of(RUNS)
            .page(&self.database, (limit, offset), run)
            .await
    }
}

fn run(row: &AnyRow) -> Result<LoadTestRun, StoreError> {
    let state: String = row.try_get("state")?;
    let ended_at: Option<i64> = row.try_get("ended_at")?;
    let plan: Option<_> = parsed(row, "plan")?;
    Ok(LoadTestRun {
        id: row.try_get("id")?,
        node: row.try_get("node")?,
        state: LoadTestState::parse(&state).unwrap_or(LoadTestState::Failed),
        why: parsed(row, "why")?,
        started_by: actor(row, "started_by", "started_by_name")?,
        started_at: iso(row.try_get("started_at")?),
        ended_at: ended_at.map(iso),
        plan: plan.ok_or(sqlx::Error::RowNotFound)?,
        figures: parsed(row, "figures")?,
    })
}

fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| sqlx::Error::Encode(error.into()).into())
}

/// What another version wrote and this one cannot read fails like any unreadable column.
fn parsed<T: DeserializeOwned>(row: &AnyRow, column: &str) -> Result<Option<T>, StoreError> {
    let text: Option<String> = row.try_get(column)?;
    let value = text.map(|text| serde_json::from_str(&text)).transpose();
    value.map_err(|error| sqlx::Error::Decode(error.into()).into())
}

#[cfg(test)]
mod tests;
