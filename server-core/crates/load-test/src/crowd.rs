//! Lets the clients of a run in, drops them all when the shape wants it, and lets them in again.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use serde::Serialize;
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{Instant, sleep, sleep_until};

use super::client::{Bot, BotSocket, ConnectTarget, CrowdPhase, CrowdState, connect};
use super::plan::Plan;
use contract::events::{FEATURE_BATCH, FEATURE_BATCH2, FEATURE_LEAN, FEATURE_PACKED};
use contract::load_test::Mode;

/// Time until a client that comes back and finds no server tries again.
const AGAIN: Duration = Duration::from_secs(1);

/// The clients that are there.
pub(super) struct BotCrowd {
    shared: Rc<CrowdState>,
    target: ConnectTarget,
    phase: watch::Sender<CrowdPhase>,
    spawned: Cell<u32>,
    pub(super) alive: Cell<u32>,
    failed: Cell<bool>,
}

impl BotCrowd {
    pub(super) fn new(shared: Rc<CrowdState>, target: ConnectTarget) -> Rc<Self> {
        Rc::new(Self {
            shared,
            target,
            phase: watch::Sender::new(CrowdPhase::Play),
            spawned: Cell::new(0),
            alive: Cell::new(0),
            failed: Cell::new(false),
        })
    }

    /// Tells all clients what to do now.
    pub(super) fn direct(&self, phase: CrowdPhase) {
        self.phase.send_replace(phase);
    }

    /// Lets in a client that has connected, and took so long to.
    pub(super) fn let_in(self: &Rc<Self>, index: u32, socket: BotSocket, took: Duration) {
        let crowd = self.clone();
        let bot = Bot::new(index, socket, took, self.shared.clone());
        let phases = self.phase.subscribe();
        self.spawned.set(self.spawned.get() + 1);
        self.alive.set(self.alive.get() + 1);
        tokio::task::spawn_local(async move {
            bot.run(phases).await;
            crowd.alive.set(crowd.alive.get() - 1);
        });
    }

    /// Connects all but the first client, each at its time.
    pub(super) fn come(self: &Rc<Self>) -> AbortHandle {
        let crowd = self.clone();
        let coming = async move {
            // Dropped with this task when the run ends, which ends connects under way.
            let mut connecting = JoinSet::new();
            for index in 1..crowd.shared.plan.clients() {
                sleep_until(crowd.shared.started + crowd.shared.plan.spawn_at(index)).await;
                connecting.spawn_local(crowd.clone().connect(index));
                while connecting.try_join_next().is_some() {}
            }
            while connecting.join_next().await.is_some() {}
        };
        tokio::task::spawn_local(coming).abort_handle()
    }

    /// Drops every connection. Who was about to come does not.
    pub(super) fn drop_all(&self, coming: &AbortHandle, back: Instant) {
        coming.abort();
        let back = back.saturating_duration_since(self.shared.started);
        let mut recorder = self.shared.recorder.borrow_mut();
        recorder.all_dropped(back.as_micros() as u64);
        self.shared.forget_turns();
        self.direct(CrowdPhase::Drop);
    }

    /// Lets everybody come back within a second, and try again until they are in.
    pub(super) fn come_back(self: &Rc<Self>) -> AbortHandle {
        self.spawned.set(0);
        self.failed.set(false);
        self.direct(CrowdPhase::Play);
        let crowd = self.clone();
        let coming = async move {
            let mut connecting = JoinSet::new();
            for index in 0..crowd.shared.plan.clients() {
                let crowd = crowd.clone();
                connecting.spawn_local(async move {
                    sleep(crowd.shared.plan.comes_back_after(index)).await;
                    while !crowd.clone().connect(index).await {
                        sleep(AGAIN).await;
                    }
                });
            }
            while connecting.join_next().await.is_some() {}
        };
        tokio::task::spawn_local(coming).abort_handle()
    }

    async fn connect(self: Rc<Self>, index: u32) -> bool {
        let token = self.shared.guest_token(index);
        let auth = handshake_auth(&self.shared.plan, index, token.as_deref());
        let started = Instant::now();
        match connect(&self.target, &auth).await {
            Ok(socket) => {
                self.let_in(index, socket, started.elapsed());
                true
            }
            Err(error) => {
                let now = self.shared.now();
                let mut recorder = self.shared.recorder.borrow_mut();
                recorder.connections.failed += 1;
                recorder.error(index, now, "connect", &error.to_string());
                self.failed.set(true);
                false
            }
        }
    }

    /// The target vanished: everybody who came is gone again, and nobody new gets in.
    pub(super) fn nobody_left(&self) -> bool {
        let all = self.spawned.get() == self.shared.plan.clients();
        self.alive.get() == 0 && (all || self.failed.get())
    }
}

/// The `auth` of a client's handshake. `guest_token` is for clients that come back.
pub(super) fn handshake_auth(plan: &Plan, index: u32, guest_token: Option<&str>) -> String {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct ConnectAuth<'a> {
        #[serde(skip_serializing_if = "Option::is_none")]
        run_token: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        guest_token: Option<&'a str>,
        features: &'a [&'a str],
    }
    let auth = ConnectAuth {
        run_token: plan.run_token.as_deref(),
        guest_token,
        features: match plan.mode_of(index) {
            Mode::Plain => &[FEATURE_LEAN],
            Mode::Batch => &[FEATURE_BATCH2, FEATURE_BATCH, FEATURE_LEAN, FEATURE_PACKED],
            Mode::Batch1 => &[FEATURE_BATCH, FEATURE_LEAN],
        },
    };
    serde_json::to_string(&auth).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LoadTestConfig;

    #[test]
    fn the_handshake_asks_for_what_the_mode_needs() {
        let mut plan = Plan::new(LoadTestConfig::default());
        assert_eq!(handshake_auth(&plan, 0, None), r#"{"features":["lean"]}"#);
        plan.mode = Mode::Batch;
        plan.run_token = Some("t".to_owned());
        let expected = r#"{"runToken":"t","features":["batch2","batch","lean","packed"]}"#;
        assert_eq!(handshake_auth(&plan, 0, None), expected);
        plan.mode = Mode::Batch1;
        let expected = r#"{"runToken":"t","guestToken":"g","features":["batch","lean"]}"#;
        assert_eq!(handshake_auth(&plan, 0, Some("g")), expected);
    }
}
