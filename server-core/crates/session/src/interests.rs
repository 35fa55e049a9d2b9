//! What nodes say to each other of where their clients have others near, and who is forwarded by that; see `docs/several-nodes.md`.

use std::time::Duration;

use tokio::time::Instant;

use super::live::Live;
use super::sights::Sights;
use contract::{PlayerId, SharedJson};
use replication::Hub;
use world::nearness::EVERYTHING;

/// Time between two looks at where the clients of this node have others near.
const SAY_PAUSE: Duration = Duration::from_millis(400);

impl Live {
    /// Says what the clients of this node have near, and hears what those of the others have, where there are `peers`. Before a flush.
    pub(crate) fn exchange_interests(&mut self, hub: &Hub, peers: bool, now: Instant) {
        let forwarding = &mut self.forwarding;
        if self.distance.is_none() || !peers {
            if forwarding.said.take().is_some() {
                hub.want(EVERYTHING);
                // In a small world nobody waits, and alone nobody is told.
                forwarding.held_back.set_interests(None);
                forwarding.version = 0;
            }
            return;
        }
        // Cells begin with the first flush.
        if now >= *forwarding.said.get_or_insert(now) + SAY_PAUSE {
            forwarding.said = Some(now);
            if let Some(interest) = self.world.interest() {
                hub.want(&interest.to_string());
            }
        }
        if let Some(interests) = hub.interests(forwarding.version) {
            forwarding.follow(interests);
        }
    }

    /// Those whose turn has come, as they are now.
    pub(crate) fn take_forwarded(&mut self, now: Instant) -> Vec<(PlayerId, u64, SharedJson)> {
        let distance = self.distance.as_ref();
        let beat = distance.map_or(0, |it| it.beat_at(now));
        let tick = distance.map_or(1, Sights::beats);
        let due = self.forwarding.held_back.take_due(beat, tick).into_iter();
        // Whoever left is told of by that.
        let players = due.filter_map(|id| {
            let (fence, player) = self.world.local_player(&id)?;
            Some((id, fence, player))
        });
        players.collect()
    }
}
