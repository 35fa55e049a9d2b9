//! Who is told of whom how often, by how near they stand.
//!
//! Players stand in cells ([`grid`]); around each cell lie rings ([`rings`]), and a [`CellView`] is what one client has
//! been told of which cell until when. Together they say which cells a client is told of now, and since when each
//! one's changes are owed to it ([`selection`]). The page `docs/nearness.md` has the whole of it.
//!
//! Knows places and beats. What changed about a player it does not know, nor clients, frames or clocks.

mod beat;
mod grid;
mod held_back;
mod interest;
mod plain;
mod rings;
mod selection;
mod square;

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;

use foldhash::{HashMap, HashMapExt as _};

use contract::{Player, PlayerId};

pub use beat::{BEAT_MS, Beat, FAR_BEATS};
use grid::Grid;
pub use held_back::HeldBack;
pub use interest::{EVERYTHING, Interest};
pub use plain::PlainView;
use rings::RingPlan;
use selection::SelectionKey;
pub use selection::{CellSelection, CellView, SelectedCell};
use square::Square;

/// One cell; a number is never given again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CellId(u32);

/// Where somebody stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct MapSpot {
    map: u32,
    x: f64,
    z: f64,
}

impl MapSpot {
    fn distance(self, other: Self) -> f64 {
        length(self.x - other.x, self.z - other.z)
    }

    fn moved_to(self, player: &Player) -> Self {
        let (x, z) = (player.position.x, player.position.z);
        Self { x, z, ..self }
    }
}

/// Of a way east and south. Rings are found by millions of these in a second, for which `hypot` takes too much care.
fn length(x: f64, z: f64) -> f64 {
    (x * x + z * z).sqrt()
}

#[derive(Debug)]
struct PlacedPlayer {
    id: PlayerId,
    spot: MapSpot,
    cell: CellId,
    /// Stamp of the newest change; 0 when everybody knows all of it.
    changed: Beat,
    /// When everybody was told of it last: with the turn of its cell, or between two.
    told: Beat,
}

/// See the module.
#[derive(Debug)]
pub struct Nearness {
    /// How many of the nearest are near, at least.
    nearest: usize,
    /// The flush before the running one, and the running one.
    before: Beat,
    now: Beat,
    /// Stamp of the newest change of anybody.
    newest: Beat,
    grid: Grid,
    people: Vec<Option<PlacedPlayer>>,
    free: Vec<u32>,
    by_id: HashMap<PlayerId, u32>,
    maps: HashMap<Box<str>, u32>,
    plans: HashMap<CellId, RingPlan>,
    next_rings: u32,
    /// Cells that end with this flush, so everybody is told of them.
    ending: Vec<CellId>,
    /// Those of whom everybody is told in the running flush, and the cells in which they stand.
    hurried: Vec<PlayerId>,
    hurried_cells: Vec<CellId>,
    joining: Vec<(Square, Vec<CellId>)>,
    /// Who has gone into another cell since the flush before.
    crossed: Vec<u32>,
    /// Of those whoever everybody is told of in the running flush, and since when.
    overdue: Vec<(PlayerId, Beat)>,
    selections: HashMap<SelectionKey, std::sync::Arc<CellSelection>>,
}

impl Nearness {
    /// Nobody is anywhere yet.
    pub(crate) fn new(nearest: usize, now: Beat) -> Self {
        Self {
            nearest,
            before: now,
            now,
            newest: 0,
            grid: Grid::new(nearest),
            people: Vec::new(),
            free: Vec::new(),
            by_id: HashMap::new(),
            maps: HashMap::new(),
            plans: HashMap::new(),
            next_rings: 1,
            ending: Vec::new(),
            hurried: Vec::new(),
            hurried_cells: Vec::new(),
            joining: Vec::new(),
            crossed: Vec::new(),
            overdue: Vec::new(),
            selections: HashMap::new(),
        }
    }

    /// The beat of the running flush, or of the last one.
    #[must_use]
    pub fn now(&self) -> Beat {
        self.now
    }

