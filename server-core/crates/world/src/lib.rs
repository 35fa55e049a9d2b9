//! The world as a value: players, who holds them, chat, atlas.
//!
//! Pure: values in, values out. No tokio, no socket, no clock, no randomness; times and fresh ids
//! arrive as arguments. The session manager owns the only instance and is its only writer.

mod change;
mod distance;
mod history;
mod json;
mod merge;
pub mod nearness;
mod record;
mod remote;
mod snapshot;
mod staff;

#[cfg(test)]
mod properties;

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt as _};

use contract::SharedJson;
use contract::payload::PlayerPatch;
use contract::world_map::Mood;
use contract::{
    ChatMessage, MessageId, PayloadLimits, PinnedAnnouncement, Player, PlayerId, SpriteAtlas,
    WorldInfo, WorldMood, WorldPinned,
};

pub use change::Delta;
pub use merge::{DetailsTooLarge, new_player};
use record::Record;
pub use snapshot::SharedSnapshot;
use snapshot::SnapshotParts;

/// One live connection of this node. Our own number: a Socket.IO id is a session secret and the
/// same transport may connect again under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ConnectionId(pub u64);

/// Who holds a player.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    /// The connection on this node; `None` when another node holds the player.
    pub connection: Option<ConnectionId>,
    /// Number of the claim that made it the holder; a higher one wins wherever two meet.
    pub fence: u64,
}

/// What a join did.
#[derive(Debug, Clone)]
pub struct Joined {
    /// The player as everybody now sees it.
    pub player: SharedJson,
    /// The connection that held the player until now and has to be told.
    pub evicted: Option<ConnectionId>,
    /// Another player that the joining connection held until now.
    pub released: Option<Released>,
}

/// A player that nobody holds any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    /// Who left.
    pub id: PlayerId,
    /// The fence under which it was held.
    pub fence: u64,
}

/// Why the world refused a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WorldError {
    /// A newer claim on the same player was applied first.
    #[error("a newer claim holds the player")]
    Stale,
    /// The connection holds no player.
    #[error("the connection holds no player")]
    NotJoined,
    /// The merged metadata is too large or too deep.
    #[error(transparent)]
    Details(#[from] DetailsTooLarge),
}

/// The state everybody shares, with its two indexes: player to connection and back.
#[derive(Debug)]
pub struct WorldState {
    limits: PayloadLimits,
    players: HashMap<PlayerId, Record>,
    by_connection: HashMap<ConnectionId, PlayerId>,
    changed: Vec<PlayerId>,
    revision: u64,
    chat: history::ChatHistory,
    parts: SnapshotParts,
    keepers: staff::Keepers,
    nearness: Option<nearness::Nearness>,
}

impl WorldState {
    /// An empty world.
    #[must_use]
    pub fn new(
        info: &WorldInfo,
        atlas: &SpriteAtlas,
        chat_history: usize,
        limits: PayloadLimits,
    ) -> Self {
        Self {
            limits,
            players: HashMap::new(),
            by_connection: HashMap::new(),
            changed: Vec::new(),
            revision: 0,
            chat: history::ChatHistory::new(chat_history),
            parts: SnapshotParts::new(info, atlas),
            keepers: staff::Keepers::new(),
            nearness: None,
        }
    }

    /// Makes `holder` the holder of the player, fresh from what the join brought.
    ///
    /// # Errors
    /// [`WorldError::Stale`] when a newer claim came first; nothing changed then.
    pub fn join(&mut self, player: Player, holder: Holder) -> Result<Joined, WorldError> {
        let id = player.id.clone();
        let previous = self.players.get(&id).map(|record| record.holder);
        if previous.is_some_and(|previous| previous.fence > holder.fence) {
            return Err(WorldError::Stale);
        }
        let released = holder
            .connection
            .filter(|connection| self.by_connection.get(connection) != Some(&id))
            .and_then(|connection| self.leave(connection));
        let evicted = previous
            .and_then(|previous| previous.connection)
            .filter(|connection| Some(*connection) != holder.connection);
        if let Some(evicted) = evicted {
            self.by_connection.remove(&evicted);
        }
        if let Some(connection) = holder.connection {
            self.by_connection.insert(connection, id.clone());
        }
        // A pending change of the former holder dies with its record; the id may stay in
        // `changed`, where an unchanged record is skipped.
        let mut record = Record::new(player, holder);
        let json = record.json();
        self.players.insert(id.clone(), record);
        self.enter_distance(&id);
        self.parts.touch();
        Ok(Joined {
            player: json,
            evicted,
            released,
        })
    }

