//! What a node publishes about the run it leads: a heartbeat a second, in the database.

use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use super::LoadRuns;
use contract::admin::load_test::{LoadTestWhy, LoadTestWhyCode};
use contract::load_test::Second;
use store::load_tests::{HeartbeatReply, Stop};

impl LoadRuns {
    /// Writes until the run is `over`, and reads what other nodes ask of it.
    pub(super) async fn keep_heartbeat(self, id: String, over: CancellationToken) {
        let mut looks = interval(self.inner.dependencies.pace.look);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut written = 0;
        while over.run_until_cancelled(looks.tick()).await.is_some() {
            let Some((seconds, stop)) = self.unwritten(&id, written) else {
                return;
            };
            let history = &self.inner.history;
            match history.beat(&id, written, &seconds, stop.as_ref()).await {
                Ok(reply) => {
                    written += seconds.len();
                    match reply {
                        HeartbeatReply::On => {}
                        HeartbeatReply::Stop(_) if stop.is_some() => {}
                        HeartbeatReply::Stop(stop) => self.stop_for(&id, stop),
                        HeartbeatReply::Lost => return self.stop_for(&id, lost_touch()),
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "the heartbeat of a load test was not written");
                }
            }
        }
    }

    /// The seconds from the number `from` on, and what ends the run if something does.
    fn unwritten(&self, id: &str, from: usize) -> Option<(Vec<Second>, Option<Stop>)> {
        let current = self.inner.current.lock();
        let live = current.as_ref().filter(|live| live.run.id == id)?;
        let seconds = live.seconds.get(from..).unwrap_or_default().to_vec();
        Some((seconds, live.stopped_by.clone()))
    }
}

fn lost_touch() -> Stop {
    Stop::Because(LoadTestWhy::new(
        LoadTestWhyCode::LostTouch,
        "The database could not be reached for so long that other nodes took this one for gone.",
    ))
}
