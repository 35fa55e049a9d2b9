//! Which cells a client is told of in a flush, and since when each one's changes are owed to it.

use std::sync::Arc;

use super::beat::{Beat, FAR_BEATS, MIDDLE_BEATS, has_turn, last_turn};
use super::rings::{RingKind, Rings};
use super::{CellId, Nearness};
use contract::PlayerId;

/// What one client has been told.
#[derive(Debug, Clone)]
pub struct CellView {
    /// The flush in which it was told last.
    at: Beat,
    /// It knows everything as it was at this beat.
    floor: Beat,
    pub(super) rings: Arc<Rings>,
}

/// A cell, and the beat since which its changes are owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SelectedCell {
    /// Which one.
    pub cell: CellId,
    /// The client knows it as it was at this beat.
    pub since: Beat,
    /// Whether everybody is told of it in this flush.
    pub by_all: bool,
}

/// What all clients with the same history are told in one flush.
#[derive(Debug)]
pub struct CellSelection {
    /// Which of this flush's it is.
    pub number: usize,
    /// In the order of cells. Some of them may have nothing to tell.
    pub cells: Vec<SelectedCell>,
    rings: Arc<Rings>,
    floor: Beat,
}

/// What clients of the same history have in common.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct SelectionKey {
    at: Beat,
    floor: Beat,
    rings: [u32; 2],
    beside_all: bool,
}

impl Nearness {
    /// The view of a client that knows everything as it is in this flush, or behind it.
    #[must_use]
    pub fn fresh_view(&self) -> CellView {
        CellView {
            at: self.now,
            floor: self.now,
            rings: Arc::new(nowhere()),
        }
    }

    /// What a client is told in the running flush, by where its player `stands`; one without a player has everybody far. With this it has been told.
    /// `None` when there is nothing that it does not know. `beside_all` leaves out what everybody is told, where that is all it would be told: it reads
    /// that otherwise.
    pub fn select(
        &mut self,
        view: &mut CellView,
        stands: Option<&PlayerId>,
        beside_all: bool,
    ) -> Option<Arc<CellSelection>> {
        if self.knows_all(view) {
            // Nobody's surroundings are looked at while a crowd comes in and nobody moves: each newcomer changes them.
            (view.at, view.floor) = (self.now, self.now);
            return None;
        }
        let home = stands.and_then(|id| self.person(id)).map(|(_, it)| it.cell);
        let rings = match home {
            Some(cell) => self.rings_around(cell),
            None if view.rings.number == NOWHERE => view.rings.clone(),
            None => Arc::new(nowhere()),
        };
        let lowest = view.at.saturating_sub(2 * FAR_BEATS);
        let key = SelectionKey {
            at: view.at,
            // An older one makes no difference.
            floor: if view.floor > lowest { view.floor } else { 0 },
            rings: [view.rings.number, rings.number],
            beside_all,
        };
        let selection = match self.selections.get(&key) {
            Some(selection) => selection.clone(),
            None => {
                let selection = Arc::new(self.make(view, rings, beside_all));
                self.selections.insert(key, selection.clone());
                selection
            }
        };
        *view = CellView {
            at: self.now,
            floor: selection.floor,
            rings: selection.rings.clone(),
        };
        Some(selection)
    }

    /// Whether a client is owed nothing, wherever it stands.
    fn knows_all(&self, view: &CellView) -> bool {
        if self.newest <= view.floor {
            return true;
        }
        // Far cells have been told within a turn.
        self.newest <= view.at.saturating_sub(FAR_BEATS)
    }

    /// Whether a client has missed more than a turn of everybody.
    pub(crate) fn is_late(&self, view: &CellView) -> bool {
        self.before.saturating_sub(view.at) > FAR_BEATS && !self.knows_all(view)
    }

    /// Everything a client is owed, told or not in the running flush.
    pub(crate) fn owed(&self, view: &CellView) -> Vec<PlayerId> {
        let is_late = self.is_late(view);
        let since = |id: CellId| match is_late {
            true => self.oldest_known(view),
            false => self.known(view, id),
        };
        let cells = self.grid.ids();
        let people = cells.flat_map(|id| self.changed(id, since(id)));
        people.cloned().collect()
    }

