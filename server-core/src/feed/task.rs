//! The task of the feed: looks, compares, tells.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until};
use tokio_util::sync::CancellationToken;

use super::activity::Pending;
use super::sampler::Sampler;
use super::scoped::{narrow_state, narrowed};
use super::serve::Standing;
use super::status::Monitor;
use super::viewer::Viewer;
use super::{Feed, logs, reauthorize};
use crate::roster::{LocalSessions, RosterChanges};
use contract::admin::feed::{self, AdminChanges, AdminState};
use contract::admin::{AdminSession, HeldLine, NodeInfo, Sample, ServerInfo};
use runtime::clock::{iso, now_ms};
use session::frame::Frame;
use session::{SessionManager, to_json};
use store::chronicle::MeasuredSecond;

/// Time between two looks: at most four a second.
const LOOK: Duration = Duration::from_millis(250);
/// Time between two samples.
const SECOND: Duration = Duration::from_secs(1);
/// Seconds between two looks at every watcher's login, for what nobody announced: a token that
/// expired, a role changed on the command line.
const REAUTHORIZE_SECONDS: u32 = 5;
/// How long watchers may take to hear the end when the server closes.
const CLOSING: Duration = Duration::from_secs(2);

pub(super) struct Task {
    feed: Feed,
    sessions: SessionManager,
    local: LocalSessions,
    monitor: Monitor,
    sampler: Sampler,
    seq: u64,
    /// Whether somebody watches here.
    watching: bool,
    server: Option<(ServerInfo, Vec<NodeInfo>)>,
    open_reports: u32,
    held: Vec<HeldLine>,
    /// A second is over since the last look.
    second_over: bool,
    sample: Option<Sample>,
    seconds: u32,
}

impl Task {
    pub(super) fn new(feed: Feed, sessions: SessionManager) -> Self {
        let parts = &feed.shared.parts;
        Self {
            local: parts.roster.local(),
            monitor: Monitor::new(parts),
            sampler: Sampler::new(parts.metrics.clone(), feed.shared.samples.clone()),
            sessions,
            seq: 0,
            watching: false,
            server: None,
            open_reports: 0,
            held: Vec::new(),
            second_over: false,
            sample: None,
            seconds: 0,
            feed,
        }
    }

    pub(super) async fn run(mut self, stop: CancellationToken) {
        let mut seconds = interval_at(Instant::now() + SECOND, SECOND);
        seconds.set_missed_tick_behavior(MissedTickBehavior::Skip);
        let mut last_look = Instant::now() - LOOK;
        let asked = self.feed.roster().asked();
        loop {
            let busy = !self.feed.shared.viewers.lock().is_empty()
                || self.feed.roster().is_watched_remotely();
            tokio::select! {
                biased;
                () = stop.cancelled() => break,
                _ = seconds.tick() => {
                    self.second();
                    continue;
                }
                () = self.feed.shared.wake.notified() => {}
                () = asked.notified() => {}
                () = sleep_until(last_look + LOOK), if busy => {}
            }
            // Waking early serves a newcomer at once, but nobody makes the feed look more often.
            tokio::select! {
                () = stop.cancelled() => break,
                () = sleep_until(last_look + LOOK) => {}
            }
            last_look = Instant::now();
            self.look();
        }
        self.finish().await;
    }

    /// Once a second, whether or not somebody watches.
    fn second(&mut self) {
        let bots = self.feed.roster().remote().bots();
        let census = self.sessions.census(&bots);
        let sample = self.sampler.sample(census);
        let second = MeasuredSecond {
            people: census.people_here as u64,
            bots: census.bots_here as u64,
            messages: sample.messages.saturating_sub(sample.bot_messages),
            deliveries: sample.deliveries,
            flush_ms: [
                sample.flush_p50_ms,
                sample.flush_p95_ms,
                sample.flush_p99_ms,
            ],
        };
        self.feed.chronicle().note(now_ms(), &second);
        self.second_over = true;
        self.seconds = self.seconds.wrapping_add(1);
        self.feed
            .roster()
            .renew_interest(self.seconds, self.watching);
        if !self.watching {
            return;
        }
        self.sample = Some(sample);
        if self.seconds.is_multiple_of(REAUTHORIZE_SECONDS) {
            let viewers = self.feed.shared.viewers.lock().clone();
            for viewer in viewers {
                reauthorize::spawn(self.feed.clone(), viewer);
            }
        }
    }

    /// Tells every watcher what changed, and newcomers everything.
    fn look(&mut self) {
        let viewers = self.feed.shared.viewers.lock().clone();
        let remotely = self.feed.roster().is_watched_remotely();
        self.note_watching(!viewers.is_empty());
        if viewers.is_empty() && !remotely {
            self.local.clear();
            return;
        }
        let second_over = std::mem::take(&mut self.second_over);
        let mut roster = self.local.look(second_over);
        if remotely {
            self.feed.roster().publish_changes(&mut self.local, &roster);
        }
        if viewers.is_empty() {
            return;
        }
        roster.extend(self.feed.roster().remote().take_changes());
        let pending = self.feed.activity().take();
        if pending.overflowed {
            viewers.iter().for_each(|viewer| viewer.ask_state());
        }
        let changes = self.changes(pending, roster, second_over);
        self.publish(&viewers, changes);
        for viewer in viewers.iter().filter(|viewer| viewer.take_wants_state()) {
            self.send_state(viewer);
        }
        for viewer in &viewers {
            logs::send(viewer);
            self.serve(viewer);
        }
    }

