//! What moderators see live.
//!
//! One task looks at the world at most four times a second, while somebody watches, and computes
//! what changed once for all of them. Nobody watching costs one sample of the counters a second.
//! Each watcher has a bounded outbox like any client; who does not keep up is cut.

mod elsewhere;
mod ending;
mod judge;
pub(crate) mod lister;
mod logs;
mod news;
mod nodes;
mod roster;
mod sampler;
mod seats;
mod task;
mod viewer;
mod vitals;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::{Notify, mpsc};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::accounts::{Accounts, User};
use crate::session::{ClientLink, SessionManager};
use contract::admin::LogLevel;
use contract::admin::feed::EndedCode;
use metrics::Metrics;

pub use elsewhere::Elsewhere;
pub use news::News;
pub(super) use news::RECENT_CHAT;
pub use sampler::Samples;
use seats::Seat;
pub use seats::Seats;
pub use viewer::Viewer;
pub use vitals::{LinksSource, Vitals, VitalsSource};

use super::{LiveSettings, ModerationEvent, Records};
use lister::Lister;

/// How long a node's word that somebody watches there is believed.
const WATCHING_FRESH: Duration = Duration::from_secs(6);

/// What the feed is made of.
pub struct FeedParts {
    /// This node's id.
    pub node: Arc<str>,
    /// When the server started, ISO 8601.
    pub started_at: String,
    /// Whose tokens are looked at again.
    pub accounts: Accounts,
    /// For mutes, warnings and reports in the list.
    pub records: Records,
    /// For the world's name.
    pub settings: LiveSettings,
    /// The counters.
    pub metrics: Arc<Metrics>,
    /// Chat, actions and reports as they come.
    pub news: News,
    /// How the server is.
    pub vitals: VitalsSource,
    /// Where players find it.
    pub links: LinksSource,
    /// How many may watch at once.
    pub seats: Seats,
    /// Bytes that may wait for one watcher.
    pub outbox_bytes: usize,
    /// Time without progress after which a watcher is cut.
    pub slow_timeout: Duration,
}

/// Handle on the feed; cheap to clone.
#[derive(Clone)]
pub struct Feed {
    shared: Arc<Shared>,
}

struct Shared {
    parts: FeedParts,
    samples: Samples,
    lister: Lister,
    next_viewer: AtomicU64,
    // Held to push, copy or remove a pointer; never across an await.
    viewers: Mutex<Vec<Arc<Viewer>>>,
    /// Something happened that must not wait for the next tick.
    wake: Notify,
    /// The server itself changed and should be looked at with the next look.
    changed: AtomicBool,
    elsewhere: Elsewhere,
    /// To the other nodes, where there may be some.
    carrier: OnceLock<mpsc::Sender<ModerationEvent>>,
    /// Nodes whose feeds are watched, and when they last said so. Held for a map operation.
    watched_from: Mutex<HashMap<String, Instant>>,
    /// Somebody there knows nothing of our sessions yet.
    wanted_fresh: AtomicBool,
}

/// There are too many watchers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many watch already")]
pub struct TooManyViewers;

impl Feed {
    /// A feed that nobody watches yet; [`Self::run`] is its task.
    #[must_use]
    pub fn new(parts: FeedParts) -> Self {
        let lister = Lister::new(parts.node.clone(), parts.records.clone());
        Self {
            shared: Arc::new(Shared {
                parts,
                samples: Samples::default(),
                lister,
                next_viewer: AtomicU64::new(1),
                viewers: Mutex::default(),
                wake: Notify::new(),
                changed: AtomicBool::new(false),
                elsewhere: Elsewhere::default(),
                carrier: OnceLock::new(),
                watched_from: Mutex::default(),
                wanted_fresh: AtomicBool::new(false),
            }),
        }
    }

    /// The task of the feed, to be spawned once. It ends after `stop`, when the watchers were told
    /// what [`Self::close`] said.
    pub async fn run(self, sessions: SessionManager, stop: CancellationToken) {
        task::Task::new(self, sessions).run(stop).await;
    }