    fn make(&self, view: &CellView, rings: Arc<Rings>, beside_all: bool) -> CellSelection {
        let number = self.selections.len();
        if self.is_late(view) {
            return self.make_up(view, rings, number);
        }
        // Who was told in the flush before has no far cell whose turn is not everybody's.
        let in_step = beside_all && view.at == self.before;
        let mut cells = Vec::with_capacity(rings.near.len() + FAR_BEATS as usize);
        let mut select = |id: CellId| {
            if self.grid.get(id).is_none() || in_step && self.is_selected_for_all(id) {
                return;
            }
            cells.push(SelectedCell {
                cell: id,
                since: self.known(view, id),
                by_all: self.is_selected_for_all(id),
            });
        };
        // What comes nearer is told at once; of what goes farther a client knows no less than of others that far.
        let has_rings_changed = view.rings.number != rings.number;
        let comes_nearer =
            |id: &CellId| has_rings_changed && view.rings.ring_of(*id) == RingKind::Far;
        let is_due =
            |id: &CellId| has_turn(id.phase(), MIDDLE_BEATS, view.at, self.now) || comes_nearer(id);
        rings.near.iter().for_each(|id| select(*id));
        let middle = rings.middle.iter().copied();
        middle.filter(is_due).for_each(&mut select);
        if !in_step {
            let first = (view.at + 1).max((self.now + 1).saturating_sub(FAR_BEATS));
            let due = (first..=self.now)
                .flat_map(|beat| self.grid.due_at(beat))
                .copied();
            due.filter(|id| rings.ring_of(*id) == RingKind::Far)
                .for_each(&mut select);
            let is_left = |id: &CellId| match rings.ring_of(*id) {
                RingKind::Near => false,
                RingKind::Middle => !is_due(id),
                RingKind::Far => !has_turn(id.phase(), FAR_BEATS, view.at, self.now),
            };
            let ending = self.ending.iter().copied();
            ending.filter(is_left).for_each(&mut select);
            if view.at < self.before {
                // What became of a cell that ended meanwhile.
                let begun = self.grid.known_since(view.at);
                begun.filter(is_left).for_each(&mut select);
            }
        }
        cells.sort_unstable_by_key(|it| (it.cell, it.since));
        cells.dedup_by_key(|it| it.cell);
        CellSelection {
            number,
            cells,
            rings,
            floor: view.floor,
        }
    }

    /// For a client that has been behind for long: everything since the oldest it can have been told of anything.
    fn make_up(&self, view: &CellView, rings: Arc<Rings>, number: usize) -> CellSelection {
        let since = self.oldest_known(view);
        let cells = self.grid.ids().map(|cell| SelectedCell {
            cell,
            since,
            by_all: self.is_selected_for_all(cell),
        });
        CellSelection {
            number,
            cells: cells.collect(),
            rings,
            floor: self.now,
        }
    }

    fn oldest_known(&self, view: &CellView) -> Beat {
        view.floor.max(view.at.saturating_sub(FAR_BEATS))
    }

    /// Since when a client is owed a cell, at least: from one that was nearer until lately it has heard later as well.
    fn known(&self, view: &CellView, id: CellId) -> Beat {
        let floor = self.floor_of(id);
        if floor > view.at {
            return self.oldest_known(view);
        }
        let known = match view.rings.ring_of(id) {
            RingKind::Near => view.at,
            RingKind::Middle => last_turn(id.phase(), MIDDLE_BEATS, view.at),
            RingKind::Far => last_turn(id.phase(), FAR_BEATS, view.at),
        };
        known.max(floor).max(view.floor)
    }

    fn floor_of(&self, id: CellId) -> Beat {
        self.grid.get(id).map_or(0, |cell| cell.floor)
    }

    /// Whether everybody who was told in the flush before is told of a cell in this one.
    fn is_selected_for_all(&self, id: CellId) -> bool {
        has_turn(id.phase(), FAR_BEATS, self.before, self.now)
            || self.ending.binary_search(&id).is_ok()
    }
}

/// The number of [`nowhere`].
const NOWHERE: u32 = 0;

/// The rings of a client that stands nowhere.
fn nowhere() -> Rings {
    Rings {
        number: NOWHERE,
        near: Vec::new(),
        middle: Vec::new(),
    }
}
