//! Held lines that no moderator decides about in time.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval, sleep};
use tokio_util::sync::CancellationToken;

use crate::moderation::Moderation;

/// How often the lines in memory are looked through. They wait for minutes, so their speakers do not
/// notice a second more.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// After the database failed.
const TRY_AGAIN: Duration = Duration::from_secs(30);

/// Takes them away and tells those who said them, until `stop`.
pub(super) async fn keep_lapsing(moderation: Moderation, stop: CancellationToken) {
    let mut looks = interval(LOOK_AGAIN);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while stop.run_until_cancelled(looks.tick()).await.is_some() {
        let Err(error) = moderation.lapse_lines().await else {
            continue;
        };
        tracing::warn!(%error, "held lines whose time is over could not be taken away");
        stop.run_until_cancelled(sleep(TRY_AGAIN)).await;
    }
}
