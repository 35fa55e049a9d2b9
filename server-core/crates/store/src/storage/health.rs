//! Whether the database takes writes, and finding out.

use std::time::Duration;

use sqlx::error::ErrorKind;
use tokio::sync::{Notify, watch};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use super::{Database, StoreError};

/// Time between two looks at a database that works. A failing write is noticed at once; this notices
/// a database that is gone while nobody asks it for anything.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// A database that takes longer to answer such a look counts as gone: an outage of three seconds is
/// noticed.
const LOOK_PATIENCE: Duration = Duration::from_millis(1500);
/// Time between two tries to write to one that does not.
const TRY_EVERY: Duration = Duration::from_secs(1);
/// One that takes longer for a write does not take it.
const PATIENCE: Duration = Duration::from_secs(3);
/// The row of `settings` that is written to prove that the database takes writes.
const KEY: &str = "database.proof";

/// What is known about the database.
#[derive(Debug)]
pub(super) struct StoreHealth {
    degraded: watch::Sender<bool>,
    doubt: Notify,
}

impl Default for StoreHealth {
    fn default() -> Self {
        Self {
            degraded: watch::Sender::new(false),
            doubt: Notify::new(),
        }
    }
}

impl StoreHealth {
    /// It answered with an error, which may be one of the question.
    pub(super) fn note(&self, error: &sqlx::Error) {
        if !is_answer(error) {
            self.failed(error);
        }
    }

    /// It failed to do what was asked: from now on it has to prove that it works.
    pub(super) fn failed(&self, error: &sqlx::Error) {
        if !self.degraded.send_replace(true) {
            tracing::warn!(%error, "the database fails");
        }
        self.doubt();
    }

    /// Something ended without its answer, which may be a failure or a caller that went away.
    pub(super) fn doubt(&self) {
        self.doubt.notify_one();
    }

    fn proven(&self) {
        if self.degraded.send_replace(false) {
            tracing::info!("the database takes writes again");
        }
    }
}

impl Database {
    /// Whether the database failed and has not committed a write since.
    #[must_use]
    pub fn is_degraded(&self) -> bool {
        *self.pool.health().degraded.borrow()
    }

    /// Tells when [`Self::is_degraded`] changes.
    #[must_use]
    pub fn watch_degraded(&self) -> watch::Receiver<bool> {
        self.pool.health().degraded.subscribe()
    }

    /// Looks after the database until `stop`: asks it something now and then, and after any failure
    /// writes until a write is committed.
    pub async fn keep_proving(self, stop: CancellationToken) {
        let proving = async {
            loop {
                let doubted = tokio::select! {
                    () = self.pool.health().doubt.notified() => true,
                    () = sleep(LOOK_EVERY) => false,
                };
                if !doubted && !self.is_degraded() && self.answers().await {
                    continue;
                }
                while !self.takes_writes().await {
                    sleep(TRY_EVERY).await;
                }
            }
        };
        stop.run_until_cancelled(proving).await;
    }

    async fn answers(&self) -> bool {
        let asked = async {
            sqlx::query("SELECT value FROM settings WHERE key = $1")
                .bind(KEY)
                .fetch_optional(self.pool())
                .await?;
            Ok(())
        };
        self.in_time(LOOK_PATIENCE, asked).await
    }

    async fn takes_writes(&self) -> bool {
        let proven = self.in_time(PATIENCE, self.prove()).await;
        if proven {
            self.pool.health().proven();
        }
        proven
    }

    /// Commits a write that changes something.
    async fn prove(&self) -> Result<(), StoreError> {
        let mut change = self.pool.begin().await?;
        sqlx::query(
            "INSERT INTO settings (key, value) VALUES ($1, $2) \
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        )
        .bind(KEY)
        .bind(chrono::Utc::now().timestamp_millis().to_string())
        .execute(&mut *change)
        .await?;
        Ok(change.commit().await?)
    }

    async fn in_time(
        &self,
        patience: Duration,
        work: impl Future<Output = Result<(), StoreError>>,
    ) -> bool {
        let late = Err(StoreError(sqlx::Error::PoolTimedOut));
        match timeout(patience, work).await.unwrap_or(late) {
            Ok(()) => true,
            Err(StoreError(error)) => {
                self.pool.health().failed(&error);
                false
            }
        }
    }
}

/// Whether an error says something about what was asked, not about the database: it has answered and
/// the connection can be used again, or it was closed by this program.
pub(super) fn is_answer(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::RowNotFound
        | sqlx::Error::PoolClosed
        | sqlx::Error::Encode(_)
        | sqlx::Error::Decode(_)
        | sqlx::Error::ColumnDecode { .. }
        | sqlx::Error::ColumnNotFound(_)
        | sqlx::Error::ColumnIndexOutOfBounds { .. } => true,
        sqlx::Error::Database(error) => {
            // What a text or number may not be: class 22 of SQLSTATE, whose codes have five letters.
            let is_about_data = |code: &str| code.len() == 5 && code.starts_with("22");
            !matches!(error.kind(), ErrorKind::Other)
                || error.code().is_some_and(|it| is_about_data(&it))
        }
        _ => false,
    }
}
