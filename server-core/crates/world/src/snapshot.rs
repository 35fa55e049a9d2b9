//! The snapshot, assembled from parts that were serialised once.

use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use foldhash::HashMap;

use serde::Serialize;
use serde_json::value::RawValue;

use super::SharedJson;
use super::history::ChatHistory;
use super::json::to_json;
use super::record::Record;
use contract::world_map::Mood;
use contract::{PinnedAnnouncement, PlayerId, SpriteAtlas, StaffMember, WorldInfo, events, packed};

/// The world at one moment, as `world:state` and a join's ack carry it; shared by all who get it.
///
/// Taking it copies pointers to parts that are JSON already; its own JSON, or its packed form, is made when somebody
/// asks for it first, which need not be under the lock that protects the world.
#[derive(Debug)]
pub struct SharedSnapshot {
    parts: SharedPieces,
    size: usize,
    json: OnceLock<SharedJson>,
    packed: OnceLock<Option<Bytes>>,
}

#[derive(Debug)]
struct SharedPieces {
    world: SharedJson,
    players: Vec<SharedJson>,
    chat: Vec<SharedJson>,
    sprite_atlas: SharedJson,
}

impl SharedPieces {
    /// Bytes of its JSON, give or take its keys.
    fn size(&self) -> usize {
        let listed = self.players.iter().chain(&self.chat);
        let listed: usize = listed.map(|it| it.get().len() + 1).sum();
        listed + self.world.get().len() + self.sprite_atlas.get().len()
    }

    fn view(&self) -> SnapshotView<'_> {
        SnapshotView {
            world: &self.world,
            players: self.players.iter().map(AsRef::as_ref).collect(),
            chat: self.chat.iter().map(AsRef::as_ref).collect(),
            sprite_atlas: &self.sprite_atlas,
        }
    }
}

impl SharedSnapshot {
    fn of(parts: SharedPieces) -> Arc<Self> {
        Arc::new(Self {
            size: parts.size(),
            parts,
            json: OnceLock::new(),
            packed: OnceLock::new(),
        })
    }

    /// About as many bytes as its JSON has; costs nothing.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// The payload, made at the first call.
    pub fn json(&self) -> &SharedJson {
        self.json.get_or_init(|| to_json(&self.parts.view()))
    }

    /// Whether [`Self::json`] costs nothing, since somebody has asked before.
    #[must_use]
    pub fn has_json(&self) -> bool {
        self.json.get().is_some()
    }

    /// As `events:packed` brings it, made at the first call, which may take many milliseconds; `None` for a world that
    /// is too large for that.
    pub fn packed(&self) -> Option<&Bytes> {
        let pack = || match self.size > packed::LIMIT_BYTES {
            // Found out by its parts, and not by packing all that there is room for.
            true => None,
            false => packed::pack(&[(events::WORLD_STATE, self.parts.view())]),
        };
        self.packed.get_or_init(pack).as_ref()
    }

    /// Whether [`Self::packed`] costs nothing, since somebody has asked before.
    #[must_use]
    pub fn is_packed(&self) -> bool {
        self.packed.get().is_some()
    }

    /// Bytes of its packed form, once there is one, and of its JSON before that; costs nothing.
    #[must_use]
    pub fn packed_size(&self) -> usize {
        match self.packed.get() {
            Some(Some(packed)) => packed.len(),
            _ => self.size,
        }
    }
}

/// The slow-changing parts, and the last snapshot while nothing changed since.
#[derive(Debug)]
pub(super) struct SnapshotParts {
    about: WorldInfo,
    info: SharedJson,
    atlas: SharedJson,
    atlas_version: u64,
    last: Option<Arc<SharedSnapshot>>,
    /// What stands outside a closed world of so many players, while nothing of that changed.
    last_closed: Option<(usize, Arc<SharedSnapshot>)>,
}

/// The same shape as [`contract::Snapshot`], over serialised parts.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SnapshotView<'a> {
    world: &'a RawValue,
    players: Vec<&'a RawValue>,
    chat: Vec<&'a RawValue>,
    sprite_atlas: &'a RawValue,
}