    /// Somebody is there of whom everybody knows everything.
    pub(crate) fn enter(&mut self, player: &Player) {
        let spot = self.spot_of(player);
        if let Some(slot) = self.by_id.get(&player.id).copied() {
            self.place(slot, spot);
            self.stamp(slot, 0);
            return;
        }
        let slot = self.free.pop().unwrap_or(self.people.len() as u32);
        let cell = self.grid.put(slot, spot, 0);
        let person = Some(PlacedPlayer {
            id: player.id.clone(),
            spot,
            cell,
            changed: 0,
            told: self.now,
        });
        match self.people.get_mut(slot as usize) {
            Some(place) => *place = person,
            None => self.people.push(person),
        }
        self.by_id.insert(player.id.clone(), slot);
    }

    /// Somebody is gone.
    pub(crate) fn leave(&mut self, id: &PlayerId) {
        let Some(slot) = self.by_id.remove(id) else {
            return;
        };
        if let Some(person) = self.people.get_mut(slot as usize).and_then(Option::take) {
            self.grid.take(slot, person.cell);
            self.free.push(slot);
        }
    }

    /// A flush begins: what has changed since the one before is noted next.
    pub(crate) fn begin(&mut self, now: Beat) {
        self.before = self.now;
        self.now = now.max(self.now + 1);
        self.selections.clear();
    }

    /// What is noted in this flush is newer than what was told up to the one before, and not newer than any beat since.
    pub(crate) fn running_stamp(&self) -> Beat {
        self.before + 1
    }

    /// Somebody has changed, and may have gone to another map or not. Returns whether that took it into another cell.
    pub(crate) fn note(&mut self, player: &Player, may_change_map: bool) -> bool {
        let Some(slot) = self.by_id.get(&player.id).copied() else {
            self.enter(player);
            return true;
        };
        let spot = match self.at(slot) {
            Some(person) if !may_change_map => person.spot.moved_to(player),
            _ => self.spot_of(player),
        };
        let has_crossed = self.place(slot, spot);
        if has_crossed {
            self.crossed.push(slot);
        }
        self.stamp(slot, self.running_stamp());
        has_crossed
    }

    /// Somebody's change has waited for its turn elsewhere: everybody is told of it in the next flush.
    pub(crate) fn hurry(&mut self, id: &PlayerId) {
        self.hurried.push(id.clone());
    }

    /// All changes are noted: decides which cells end with this flush.
    pub(crate) fn prepare(&mut self) {
        self.ending = self.grid.overfull().collect();
        self.joining.clear();
        if beat::has_turn(0, FAR_BEATS, self.before, self.now) {
            self.grid.forget_empty();
            let grid = &self.grid;
            self.plans.retain(|id, _| grid.get(*id).is_some());
            self.joining = self.grid.sparse();
            let parts = self.joining.iter().flat_map(|(_, parts)| parts);
            self.ending.extend(parts.copied());
        }
        let hurried = std::mem::take(&mut self.hurried);
        let cells = hurried
            .iter()
            .filter_map(|id| Some(self.person(id)?.1.cell));
        self.hurried_cells = cells.collect();
        self.hurried_cells.sort_unstable();
        self.hurried_cells.dedup();
        self.ending.extend(&self.hurried_cells);
        self.ending.sort_unstable();
        self.ending.dedup();
        self.note_told();
        self.follow_cells(&[]);
    }

    /// Notes of whom everybody is told in the running flush. Who walks through cells between their turns would come to none:
    /// whoever is in one whose turn comes too late is told of by itself.
    fn note_told(&mut self) {
        let due = (self.before + 1).max((self.now + 1).saturating_sub(FAR_BEATS))..=self.now;
        let due = due.flat_map(|beat| self.grid.due_at(beat));
        let cells = due.chain(&self.ending).filter_map(|id| self.grid.get(*id));
        for slot in cells.flat_map(|cell| &cell.members) {
            if let Some(person) = self.people.get_mut(*slot as usize).and_then(Option::as_mut) {
                person.told = self.now;
            }
        }
        self.overdue.clear();
        for slot in std::mem::take(&mut self.crossed) {
            let Some(person) = self.people.get_mut(slot as usize).and_then(Option::as_mut) else {
                continue;
            };
            let turn = beat::last_turn(person.cell.phase(), FAR_BEATS, self.now) + FAR_BEATS;
            if person.told < self.now && turn > person.told + FAR_BEATS {
                self.overdue.push((person.id.clone(), person.told));
                person.told = self.now;
            }
        }
    }

    /// Of whom everybody is told in the running flush beside those of a cell, and since which beat. They are told of again
    /// with their cell.
    #[must_use]
    pub fn overdue(&self) -> &[(PlayerId, Beat)] {
        &self.overdue
    }

