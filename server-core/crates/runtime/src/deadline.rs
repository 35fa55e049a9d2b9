//! One point in time by which something has to be over, handed down to all of its parts.
//!
//! Parts with limits of their own add up to more than anybody set; a part that is given a share of the
//! time that is left leaves the rest to those after it.

use std::time::Duration;

use tokio::time::error::Elapsed;
use tokio::time::{Instant, timeout_at};

/// See the module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deadline(Instant);

impl Deadline {
    /// So long from now.
    #[must_use]
    pub fn after(time: Duration) -> Self {
        Self(Instant::now() + time)
    }

    /// The end of the next `percent` of the time that is left, at most this deadline itself.
    #[must_use]
    pub fn share(self, percent: u32) -> Self {
        let now = Instant::now();
        let left = self.0.saturating_duration_since(now);
        Self(self.0.min(now + left * percent.min(100) / 100))
    }

    /// Waits for `work`, and gives it up at the deadline.
    ///
    /// # Errors
    /// When it is not done by then.
    pub async fn limit<T>(self, work: impl Future<Output = T>) -> Result<T, Elapsed> {
        timeout_at(self.0, work).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_share_leaves_the_rest_to_others() {
        let whole = Deadline::after(Duration::from_secs(1000));
        let (half, most) = (whole.share(50), whole.share(99));
        assert!(half < most && most < whole, "{half:?} {most:?} {whole:?}");
        assert!(half > Deadline::after(Duration::from_secs(100)));
        assert!(whole.share(200) <= whole);
        let over = Deadline::after(Duration::ZERO);
        assert!(over.limit(std::future::pending::<()>()).await.is_err());
        assert!(over.share(50) <= over, "nothing is left to share");
        assert_eq!(whole.limit(async { 7 }).await.unwrap(), 7);
    }
}
