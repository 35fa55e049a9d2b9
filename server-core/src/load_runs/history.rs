//! The table of runs.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::accounts::time::{iso, parse_iso};
use crate::protocol::admin::load_test::{LoadTestDetail, LoadTestWhy};
use crate::protocol::admin::{Actor, LoadTestRun, LoadTestState};
use crate::protocol::load_test::{Report, Second};
use crate::storage::{Database, StoreError};

/// The columns of a line in a list; report and seconds can be large.
const LINE: &str =
    "id, state, started_at, ended_at, started_by, started_by_name, plan, why, figures";

/// See the module; cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct History {
    database: Database,
}

impl History {
    pub(super) fn new(database: Database) -> Self {
        Self { database }
    }

    /// Notes that a run begins, and forgets all but the newest `keep` runs.
    pub(super) async fn begin(&self, run: &LoadTestRun, keep: u32) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO load_tests (id, state, started_at, started_by, started_by_name, plan) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(run.id.clone())
        .bind(run.state.as_str())
        .bind(parse_iso(&run.started_at).unwrap_or_default())
        .bind(run.started_by.id.clone())
        .bind(run.started_by.name.clone())
        .bind(json(&run.plan)?)
        .execute(self.database.pool())
        .await?;
        sqlx::query(
            "DELETE FROM load_tests WHERE id NOT IN \
             (SELECT id FROM load_tests ORDER BY started_at DESC, id DESC LIMIT $1)",
        )
        .bind(i64::from(keep))
        .execute(self.database.pool())
        .await?;
        Ok(())
    }

    /// Keeps how a run ended and what it measured.
    pub(super) async fn end(
        &self,
        run: &LoadTestRun,
        report: Option<&Report>,
        seconds: &[Second],
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE load_tests SET state = $2, ended_at = $3, why = $4, figures = $5, \
             report = $6, seconds = $7 WHERE id = $1",
        )
        .bind(run.id.clone())
        .bind(run.state.as_str())
        .bind(run.ended_at.as_deref().and_then(parse_iso))
        .bind(run.why.as_ref().map(json).transpose()?)
        .bind(run.figures.as_ref().map(json).transpose()?)
        .bind(report.map(json).transpose()?)
        .bind(json(&seconds)?)
        .execute(self.database.pool())
        .await?;
        Ok(())
    }

    /// Ends what was left without an end.
    pub(super) async fn end_unfinished(&self, why: &LoadTestWhy) -> Result<(), StoreError> {
        sqlx::query("UPDATE load_tests SET state = $1, why = $2 WHERE state IN ($3, $4)")
            .bind(LoadTestState::Failed.as_str())
            .bind(json(why)?)
            .bind(LoadTestState::Running.as_str())
            .bind(LoadTestState::Stopping.as_str())
            .execute(self.database.pool())
            .await?;
        Ok(())
    }

    pub(super) async fn delete(&self, id: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM load_tests WHERE id = $1")
            .bind(id.to_owned())
            .execute(self.database.pool())
            .await?;
        Ok(())
    }

    pub(super) async fn read(&self, id: &str) -> Result<Option<LoadTestDetail>, StoreError> {
        let row = sqlx::query("SELECT * FROM load_tests WHERE id = $1")
            .bind(id.to_owned())
            .fetch_optional(self.database.pool())
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(LoadTestDetail {
            run: run(&row)?,
            seconds: parsed(&row, "seconds")?.unwrap_or_default(),
            report: parsed(&row, "report")?,
        }))
    }

    pub(super) async fn list(
        &self,
        limit: u32,
        offset: u32,
    ) -> Result<(u64, Vec<LoadTestRun>), StoreError> {
        let total: i64 = sqlx::query("SELECT COUNT(*) AS n FROM load_tests")
            .fetch_one(self.database.pool())
            .await?
            .try_get("n")?;
        let query = format!(
            "SELECT {LINE} FROM load_tests ORDER BY started_at DESC, id DESC LIMIT $1 OFFSET $2"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(query))
            .bind(i64::from(limit))
            .bind(i64::from(offset))
            .fetch_all(self.database.pool())
            .await?;
        let runs = rows.iter().map(run).collect::<Result<_, _>>()?;
        Ok((u64::try_from(total).unwrap_or_default(), runs))
    }
}

