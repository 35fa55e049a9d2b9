//! What changed about a player since the last flush.

use std::collections::BTreeSet;

use super::json::JsonSlot;
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
