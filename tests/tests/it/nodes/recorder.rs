//! A client that records everything it hears, for comparison at the end.

use std::time::Duration;

use serde_json::Value;
use tests::{Client, Connect, WorldMirror, soon};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// How long nodes may take to agree, on a busy machine.
const AGREEMENT: Duration = Duration::from_secs(15);

/// Mirrors the world in a task of its own. A mirror fails on an event that breaks the contract: an
/// update of nobody, a second goodbye of the same player.
pub(crate) struct WorldRecorder {
    seen: watch::Receiver<WorldMirror>,
    orders: mpsc::UnboundedSender<()>,
    task: JoinHandle<(Client, WorldMirror)>,
}

impl WorldRecorder {
    /// Connects and begins with the snapshot.
    pub(crate) async fn open(connect: &Connect) -> Self {
        let mut client = connect.open().await;
        let mut mirror = WorldMirror::of(&client.expect("world:state").await);
        let (tell, seen) = watch::channel(mirror.clone());
        let (orders, mut ordered) = mpsc::unbounded_channel();
        let task = tokio::spawn(async move {
            loop {
                tokio::select! {
                    _ = ordered.recv() => break,
                    event = client.coming() => {
                        mirror.apply(&event);
                        tell.send_replace(mirror.clone());
                    }
                }
            }
            for event in client.settle().await {
                mirror.apply(&event);
            }
            (client, mirror)
        });
        Self { seen, orders, task }
    }

    /// Waits until the mirror is as wanted.
    pub(crate) async fn until(&mut self, what: &str, wanted: impl FnMut(&WorldMirror) -> bool) {
        let waiting = soon(what, self.seen.wait_for(wanted)).await.is_ok();
        assert!(waiting, "the recorder ended before {what}");
    }

    /// Ends the recording and compares it with what a newcomer is shown once all nodes agree.
    pub(crate) async fn finish(self, fresh: &Connect) -> WorldMirror {
        let _ = self.orders.send(());
        let (_, mirror) = self.task.await.expect("nothing broke the contract");
        // The newcomer may ask another node, which hears of the last change a moment later.
        let agreed = timeout(AGREEMENT, async {
            while !mirror.shows(&snapshot(fresh).await) {}
        });
        let _ = agreed.await;
        mirror.assert_shows(&snapshot(fresh).await);
        mirror
    }
}

/// What a newcomer is shown.
pub(crate) async fn snapshot(connect: &Connect) -> Value {
    connect.open().await.expect("world:state").await
}

/// How often each of the ids stands in the list.
#[track_caller]
pub(crate) fn assert_each_once(ids: &[String], expected: impl IntoIterator<Item = String>) {
    let mut ids = ids.to_vec();
    ids.sort();
    let mut expected: Vec<String> = expected.into_iter().collect();
    expected.sort();
    assert_eq!(ids, expected);
}
