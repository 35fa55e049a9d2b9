//! Whether the database answers now, asked again and again: a game in which nobody writes anything
//! would not notice that it is gone.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::time::{sleep, timeout};

use super::Database;

/// Between an answer and the next question.
const PAUSE: Duration = Duration::from_secs(1);
/// Time for an answer.
const DEADLINE: Duration = Duration::from_secs(1);

/// See the module; cheap to clone. Begins with the answer that opening the database was.
#[derive(Debug, Clone, Default)]
pub struct Probe {
    is_silent: Arc<AtomicBool>,
}

impl Probe {
    /// Whether the last question was answered in time.
    #[must_use]
    pub fn answers(&self) -> bool {
        !self.is_silent.load(Ordering::Relaxed)
    }

    /// Asks until it is dropped.
    pub async fn keep_asking(self, database: Database) {
        loop {
            sleep(PAUSE).await;
            let question = sqlx::query("SELECT 1").execute(database.pool());
            let silent = match timeout(DEADLINE, question).await {
                Ok(Ok(_)) => None,
                Ok(Err(error)) => Some(error.to_string()),
                Err(_) => Some("no answer in time".to_owned()),
            };
            let was_silent = self.is_silent.swap(silent.is_some(), Ordering::Relaxed);
            match silent {
                Some(error) if !was_silent => {
                    tracing::warn!(error, "the database does not answer");
                }
                None if was_silent => tracing::info!("the database answers again"),
                _ => {}
            }
        }
    }
}
