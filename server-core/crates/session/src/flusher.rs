//! When updates go out, and to whom.
//!
//! While the last interval cost fewer deliveries than the budget, a change goes out at once; above
//! that, on the tick, together with what everybody is told and with answers ([`tick`](super::tick)). Clients that
//! are behind are visited on every tick until they have caught up.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep, sleep_until};

use super::SessionManager;
use super::access::WorldViews;
use super::connection::{Connection, Owed};
use super::flush::catch_up;
use super::live::{Live, Subscribers};
use super::outbox::{Overflow, Pumped, Unmade};
use super::pacer::apart;
use super::sights::Sights;
use contract::PlayerId;
use contract::batch::UpdateForm;
use replication::MoveTurn;
use world::ConnectionId;

/// Recipients served between two chances for other tasks to run.
const SLICE: usize = 64;
/// Batch clients that are brought up to date in one flush: each is an encoding of its own under the
/// world's lock. The others stay behind until the next tick.
const CATCH_UPS: usize = 64;

pub(super) async fn run(manager: SessionManager) {
    let shared = &manager.shared;
    let settings = &shared.settings.session;
    let mut behind = None;
    let mut earliest: Option<Instant> = None;
    loop {
        let next = async {
            if let Some(earliest) = earliest {
                sleep_until(earliest).await;
            }
            let changed = async {
                shared.changed.notified().await;
                // Updates that arrive in one breath share a flush.
                tokio::task::yield_now().await;
                let due = shared.live.lock().pacer.due(Instant::now());
                sleep_until(due).await;
            };
            tokio::select! {
                () = changed => {}
                // Someone has to be visited again, whether or not anything changes.
                () = sleep(behind.unwrap_or_default()), if behind.is_some() => {}
            }
        };
        if shared.stop.run_until_cancelled(next).await.is_none() {
            return;
        }
        let started = Instant::now();
        let flushed = manager.flush(started).await;
        behind = flushed.behind;
        let lets_in = flushed.newcomers > 0 && flushed.tick.is_some();
        earliest = lets_in.then(|| started + apart(started.elapsed()));
        let load = flushed.load(started.elapsed());
        let tick = shared.live.lock().follow_load(load);
        shared.metrics.near_tick.set(tick);
        if let Some(tick) = flushed.tick {
            runtime::park_before(tick.into_std(), settings.crowd_park_delay);
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
    /// When to look again, as somebody could not take everything or is told of somebody later.
    behind: Option<Duration>,
    /// When the next one starts, if it waits.
    tick: Option<Instant>,
    /// Who got a snapshot.
    newcomers: usize,
    /// How long it took to make what is one for all: snapshots, and announcements packed.
    made_in: Duration,
}

impl Flushed {
    fn make(&mut self, unmade: &Unmade) {
        let started = Instant::now();
        unmade.make();
        self.made_in += started.elapsed();
    }

    /// How much of the time it took counts for the tick. That is for those who are near each other: what is made once,
    /// whoever reads it, makes it no slower.
    fn load(&self, took: Duration) -> Duration {
        took.saturating_sub(self.made_in)
    }
}

impl SessionManager {
    async fn flush(&self, started: Instant) -> Flushed {
        let mut flushed = Flushed::default();
        let mut slow = Vec::new();
        let (roster, to_pack) = {
            let mut live = self.shared.live.lock();
            let roster = live.roster();
            let announced = live.take_announced();
            let peers = self.shared.hub.has_peers();
            live.exchange_interests(&self.shared.hub, peers, started);
            let mut near_flush = live.begin_near_flush(started, peers);
            let mut flush = match near_flush {
                Some(_) => None,
                None => live.take_flush(peers),
            };
            if let Some(near_flush) = &mut near_flush {
                let held = std::mem::take(&mut near_flush.held);
                self.shared.hub.moved(held, MoveTurn::AtOnce);
            }
            if let Some(flush) = &mut flush {
                let held = std::mem::take(&mut flush.held);
                self.shared.hub.moved(held, MoveTurn::AtOnce);
            }
            let forwarded = live.take_forwarded(started);
            self.shared.hub.moved(forwarded, MoveTurn::Waited);
            let told = announced.as_ref().map_or(0, |it| it.len());
            let changed = flush.as_ref().map_or(0, |it| it.entries.len());
            flushed.cost = (told + changed) as u64 * roster.len() as u64;
            let flush = flush.map(Arc::new);
            let shows_world = std::mem::take(&mut live.shows_world);
            let (mut caught_up, mut delivered, mut lags) = (0, 0, false);
            let mut views = WorldViews::default();
            for connection in roster.iter() {
                // In the same step as the flush, when no change is pending: a full player never
                // holds something that a later delta would repeat, and a snapshot neither lacks nor
                // doubles an event.
                let may_catch_up = caught_up < CATCH_UPS;
                let takes_more = near_flush.is_some() && connection.takes_more();
                lags |= near_flush.is_some() && !takes_more && connection.access.is_inside();
                let owed = connection.offer(announced.as_ref(), flush.as_ref(), may_catch_up);
                if matches!(owed, Ok(Owed::World | Owed::State)) {
                    flushed.newcomers += 1;
                }
                let given = owed.and_then(|owed| match owed {
                    Owed::World => views.queue(&mut live, connection),
                    _ if shows_world => views.queue(&mut live, connection),
                    Owed::Nothing | Owed::State => {
                        if owed == Owed::State {
                            connection.answer_joins(views.inside(&mut live))?;
                        }
                        if let Some(near_flush) = near_flush.as_mut().filter(|_| takes_more) {
                            let bytes = self.shared.settings.session.plain_bytes;
                            delivered += live.queue_near(near_flush, connection, bytes);
                        }
                        Ok(())
                    }
                    Owed::Players(missed) => {
                        caught_up += 1;
                        self.catch_up(&mut live, connection, &missed)
                    }
                });
                if given.is_err() {
                    slow.push(connection.clone());
                }
            }
            flushed.cost += delivered;
            self.shared.metrics.deliveries.add(delivered);
            live.review_distance(&self.shared.settings.session, started);
            live.charge(started, flushed.cost);
            lags |= near_flush.is_some_and(|it| it.lags);
            let distance = live.distance.as_ref();
            let owes = distance.filter(|it| lags || it.owes(started));
            // In a world that has become small nobody may change any more who was held back until then.
            let waits = live.forwarding.held_back.has_waiting();
            let interval = self.shared.settings.session.flush_interval;
            flushed.behind = owes.map(Sights::tick).or(waits.then_some(interval));
            flushed.tick = live.pacer.is_ticking().then(|| live.pacer.tick());
            (roster, announced.filter(|_| live.reads_packed()))
        };
        self.abort_slow(slow);
        if let Some(announced) = to_pack {
            flushed.make(&Unmade::Announced(announced));
        }
        if self.serve(&roster, &mut flushed).await {
            let interval = self.shared.settings.session.flush_interval;
            flushed.behind = Some(flushed.behind.unwrap_or(interval));
        }
        flushed
    }

    /// Queues the pending change of the player a connection holds for everybody else, ahead of the
    /// flush: the player is about to go, and its last state arrives before that.
    pub(super) fn flush_before_leaving(&self, live: &mut Live, connection: ConnectionId) {
        // On the tick of a crowd both would come in one piece: there the goodbye makes it obsolete.
        if live.is_crowd() {
            return;
        }
        let peers = self.shared.hub.has_peers();
        let Some(mut flush) = live.take_flush_of(connection, peers) else {
            return;
        };
        let held = std::mem::take(&mut flush.held);
        self.shared.hub.moved(held, MoveTurn::AtOnce);
        let flush = Arc::new(flush);
        // A stream has the same frames for everybody.
        let concerns = |it: &Connection| it.id != connection || it.updates == UpdateForm::Stream;
        for other in live.roster().iter().filter(|it| concerns(it)) {
            other.offer_flush(&flush);
        }
    }

    /// Hands everybody what waits for them. Returns whether somebody is still behind.
    async fn serve(&self, roster: &Subscribers, flushed: &mut Flushed) -> bool {
        let mut behind = false;
        let mut newcomers = Vec::new();
        for slice in roster.chunks(SLICE) {
            let mut sum = Pumped::default();
            for connection in slice {
                match connection.pump_at_once() {
                    Ok((pumped, is_behind)) => {
                        sum += pumped;
                        behind |= is_behind;
                    }
                    // Nobody who is in waits while their snapshot is made.
                    Err(_) => newcomers.push(connection),
                }
            }
            self.count(sum);
            tokio::task::yield_now().await;
        }
        for slice in newcomers.chunks(SLICE) {
            let mut sum = Pumped::default();
            for connection in slice {
                let (pumped, is_behind) = connection.pump_made(|unmade| flushed.make(unmade));
                sum += pumped;
                behind |= is_behind;
            }
            self.count(sum);
            tokio::task::yield_now().await;
        }
        behind
    }

    /// Sends one batch client full players for what it missed, as they are now, and what it takes to
    /// be in step with the stream again if it reads that.
    fn catch_up(
        &self,
        live: &mut Live,
        connection: &Connection,
        missed: &[PlayerId],
    ) -> Result<(), Overflow> {
        if let Some(frame) = catch_up(&mut live.world, missed) {
            connection.queue(frame)?;
        }
        if connection.updates == UpdateForm::Stream {
            connection.queue(live.keyframe())?;
        }
        self.shared.metrics.deliveries.add(missed.len() as u64);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::{ChatMessage, MessageId, PayloadLimits, SpriteAtlas, WorldInfo};
    use world::WorldState;

    #[test]
    fn what_is_packed_for_newcomers_is_no_load_of_the_tick() {
        let atlas = SpriteAtlas::new(1, String::new(), Vec::new());
        let mut world =
            WorldState::new(&WorldInfo::default(), &atlas, 200, PayloadLimits::default());
        for n in 0..200 {
            world.append_chat(&ChatMessage {
                id: MessageId(n.to_string()),
                player_id: String::new(),
                author: String::new(),
                content: format!("{n} ").repeat(5000),
                timestamp: String::new(),
            });
        }
        let (mut flushed, rest) = (Flushed::default(), Duration::from_millis(5));
        flushed.make(&Unmade::Packed(world.snapshot()));
        assert!(flushed.made_in > Duration::ZERO);
        assert_eq!(flushed.load(flushed.made_in + rest), rest);
    }
}