    /// Merges what an update carries into the player the connection holds, and returns it.
    ///
    /// # Errors
    /// [`WorldError::NotJoined`]; [`WorldError::Details`], after which nothing changed.
    pub fn update(
        &mut self,
        connection: ConnectionId,
        patch: PlayerPatch,
    ) -> Result<&mut Record, WorldError> {
        let id = self
            .by_connection
            .get(&connection)
            .ok_or(WorldError::NotJoined)?;
        let record = self.players.get_mut(id).ok_or(WorldError::NotJoined)?;
        if record.merge(patch, &self.limits, self.revision + 1)? {
            self.changed.push(id.clone());
        }
        self.revision += 1;
        self.parts.touch();
        Ok(record)
    }

    /// Grows with every update; what a snapshot taken now contains is not newer.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Merges a repeated join of the player the connection already holds. Unlike
    /// [`Self::update`] it leaves nothing to flush: the caller announces the whole player.
    ///
    /// # Errors
    /// As [`Self::update`].
    pub fn refresh(
        &mut self,
        connection: ConnectionId,
        patch: PlayerPatch,
    ) -> Result<SharedJson, WorldError> {
        let record = self.update(connection, patch)?;
        record.forget_change();
        let (id, json) = (record.player().id.clone(), record.json());
        self.enter_distance(&id);
        Ok(json)
    }

    /// Removes the player the connection holds, if it still holds one.
    pub fn leave(&mut self, connection: ConnectionId) -> Option<Released> {
        let id = self.by_connection.remove(&connection)?;
        let record = self.players.remove(&id)?;
        self.leave_distance(&id);
        self.parts.touch();
        Some(Released {
            id,
            fence: record.holder.fence,
        })
    }

    /// The player the connection holds.
    #[must_use]
    pub fn held_by(&self, connection: ConnectionId) -> Option<&PlayerId> {
        self.by_connection.get(&connection)
    }

    /// The player's public name, for a chat line.
    #[must_use]
    pub fn name_of(&self, id: &PlayerId) -> Option<&str> {
        self.players
            .get(id)
            .map(|record| record.player().name.as_str())
    }

    /// The player as it is now.
    #[must_use]
    pub fn player(&self, id: &PlayerId) -> Option<&Player> {
        self.players.get(id).map(Record::player)
    }

    /// Whether a player of this id is in.
    #[must_use]
    pub fn has_player(&self, id: &str) -> bool {
        self.players.contains_key(id)
    }

    /// Who holds the player.
    #[must_use]
    pub fn holder_of(&self, id: &PlayerId) -> Option<Holder> {
        self.players.get(id).map(|record| record.holder)
    }

    /// How many players are in.
    #[must_use]
    pub fn player_count(&self) -> usize {
        self.players.len()
    }

    /// Whether [`Self::drain_changes`] has anything to say.
    #[must_use]
    pub fn has_changes(&self) -> bool {
        !self.changed.is_empty()
    }

    /// How many players changed since the last drain; an upper bound.
    #[must_use]
    pub fn changed_count(&self) -> usize {
        self.changed.len()
    }

