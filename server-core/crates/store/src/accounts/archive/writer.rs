//! The one task that writes to the archive.

use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{ArchiveCommand, ArchiveQueue, queries};
use crate::storage::{Database, StoreError};

/// Commands carried out in one go; a transaction of this size takes a few milliseconds.
const BATCH: usize = 128;
/// Pause after the first failure; doubles up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_millis(200);
/// Longest pause between two tries: as often as the database itself is asked whether it works again. What waits is lost
/// when the program is killed.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

pub(super) async fn run(
    database: &Database,
    shared: &ArchiveQueue,
    mut inbox: mpsc::Receiver<ArchiveCommand>,
    stop: &CancellationToken,
) {
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        tokio::select! {
            biased;
            () = stop.cancelled() => break,
            received = inbox.recv_many(&mut batch, BATCH) => if received == 0 { return },
        }
        if !write_until_done(database, shared, &mut batch, stop).await {
            break;
        }
    }
    inbox.close();
    // Whoever stops this task knows how long it may still try, and ends it then.
    let never = CancellationToken::new();
    while !batch.is_empty() || inbox.recv_many(&mut batch, BATCH).await > 0 {
        if database.is_closed() {
            return;
        }
        write_until_done(database, shared, &mut batch, &never).await;
    }
}

/// Tries until everything is written. `false` when `stop` comes first.
async fn write_until_done(
    database: &Database,
    shared: &ArchiveQueue,
    batch: &mut Vec<ArchiveCommand>,
    stop: &CancellationToken,
) -> bool {
    let mut pause = FIRST_PAUSE;
    loop {
        match carry_out(database, shared, batch).await {
            Ok(()) => {
                if shared.failing.swap(false, Ordering::Relaxed) {
                    tracing::info!("the chat archive is written again");
                }
                return true;
            }
            Err(error) => {
                if !shared.failing.swap(true, Ordering::Relaxed) {
                    tracing::warn!(%error, "the chat archive cannot be written; trying again");
                }
            }
        }
        tokio::select! {
            () = stop.cancelled() => return false,
            () = tokio::time::sleep(pause) => pause = (pause * 2).min(LONGEST_PAUSE),
        }
    }
}

/// Carries out commands in their order: runs of messages in one transaction each. What is done
/// leaves the batch; after an error the rest is still in it.
async fn carry_out(
    database: &Database,
    shared: &ArchiveQueue,
    batch: &mut Vec<ArchiveCommand>,
) -> Result<(), StoreError> {
    while !batch.is_empty() {
        let messages = batch
            .iter()
            .take_while(|command| matches!(command, ArchiveCommand::Write(..)))
            .count();
        let done = if messages > 0 {
            let mut transaction = database.pool().begin().await?;
            for command in &batch[..messages] {
                if let ArchiveCommand::Write(message, author) = command {
                    queries::insert(&mut transaction, message, author.as_ref()).await?;
                }
            }
            transaction.commit().await?;
            batch.drain(..messages);
            messages
        } else {
            remove(database, batch).await?;
            1
        };
        shared.pending.fetch_sub(done, Ordering::AcqRel);
    }
    Ok(())
}

/// Carries out the removal at the front of the batch and takes it out. Whoever asked may have given up waiting; the
/// message is removed all the same.
async fn remove(database: &Database, batch: &mut Vec<ArchiveCommand>) -> Result<(), StoreError> {
    if let Some(ArchiveCommand::Remove { id, by, .. }) = batch.first() {
        let removed = queries::mark_removed(database, id, by).await?;
        if let ArchiveCommand::Remove { reply, .. } = batch.remove(0) {
            let _ = reply.send(removed);
        }
    }
    Ok(())
}
