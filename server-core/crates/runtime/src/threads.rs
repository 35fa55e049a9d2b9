//! The runtime of a server, and how its threads delay parking while a crowd moves.
//!
//! In a crowd each update wakes a thread that needs far less time to apply it than to wake and to sleep
//! again, and whatever it changes leaves on the next tick anyway. So a thread that has run out of work
//! delays its parking a moment before it asks the system for more, and then finds several updates at once: what
//! network cards do with their interrupts. It never sleeps into a tick, which would come late or find
//! updates unread.

use std::cell::RefCell;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};

/// Time before a tick in which nobody delays, so that it finds all updates read.
const AWAKE: Duration = Duration::from_millis(1);
/// A shorter delay costs more than it spares.
const SHORTEST: Duration = Duration::from_micros(200);

thread_local! {
    /// The park delay of the runtime that this thread belongs to.
    static PARK_DELAY: RefCell<Option<Arc<ParkDelay>>> = const { RefCell::new(None) };
}

/// Builds the runtime to call `Server::run` in. Any other works as well, but parks at once.
///
/// # Errors
/// When the system starts no threads.
pub fn build(thread_name: &str) -> io::Result<Runtime> {
    raise_descriptor_limit();
    let park_delay = Arc::new(ParkDelay::new());
    let known = park_delay.clone();
    Builder::new_multi_thread()
        .thread_name(thread_name)
        .enable_all()
        .on_thread_start(move || PARK_DELAY.set(Some(known.clone())))
        .on_thread_park(move || {
            if let Some(park_delay) = park_delay.now(Instant::now()) {
                // The one place where a thread of the runtime is meant to stand still.
                std::thread::sleep(park_delay);
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

/// Delays the parking of the current runtime's threads by `each` whenever they run out of work, until the
/// `tick`.
pub fn park_before(tick: Instant, each: Duration) {
    PARK_DELAY.with_borrow(|park_delay| {
        if let Some(park_delay) = park_delay {
            park_delay.plan(tick, each);
        }
    });
}

/// How long to delay parking, and until when that holds. A torn pair of the two is a moment too many or too few.
#[derive(Debug)]
struct ParkDelay {
    started: Instant,
    until_us: AtomicU64,
    each_us: AtomicU64,
}

impl ParkDelay {
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
        let park_delay = Duration::from_micros(left.min(self.each_us.load(Relaxed)));
        (park_delay >= SHORTEST).then_some(park_delay)
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
        let park_delay = ParkDelay::new();
        let at = |ms| park_delay.started + Duration::from_millis(ms);
        let ms = |ms| Some(Duration::from_millis(ms));
        assert_eq!(park_delay.now(at(1)), None);
        park_delay.plan(at(100), Duration::from_millis(4));
        assert_eq!(park_delay.now(at(60)), ms(4));
        assert_eq!(park_delay.now(at(97)), ms(2));
        for later in [99, 100, 500] {
            assert_eq!(park_delay.now(at(later)), None, "at {later} ms");
        }
        park_delay.plan(at(200), Duration::ZERO);
        assert_eq!(park_delay.now(at(150)), None, "switched off");
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
        let knows = || PARK_DELAY.with_borrow(Option::is_some);
        assert!(runtime.block_on(async { tokio::spawn(async move { knows() }).await.unwrap() }));
        assert!(!knows());
        // On a thread of no such runtime there is nothing to plan.
        park_before(
            Instant::now() + Duration::from_secs(1),
            Duration::from_millis(2),
        );
    }
}