    /// Hands every change since the last call to `take`, once per player, and forgets it.
    pub fn drain_changes(&mut self, mut take: impl FnMut(Delta<'_>)) {
        let mut changed = std::mem::take(&mut self.changed);
        for id in changed.drain(..) {
            if let Some(delta) = self.players.get_mut(&id).and_then(Record::take_delta) {
                take(delta);
            }
        }
        self.changed = changed;
    }

    /// Hands the pending change of the player the connection holds to `take`, if there is one, and
    /// forgets it.
    pub fn drain_change(&mut self, connection: ConnectionId, take: impl FnOnce(Delta<'_>)) {
        // The id stays in `changed`, where an unchanged record is skipped.
        let id = self.by_connection.get(&connection);
        let record = id.and_then(|id| self.players.get_mut(id));
        if let Some(delta) = record.and_then(Record::take_delta) {
            take(delta);
        }
    }

    /// The whole player as a delta, for a client that missed changes.
    pub fn full(&mut self, id: &PlayerId) -> Option<Delta<'_>> {
        self.players.get_mut(id).map(Record::full_delta)
    }

    /// Adds a chat message and returns its JSON.
    pub fn append_chat(&mut self, message: &ChatMessage) -> SharedJson {
        let json = self.chat.push(message);
        self.parts.touch();
        json
    }

    /// As [`Self::append_chat`], of a message that comes late: it stands where it was said.
    pub fn insert_chat(&mut self, message: &ChatMessage) -> SharedJson {
        self.restore_message(message);
        json::to_json(message)
    }

    /// Puts a removed message back in its place, unless it is there or older than the history
    /// reaches.
    pub fn restore_message(&mut self, message: &ChatMessage) {
        if self.chat.restore(message) {
            self.parts.touch();
        }
    }

    /// Replaces what the world says about itself, who looks after it and its light aside. `false` when nothing
    /// changed.
    pub fn set_info(&mut self, info: &WorldInfo) -> bool {
        self.parts.set_info(info)
    }

    /// Changes the light the world is in. Returns the payload of `world:mood`; `None` when it is in that light
    /// already.
    pub fn set_mood(&mut self, mood: Mood) -> Option<SharedJson> {
        let changed = self.parts.set_mood(mood);
        changed.then(|| json::to_json(&WorldMood { mood }))
    }

    /// Changes which announcement stands for a while. Returns the payload of `world:pinned`; `None` when that
    /// stands already.
    pub fn set_pinned(&mut self, pinned: Option<PinnedAnnouncement>) -> Option<SharedJson> {
        let changed = self.parts.set_pinned(pinned.as_ref());
        changed.then(|| json::to_json(&WorldPinned { pinned }))
    }

    /// Removes a message from the history. `false` when it is no longer there.
    pub fn remove_message(&mut self, id: &MessageId) -> bool {
        let removed = self.chat.remove(id);
        if removed {
            self.parts.touch();
        }
        removed
    }

    /// Replaces the atlas by a newer one and returns its JSON.
    pub fn set_atlas(&mut self, atlas: &SpriteAtlas) -> Option<SharedJson> {
        self.parts.set_atlas(atlas)
    }

    /// The snapshot of this moment: the payload of `world:state`.
    pub fn snapshot(&mut self) -> Arc<SharedSnapshot> {
        self.parts.snapshot(&mut self.players, &self.chat)
    }

    /// The snapshot for a client that has missed the newest `lines` messages: it holds them, as far as
    /// clients keep any.
    pub fn snapshot_with(&mut self, lines: usize) -> Arc<SharedSnapshot> {
        match self.chat.reaches(lines) {
            true => self.snapshot(),
            false => self.parts.long_snapshot(&mut self.players, &self.chat),
        }
    }

    /// Whether [`Self::snapshot`] holds the newest `lines` messages.
    #[must_use]
    pub fn snapshot_reaches(&self, lines: usize) -> bool {
        self.chat.reaches(lines)
    }

    /// The payload of `world:state` for somebody outside a closed world.
    #[must_use]
    pub fn closed_snapshot(&mut self) -> Arc<SharedSnapshot> {
        self.parts.closed(self.players.len())
    }
}

#[cfg(test)]
mod tests;
