//! What happened since the feed last looked: messages, actions, reports.
//!
//! Collected only while somebody watches; the last of them are kept always, for the first look.
//! Bounded: when more happens between two looks than fits, the watchers get everything afresh.

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, OnceLock};

use parking_lot::Mutex;
use tokio::sync::Notify;

use contract::MessageId;
use contract::admin::action::ActionName;
use contract::admin::{ActionEntry, LoadTestRun, Report};
use contract::load_test::Second;
use contract::rest::{ArchivedMessage, MessageStatus};

/// Messages kept for the first look.
pub const RECENT_CHAT: usize = 50;
/// Lines of the audit log kept for the first look.
const RECENT_ACTIONS: usize = 20;
/// Things that may happen between two looks, of each kind.
const PENDING: usize = 2000;

/// How actions about load tests begin, and the one that deletes.
const LOAD_TEST: &str = "load-test.";
const LOAD_TEST_DELETED: &str = ActionName::LOAD_TEST_DELETE.as_str();

/// Takes what somebody said here to the other nodes; one that does not fit is lost, and in the archive.
pub type ChatCarrier = Arc<dyn Fn(&ArchivedMessage) + Send + Sync>;

/// See the module; cheap to clone.
#[derive(Clone, Default)]
pub struct FeedActivity {
    // Held for a few pushes, never across an await.
    state: Arc<Mutex<ActivityState>>,
    /// To the other nodes, where there may be some.
    carrier: Arc<OnceLock<ChatCarrier>>,
    load_tests: Arc<Notify>,
}

#[derive(Debug, Default)]
struct ActivityState {
    watched: bool,
    pending: Pending,
    recent: Recent,
}

/// What happened since the last look, oldest first.
#[derive(Debug, Default)]
pub(super) struct Pending {
    pub(super) chat: Vec<ArchivedMessage>,
    pub(super) removed: Vec<MessageId>,
    pub(super) restored: Vec<ArchivedMessage>,
    pub(super) actions: Vec<ActionEntry>,
    pub(super) reports: Vec<Report>,
    /// The load test as it is now, if that changed.
    pub(super) load_test: Option<LoadTestRun>,
    /// What it measured.
    pub(super) seconds: Vec<Second>,
    /// More happened than was kept.
    pub(super) overflowed: bool,
}

/// The last of everything, oldest first.
#[derive(Debug, Default, Clone)]
pub(super) struct Recent {
    pub(super) chat: VecDeque<ArchivedMessage>,
    pub(super) actions: VecDeque<ActionEntry>,
    pub(super) load_test: Option<LoadTestRun>,
}

impl FeedActivity {
    /// What there was before this server started, oldest first.
    pub fn begin(&self, chat: Vec<ArchivedMessage>, actions: Vec<ActionEntry>) {
        let mut state = self.state.lock();
        state.recent.chat = chat.into();
        state.recent.actions = actions.into();
        state.trim();
    }

    /// What other nodes wrote while this one did not hear them: the last of everything as the database
    /// has it, oldest first. Who watches gets everything afresh.
    pub fn renew(&self, chat: Vec<ArchivedMessage>, actions: Vec<ActionEntry>) {
        let mut state = self.state.lock();
        // The archive is a moment late.
        let stored: HashSet<_> = chat.iter().map(|it| it.message.id.clone()).collect();
        let mut recent = std::mem::replace(&mut state.recent.chat, chat.into());
        recent.retain(|it| !stored.contains(&it.message.id));
        state.recent.chat.extend(recent);
        let chat = state.recent.chat.make_contiguous();
        chat.sort_by(|a, b| a.message.moment().cmp(&b.message.moment()));
        state.recent.actions = actions.into();
        state.trim();
        if state.watched {
            state.pending = Pending::overflown();
        }
    }

    /// From now on what is said here is also told to other nodes. Once.
    pub fn carry(&self, carrier: ChatCarrier) {
        let _ = self.carrier.set(carrier);
    }

    /// Somebody said something here.
    pub fn placed(&self, message: ArchivedMessage) {
        if let Some(carry) = self.carrier.get() {
            carry(&message);
        }
        self.received(message);
    }

    /// Somebody said something, on any node.
    pub fn received(&self, message: ArchivedMessage) {
        let mut state = self.state.lock();
        state.recent.chat.push_back(message.clone());
        state.trim();
        state.add(|pending| pending.chat.push(message));
    }

    /// A message was removed.
    pub fn removed(&self, id: &MessageId) {
        let mut state = self.state.lock();
        for message in &mut state.recent.chat {
            if message.message.id == *id {
                message.status = MessageStatus::Removed;
            }
        }
        state.add(|pending| pending.removed.push(id.clone()));
    }

    /// A removed message is back.
    pub fn restored(&self, message: &ArchivedMessage) {
        let mut state = self.state.lock();
        for recent in &mut state.recent.chat {
            if recent.message.id == message.message.id {
                *recent = message.clone();
            }
        }
        state.add(|pending| pending.restored.push(message.clone()));
    }

    /// There is a new line in the audit log, or one was undone.
    pub fn acted(&self, action: &ActionEntry) {
        if action.action.starts_with(LOAD_TEST) {
            self.load_tests_acted(action);
        }
        let mut state = self.state.lock();
        match state
            .recent
            .actions
            .iter_mut()
            .find(|it| it.id == action.id)
        {
            Some(line) => *line = action.clone(),
            // An old line that was undone is no news for the first look.
            None if action.undone_at.is_some() => {}
            None => state.recent.actions.push_back(action.clone()),
        }
        state.trim();
        state.add(|pending| pending.actions.push(action.clone()));
    }

