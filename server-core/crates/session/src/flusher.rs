//! When updates go out, and to whom.
//!
//! While the last interval cost fewer deliveries than the budget, a change goes out at once; above
//! that, on the tick. Clients that are behind are visited on every tick until they have caught up.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep, sleep_until};

use super::SessionManager;
use super::access::WorldViews;
use super::connection::{Connection, Owed};
use super::flush::{Audience, Flush, catch_up};
use super::live::{Live, Subscribers};
use super::outbox::{Overflow, Pumped};
use contract::PlayerId;
use world::ConnectionId;

/// Recipients served between two chances for other tasks to run.
const SLICE: usize = 64;
/// Batch clients that are brought up to date in one flush: each is an encoding of its own under the
/// world's lock. The others stay behind until the next tick.
const CATCH_UPS: usize = 64;

/// Decides between "at once" and "on the tick". Pure.
#[derive(Debug)]
struct FlushPacer {
    interval: Duration,
    budget: u64,
    window_start: Instant,
    spent: u64,
}

impl FlushPacer {
    fn new(interval: Duration, budget: u64, now: Instant) -> Self {
        Self {
            interval,
            budget,
            window_start: now,
            spent: 0,
        }
    }

    /// When the next flush may start.
    fn due(&self, now: Instant) -> Instant {
        if self.is_ticking() && now < self.tick() {
            self.tick()
        } else {
            now
        }
    }

    fn tick(&self) -> Instant {
        self.window_start + self.interval
    }

    /// Whether flushes wait for the tick.
    fn is_ticking(&self) -> bool {
        self.spent >= self.budget
    }

    fn charge(&mut self, now: Instant, deliveries: u64) {
        if now >= self.tick() {
            self.window_start = now;
            self.spent = 0;
        }
        self.spent += deliveries;
    }
}

pub(super) async fn run(manager: SessionManager) {
    let shared = &manager.shared;
    let settings = &shared.settings.session;
    let mut pacer = FlushPacer::new(
        settings.flush_interval,
        settings.flush_budget,
        Instant::now(),
    );
    let mut behind = false;
    loop {
        let next = async {
            let changed = async {
                shared.changed.notified().await;
                // Updates that arrive in one breath share a flush.
                tokio::task::yield_now().await;
                sleep_until(pacer.due(Instant::now())).await;
            };
            tokio::select! {
                () = changed => {}
                // Someone has to be visited again, whether or not anything changes.
                () = sleep(settings.flush_interval), if behind => {}
            }
        };
        if shared.stop.run_until_cancelled(next).await.is_none() {
            return;
        }
        let started = Instant::now();
        let flushed = manager.flush().await;
        behind = flushed.behind;
        pacer.charge(started, flushed.cost);
        if pacer.is_ticking() {
            runtime::park_before(pacer.tick().into_std(), settings.crowd_park_delay);
        }
        if flushed.cost > 0 {
            shared.metrics.flush.record(started.elapsed());
        }
    }
}

#[derive(Debug, Default)]
struct Flushed {
    /// Deliveries this flush was worth: changes times recipients.
    cost: u64,
    /// Somebody could not take everything.
    behind: bool,
}

impl SessionManager {
    async fn flush(&self) -> Flushed {
        let mut flushed = Flushed::default();
        let mut slow = Vec::new();
        let roster = {
            let mut live = self.shared.live.lock();
            let roster = live.roster();
            let audience = self.audience(&live);
            let mut flush = Flush::take(&mut live.world, audience);
            if let Some(flush) = &mut flush {
                flushed.cost = flush.entries.len() as u64 * roster.len() as u64;
                self.shared.hub.moved(std::mem::take(&mut flush.held));
            }
            let flush = flush.map(Arc::new);
            let mut caught_up = 0;
            let mut views = WorldViews::default();
            for connection in roster.iter() {
                // In the same step as the flush, when no change is pending: a full player never
                // holds something that a later delta would repeat.
                match connection.offer(flush.as_ref(), caught_up < CATCH_UPS) {
                    Owed::Nothing => {}
                    Owed::Players(missed) => {
                        caught_up += 1;
                        if self.catch_up(&mut live, connection, &missed).is_err() {
                            slow.push(connection.clone());
                        }
                    }
                    Owed::World => self.count(views.show(&mut live, connection)),
                }
            }
            roster
        };
        self.abort_slow(slow);
        flushed.behind = self.serve(&roster).await;
        flushed
    }

    fn audience(&self, live: &Live) -> Audience {
        let batch_readers = live.batch_readers();
        Audience {
            plain: batch_readers < live.connection_count(),
            batch: batch_readers > 0,
            peers: self.shared.hub.has_peers(),
        }
    }

    /// Queues the pending change of the player a connection holds for everybody else, ahead of the
    /// flush: the player is about to go, and its last state arrives before that.
    pub(super) fn flush_before_leaving(&self, live: &mut Live, connection: ConnectionId) {
        let audience = self.audience(live);
        let Some(mut flush) = Flush::take_of(&mut live.world, connection, audience) else {
            return;
        };
        self.shared.hub.moved(std::mem::take(&mut flush.held));
        let flush = Arc::new(flush);
        for other in live.roster().iter().filter(|it| it.id != connection) {
            other.offer(Some(&flush), false);
        }
    }

    /// Hands everybody what waits for them. Returns whether somebody is still behind.
    async fn serve(&self, roster: &Subscribers) -> bool {
        let mut behind = false;
        for slice in roster.chunks(SLICE) {
            let mut sum = Pumped::default();
            for connection in slice {
                let (pumped, is_behind) = connection.pump();
                sum += pumped;
                behind |= is_behind;
            }
            self.count(sum);
            tokio::task::yield_now().await;
        }
        behind
    }

    /// Sends one batch client full players for what it missed, as they are now.
    fn catch_up(
        &self,
        live: &mut Live,
        connection: &Connection,
        missed: &[PlayerId],
    ) -> Result<(), Overflow> {
        let Some(frame) = catch_up(&mut live.world, missed) else {
            return Ok(());
        };
        self.count(connection.send(frame)?);
        self.shared.metrics.deliveries.add(missed.len() as u64);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_costs_go_at_once_and_a_crowd_waits_for_the_tick() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut pacer = FlushPacer::new(Duration::from_millis(50), 2000, start);
        assert_eq!(pacer.due(at(3)), at(3));
        pacer.charge(at(3), 1999);
        assert_eq!(pacer.due(at(4)), at(4));
        assert!(!pacer.is_ticking());
        pacer.charge(at(4), 1);
        assert!(pacer.is_ticking());
        assert_eq!(pacer.due(at(5)), at(50));
        pacer.charge(at(50), 5000);
        assert_eq!(pacer.due(at(60)), at(100));
        assert_eq!(pacer.due(at(130)), at(130));
    }
}
