//! Whether player ids belong to accounts, asked in one query by all who come in at the same time.
//!
//! After a restart a whole crowd asks within a second, and each query of its own would cost two changes of thread with
//! the database's worker. An answer is never older than its question: whose question comes while a query runs is in the
//! next one.

use std::sync::{Arc, LazyLock};

use parking_lot::Mutex;
use sqlx::{Any, AssertSqlSafe};
use tokio::sync::{Mutex as Turn, oneshot};

use crate::storage::{Database, StoreError};

/// A query with room for so many ids: what is left of it is filled up with the last one, so that a database prepares
/// few texts.
struct IdQuery {
    places: usize,
    text: String,
}

impl IdQuery {
    fn with(places: usize) -> Self {
        let names: Vec<_> = (1..=places).map(|n| format!("${n}")).collect();
        let text = format!("SELECT id FROM users WHERE id IN ({})", names.join(", "));
        Self { places, text }
    }
}

/// For those who come in at the same time, and for a crowd of which each waits `JOIN_LOOKUP_MS` at most.
static QUERIES: LazyLock<[IdQuery; 2]> = LazyLock::new(|| [64, 1024].map(IdQuery::with));

type AskedId = (String, oneshot::Sender<bool>);

/// See the module; cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct PlayerIds {
    database: Database,
    /// Held to put a question in or to take all of them.
    waiting: Arc<Mutex<Vec<AskedId>>>,
    /// Held by whoever asks for all, across the query.
    turn: Arc<Turn<()>>,
}

impl PlayerIds {
    pub(super) fn new(database: Database) -> Self {
        Self {
            database,
            waiting: Arc::default(),
            turn: Arc::default(),
        }
    }

    /// Whether an account has this id, folded.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub(super) async fn exists(&self, folded: &str) -> Result<bool, StoreError> {
        loop {
            let (answer, mut answered) = oneshot::channel();
            self.waiting.lock().push((folded.to_owned(), answer));
            let turn = tokio::select! {
                biased;
                answer = &mut answered => match answer {
                    Ok(exists) => return Ok(exists),
                    // Whoever asked gave up, or failed, and says so itself: this question is still open.
                    Err(_) => continue,
                },
                turn = self.turn.lock() => turn,
            };
            self.ask_for_all().await?;
            drop(turn);
            if let Ok(exists) = answered.try_recv() {
                return Ok(exists);
            }
        }
    }

    async fn ask_for_all(&self) -> Result<(), StoreError> {
        let mut questions = std::mem::take(&mut *self.waiting.lock());
        questions.retain(|(_, answer)| !answer.is_closed());
        while !questions.is_empty() {
            let [few, many] = &*QUERIES;
            let query = if questions.len() > few.places {
                many
            } else {
                few
            };
            let rest = questions.split_off(questions.len().min(query.places));
            let known = self.known(query, &questions).await?;
            for (id, answer) in std::mem::replace(&mut questions, rest) {
                // Whoever asked may have given up meanwhile.
                let _ = answer.send(known.contains(&id));
            }
        }
        Ok(())
    }

    /// Which of the ids belong to accounts.
    async fn known(
        &self,
        query: &'static IdQuery,
        asked: &[AskedId],
    ) -> Result<Vec<String>, StoreError> {
        let ids = asked.iter().chain(asked.last().into_iter().cycle());
        let text = AssertSqlSafe(query.text.as_str());
        let query = ids
            .take(query.places)
            .fold(sqlx::query_scalar::<Any, String>(text), |query, (id, _)| {
                query.bind(id.clone())
            });
        Ok(query.fetch_all(self.database.pool()).await?)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::future::{Future, poll_fn};
    use std::task::Poll;

    use futures_util::future::join_all;

    use crate::accounts::Accounts;

    /// A crowd asks at once, and one of it gives up: everybody else has its own answer.
    pub(in crate::accounts) async fn ask_together(accounts: &Accounts, existing: &str) {
        let ids: Vec<String> = (0..1200)
            .map(|n| match n % 50 {
                7 => existing.to_owned(),
                _ => uuid::Uuid::new_v4().to_string(),
            })
            .collect();
        let mut gives_up = Box::pin(accounts.account_exists(existing));
        let mut asked = Box::pin(join_all(ids.iter().map(|id| accounts.account_exists(id))));
        // Mostly it has asked for everybody by now and has no answer yet.
        let early = poll_fn(|context| {
            let _ = gives_up.as_mut().poll(context);
            Poll::Ready(asked.as_mut().poll(context))
        });
        let early = early.await;
        drop(gives_up);
        let answers = match early {
            Poll::Ready(answers) => answers,
            Poll::Pending => asked.await,
        };
        for (id, answer) in ids.iter().zip(answers) {
            assert_eq!(answer.unwrap(), id == existing);
        }
    }
}