    /// The first watcher came, or the last one left.
    fn note_watching(&mut self, watching: bool) {
        if self.watching == watching {
            return;
        }
        self.watching = watching;
        self.feed.activity().watch(watching);
        self.feed.roster().remote().watch(watching);
        self.server = None;
        self.sample = None;
    }

    /// What changed since the last look.
    fn changes(
        &mut self,
        pending: Pending,
        roster: RosterChanges,
        second_over: bool,
    ) -> AdminChanges {
        let (server, nodes) = self.server_changes(second_over);
        let open_reports = self.feed.shared.parts.records.counts.open_reports();
        let before = std::mem::replace(&mut self.open_reports, open_reports);
        let held = self.feed.shared.parts.records.held.waiting();
        let held_changed = held != self.held;
        self.held.clone_from(&held);
        AdminChanges {
            server,
            nodes,
            sessions: roster.sessions,
            moved: roster.moved,
            gone: roster.gone,
            chat: pending.chat,
            removed_messages: pending.removed,
            restored_messages: pending.restored,
            sample: self.sample.take(),
            open_reports: (before != open_reports).then_some(open_reports),
            reports: pending.reports,
            held: held_changed.then_some(held),
            actions: pending.actions,
            load_test: pending.load_test,
            load_test_seconds: pending.seconds,
            ..AdminChanges::default()
        }
    }

    /// Looks at the server once a second, and when somebody says that it changed.
    fn server_changes(&mut self, due: bool) -> (Option<ServerInfo>, Option<Vec<NodeInfo>>) {
        let asked = self.feed.shared.changed.swap(false, Ordering::AcqRel);
        if !due && !asked && self.server.is_some() {
            return (None, None);
        }
        let (server, nodes) = self.monitor.look();
        let alive = nodes.iter().map(|node| node.id.as_str()).collect();
        self.feed.roster().remote().keep_only(&alive);
        let before = self.server.as_ref();
        let server_changed = before.is_none_or(|(before, _)| *before != server);
        let nodes_changed = before.is_none_or(|(_, before)| *before != nodes);
        let changes = (
            server_changed.then(|| server.clone()),
            nodes_changed.then(|| nodes.clone()),
        );
        self.server = Some((server, nodes));
        changes
    }

    /// Sends changes to everybody who has the state they build on, encoded once for people.
    fn publish(&mut self, viewers: &[Arc<Viewer>], mut changes: AdminChanges) {
        let readers: Vec<_> = viewers.iter().filter(|viewer| viewer.has_state()).collect();
        if changes == AdminChanges::default() || readers.is_empty() {
            return;
        }
        self.seq += 1;
        changes.seq = self.seq;
        changes.at = iso(now_ms());
        let shared = Frame::event(feed::CHANGES, to_json(&changes));
        for viewer in readers {
            let (me_changed, scopes) = (viewer.take_me_changed(), viewer.scopes());
            if !me_changed && scopes.is_none() {
                viewer.push(shared.clone());
                continue;
            }
            let mut own = changes.clone();
            own.me = me_changed.then(|| viewer.me());
            if let Some(scopes) = &scopes {
                own = narrowed(own, scopes);
            }
            viewer.push(Frame::event(feed::CHANGES, to_json(&own)));
        }
    }

    fn send_state(&mut self, viewer: &Viewer) {
        let Some((server, nodes)) = self.server.clone() else {
            return;
        };
        let recent = self.feed.activity().recent();
        let mut state = AdminState {
            seq: self.seq,
            at: iso(now_ms()),
            me: viewer.me(),
            server,
            nodes,
            sessions: self.all_sessions(),
            chat: recent.chat.into(),
            now: self.feed.samples().now(),
            history: self.feed.samples().history(),
            open_reports: self.open_reports,
            held: self.held.clone(),
            recent_actions: recent.actions.into_iter().rev().collect(),
            load_test: recent.load_test,
        };
        if let Some(scopes) = viewer.scopes() {
            narrow_state(&mut state, &scopes);
        }
        viewer.push(Frame::event(feed::STATE, to_json(&state)));
    }

    fn all_sessions(&self) -> Vec<AdminSession> {
        let mut all = self.local.all();
        all.extend(self.feed.roster().remote().all());
        all
    }

    fn serve(&self, viewer: &Arc<Viewer>) {
        let shared = &self.feed.shared;
        let ending_before = viewer.is_ending();
        if viewer.serve(shared.parts.slow_timeout) == Standing::Gone {
            shared.viewers.lock().retain(|it| it.id() != viewer.id());
        } else if viewer.is_ending() && !ending_before {
            shared.parts.metrics.slow_consumers.increment();
        }
    }

    /// The server closes: lets the last words leave.
    async fn finish(&self) {
        let deadline = Instant::now() + CLOSING;
        while Instant::now() < deadline {
            let viewers = self.feed.shared.viewers.lock().clone();
            let ending = viewers.iter().filter(|it| it.is_ending());
            let waiting: Vec<_> = ending.filter(|it| !it.has_delivered_ending()).collect();
            if waiting.is_empty() {
                return;
            }
            for viewer in waiting {
                self.serve(viewer);
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}
