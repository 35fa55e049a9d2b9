//! One player with its holder, its serialised form and what changed since the last flush.

use super::change::{ChangedFields, Delta, FieldClocks};
use super::json::JsonSlot;
use super::merge::{self, DetailsTooLarge};
use super::{Holder, SharedJson};
use contract::payload::PlayerPatch;
use contract::{PayloadLimits, Player};

/// A player in the world.
#[derive(Debug)]
pub struct Record {
    player: Player,
    pub(super) holder: Holder,
    json: Option<SharedJson>,
    change: ChangedFields,
    changed_at: u64,
    /// While distance decides how often somebody is told.
    clocks: Option<Box<FieldClocks>>,
}

impl Record {
    pub(super) fn new(player: Player, holder: Holder) -> Self {
        Self {
            player,
            holder,
            json: None,
            change: ChangedFields::default(),
            changed_at: 0,
            clocks: None,
        }
    }

    /// The player's current state.
    #[must_use]
    pub fn player(&self) -> &Player {
        &self.player
    }

    /// The player's JSON, serialised at most once per change.
    pub fn json(&mut self) -> SharedJson {
        JsonSlot::of(&mut self.json).get(&self.player)
    }

    /// Merges a patch. Returns whether this is the first change since the last flush.
    pub(super) fn merge(
        &mut self,
        patch: PlayerPatch,
        limits: &PayloadLimits,
        revision: u64,
    ) -> Result<bool, DetailsTooLarge> {
        let was_clean = self.change.is_empty();
        merge::apply(&mut self.player, patch, limits, &mut self.change)?;
        self.json = None;
        self.changed_at = revision;
        Ok(was_clean && !self.change.is_empty())
    }

    /// Takes over a newer state. Returns whether this is the first change since the last flush.
    pub(super) fn replace(&mut self, player: Player, revision: u64) -> bool {
        let was_clean = self.change.is_empty();
        self.change.note(&self.player, &player);
        self.player = player;
        self.json = None;
        self.changed_at = revision;
        was_clean
    }

    pub(super) fn forget_change(&mut self) {
        self.change = ChangedFields::default();
    }

    pub(super) fn take_delta(&mut self) -> Option<Delta<'_>> {
        if self.change.is_empty() {
            return None;
        }
        let change = std::mem::take(&mut self.change);
        Some(Delta {
            player: &self.player,
            holder: self.holder,
            revision: self.changed_at,
            change,
            json: JsonSlot::of(&mut self.json),
        })
    }

    /// Has the pending change told by distance, from this stamp on. What is already told that way after `recent` is
    /// carried along if asked for.
    pub(super) fn stamp(&mut self, stamp: u32, carried: Option<u32>) {
        let change = std::mem::take(&mut self.change);
        let clocks = self.clocks.get_or_insert_default();
        clocks.note(&change, stamp);
        if let Some(recent) = carried {
            clocks.carry(recent, stamp);
        }
    }

    /// Forgets when what changed.
    pub(super) fn forget_clocks(&mut self) {
        self.clocks = None;
    }

    /// What changed after a stamp; `None` for nothing.
    pub(super) fn delta_since(&mut self, since: u32) -> Option<Delta<'_>> {
        let change = self.clocks.as_ref()?.since(since);
        (!change.is_empty()).then_some(Delta {
            player: &self.player,
            holder: self.holder,
            revision: self.changed_at,
            change,
            json: JsonSlot::of(&mut self.json),
        })
    }

    pub(super) fn pending_delta(&mut self) -> Option<Delta<'_>> {
        (!self.change.is_empty()).then(|| Delta {
            player: &self.player,
            holder: self.holder,
            revision: self.changed_at,
            change: self.change.clone(),
            json: JsonSlot::of(&mut self.json),
        })
    }

    pub(super) fn full_delta(&mut self) -> Delta<'_> {
        Delta {
            player: &self.player,
            holder: self.holder,
            revision: self.changed_at,
            change: ChangedFields::full(),
            json: JsonSlot::of(&mut self.json),
        }
    }
}