    /// Shows the feed to `user`, who proved it with `token`. The state comes first.
    ///
    /// # Errors
    /// [`TooManyViewers`].
    pub fn open(
        &self,
        link: Arc<dyn ClientLink>,
        user: User,
        token: &str,
    ) -> Result<Arc<Viewer>, TooManyViewers> {
        let id = self.shared.next_viewer.fetch_add(1, Ordering::Relaxed);
        let limit = self.shared.parts.outbox_bytes;
        let owner = user.clone();
        let viewer = Arc::new(Viewer::new(id, link, owner, token.to_owned(), limit));
        {
            let mut viewers = self.shared.viewers.lock();
            let seats = &self.shared.parts.seats;
            if let Seat::Of(loser) = seats.find(&viewers, &user)? {
                loser.end(EndedCode::Replaced);
            }
            viewers.push(viewer.clone());
        }
        self.shared.wake.notify_one();
        Ok(viewer)
    }

    /// Whether [`Self::open`] would take this user now.
    #[must_use]
    pub fn has_seat(&self, user: &User) -> bool {
        let viewers = self.shared.viewers.lock();
        self.shared.parts.seats.find(&viewers, user).is_ok()
    }

    /// The watcher's connection is gone.
    pub fn left(&self, viewer: &Viewer) {
        viewer.mark_gone();
        self.shared.wake.notify_one();
    }

    /// The watcher asks for everything afresh. `false` when it asked too often.
    #[must_use]
    pub fn resync(&self, viewer: &Viewer) -> bool {
        let granted = viewer.ask_resync();
        if granted {
            self.shared.wake.notify_one();
        }
        granted
    }

    /// The watcher wants lines of the log. `false` when it may not.
    #[must_use]
    pub fn follow_logs(&self, viewer: &Viewer, level: Option<LogLevel>) -> bool {
        viewer.follow_logs(level)
    }

    /// An account changed: its watchers' tokens and roles are read again at once.
    pub fn recheck(&self, account_id: &str) {
        let viewers = self.shared.viewers.lock().clone();
        for viewer in viewers {
            if viewer.user_id() == account_id {
                judge::spawn(self.clone(), viewer);
            }
        }
    }

    /// Something about the server changed that should be seen at once.
    pub fn look_again(&self) {
        self.shared.changed.store(true, Ordering::Release);
        self.shared.wake.notify_one();
    }

    /// What happens here is also told to other nodes, through this channel.
    pub(super) fn carry(&self, carrier: mpsc::Sender<ModerationEvent>) {
        self.news().carry(carrier.clone());
        let _ = self.shared.carrier.set(carrier);
    }

    /// Somebody watches the feed of another node.
    pub(super) fn watched_from(&self, node: &str, fresh: bool) {
        let mut watched = self.shared.watched_from.lock();
        let known = watched.insert(node.to_owned(), Instant::now()).is_some();
        drop(watched);
        if fresh || !known {
            self.shared.wanted_fresh.store(true, Ordering::Release);
        }
        self.shared.wake.notify_one();
    }

    /// Whether somebody watches the feed of another node. Who did not say so for a while does not.
    fn is_watched_elsewhere(&self) -> bool {
        let mut watched = self.shared.watched_from.lock();
        watched.retain(|_, at| at.elapsed() < WATCHING_FRESH);
        !watched.is_empty()
    }

    /// The sessions of other nodes.
    #[must_use]
    pub fn elsewhere(&self) -> &Elsewhere {
        &self.shared.elsewhere
    }

    /// Every watcher is told why and disconnected.
    pub fn close(&self, code: EndedCode) {
        for viewer in self.shared.viewers.lock().iter() {
            viewer.end(code);
        }
        self.shared.wake.notify_one();
    }

    /// What happens, for those who report it.
    #[must_use]
    pub fn news(&self) -> &News {
        &self.shared.parts.news
    }

    /// The last samples.
    #[must_use]
    pub fn samples(&self) -> &Samples {
        &self.shared.samples
    }

    /// How the server is now.
    #[must_use]
    pub fn vitals(&self) -> Vitals {
        (self.shared.parts.vitals)()
    }

    pub(crate) fn lister(&self) -> &Lister {
        &self.shared.lister
    }
}
