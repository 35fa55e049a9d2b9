//! Players that other nodes hold, as those nodes tell of them.

use super::{Holder, Joined, Released, SharedJson, WorldError, WorldState};
use contract::{Player, PlayerId};

impl WorldState {
    /// Another node's player came in under `fence`.
    ///
    /// # Errors
    /// [`WorldError::Stale`] when a newer claim came first; nothing changed then.
    pub fn join_remote(&mut self, player: Player, fence: u64) -> Result<Joined, WorldError> {
        let holder = Holder {
            connection: None,
            fence,
        };
        self.join(player, holder)
    }

    /// Takes over the newest state of another node's player and notes what changed. `false` when
    /// it is not held elsewhere under this very fence.
    pub fn update_remote(&mut self, player: Player, fence: u64) -> bool {
        let holder = Holder {
            connection: None,
            fence,
        };
        let Some(record) = self.players.get_mut(&player.id) else {
            return false;
        };
        if record.holder != holder {
            return false;
        }
        let id = player.id.clone();
        if record.replace(player, self.revision + 1) {
            self.changed.push(id);
        }
        self.revision += 1;
        self.parts.touch();
        true
    }

    /// Removes a player that another node held under `fence` or an older one.
    pub fn leave_remote(&mut self, id: &PlayerId, fence: u64) -> Option<Released> {
        let holder = self.players.get(id)?.holder;
        if holder.connection.is_some() || holder.fence > fence {
            return None;
        }
        self.players.remove(id);
        self.leave_distance(id);
        self.parts.touch();
        Some(Released {
            id: id.clone(),
            fence: holder.fence,
        })
    }

    /// The players other nodes hold, each with its fence.
    #[must_use]
    pub fn remote_players(&self) -> Vec<(PlayerId, u64)> {
        self.players
            .iter()
            .filter(|(_, record)| record.holder.connection.is_none())
            .map(|(id, record)| (id.clone(), record.holder.fence))
            .collect()
    }

    /// A player that a connection of this node holds: its fence and newest state.
    pub fn local_player(&mut self, id: &PlayerId) -> Option<(u64, SharedJson)> {
        let record = self.players.get_mut(id)?;
        record.holder.connection?;
        Some((record.holder.fence, record.json()))
    }

    /// A player goes on under another fence.
    pub fn refence(&mut self, id: &PlayerId, from: u64, to: u64) {
        if let Some(record) = self.players.get_mut(id)
            && record.holder.fence == from
        {
            record.holder.fence = to;
        }
    }

    /// Whether another node's player is known exactly as it is.
    #[must_use]
    pub fn shows(&self, player: &Player) -> bool {
        self.players
            .get(&player.id)
            .is_some_and(|record| record.player() == player)
    }

    /// The history, oldest first.
    #[must_use]
    pub fn messages(&self) -> Vec<SharedJson> {
        self.chat.iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ConnectionId, new_player};
    use super::*;
    use contract::payload::PlayerPatch;
    use contract::{PayloadLimits, Position, SpriteAtlas, WorldInfo};

    fn world() -> WorldState {
        let info = WorldInfo {
            id: String::new(),
            name: String::new(),
            description: String::new(),
            ..WorldInfo::default()
        };
        let atlas = SpriteAtlas::new(0, String::new(), Vec::new());
        WorldState::new(&info, &atlas, 4, PayloadLimits::default())
    }

    fn ada() -> Player {
        let id = PlayerId::trusted("ada");
        new_player(id, PlayerPatch::default(), &PayloadLimits::default()).unwrap()
    }

    #[test]
    fn another_nodes_player_moves_and_leaves_by_its_fence() {
        let mut world = world();
        world.join_remote(ada(), 5).unwrap();
        let mut moved = ada();
        moved.position = Position {
            x: 3.0,
            ..Position::default()
        };
        assert!(!world.update_remote(moved.clone(), 4));
        assert!(world.update_remote(moved.clone(), 5));
        let mut changes = Vec::new();
        world.drain_changes(|delta| changes.push((delta.position(), delta.animation().is_some())));
        assert_eq!(changes, [(Some([3.0, 0.0, 0.0]), false)]);
        assert!(world.shows(&moved));
        assert_eq!(world.leave_remote(&ada().id, 4), None);
        assert!(world.leave_remote(&ada().id, 5).is_some());
        assert_eq!(world.player_count(), 0);
    }

    #[test]
    fn a_player_held_here_is_not_removed_by_what_others_say() {
        let mut world = world();
        let holder = Holder {
            connection: Some(ConnectionId(1)),
            fence: 5,
        };
        world.join(ada(), holder).unwrap();
        assert_eq!(world.leave_remote(&ada().id, 9), None);
        assert!(!world.update_remote(ada(), 5));
        world.refence(&ada().id, 5, 8);
        assert_eq!(world.local_player(&ada().id).unwrap().0, 8);
        let joined = world.join_remote(ada(), 9).unwrap();
        assert_eq!(joined.evicted, Some(ConnectionId(1)));
        assert!(world.local_player(&ada().id).is_none());
    }

    #[test]
    fn an_update_that_changes_nothing_is_still_heard_of() {
        let mut world = world();
        world.join_remote(ada(), 5).unwrap();
        world.update_remote(ada(), 5);
        assert!(world.has_changes());
    }
}
