//! The announcement that stands for a while, until its time is over.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::moderation::Moderation;

/// How often the clock is looked at. Pages take it away by their own clock; this is for those who come in
/// then.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// Keeps the world showing what stands, until `stop`.
pub(super) async fn keep_pinned(moderation: Moderation, stop: CancellationToken) {
    let mut looks = interval(LOOK_AGAIN);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while stop.run_until_cancelled(looks.tick()).await.is_some() {
        moderation.show_pin();
    }
}
