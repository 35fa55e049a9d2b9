//! The runtime of a server, and how its threads rest while a crowd moves.
//!
//! In a crowd each update wakes a thread that needs far less time to apply it than to wake and to sleep
//! again, and whatever it changes leaves on the next tick anyway. So a thread that has run out of work
//! rests a moment before it asks the system for more, and then finds several updates at once: what
//! network cards do with their interrupts. It never rests into a tick, which would come late or find
//! updates unread.

use std::cell::RefCell;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};

/// Time before a tick in which nobody rests, so that it finds all updates read.
const AWAKE: Duration = Duration::from_millis(1);
/// A shorter rest costs more than it spares.
const SHORTEST: Duration = Duration::from_micros(200);

thread_local! {
    /// The rest of the runtime that this thread belongs to.
    static REST: RefCell<Option<Arc<Rest>>> = const { RefCell::new(None) };
}

/// Builds the runtime to call `Server::run` in. Any other works as well, but rests less.
///
/// # Errors
/// When the system starts no threads.
pub fn build(thread_name: &str) -> io::Result<Runtime> {
    raise_descriptor_limit();
    let rest = Arc::new(Rest::new());
    let known = rest.clone();
    Builder::new_multi_thread()
        .thread_name(thread_name)
        .enable_all()
        .on_thread_start(move || REST.set(Some(known.clone())))
        .on_thread_park(move || {
            if let Some(rest) = rest.now(Instant::now()) {
                // The one place where a thread of the runtime is meant to stand still.
                std::thread::sleep(rest);
            }
        })
        .build()
}

/// Every connection takes a descriptor, and many systems allow 1024 unless a program asks for what it
/// may have (the soft and the hard limit of `setrlimit(2)`).
fn raise_descriptor_limit() {
    if let Err(error) = rlimit::increase_nofile_limit(u64::MAX) {
        tracing::warn!(%error, "the limit on open connections could not be raised");
    }
}

/// Has the threads of the current runtime rest for `each` whenever they run out of work, until the
/// `tick`.
pub fn rest_before(tick: Instant, each: Duration) {
    REST.with_borrow(|rest| {
        if let Some(rest) = rest {
            rest.plan(tick, each);
        }
    });
}

/// How long to rest, and until when that holds. A torn pair of the two is a moment too many or too few.
#[derive(Debug)]
struct Rest {
    started: Instant,
    until_us: AtomicU64,
    each_us: AtomicU64,
}

impl Rest {
    fn new() -> Self {
        Self {
            started: Instant::now(),
            until_us: AtomicU64::new(0),
            each_us: AtomicU64::new(0),
        }
    }

    fn plan(&self, tick: Instant, each: Duration) {
        self.each_us.store(micros(each), Relaxed);
        let until = tick.checked_sub(AWAKE).unwrap_or(tick);
        self.until_us.store(self.at(until), Relaxed);
    }

    fn now(&self, now: Instant) -> Option<Duration> {
        let left = self.until_us.load(Relaxed).saturating_sub(self.at(now));
        let rest = Duration::from_micros(left.min(self.each_us.load(Relaxed)));
        (rest >= SHORTEST).then_some(rest)
    }

    fn at(&self, time: Instant) -> u64 {
        micros(time.saturating_duration_since(self.started))
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rest_ends_before_the_tick() {
        let rest = Rest::new();
        let at = |ms| rest.started + Duration::from_millis(ms);
        let ms = |ms| Some(Duration::from_millis(ms));
        assert_eq!(rest.now(at(1)), None);
        rest.plan(at(100), Duration::from_millis(4));
        assert_eq!(rest.now(at(60)), ms(4));
        assert_eq!(rest.now(at(97)), ms(2));
        for later in [99, 100, 500] {
            assert_eq!(rest.now(at(later)), None, "at {later} ms");
        }
        rest.plan(at(200), Duration::ZERO);
        assert_eq!(rest.now(at(150)), None, "switched off");
    }

    #[cfg(unix)]
    #[test]
    fn a_server_may_open_as_many_descriptors_as_the_system_allows() {
        let (_, hard) = rlimit::Resource::NOFILE.get().unwrap();
        rlimit::Resource::NOFILE.set(hard.min(512), hard).unwrap();
        build("test").unwrap();
        assert_eq!(rlimit::Resource::NOFILE.get().unwrap(), (hard, hard));
    }

    #[test]
    fn the_threads_of_a_runtime_know_their_own_rest() {
        let runtime = build("test").unwrap();
        let knows = || REST.with_borrow(Option::is_some);
        assert!(runtime.block_on(async { tokio::spawn(async move { knows() }).await.unwrap() }));
        assert!(!knows());
        // On a thread of no such runtime there is nothing to plan.
        rest_before(
            Instant::now() + Duration::from_secs(1),
            Duration::from_millis(2),
        );
    }
}