    /// A report was made or changed.
    pub fn reported(&self, report: &Report) {
        self.state
            .lock()
            .add(|pending| pending.reports.push(report.clone()));
    }

    /// A load test began, changed or ended.
    pub fn load_test(&self, run: &LoadTestRun) {
        let mut state = self.state.lock();
        state.recent.load_test = Some(run.clone());
        state.add(|pending| {
            // What another run measured is of no use any more.
            if pending.load_test.as_ref().is_some_and(|it| it.id != run.id) {
                pending.seconds.clear();
            }
            pending.load_test = Some(run.clone());
        });
    }

    /// Something was done about load tests, on any node.
    fn load_tests_acted(&self, action: &ActionEntry) {
        if action.action == LOAD_TEST_DELETED {
            self.load_test_deleted(&action.subject);
        }
        self.load_tests.notify_one();
    }

    /// Told whenever a host does something about load tests, on any node.
    pub fn load_tests_changed(&self) -> Arc<Notify> {
        self.load_tests.clone()
    }

    /// A load test is gone from the history.
    pub fn load_test_deleted(&self, id: &str) {
        let recent = &mut self.state.lock().recent.load_test;
        recent.take_if(|run| run.id == id);
    }

    /// A second of the load test is over.
    pub fn load_test_second(&self, second: Second) {
        self.state
            .lock()
            .add(|pending| pending.seconds.push(second));
    }

    /// From now on what happens is collected, or no longer.
    pub(super) fn watch(&self, watched: bool) {
        let mut state = self.state.lock();
        state.watched = watched;
        state.pending = Pending::default();
    }

    /// Whether what happens is collected.
    pub fn is_watched(&self) -> bool {
        self.state.lock().watched
    }

    /// What happened since the last call.
    pub(super) fn take(&self) -> Pending {
        std::mem::take(&mut self.state.lock().pending)
    }

    /// The last messages, oldest first.
    #[must_use]
    pub fn recent_chat(&self) -> Vec<ArchivedMessage> {
        self.state.lock().recent.chat.iter().cloned().collect()
    }

    /// The last of everything.
    pub(super) fn recent(&self) -> Recent {
        self.state.lock().recent.clone()
    }
}

impl ActivityState {
    fn add(&mut self, push: impl FnOnce(&mut Pending)) {
        if !self.watched || self.pending.overflowed {
            return;
        }
        push(&mut self.pending);
        if self.pending.len() > PENDING {
            self.pending = Pending::overflown();
        }
    }

    fn trim(&mut self) {
        while self.recent.chat.len() > RECENT_CHAT {
            self.recent.chat.pop_front();
        }
        while self.recent.actions.len() > RECENT_ACTIONS {
            self.recent.actions.pop_front();
        }
    }
}

impl Pending {
    fn overflown() -> Self {
        Self {
            overflowed: true,
            ..Self::default()
        }
    }

    fn len(&self) -> usize {
        self.chat.len()
            + self.removed.len()
            + self.restored.len()
            + self.actions.len()
            + self.reports.len()
            + self.seconds.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::ChatMessage;

    fn message(number: usize) -> ArchivedMessage {
        ArchivedMessage {
            message: ChatMessage {
                id: MessageId(number.to_string()),
                player_id: "ana".to_owned(),
                author: "Ana".to_owned(),
                content: "hello".to_owned(),
                timestamp: String::new(),
            },
            status: MessageStatus::Visible,
            removed_at: None,
            removed_by: None,
            person: None,
        }
    }

    #[test]
    fn nothing_is_collected_while_nobody_watches_but_the_last_is_known() {
        let activity = FeedActivity::default();
        for number in 0..60 {
            activity.placed(message(number));
        }
        assert!(activity.take().chat.is_empty());
        assert_eq!(activity.recent().chat.len(), RECENT_CHAT);
        assert_eq!(activity.recent().chat[0], message(10));
        activity.watch(true);
        activity.placed(message(60));
        assert_eq!(activity.take().chat, [message(60)]);
        assert!(activity.take().chat.is_empty());
    }

    #[test]
    fn what_was_missed_is_taken_from_the_database_and_shown_afresh() {
        let activity = FeedActivity::default();
        activity.watch(true);
        let at = |number: usize| {
            let mut message = message(number);
            message.message.timestamp = format!("2026-01-01T00:00:{number:02}.000Z");
            message
        };
        for number in [1, 2, 5] {
            activity.placed(at(number));
        }
        activity.renew([1, 2, 3, 4].map(at).into(), Vec::new());
        assert!(activity.take().overflowed);
        assert_eq!(activity.recent().chat, [1, 2, 3, 4, 5].map(at));
    }

    #[test]
    fn too_much_between_two_looks_is_dropped_and_said() {
        let activity = FeedActivity::default();
        activity.watch(true);
        for number in 0..=PENDING {
            activity.placed(message(number));
        }
        let pending = activity.take();
        assert!(pending.overflowed && pending.chat.is_empty());
        activity.placed(message(1));
        assert!(!activity.take().overflowed);
    }
}