    /// Everybody has been told what this flush had for them: cells are split and joined.
    pub(crate) fn finish(&mut self) {
        self.selections.clear();
        for id in std::mem::take(&mut self.hurried_cells) {
            self.grid.raise_floor(id, self.now);
        }
        for (square, parts) in std::mem::take(&mut self.joining) {
            let members = self.grid.join(square, &parts);
            self.put_again(&members);
            self.follow_cells(&parts);
        }
        let mut full = std::mem::take(&mut self.ending);
        full.retain(|id| self.grid.is_overfull(*id));
        loop {
            for id in full {
                let members = self.grid.split(id);
                self.put_again(&members);
                self.follow_cells(&[id]);
            }
            full = self.grid.overfull().collect();
            // What has filled up since it was decided is split with the next flush.
            full.retain(|id| self.is_known(*id));
            if full.is_empty() {
                return;
            }
        }
    }

    /// Whether everybody who was told in this flush knows all of a cell.
    fn is_known(&self, id: CellId) -> bool {
        let cell = self.grid.get(id);
        cell.is_some_and(|cell| cell.floor == self.now || cell.newest == 0)
    }

    fn put_again(&mut self, members: &[u32]) {
        for slot in members {
            let now = self.now;
            if let Some(person) = self.people.get_mut(*slot as usize).and_then(Option::as_mut) {
                person.cell = self.grid.put(*slot, person.spot, now);
                self.grid.note(person.cell, person.changed);
            }
        }
    }

    /// Cells have begun, in the place of those that `ended` if any did: they are as near as those, wherever rings are not
    /// due to be looked at.
    fn follow_cells(&mut self, ended: &[CellId]) {
        let begun = self.grid.take_begun();
        if begun.is_empty() {
            return;
        }
        for plan in self.plans.values_mut() {
            if plan.take_in(&begun, ended, self.next_rings) {
                self.next_rings += 1;
            }
        }
    }

    fn place(&mut self, slot: u32, spot: MapSpot) -> bool {
        let Some(person) = self.people.get_mut(slot as usize).and_then(Option::as_mut) else {
            return false;
        };
        person.spot = spot;
        let cell = self.grid.get(person.cell);
        if cell.is_some_and(|cell| cell.square.holds(spot, slot)) {
            return false;
        }
        self.grid.take(slot, person.cell);
        person.cell = self.grid.put(slot, spot, 0);
        true
    }

    fn stamp(&mut self, slot: u32, stamp: Beat) {
        self.newest = self.newest.max(stamp);
        if let Some(person) = self.people.get_mut(slot as usize).and_then(Option::as_mut) {
            person.changed = stamp;
            self.grid.note(person.cell, stamp);
        }
    }

    fn spot_of(&mut self, player: &Player) -> MapSpot {
        let map = map_of(player);
        let next = self.maps.len() as u32;
        let map = match self.maps.get(map) {
            Some(number) => *number,
            // Whoever makes up maps has them share one.
            None if self.maps.len() >= MOST_MAPS => 0,
            None => *self.maps.entry(map.into()).or_insert(next),
        };
        let (x, z) = (0.0, 0.0);
        MapSpot { map, x, z }.moved_to(player)
    }

    fn person(&self, id: &PlayerId) -> Option<(u32, &PlacedPlayer)> {
        let slot = *self.by_id.get(id)?;
        Some((slot, self.at(slot)?))
    }

    fn at(&self, slot: u32) -> Option<&PlacedPlayer> {
        self.people.get(slot as usize)?.as_ref()
    }

    /// Who of a cell has changed since a beat.
    pub fn changed(&self, cell: CellId, since: Beat) -> impl Iterator<Item = &PlayerId> {
        let cell = self.grid.get(cell).filter(|cell| cell.newest > since);
        let members = cell.into_iter().flat_map(|cell| &cell.members);
        let people = members.filter_map(move |slot| self.at(*slot));
        people
            .filter(move |person| person.changed > since)
            .map(|person| &person.id)
    }
}

/// The map on which somebody is.
fn map_of(player: &Player) -> &str {
    let map = player.metadata.get(MAP_KEY).and_then(|it| it.as_str());
    map.unwrap_or_default()
}

/// Where a player's metadata says on which map it is.
pub(crate) const MAP_KEY: &str = "mapId";
/// Maps that are told apart.
const MOST_MAPS: usize = 4096;
