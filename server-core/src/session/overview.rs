//! Live connections as the administration looks at them.

use std::time::Duration;

use tokio::time::Instant;

use super::SessionManager;
use super::connection::Connection;
use super::identity::Visitor;
use crate::protocol::{Player, PlayerId};
use crate::world::ConnectionId;

/// Connections looked at in one go, so that the world is never locked for long.
const SLICE: usize = 256;

/// One connection at the moment it is looked at.
#[derive(Debug)]
pub struct Glimpse<'a> {
    /// Ours, unique on this node.
    pub id: ConnectionId,
    /// Who it is.
    pub visitor: &'a Visitor,
    /// Whether it reads batched updates.
    pub batch: bool,
    /// Whether its frames go over a websocket now.
    pub websocket: bool,
    /// Since when it is open.
    pub connected: Instant,
    /// Since when it holds its player.
    pub joined: Option<Instant>,
    /// When its last event came.
    pub last_event: Instant,
    /// Round trip of its TCP connection, where that is known.
    pub round_trip: Option<Duration>,
    /// The player it holds.
    pub player: Option<&'a Player>,
}

/// A connection that is about to be acted on.
#[derive(Debug, Clone)]
pub struct Target {
    /// Ours, unique on this node.
    pub id: ConnectionId,
    /// Who it is.
    pub visitor: Visitor,
    /// The player it holds.
    pub player_id: Option<PlayerId>,
    /// The player's name, or the account's.
    pub name: Option<String>,
}

impl SessionManager {
    /// Shows every live connection to `see`, in no particular order. What happens meanwhile may be
    /// seen or not. `see` runs under the world's lock: it must be quick.
    pub fn look(&self, mut see: impl FnMut(Glimpse<'_>)) {
        let roster = self.shared.live.lock().roster();
        for slice in roster.chunks(SLICE) {
            let live = self.shared.live.lock();
            for connection in slice {
                if connection.has_ended() {
                    continue;
                }
                let link = connection.link();
                let held = live.world.held_by(connection.id);
                let visitor = connection.visitor.lock();
                see(Glimpse {
                    id: connection.id,
                    visitor: &visitor,
                    batch: connection.batch,
                    websocket: link.as_ref().is_some_and(|link| link.is_websocket()),
                    connected: connection.connected,
                    joined: *connection.joined.lock(),
                    last_event: *connection.last_event.lock(),
                    round_trip: link.and_then(|link| link.round_trip()),
                    player: held.and_then(|id| live.world.player(id)),
                });
            }
        }
    }

    /// The live connection with this id.
    #[must_use]
    pub fn target(&self, id: ConnectionId) -> Option<Target> {
        let live = self.shared.live.lock();
        let connection = live.get(id)?;
        let player_id = live.world.held_by(id).cloned();
        let name = player_id.as_ref().and_then(|id| live.world.name_of(id));
        Some(target(connection, player_id.clone(), name))
    }

    /// The connection of this node that holds a player.
    #[must_use]
    pub fn target_of(&self, player_id: &PlayerId) -> Option<Target> {
        let live = self.shared.live.lock();
        let connection = live.world.holder_of(player_id)?.connection?;
        let name = live.world.name_of(player_id);
        Some(target(live.get(connection)?, Some(player_id.clone()), name))
    }
}

fn target(connection: &Connection, player_id: Option<PlayerId>, name: Option<&str>) -> Target {
    let visitor = connection.visitor.lock().clone();
    let account_name = || Some(visitor.account.as_ref()?.username.clone());
    Target {
        id: connection.id,
        name: name.map(str::to_owned).or_else(account_name),
        visitor,
        player_id,
    }
}
