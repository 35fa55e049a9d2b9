//! What changed about a player since the last flush.

use std::collections::{BTreeMap, BTreeSet};

use super::json::JsonSlot;
use super::nearness::MAP_KEY;
use super::{Holder, SharedJson};
use contract::{Metadata, Player};

/// Which fields changed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct ChangedFields {
    pub(super) full: bool,
    pub(super) position: bool,
    pub(super) animation: bool,
    pub(super) name: bool,
    pub(super) metadata: BTreeSet<String>,
}

impl ChangedFields {
    pub(super) fn full() -> Self {
        Self {
            full: true,
            ..Self::default()
        }
    }

    /// Adds what differs between two states. An update that repeats what is there already counts as
    /// a change of the position, so that peers hear of every update.
    pub(super) fn note(&mut self, old: &Player, new: &Player) {
        self.animation |= old.animation != new.animation;
        self.name |= old.name != new.name;
        // Merging never removes a key, so one that is gone means another player altogether.
        self.full |= old
            .metadata
            .keys()
            .any(|key| !new.metadata.contains_key(key));
        let changed = new
            .metadata
            .iter()
            .filter(|(key, value)| old.metadata.get(*key) != Some(value));
        self.metadata.extend(changed.map(|(key, _)| key.clone()));
        self.position |= old.position != new.position || self.is_empty();
    }

    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// When each field changed last, by numbers that grow. A number of 0 is never.
#[derive(Debug, Default)]
pub(super) struct FieldClocks {
    full: u32,
    position: u32,
    animation: u32,
    name: u32,
    metadata: BTreeMap<String, u32>,
}

impl FieldClocks {
    pub(super) fn note(&mut self, change: &ChangedFields, stamp: u32) {
        let fields = [
            (change.full, &mut self.full),
            (change.position, &mut self.position),
            (change.animation, &mut self.animation),
            (change.name, &mut self.name),
        ];
        for (_, clock) in fields.into_iter().filter(|(changed, _)| *changed) {
            *clock = stamp;
        }
        for key in &change.metadata {
            self.metadata.insert(key.clone(), stamp);
        }
    }

    /// What changed after `recent` is taken to have changed now.
    pub(super) fn carry(&mut self, recent: u32, stamp: u32) {
        let fields = [
            &mut self.full,
            &mut self.position,
            &mut self.animation,
            &mut self.name,
        ];
        let clocks = fields.into_iter().chain(self.metadata.values_mut());
        for clock in clocks.filter(|clock| **clock > recent) {
            *clock = stamp;
        }
    }

    /// Which fields changed after `since`.
    pub(super) fn since(&self, since: u32) -> ChangedFields {
        let metadata = self.metadata.iter().filter(|(_, clock)| **clock > since);
        ChangedFields {
            full: self.full > since,
            position: self.position > since,
            animation: self.animation > since,
            name: self.name > since,
            metadata: metadata.map(|(key, _)| key.clone()).collect(),
        }
    }
}

/// One player's change, borrowed from the world.
#[derive(Debug)]
pub struct Delta<'a> {
    /// The player as it is now.
    pub player: &'a Player,
    /// Who holds it; its own connection needs no echo.
    pub holder: Holder,
    /// The revision of the world with which the newest of these changes came.
    pub revision: u64,
    pub(super) change: ChangedFields,
    pub(super) json: JsonSlot<'a>,
}

impl Delta<'_> {
    /// The whole player as JSON, serialised at most once per change.
    pub fn json(&mut self) -> SharedJson {
        self.json.get(self.player)
    }

    /// Whether this stands for everything about the player.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.change.full
    }

    /// Whether the player may be on another map than before.
    pub(super) fn may_change_map(&self) -> bool {
        self.change.full || self.change.metadata.contains(MAP_KEY)
    }

    /// The position, when it changed.
    #[must_use]
    pub fn position(&self) -> Option<[f64; 3]> {
        let at = self.player.position;
        (self.change.full || self.change.position).then_some([at.x, at.y, at.z])
    }

    /// The animation, when it changed.
    #[must_use]
    pub fn animation(&self) -> Option<&str> {
        (self.change.full || self.change.animation).then_some(self.player.animation.as_str())
    }

    /// The name, when it changed.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        (self.change.full || self.change.name).then_some(self.player.name.as_str())
    }

    /// The changed top-level keys of the metadata as a JSON object, `appearance` whole; all of it
    /// in a full delta.
    #[must_use]
    pub fn metadata(&self) -> Option<String> {
        if self.change.full {
            return serde_json::to_string(&self.player.metadata).ok();
        }
        if self.change.metadata.is_empty() {
            return None;
        }
        let mut changed = Metadata::new();
        for key in &self.change.metadata {
            if let Some(value) = self.player.metadata.get(key) {
                changed.insert(key.clone(), value.clone());
            }
        }
        serde_json::to_string(&changed).ok()
    }
}
