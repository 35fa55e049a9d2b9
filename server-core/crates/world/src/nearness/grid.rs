//! The cells, and who stands in which.

use foldhash::{HashMap, HashMapExt as _};

use super::beat::{Beat, FAR_BEATS};
use super::square::Square;
use super::{CellId, MapSpot};

/// A cell holds at most this share of the players who are near at least. Few clients share a frame when cells are small, many are told of more
/// than they are near to when cells are large.
const SHARE_OF_NEAREST: usize = 5;
/// The same for a smallest square and its shares: they are about equally near to everybody, so smaller ones would tell nobody less.
const SHARE_OF_NEAREST_ON_A_SPOT: usize = 2;
/// The players of a cell, at least, before it is split.
const LEAST_FULL: usize = 2;
/// Parts of a square that hold no more than this share of what it may hold become one cell again.
const SHARE_OF_FULL: usize = 2;

/// Some players who stand together.
#[derive(Debug)]
pub(super) struct Cell {
    pub(super) square: Square,
    pub(super) members: Vec<u32>,
    /// Nothing of what its members are owed is newer.
    pub(super) newest: Beat,
    /// Everybody who has been told at this beat knows all of it as it was then.
    pub(super) floor: Beat,
}

impl CellId {
    /// At which beats it is due.
    pub(super) fn phase(self) -> Beat {
        self.0 % FAR_BEATS
    }
}

#[derive(Debug, Clone, Copy)]
enum QuadNode {
    Cell(CellId),
    Split,
}

/// See the module.
#[derive(Debug)]
pub(super) struct Grid {
    /// How many of the nearest are near, at least.
    nearest: usize,
    nodes: HashMap<Square, QuadNode>,
    cells: HashMap<CellId, Cell>,
    by_phase: [Vec<CellId>; FAR_BEATS as usize],
    next: u32,
    begun: Vec<CellId>,
}

impl Grid {
    pub(super) fn new(nearest: usize) -> Self {
        Self {
            nearest,
            nodes: HashMap::new(),
            cells: HashMap::new(),
            by_phase: Default::default(),
            next: 0,
            begun: Vec::new(),
        }
    }

    pub(super) fn get(&self, id: CellId) -> Option<&Cell> {
        self.cells.get(&id)
    }

    /// In the order of their numbers: what is made from it is the same on every run.
    pub(super) fn ids(&self) -> impl Iterator<Item = CellId> {
        let mut ids: Vec<CellId> = self.cells.keys().copied().collect();
        ids.sort_unstable();
        ids.into_iter()
    }

    /// Those of whom everybody knew all at a later beat than this one, in any order.
    pub(super) fn known_since(&self, beat: Beat) -> impl Iterator<Item = CellId> {
        let cells = self.cells.iter();
        cells
            .filter(move |(_, cell)| cell.floor > beat)
            .map(|(id, _)| *id)
    }

    /// The cells of one map.
    pub(super) fn of_map(&self, map: u32) -> impl Iterator<Item = (CellId, &Cell)> {
        let all = self.cells.iter().map(|(id, cell)| (*id, cell));
        all.filter(move |(_, cell)| cell.square.map == map && !cell.members.is_empty())
    }

    /// Those whose phase a beat has.
    pub(super) fn due_at(&self, beat: Beat) -> &[CellId] {
        &self.by_phase[(beat % FAR_BEATS) as usize]
    }

    /// Puts a player who is in no cell into one.
    pub(super) fn put(&mut self, slot: u32, spot: MapSpot, floor: Beat) -> CellId {
        let mut square = Square::around(spot);
        let id = loop {
            match self.nodes.get(&square) {
                Some(QuadNode::Cell(id)) => break *id,
                Some(QuadNode::Split) => square = square.part_of(spot, slot),
                None => break self.create(square, floor),
            }
        };
        if let Some(cell) = self.cells.get_mut(&id) {
            cell.members.push(slot);
        }
        id
    }

    /// Takes a player out of its cell.
    pub(super) fn take(&mut self, slot: u32, id: CellId) {
        if let Some(cell) = self.cells.get_mut(&id) {
            cell.members.retain(|member| *member != slot);
        }
    }

    /// A player of the cell is owed something since this beat.
    pub(super) fn note(&mut self, id: CellId, stamp: Beat) {
        if let Some(cell) = self.cells.get_mut(&id) {
            cell.newest = cell.newest.max(stamp);
        }
    }

