//! What moderators see live.
//!
//! One task looks at the world at most four times a second, while somebody watches, and computes
//! what changed once for all of them. Nobody watching costs one sample of the counters a second.
//! Each watcher has a bounded outbox like any client; who does not keep up is disconnected.
//!
//! Shows what the roster, the stores and [`FeedActivity`] hold; does nothing to the world, and knows
//! nobody who does.

mod activity;
mod ending;
mod history;
mod logs;
mod reauthorize;
mod sampler;
mod scoped;
mod seat_rank;
mod seats;
mod serve;
mod status;
mod task;
mod viewer;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::live_settings::LiveSettings;
use crate::roster::Roster;
use contract::admin::LogLevel;
use contract::admin::feed::{EndedCode, Refused};
use metrics::Metrics;
use session::{ClientLink, SessionManager};
use store::accounts::{Accounts, User};
use store::chronicle::Chronicle;
use store::records::Records;

pub use activity::{ChatCarrier, FeedActivity, RECENT_CHAT};
pub use sampler::Samples;
use seats::Seat;
pub use seats::Seats;
pub use status::{LinksSource, ServerStatus, StatusSource};
pub use viewer::Viewer;

/// What the feed is made of.
pub struct FeedDependencies {
    /// Who is here.
    pub roster: Roster,
    /// When the server started, ISO 8601.
    pub started_at: String,
    /// Whose tokens are looked at again.
    pub accounts: Accounts,
    /// For the open reports.
    pub records: Records,
    /// For the world's name.
    pub settings: LiveSettings,
    /// The counters.
    pub metrics: Arc<Metrics>,
    /// Where every second is noted.
    pub chronicle: Chronicle,
    /// Chat, actions and reports as they come.
    pub activity: FeedActivity,
    /// How the server is.
    pub status: StatusSource,
    /// Where players find it.
    pub links: LinksSource,
    /// How many may watch at once.
    pub seats: Seats,
    /// Bytes that may wait for one watcher.
    pub outbox_bytes: usize,
    /// Time without progress after which a watcher is disconnected.
    pub slow_timeout: Duration,
}

/// Handle on the feed; cheap to clone.
#[derive(Clone)]
pub struct Feed {
    shared: Arc<FeedShared>,
}

struct FeedShared {
    parts: FeedDependencies,
    samples: Samples,
    next_viewer: AtomicU64,
    // Held to push, copy or remove a pointer; never across an await.
    viewers: Mutex<Vec<Arc<Viewer>>>,
    /// Something happened that must not wait for the next tick.
    wake: Notify,
    /// The server itself changed and should be looked at with the next look.
    changed: AtomicBool,
}

/// There is no seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoSeat {
    /// This person has as many as one person may.
    #[error("this person watches in too many windows already")]
    OfOwn,
    /// All are taken, and by people who may do as much.
    #[error("too many watch already")]
    AtAll,
}

impl From<NoSeat> for Refused {
    fn from(none: NoSeat) -> Self {
        match none {
            NoSeat::OfOwn => Self::TooManyWindows,
            NoSeat::AtAll => Self::TooManyViewers,
        }
    }
}

impl Feed {
    /// A feed that nobody watches yet; [`Self::run`] is its task.
    #[must_use]
    pub fn new(parts: FeedDependencies) -> Self {
        Self {
            shared: Arc::new(FeedShared {
                parts,
                samples: Samples::default(),
                next_viewer: AtomicU64::new(1),
                viewers: Mutex::default(),
                wake: Notify::new(),
                changed: AtomicBool::new(false),
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
    /// [`NoSeat`].
    pub fn open(
        &self,
        link: Arc<dyn ClientLink>,
        user: User,
        token: &str,
    ) -> Result<Arc<Viewer>, NoSeat> {
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
    ///
    /// # Errors
    /// [`NoSeat`].
    pub fn seat_for(&self, user: &User) -> Result<(), NoSeat> {
        let viewers = self.shared.viewers.lock();
        self.shared.parts.seats.find(&viewers, user).map(drop)
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
                reauthorize::spawn(self.clone(), viewer);
            }
        }
    }

    /// Something about the server changed that should be seen at once.
    pub fn look_again(&self) {
        self.shared.changed.store(true, Ordering::Release);
        self.shared.wake.notify_one();
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
    pub fn activity(&self) -> &FeedActivity {
        &self.shared.parts.activity
    }

    /// The last samples.
    #[must_use]
    pub fn samples(&self) -> &Samples {
        &self.shared.samples
    }

    /// How the world was over weeks.
    #[must_use]
    pub fn chronicle(&self) -> &Chronicle {
        &self.shared.parts.chronicle
    }

    /// How the server is now.
    #[must_use]
    pub fn status(&self) -> ServerStatus {
        (self.shared.parts.status)()
    }

    /// Who is here.
    fn roster(&self) -> &Roster {
        &self.shared.parts.roster
    }
}
