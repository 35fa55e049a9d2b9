//! How often one account may speak to everybody: a program that goes wrong would fill every screen and the
//! audit log. Each node counts for itself, as it does for what people say in the world.

use std::collections::HashMap;
use std::time::Duration;

use parking_lot::Mutex;
use session::{Rate, TokenBucket};
use tokio::time::Instant;

/// See the module.
#[derive(Debug)]
pub(super) struct AnnouncementRate {
    rate: Rate,
    /// By account, of whom something was taken lately. Its lock is held for one look.
    taken: Mutex<HashMap<String, TokenBucket>>,
}

impl AnnouncementRate {
    pub(super) fn new(rate: Rate) -> Self {
        Self {
            rate,
            taken: Mutex::default(),
        }
    }

    /// Takes one of `account`'s announcements.
    ///
    /// # Errors
    /// How long to wait for the next one.
    pub(super) fn take(&self, account: &str, now: Instant) -> Result<(), Duration> {
        let mut taken = self.taken.lock();
        taken.retain(|_, bucket| !bucket.is_full(self.rate, now));
        let bucket = taken
            .entry(account.to_owned())
            .or_insert_with(|| TokenBucket::full(self.rate, now));
        match bucket.take(self.rate, now) {
            true => Ok(()),
            false => Err(bucket.wait(self.rate, now)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_account_has_a_rate_of_its_own_and_is_forgotten_with_time() {
        let limit = AnnouncementRate::new(Rate {
            per_second: 0.5,
            burst: 2.0,
        });
        let start = Instant::now();
        let at = |seconds: u64| start + Duration::from_secs(seconds);
        assert_eq!(limit.take("ana", at(0)), Ok(()));
        assert_eq!(limit.take("ana", at(0)), Ok(()));
        assert_eq!(limit.take("ana", at(0)), Err(Duration::from_secs(2)));
        assert_eq!(limit.take("bo", at(0)), Ok(()));
        assert_eq!(limit.take("ana", at(2)), Ok(()));
        assert_eq!(limit.take("ana", at(3)), Err(Duration::from_secs(1)));
        assert_eq!(limit.take("cy", at(60)), Ok(()));
        assert_eq!(limit.taken.lock().len(), 1);
    }
}
