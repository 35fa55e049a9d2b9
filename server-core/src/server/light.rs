//! The light of a world that follows the clock.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::live_settings::LiveSettings;
use session::SessionManager;

/// How often the clock is looked at.
const LOOK_AGAIN: Duration = Duration::from_secs(15);

/// Keeps the light of the world as the settings want it at this hour, until `stop`.
pub(super) async fn keep_light(
    settings: LiveSettings,
    sessions: SessionManager,
    stop: CancellationToken,
) {
    let mut looks = interval(LOOK_AGAIN);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while stop.run_until_cancelled(looks.tick()).await.is_some() {
        sessions.set_mood(settings.now().mood());
    }
}