    /// Everybody who has been told at this beat knows all of a cell as it was then.
    pub(super) fn raise_floor(&mut self, id: CellId, floor: Beat) {
        if let Some(cell) = self.cells.get_mut(&id) {
            cell.floor = floor;
        }
    }

    fn create(&mut self, square: Square, floor: Beat) -> CellId {
        let id = CellId(self.next);
        self.next += 1;
        self.begun.push(id);
        self.nodes.insert(square, QuadNode::Cell(id));
        self.by_phase[id.phase() as usize].push(id);
        let (members, newest) = (Vec::new(), 0);
        let cell = Cell {
            square,
            members,
            newest,
            floor,
        };
        self.cells.insert(id, cell);
        id
    }

    /// The cells that have begun since this was asked last, and where each is, in the order of their numbers.
    pub(super) fn take_begun(&mut self) -> Vec<(CellId, Square)> {
        let begun = std::mem::take(&mut self.begun).into_iter();
        begun
            .filter_map(|id| Some((id, self.cells.get(&id)?.square)))
            .collect()
    }

    fn remove(&mut self, id: CellId) -> Option<Cell> {
        let cell = self.cells.remove(&id)?;
        self.by_phase[id.phase() as usize].retain(|it| *it != id);
        self.nodes.remove(&cell.square);
        Some(cell)
    }

    /// Cells that are too full.
    pub(super) fn overfull(&self) -> impl Iterator<Item = CellId> {
        self.ids().filter(move |id| self.is_overfull(*id))
    }

    /// The players that a cell of this square holds before it is split.
    fn most_in(&self, square: Square) -> usize {
        let share = match square.is_smallest() {
            true => SHARE_OF_NEAREST_ON_A_SPOT,
            false => SHARE_OF_NEAREST,
        };
        (self.nearest / share).max(LEAST_FULL)
    }

    /// Whether one is too full.
    pub(super) fn is_overfull(&self, id: CellId) -> bool {
        let full =
            |cell: &Cell| cell.members.len() > self.most_in(cell.square) && cell.square.can_split();
        self.cells.get(&id).is_some_and(full)
    }

    /// Split squares that might be one cell again, each with the cells it has.
    pub(super) fn sparse(&self) -> Vec<(Square, Vec<CellId>)> {
        let split = self
            .nodes
            .iter()
            .filter(|(_, it)| matches!(it, QuadNode::Split));
        let mut sparse: Vec<_> = split
            .filter_map(|(square, _)| Some((*square, self.sparse_parts(*square)?)))
            .collect();
        sparse.sort_unstable_by_key(|(_, parts)| parts.first().copied());
        sparse
    }

    fn sparse_parts(&self, square: Square) -> Option<Vec<CellId>> {
        let mut parts = Vec::new();
        let mut members = 0;
        for part in square.parts() {
            match self.nodes.get(&part) {
                Some(QuadNode::Split) => return None,
                Some(QuadNode::Cell(id)) => {
                    members += self.cells.get(id).map_or(0, |cell| cell.members.len());
                    parts.push(*id);
                }
                None => {}
            }
        }
        (members <= self.most_in(square) / SHARE_OF_FULL).then_some(parts)
    }

    /// Splits a cell once. Returns who has to be put into cells again.
    pub(super) fn split(&mut self, id: CellId) -> Vec<u32> {
        let Some(cell) = self.remove(id) else {
            return Vec::new();
        };
        self.nodes.insert(cell.square, QuadNode::Split);
        cell.members
    }

    /// Makes a square one cell. Returns who has to be put into cells again.
    pub(super) fn join(&mut self, square: Square, parts: &[CellId]) -> Vec<u32> {
        self.nodes.remove(&square);
        let cells = parts.iter().filter_map(|id| self.remove(*id));
        cells.flat_map(|cell| cell.members).collect()
    }

    /// Forgets the cells in which nobody stands.
    pub(super) fn forget_empty(&mut self) {
        let cells = self.cells.iter();
        let empty = cells.filter(|(_, cell)| cell.members.is_empty());
        let empty: Vec<CellId> = empty.map(|(id, _)| *id).collect();
        for id in empty {
            self.remove(id);
        }
    }
}