fn run(row: &AnyRow) -> Result<LoadTestRun, StoreError> {
    let state: String = row.try_get("state")?;
    let ended_at: Option<i64> = row.try_get("ended_at")?;
    let plan: Option<_> = parsed(row, "plan")?;
    Ok(LoadTestRun {
        id: row.try_get("id")?,
        state: LoadTestState::parse(&state).unwrap_or(LoadTestState::Failed),
        why: parsed(row, "why")?,
        started_by: Actor {
            id: row.try_get("started_by")?,
            name: row.try_get("started_by_name")?,
        },
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
mod tests {
    //! The same story on every database: SQLite always; PostgreSQL where it is installed.

    use super::*;
    use crate::accounts::time::now_ms;
    use crate::protocol::admin::load_test::{LoadTestPlan, LoadTestWhyCode};
    use crate::protocol::load_test::Mode;
    use crate::storage::stories;

    fn run(at: i64) -> LoadTestRun {
        LoadTestRun {
            id: uuid::Uuid::now_v7().to_string(),
            state: LoadTestState::Running,
            why: None,
            started_by: Actor {
                id: "ana".to_owned(),
                name: "Aná".to_owned(),
            },
            started_at: iso(at),
            ended_at: None,
            plan: LoadTestPlan {
                target_url: "http://127.0.0.1:4000".to_owned(),
                own: true,
                clients: 3,
                duration_ms: 1000,
                update_interval_ms: 100,
                spawn_interval_ms: 10,
                chat_interval_ms: 0,
                mode: Mode::Batch,
                ack_every: 1,
            },
            figures: None,
        }
    }

    async fn story(database: Database) {
        let history = History::new(database);
        let (first, second) = (run(now_ms() - 10), run(now_ms()));
        for run in [&first, &second] {
            history.begin(run, 10_000).await.unwrap();
            let read = history.read(&run.id).await.unwrap().unwrap();
            assert_eq!((&read.run, read.seconds.len()), (run, 0));
        }
        let ended = LoadTestRun {
            state: LoadTestState::Stopped,
            why: Some(LoadTestWhy::new(LoadTestWhyCode::StoppedByHost, "So.")),
            ended_at: Some(iso(now_ms())),
            ..first.clone()
        };
        let seconds = vec![Second::default(); 2];
        history.end(&ended, None, &seconds).await.unwrap();
        let read = history.read(&first.id).await.unwrap().unwrap();
        assert_eq!((&read.run, read.seconds), (&ended, seconds));
        let (total, newest) = history.list(2, 0).await.unwrap();
        assert!(total >= 2);
        assert_eq!(newest, [second.clone(), ended.clone()]);

        let why = LoadTestWhy::new(LoadTestWhyCode::ServerClosed, "It ended.");
        history.end_unfinished(&why).await.unwrap();
        let read = history.read(&second.id).await.unwrap().unwrap().run;
        assert_eq!((read.state, read.why), (LoadTestState::Failed, Some(why)));
        let read = history.read(&first.id).await.unwrap().unwrap().run;
        assert_eq!(read, ended, "what was over stays as it was");
        history.begin(&run(now_ms() + 1), 1).await.unwrap();
        assert_eq!(history.list(9, 0).await.unwrap().0, 1, "only the newest");
        assert!(history.read(&first.id).await.unwrap().is_none());
    }

    #[tokio::test]
    async fn on_sqlite() {
        stories::on_sqlite(story).await;
    }

    #[tokio::test]
    async fn on_postgres() {
        stories::on_postgres(story).await;
    }
}
