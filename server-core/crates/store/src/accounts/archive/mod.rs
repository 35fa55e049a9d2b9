//! The chat archive: every message, written behind the game's back.
//!
//! [`Archive::push`] never waits: messages go into a bounded queue and one task ([`writer`]) writes
//! them in batches. While the database fails the task tries again with growing pauses and
//! [`Archive::is_degraded`] says so; when the queue is full the newest message is dropped and
//! counted, because the ones before it are already promised. The live history in memory is not
//! affected. Queries live in [`queries`].

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use crate::storage::{Database, StoreError};
use contract::admin::PersonRef;
use contract::{ChatMessage, MessageId};

mod queries;
mod writer;

pub use queries::MessageFilter;

/// Messages that may wait to be written. At the chat limits of a busy world (50 a second) that
/// bridges more than a minute without a database and takes about 4 MB.
pub const QUEUE_MESSAGES: usize = 4096;
/// How many of the last messages are looked at for what was missed: enough that one which is new among
/// those that clients keep was not there before, though some between them were deleted.
pub const RECALLED: u32 = 512;
/// How long a removal waits for a message that is still in the queue.
const REMOVAL_TIMEOUT: Duration = Duration::from_secs(3);

/// Handle on the archive; cheap to clone.
#[derive(Debug, Clone)]
pub struct Archive {
    database: Database,
    queue: mpsc::Sender<ArchiveCommand>,
    shared: Arc<ArchiveQueue>,
}

#[derive(Debug)]
struct ArchiveQueue {
    /// Taken once, by the writer. Its lock is held for one `take`.
    inbox: Mutex<Option<mpsc::Receiver<ArchiveCommand>>>,
    /// Commands pushed and not yet carried out.
    pending: AtomicUsize,
    failing: AtomicBool,
    dropped: AtomicU64,
}

#[derive(Debug)]
enum ArchiveCommand {
    Write(ChatMessage, Option<PersonRef>),
    Remove {
        id: MessageId,
        by: String,
        reply: oneshot::Sender<bool>,
    },
}

impl Archive {
    pub(super) fn new(database: Database) -> Self {
        let (queue, inbox) = mpsc::channel(QUEUE_MESSAGES);
        Self {
            database,
            queue,
            shared: Arc::new(ArchiveQueue {
                inbox: Mutex::new(Some(inbox)),
                pending: AtomicUsize::new(0),
                failing: AtomicBool::new(false),
                dropped: AtomicU64::new(0),
            }),
        }
    }

    /// The task that writes, to be spawned once by the owner of all tasks. It ends when `stop` is
    /// cancelled, after writing what waits, or at once when it was started before.
    pub fn writer(&self, stop: CancellationToken) -> impl Future<Output = ()> + Send + 'static {
        let inbox = self.shared.inbox.lock().take();
        let (database, shared) = (self.database.clone(), Arc::clone(&self.shared));
        async move {
            if let Some(inbox) = inbox {
                writer::run(&database, &shared, inbox, &stop).await;
            }
        }
    }

    /// Queues a message and who said it. Never waits; `false` when the queue was full and the message is lost to
    /// the archive.
    pub fn push(&self, message: ChatMessage, author: Option<PersonRef>) -> bool {
        let queued = self.send(ArchiveCommand::Write(message, author)).is_ok();
        if !queued {
            let before = self.shared.dropped.fetch_add(1, Ordering::Relaxed);
            if before.is_multiple_of(1000) {
                tracing::warn!(
                    dropped = before + 1,
                    "the chat archive is full; messages are lost"
                );
            }
        }
        queued
    }

    /// Whether messages cannot be written right now.
    #[must_use]
    pub fn is_degraded(&self) -> bool {
        self.shared.failing.load(Ordering::Relaxed) || self.queue.capacity() == 0
    }

    /// Messages lost since the start because the queue was full.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.shared.dropped.load(Ordering::Relaxed)
    }

    /// Messages that wait to be written.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.shared.pending.load(Ordering::Acquire)
    }

    /// Marks a message as removed, also one that still waits to be written. `false` when the
    /// archive does not hold it, or it was removed before.
    ///
    /// # Errors
    /// See [`StoreError`]; also when the writer does not get to it in time.
    pub async fn mark_removed(&self, id: &MessageId, by: &str) -> Result<bool, StoreError> {
        // Read before the update: what is written in between is found by the update itself.
        let waiting = self.waiting() > 0;
        if queries::mark_removed(&self.database, id, by).await? {
            return Ok(true);
        }
        if !waiting {
            return Ok(false);
        }
        let (reply, answer) = oneshot::channel();
        let late = || StoreError(sqlx::Error::PoolTimedOut);
        let (id, by) = (id.clone(), by.to_owned());
        self.send(ArchiveCommand::Remove { id, by, reply })
            .map_err(|()| late())?;
        match tokio::time::timeout(REMOVAL_TIMEOUT, answer).await {
            Ok(Ok(removed)) => Ok(removed),
            Ok(Err(_)) | Err(_) => Err(late()),
        }
    }

    fn send(&self, command: ArchiveCommand) -> Result<(), ()> {
        self.shared.pending.fetch_add(1, Ordering::AcqRel);
        self.queue.try_send(command).map_err(|_| {
            self.shared.pending.fetch_sub(1, Ordering::AcqRel);
        })
    }
}

#[cfg(test)]
mod tests;
