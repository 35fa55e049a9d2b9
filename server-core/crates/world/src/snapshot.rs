//! The snapshot, assembled from parts that were serialised once.

use foldhash::HashMap;

use serde::Serialize;
use serde_json::value::RawValue;

use super::SharedJson;
use super::history::ChatHistory;
use super::record::{Record, to_json};
use contract::{PlayerId, SpriteAtlas, WorldInfo};

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
        Self {
            about: info.clone(),
            info: to_json(info),
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
        let info = to_json(about);
        let changed = info.get() != self.info.get();
        if changed {
            self.about = about.clone();
            self.info = info;
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
