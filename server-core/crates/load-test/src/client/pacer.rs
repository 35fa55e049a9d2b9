//! Sends what is due, whatever else there is to do.
//!
//! One flush of a large world makes a thousand sockets readable at once, and reading them takes
//! longer than an update may be late. Timers of their own would stand in the same queue as those
//! reads. So there is one list of what is due, and every client looks at it after each turn of
//! reading and sends what is due for whomever it is due.

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::rc::{Rc, Weak};

use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

/// What a client does at a moment of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum BotTurn {
    Move,
    Speak,
}

/// A client whose turns come at their times.
pub(super) trait Paced {
    /// Sends what was due at this moment and returns when the next turn of its kind is.
    fn take_turn(&mut self, turn: BotTurn, due: Instant) -> Option<Instant>;
}

/// A client that stays its own owner.
type WeakBot = Weak<RefCell<dyn Paced>>;

/// What is due when, for which client.
#[derive(Default)]
pub(super) struct Pacer {
    due: RefCell<BinaryHeap<Reverse<(Instant, BotTurn, u32)>>>,
    /// By index; who is gone has left its place.
    bots: RefCell<Vec<Option<WeakBot>>>,
    earlier: Notify,
    stopped: Cell<bool>,
}

impl Pacer {
    /// Makes a client known. It stays its own owner.
    pub(super) fn register(&self, index: u32, bot: &Rc<RefCell<impl Paced + 'static>>) {
        let mut bots = self.bots.borrow_mut();
        let index = index as usize;
        if bots.len() <= index {
            bots.resize_with(index + 1, || None);
        }
        let bot = Rc::downgrade(bot);
        bots[index] = Some(bot);
    }

    /// Plans a turn.
    pub(super) fn plan(&self, at: Instant, turn: BotTurn, index: u32) {
        if self.stopped.get() {
            return;
        }
        let mut due = self.due.borrow_mut();
        let earlier = due.peek().is_none_or(|first| at < first.0.0);
        due.push(Reverse((at, turn, index)));
        if earlier {
            self.earlier.notify_one();
        }
    }

    /// What was planned is not done.
    pub(super) fn forget(&self) {
        self.due.borrow_mut().clear();
    }

    /// Nothing is due any more.
    pub(super) fn stop(&self) {
        self.stopped.set(true);
        self.due.borrow_mut().clear();
    }

    /// Sends everything that is due by now. No client may be borrowed meanwhile.
    pub(super) fn send_due(&self) {
        loop {
            let (at, turn, index) = {
                let mut due = self.due.borrow_mut();
                match due.peek() {
                    Some(Reverse((at, ..))) if *at <= Instant::now() => {}
                    _ => return,
                }
                match due.pop() {
                    Some(Reverse(next)) => next,
                    None => return,
                }
            };
            let bots = self.bots.borrow();
            let bot = bots.get(index as usize).and_then(Option::as_ref);
            let bot = bot.and_then(Weak::upgrade);
            drop(bots);
            let next = bot.and_then(|bot| bot.borrow_mut().take_turn(turn, at));
            if let Some(next) = next {
                self.plan(next, turn, index);
            }
        }
    }

    /// Keeps the times while no client has anything to read. Endless.
    pub(super) async fn run(&self) {
        loop {
            let next = self.due.borrow().peek().map(|first| first.0.0);
            let wait = async {
                match next {
                    Some(at) => sleep_until(at).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = wait => self.send_due(),
                () = self.earlier.notified() => {}
            }
        }
    }
}
