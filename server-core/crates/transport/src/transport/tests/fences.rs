//! The two fences of the reader under loom, which runs every order of memory accesses that the
//! language allows. The source of the reader is compiled a second time here, over loom's primitives.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize as Count, Ordering};
use std::task::{Context, Wake, Waker};

use loom::sync::atomic::AtomicUsize;

/// What the reader is built on, with the memory orderings of the real ones.
mod sync {
    pub(super) use std::sync::atomic::Ordering;
    use std::task::Waker;

    pub(super) use loom::sync::atomic::fence;

    /// As `futures_util::task::AtomicWaker`.
    #[derive(Debug, Default)]
    pub(super) struct AtomicWaker(loom::future::AtomicWaker);

    impl AtomicWaker {
        pub(super) fn register(&self, waker: &Waker) {
            self.0.register_by_ref(waker);
        }

        pub(super) fn wake(&self) {
            self.0.wake();
        }

        pub(super) fn take(&self) -> Option<Waker> {
            self.0.take_waker()
        }
    }

    /// As `std::sync::OnceLock`: a flag that is released after the value was stored and acquired before
    /// it is read. The value itself is none of loom's business.
    #[derive(Debug)]
    pub(super) struct OnceLock<T> {
        is_set: loom::sync::atomic::AtomicBool,
        value: std::sync::OnceLock<T>,
    }

    impl<T> Default for OnceLock<T> {
        fn default() -> Self {
            Self {
                is_set: loom::sync::atomic::AtomicBool::new(false),
                value: std::sync::OnceLock::new(),
            }
        }
    }

    impl<T> OnceLock<T> {
        pub(super) fn get(&self) -> Option<&T> {
            match self.is_set.load(Ordering::Acquire) {
                true => self.value.get(),
                false => None,
            }
        }

        pub(super) fn get_or_init(&self, value: impl FnOnce() -> T) -> &T {
            let value = self.value.get_or_init(value);
            self.is_set.store(true, Ordering::Release);
            value
        }
    }
}

#[expect(
    clippy::duplicate_mod,
    reason = "compiled a second time, over other primitives"
)]
#[path = "../read_waker.rs"]
mod read_waker;

#[derive(Default)]
struct Woken(Count);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

/// A reader, and the bytes that wait: stored and read as [`Shared`](super::super::TransportShared) does.
#[derive(Default)]
struct Shared {
    reader: read_waker::ReadWaker,
    waiting: AtomicUsize,
}

impl Shared {
    fn push(&self) {
        self.waiting.store(1, Ordering::Release);
        self.reader.wake();
    }

    fn has_waiting(&self) -> bool {
        self.waiting.load(Ordering::Acquire) > 0
    }
}

/// The task takes over while somebody pushes: it sees what was pushed, or it is woken.
#[test]
fn no_wake_is_lost_while_reading_changes_hands() {
    loom::model(|| {
        let shared = loom::sync::Arc::new(Shared::default());
        let pushing = {
            let shared = shared.clone();
            loom::thread::spawn(move || shared.push())
        };
        let task = Arc::new(Woken::default());
        let waker = Waker::from(task.clone());
        shared.reader.begin_task(&Context::from_waker(&waker));
        let seen = shared.has_waiting();
        pushing.join().unwrap();
        let woken = task.0.load(Ordering::SeqCst) > 0;
        assert!(seen || woken, "the task would wait for ever");
    });
}

/// The owner reads while somebody pushes: likewise.
#[test]
fn no_wake_of_the_owner_is_lost() {
    loom::model(|| {
        let shared = loom::sync::Arc::new(Shared::default());
        let pushing = {
            let shared = shared.clone();
            loom::thread::spawn(move || shared.push())
        };
        let owner = Arc::new(Woken::default());
        let waker = Waker::from(owner.clone());
        shared.reader.register_owner(&Context::from_waker(&waker));
        let seen = shared.has_waiting();
        pushing.join().unwrap();
        let woken = owner.0.load(Ordering::SeqCst) > 0;
        assert!(seen || woken, "the owner would wait for ever");
    });
}

/// Once the task reads, later pushes find it without another fence of its own.
#[test]
fn a_task_that_reads_already_is_found() {
    loom::model(|| {
        let shared = loom::sync::Arc::new(Shared::default());
        let task = Arc::new(Woken::default());
        let waker = Waker::from(task.clone());
        shared.reader.begin_task(&Context::from_waker(&waker));
        let pushing = {
            let shared = shared.clone();
            loom::thread::spawn(move || shared.push())
        };
        shared.reader.begin_task(&Context::from_waker(&waker));
        let seen = shared.has_waiting();
        pushing.join().unwrap();
        let woken = task.0.load(Ordering::SeqCst) > 0;
        assert!(seen || woken);
    });
}
