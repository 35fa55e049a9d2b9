//! Work that goes on behind the game, and its one end.

use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::Deadline;

/// Owns tasks that run until they are told to stop.
#[derive(Debug, Default)]
pub struct Background {
    stop: CancellationToken,
    tasks: Vec<(&'static str, JoinHandle<()>)>,
}

impl Background {
    /// Starts a task; `name` says in the log what it does. It ends soon after the token it is given is
    /// cancelled, with what still has to be done then.
    pub fn start<F>(&mut self, name: &'static str, work: impl FnOnce(CancellationToken) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.tasks
            .push((name, tokio::spawn(work(self.stop.clone()))));
    }

    /// Tells all tasks to stop, without waiting.
    pub fn stop(&self) {
        self.stop.cancel();
    }

    /// Stops all tasks and waits for them until the deadline; what has not ended by then is aborted.
    pub async fn close(self, deadline: Deadline) {
        self.stop.cancel();
        for (name, mut task) in self.tasks {
            if deadline.limit(&mut task).await.is_err() {
                tracing::warn!(task = name, "aborted, because it did not end in time");
                task.abort();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn tasks_that_do_not_end_are_aborted_at_one_deadline() {
        let mut background = Background::default();
        let (ended, mut endings) = mpsc::unbounded_channel();
        for name in ["first", "second", "third"] {
            let ended = ended.clone();
            background.start(name, |_| async move {
                let _held = ended;
                std::future::pending::<()>().await;
            });
        }
        background.start("good", |stop| async move {
            stop.cancelled().await;
            let _ = ended.send("good");
        });
        background
            .close(Deadline::after(Duration::from_millis(100)))
            .await;
        assert_eq!(endings.recv().await, Some("good"));
        assert_eq!(endings.recv().await, None, "the others are gone");
    }
}
