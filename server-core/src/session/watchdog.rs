//! Ends clients that take nothing and, where the host wants it, players who are away.

use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior, interval};

use super::SessionManager;
use super::connection::Connection;
use contract::{SessionTerminated, TerminationCode};

const PERIOD: Duration = Duration::from_secs(1);

pub(super) async fn run(manager: SessionManager) {
    let mut ticks = interval(PERIOD);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while manager
        .shared
        .stop
        .run_until_cancelled(ticks.tick())
        .await
        .is_some()
    {
        manager.inspect();
    }
}

impl SessionManager {
    fn inspect(&self) {
        let roster = self.shared.live.lock().roster();
        if roster.iter().any(|connection| connection.is_behind()) {
            // A frame that found no room is looked at again, also when nothing else happens.
            self.shared.changed.notify_one();
        }
        let now = Instant::now();
        for connection in roster.iter() {
            if let Some(code) = self.decision(connection, now) {
                self.end_session(connection, &SessionTerminated::plain(code));
            }
        }
    }

    fn decision(&self, connection: &Connection, now: Instant) -> Option<TerminationCode> {
        let settings = &self.shared.settings.session;
        let stalled = connection.stalled_for();
        if stalled.is_some_and(|it| it >= settings.slow_consumer_timeout) {
            return Some(TerminationCode::SlowConsumer);
        }
        let away = now.saturating_duration_since(*connection.last_event.lock());
        let idle = !settings.idle_timeout.is_zero() && away >= settings.idle_timeout;
        let joined = || {
            self.shared
                .live
                .lock()
                .world
                .held_by(connection.id)
                .is_some()
        };
        (idle && joined()).then_some(TerminationCode::Idle)
    }
}
