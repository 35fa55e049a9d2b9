//! What sessions hand over and wait for: each is kept, and answered when it lasts.

use std::future::Future;

use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use session::directory::LookupFailed;
use store::storage::StoreError;

/// Things of one kind that may wait for the database at once; more are refused.
pub(super) const MOST_WAITING: usize = 64;

/// Something, and where to say whether it was kept.
pub(super) type HandedIn<T> = (T, oneshot::Sender<Result<bool, LookupFailed>>);

/// Hands something over and waits for the answer.
pub(super) async fn hand_over<T>(
    inbox: &mpsc::Sender<HandedIn<T>>,
    what: T,
) -> Result<bool, LookupFailed> {
    let (answer, kept) = oneshot::channel();
    if inbox.try_send((what, answer)).is_err() {
        tracing::warn!("too much waits for the database; something is refused");
        return Err(LookupFailed);
    }
    kept.await.unwrap_or(Err(LookupFailed))
}

/// Keeps what is handed over, one after the other, until `stop`.
pub(super) async fn keep_each<T, F>(
    mut inbox: mpsc::Receiver<HandedIn<T>>,
    stop: CancellationToken,
    keep: impl Fn(T) -> F,
) where
    F: Future<Output = Result<bool, StoreError>>,
{
    loop {
        let waiting = tokio::select! {
            biased;
            waiting = inbox.recv() => waiting,
            // Those that wait have been promised an answer.
            () = stop.cancelled(), if !inbox.is_closed() => {
                inbox.close();
                continue;
            }
        };
        let Some((what, answer)) = waiting else {
            return;
        };
        // Whoever stopped waiting was told that it was not kept.
        if answer.is_closed() {
            continue;
        }
        let kept = keep(what).await;
        let kept = kept.inspect_err(|error| tracing::warn!(%error, "something could not be kept"));
        let _ = answer.send(kept.map_err(|_| LookupFailed));
    }
}