impl SnapshotParts {
    pub(super) fn new(info: &WorldInfo, atlas: &SpriteAtlas) -> Self {
        let about = WorldInfo {
            staff: Some(Vec::new()),
            ..info.clone()
        };
        Self {
            info: to_json(&about),
            about,
            atlas: to_json(atlas),
            atlas_version: atlas.version,
            last: None,
            last_closed: None,
        }
    }

    /// Something in the world changed: the last snapshot is old.
    pub(super) fn touch(&mut self) {
        self.last = None;
    }

    pub(super) fn set_info(&mut self, about: &WorldInfo) -> bool {
        self.describe(WorldInfo {
            staff: self.about.staff.clone(),
            mood: self.about.mood,
            pinned: self.about.pinned.clone(),
            ..about.clone()
        })
    }

    /// `false` when that stands already.
    pub(super) fn set_pinned(&mut self, pinned: Option<&PinnedAnnouncement>) -> bool {
        self.describe(WorldInfo {
            pinned: pinned.cloned(),
            ..self.about.clone()
        })
    }

    /// `false` when it is in that light already.
    pub(super) fn set_mood(&mut self, mood: Mood) -> bool {
        self.describe(WorldInfo {
            mood,
            ..self.about.clone()
        })
    }

    /// Replaces who looks after the world, and returns them when that is a change.
    pub(super) fn set_staff(&mut self, staff: Vec<StaffMember>) -> Option<&[StaffMember]> {
        let changed = self.describe(WorldInfo {
            staff: Some(staff),
            ..self.about.clone()
        });
        self.about.staff.as_deref().filter(|_| changed)
    }

    fn describe(&mut self, about: WorldInfo) -> bool {
        let changed = about != self.about;
        if changed {
            self.info = to_json(&about);
            self.about = about;
            self.touch();
            self.last_closed = None;
        }
        changed
    }

    pub(super) fn set_atlas(&mut self, atlas: &SpriteAtlas) -> Option<SharedJson> {
        if atlas.version <= self.atlas_version {
            return None;
        }
        self.atlas = to_json(atlas);
        self.atlas_version = atlas.version;
        self.touch();
        self.last_closed = None;
        Some(self.atlas.clone())
    }

    pub(super) fn snapshot(
        &mut self,
        players: &mut HashMap<PlayerId, Record>,
        chat: &ChatHistory,
    ) -> Arc<SharedSnapshot> {
        if let Some(last) = &self.last {
            return last.clone();
        }
        let snapshot = self.take(players, chat.iter());
        self.last = Some(snapshot.clone());
        snapshot
    }

    /// As [`Self::snapshot`], with every message a client may be owed.
    pub(super) fn long_snapshot(
        &self,
        players: &mut HashMap<PlayerId, Record>,
        chat: &ChatHistory,
    ) -> Arc<SharedSnapshot> {
        self.take(players, chat.iter_long())
    }

    fn take<'a>(
        &self,
        players: &mut HashMap<PlayerId, Record>,
        chat: impl Iterator<Item = &'a SharedJson>,
    ) -> Arc<SharedSnapshot> {
        SharedSnapshot::of(SharedPieces {
            world: self.info.clone(),
            players: players.values_mut().map(Record::json).collect(),
            chat: chat.cloned().collect(),
            sprite_atlas: self.atlas.clone(),
        })
    }

    /// What stands outside a closed world: the world and its sprites, a count, and nobody.
    pub(super) fn closed(&mut self, players_online: usize) -> Arc<SharedSnapshot> {
        if let Some((players, last)) = &self.last_closed
            && *players == players_online
        {
            return last.clone();
        }
        let info = WorldInfo {
            players_online: Some(players_online as u64),
            staff: None,
            ..self.about.clone()
        };
        let snapshot = SharedSnapshot::of(SharedPieces {
            world: to_json(&info),
            players: Vec::new(),
            chat: Vec::new(),
            sprite_atlas: self.atlas.clone(),
        });
        self.last_closed = Some((players_online, snapshot.clone()));
        snapshot
    }
}
