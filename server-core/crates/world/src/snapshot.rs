//! The snapshot, assembled from parts that were serialised once.

use foldhash::HashMap;

use serde::Serialize;
use serde_json::value::RawValue;

use super::SharedJson;
use super::history::ChatHistory;
use super::record::{Record, to_json};
use contract::world_map::Mood;
use contract::{PlayerId, SpriteAtlas, StaffMember, WorldInfo};

/// The slow-changing parts, and the last snapshot while nothing changed since.
#[derive(Debug)]
pub(super) struct SnapshotParts {
    about: WorldInfo,
    info: SharedJson,
    atlas: SharedJson,
    atlas_version: u64,
    last: Option<SharedJson>,
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
            ..about.clone()
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
        Some(self.atlas.clone())
    }

    pub(super) fn snapshot(
        &mut self,
        players: &mut HashMap<PlayerId, Record>,
        chat: &ChatHistory,
    ) -> SharedJson {
        if let Some(last) = &self.last {
            return last.clone();
        }
        let players: Vec<SharedJson> = players.values_mut().map(Record::json).collect();
        let snapshot = to_json(&SnapshotView {
            world: &self.info,
            players: players.iter().map(AsRef::as_ref).collect(),
            chat: chat.iter().map(AsRef::as_ref).collect(),
            sprite_atlas: &self.atlas,
        });
        self.last = Some(snapshot.clone());
        snapshot
    }

    /// What stands outside a closed world: the world and its sprites, a count, and nobody.
    pub(super) fn closed(&self, players_online: usize) -> SharedJson {
        let info = to_json(&WorldInfo {
            players_online: Some(players_online as u64),
            staff: None,
            ..self.about.clone()
        });
        to_json(&SnapshotView {
            world: &info,
            players: Vec::new(),
            chat: Vec::new(),
            sprite_atlas: &self.atlas,
        })
    }
}
