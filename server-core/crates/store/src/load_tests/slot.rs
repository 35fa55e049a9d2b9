//! The slot for the one run that may be under way, in the database that all nodes share: who has
//! it, how far the run is, and who asks it to end.

use serde::{Deserialize, Serialize};
use sqlx::Row;

use super::{LINE, LoadTestHistory, json, parsed, run};
use crate::storage::StoreError;
use contract::admin::load_test::LoadTestWhy;
use contract::admin::{Actor, LoadTestRun, LoadTestState};
use contract::load_test::Second;

/// Who or what ends a run early.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stop {
    /// A host.
    By(Actor),
    /// A rule.
    Because(LoadTestWhy),
}

/// The run that has the slot.
#[derive(Debug, Clone, PartialEq)]
pub struct UnderWay {
    /// As the history has it.
    pub run: LoadTestRun,
    /// Stands still when its node is gone.
    pub beat: i64,
}

/// What a node that leads a run finds with each heartbeat.
#[derive(Debug, Clone, PartialEq)]
pub enum HeartbeatReply {
    /// Nothing.
    On,
    /// Somebody asks it to end, on any node.
    Stop(Stop),
    /// The slot is no longer its own: others took it for dead.
    Lost,
}

impl LoadTestHistory {
    /// The run that has the slot.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn under_way(&self) -> Result<Option<UnderWay>, StoreError> {
        let query = format!("SELECT {LINE}, beat FROM load_tests WHERE place = 1");
        let row = sqlx::query(sqlx::AssertSqlSafe(query))
            .fetch_optional(self.database.pool())
            .await?;
        row.map(|row| {
            Ok(UnderWay {
                run: run(&row)?,
                beat: row.try_get("beat")?,
            })
        })
        .transpose()
    }

    /// Says for the node that leads `id` that it goes on; `seconds` are new, the first of them has
    /// the number `first`. `stop` is what ends the run, when that came from this node.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn beat(
        &self,
        id: &str,
        first: usize,
        seconds: &[Second],
        stop: Option<&Stop>,
    ) -> Result<HeartbeatReply, StoreError> {
        let mut change = self.database.pool().begin().await?;
        let updated = sqlx::query(
            "UPDATE load_tests SET beat = beat + 1, stop = COALESCE(stop, $2), \
             state = CASE WHEN $2 IS NULL THEN state ELSE $3 END WHERE id = $1 AND place = 1",
        )
        .bind(id.to_owned())
        .bind(stop.map(json).transpose()?)
        .bind(LoadTestState::Stopping.as_str())
        .execute(&mut *change)
        .await?;
        if updated.rows_affected() == 0 {
            change.rollback().await?;
            return Ok(HeartbeatReply::Lost);
        }
        for (number, second) in (first..).zip(seconds) {
            sqlx::query("INSERT INTO load_test_seconds (run, number, second) VALUES ($1, $2, $3)")
                .bind(id.to_owned())
                .bind(i64::try_from(number).unwrap_or(i64::MAX))
                .bind(json(second)?)
                .execute(&mut *change)
                .await?;
        }
        let row = sqlx::query("SELECT stop FROM load_tests WHERE id = $1")
            .bind(id.to_owned())
            .fetch_one(&mut *change)
            .await?;
        change.commit().await?;
        Ok(parsed(&row, "stop")?.map_or(HeartbeatReply::On, HeartbeatReply::Stop))
    }

    /// Asks the node that leads a run to end it. Nothing happens to one that is over, or was asked
    /// before.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn ask_stop(&self, id: &str, stop: &Stop) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE load_tests SET stop = $2, state = $3 \
             WHERE id = $1 AND place = 1 AND stop IS NULL",
        )
        .bind(id.to_owned())
        .bind(json(stop)?)
        .bind(LoadTestState::Stopping.as_str())
        .execute(self.database.pool())
        .await?;
        Ok(())
    }

    /// Ends a run whose node is gone, unless its heartbeat went on since `beat`. What it had written stays.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn end_lost(&self, id: &str, beat: i64, why: &LoadTestWhy) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE load_tests SET state = $3, why = $4, place = NULL, stop = NULL \
             WHERE id = $1 AND beat = $2 AND place = 1",
        )
        .bind(id.to_owned())
        .bind(beat)
        .bind(LoadTestState::Failed.as_str())
        .bind(json(why)?)
        .execute(self.database.pool())
        .await?;
        Ok(())
    }

    /// How many seconds of a run its node has written so far.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn second_count(&self, id: &str) -> Result<i64, StoreError> {
        let row = sqlx::query("SELECT COUNT(*) AS n FROM load_test_seconds WHERE run = $1")
            .bind(id.to_owned())
            .fetch_one(self.database.pool())
            .await?;
        Ok(row.try_get("n")?)
    }

    /// What a node wrote about its run, from the second with the number `first` on.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn seconds(&self, id: &str, first: i64) -> Result<Vec<Second>, StoreError> {
        let rows = sqlx::query(
            "SELECT second FROM load_test_seconds WHERE run = $1 AND number >= $2 ORDER BY number",
        )
        .bind(id.to_owned())
        .bind(first)
        .fetch_all(self.database.pool())
        .await?;
        let second = |row| parsed(row, "second");
        let seconds = rows.iter().map(second).collect::<Result<Vec<_>, _>>()?;
        Ok(seconds.into_iter().flatten().collect())
    }
}
