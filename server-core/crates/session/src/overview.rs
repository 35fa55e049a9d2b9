//! Live connections as the administration looks at them.

use std::time::Duration;

use tokio::time::Instant;

use super::SessionManager;
use super::connection::Connection;
use super::live::Live;
use contract::{Player, PlayerId};
use identity::Visitor;
use world::ConnectionId;

/// Connections looked at in one go, so that the world is never locked for long.
const SLICE: usize = 256;

/// One connection at the moment it is looked at.
#[derive(Debug)]
pub struct SessionView<'a> {
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
    /// Round trip of its last heartbeat, where that is known.
    pub round_trip: Option<Duration>,
    /// The player it holds.
    pub player: Option<&'a Player>,
}

/// How many there are at one moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Census {
    /// Players in the world, bots among them.
    pub players: usize,
    /// Bots of load tests among the players.
    pub bots: usize,
    /// Open sockets of this node.
    pub sockets: usize,
    /// Players whom this node holds and who are no bots.
    pub people_here: usize,
    /// Bots whom this node holds.
    pub bots_here: usize,
}

impl SessionManager {
    /// Shows every live connection to `see`, in no particular order. What happens meanwhile may be
    /// seen or not. `see` runs under the world's lock: it must be quick.
    pub fn look(&self, mut see: impl FnMut(SessionView<'_>)) {
        let roster = self.shared.live.lock().roster();
        for slice in roster.chunks(SLICE) {
            let live = self.shared.live.lock();
            for connection in slice {
                if !connection.has_ended() {
                    show(&live, connection, &mut see);
                }
            }
        }
    }

    /// How many there are of each, at one moment. Bots of other nodes are told apart by the ids of
    /// their players.
    #[must_use]
    pub fn census(&self, remote_bots: &[PlayerId]) -> Census {
        let mut live = self.shared.live.lock();
        let roster = live.roster();
        let mut players_here = 0;
        let mut bots_here = 0;
        for connection in roster.iter() {
            let plays = live.world.held_by(connection.id).is_some();
            players_here += usize::from(plays);
            bots_here += usize::from(plays && connection.bot);
        }
        let remote = remote_bots
            .iter()
            .filter(|id| live.world.player(id).is_some());
        Census {
            players: live.world.player_count(),
            bots: bots_here + remote.count(),
            sockets: roster.len(),
            people_here: players_here - bots_here,
            bots_here,
        }
    }

    /// Shows one live connection to `see`; not at all when it is gone.
    pub fn look_at(&self, id: ConnectionId, mut see: impl FnMut(SessionView<'_>)) {
        let live = self.shared.live.lock();
        if let Some(connection) = live.get(id) {
            show(&live, connection, &mut see);
        }
    }

    /// The connection of this node that holds a player.
    #[must_use]
    pub fn holder(&self, player_id: &PlayerId) -> Option<ConnectionId> {
        self.shared
            .live
            .lock()
            .world
            .holder_of(player_id)?
            .connection
    }
}

fn show(live: &Live, connection: &Connection, see: &mut impl FnMut(SessionView<'_>)) {
    let link = connection.link();
    let held = live.world.held_by(connection.id);
    let visitor = connection.visitor.lock();
    see(SessionView {
        id: connection.id,
        visitor: &visitor,
        batch: connection.updates.is_batched(),
        websocket: link.as_ref().is_some_and(|link| link.is_websocket()),
        connected: connection.connected,
        joined: *connection.joined.lock(),
        last_event: *connection.last_event.lock(),
        round_trip: link.and_then(|link| link.round_trip()),
        player: held.and_then(|id| live.world.player(id)),
    });
}
