//! Where bots may walk: cells of half a tile, which of them is reached from which, and how far each is
//! from a place.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use contract::world_map::{Spot, Terrain};

/// A point on the ground: x and z in tiles.
pub(super) type GroundSpot = [f64; 2];

/// Cells per tile.
const CELLS: f64 = 2.0;
/// The cells around one: columns and rows to it, and what the step costs. Opposite ones are four apart.
const AROUND: [(isize, isize, u32); 8] = [
    (1, 0, 10),
    (1, 1, 14),
    (0, 1, 10),
    (-1, 1, 14),
    (-1, 0, 10),
    (-1, -1, 14),
    (0, -1, 10),
    (1, -1, 14),
];
/// What a cell that cannot be reached costs.
const NEVER: u32 = u32::MAX;
/// Cells that a way looks ahead for a corner that can be cut.
const AHEAD: usize = 8;

/// See the module. Every cell of it can be reached from every other.
#[derive(Debug)]
pub(super) struct WalkGround {
    terrain: Terrain,
    west: f64,
    north: f64,
    columns: usize,
    /// For each cell, a bit for each of [`AROUND`] to which one walks straight.
    ways: Vec<u8>,
    cells: Vec<usize>,
}

/// How far each cell is from one of them.
#[derive(Debug)]
pub(super) struct GroundDistances(Vec<u32>);

impl WalkGround {
    /// All cells of a map that are reached on foot from where newcomers stand.
    pub(super) fn of(terrain: Terrain) -> Self {
        let bounds = terrain.bounds();
        // A rim of cells in the sea, so that neighbours are never looked for outside of the list.
        let [west, north] = [bounds.west, bounds.north].map(|first| f64::from(first) - 1.0);
        let [east, south] = [bounds.east, bounds.south].map(|last| f64::from(last) + 1.0);
        let columns = ((east - west) * CELLS) as usize + 1;
        let rows = ((south - north) * CELLS) as usize + 1;
        let mut ground = Self {
            terrain,
            west,
            north,
            columns,
            ways: vec![0; columns * rows],
            cells: Vec::new(),
        };
        for cell in 0..columns * rows {
            ground.find_ways(cell);
        }
        let reached = ground.distances(ground.entrance());
        ground.cells = (0..columns * rows)
            .filter(|cell| reached.0[*cell] != NEVER)
            .collect();
        ground
    }

    /// Notes the ways between a cell and those behind it in the list.
    fn find_ways(&mut self, cell: usize) {
        let from = self.middle(cell);
        if !self.is_open(from) {
            return;
        }
        for (number, (column, row, _)) in AROUND.into_iter().enumerate().take(4) {
            let there = [
                from[0] + column as f64 / CELLS,
                from[1] + row as f64 / CELLS,
            ];
            if self.is_clear(from, there) {
                let next = self.beside(cell, number);
                self.ways[cell] |= 1 << number;
                self.ways[next] |= 1 << (number + 4);
            }
        }
    }

    /// Where newcomers come in.
    pub(super) fn entrance(&self) -> GroundSpot {
        let first = self.terrain.spawns().first();
        first.map_or([0.0, 0.0], |spawn| [spawn.x, spawn.z])
    }

    /// The middles of all cells.
    pub(super) fn spots(&self) -> impl Iterator<Item = GroundSpot> {
        self.cells.iter().map(|cell| self.middle(*cell))
    }

    /// Whether one may stand there.
    pub(super) fn is_open(&self, spot: GroundSpot) -> bool {
        self.terrain.can_stand(on_map(spot))
    }

    /// Whether nothing is in the way of a straight line.
    pub(super) fn is_clear(&self, from: GroundSpot, to: GroundSpot) -> bool {
        self.terrain.is_clear(on_map(from), on_map(to))
    }

    /// How far every cell is from a place.
    pub(super) fn distances(&self, from: GroundSpot) -> GroundDistances {
        let mut costs = vec![NEVER; self.ways.len()];
        let mut waiting = BinaryHeap::new();
        if let Some(start) = self.cell(from).filter(|cell| self.ways[*cell] != 0) {
            costs[start] = 0;
            waiting.push(Reverse((0, start)));
        }
        while let Some(Reverse((cost, cell))) = waiting.pop() {
            if cost > costs[cell] {
                continue;
            }
            for (next, step) in self.neighbours(cell) {
                if cost + step < costs[next] {
                    costs[next] = cost + step;
                    waiting.push(Reverse((cost + step, next)));
                }
            }
        }
        GroundDistances(costs)
    }

    /// The next corner on the way to the place that `distances` are from: as far ahead as one sees.
    /// `None` where no way leads on.
    pub(super) fn corner(
        &self,
        from: GroundSpot,
        distances: &GroundDistances,
    ) -> Option<GroundSpot> {
        let costs = &distances.0;
        let mut cell = self.way_in(from, costs)?;
        let mut corner = Some(self.middle(cell)).filter(|middle| *middle != from);
        for _ in 0..AHEAD {
            let nearer = self
                .neighbours(cell)
                .filter(|(next, _)| costs[*next] < costs[cell])
                .min_by_key(|(next, step)| costs[*next] + step);
            let Some((next, _)) = nearer else { break };
            cell = next;
            let middle = self.middle(cell);
            if corner.is_none() || self.is_clear(from, middle) {
                corner = Some(middle);
            }
        }
        corner
    }

    /// The cell by which one walks on from any spot: the nearest to the goal of those around it.
    fn way_in(&self, from: GroundSpot, costs: &[u32]) -> Option<usize> {
        let here = self.cell(from)?;
        let around = (0..AROUND.len()).map(|number| self.beside(here, number));
        std::iter::once(here)
            .chain(around)
            .filter(|cell| costs.get(*cell).is_some_and(|cost| *cost != NEVER))
            .filter(|cell| self.is_clear(from, self.middle(*cell)))
            .min_by_key(|cell| costs[*cell])
    }

    /// Cells that are reached from one, and what a step there costs.
    fn neighbours(&self, cell: usize) -> impl Iterator<Item = (usize, u32)> {
        let ways = self.ways[cell];
        let all = AROUND.into_iter().enumerate();
        all.filter(move |(number, _)| ways >> number & 1 == 1)
            .map(move |(number, (_, _, cost))| (self.beside(cell, number), cost))
    }

    /// The cell beside one, by its number in [`AROUND`].
    fn beside(&self, cell: usize, number: usize) -> usize {
        let (column, row, _) = AROUND[number];
        cell.wrapping_add_signed(row * self.columns as isize + column)
    }

    fn middle(&self, cell: usize) -> GroundSpot {
        let (column, row) = (cell % self.columns, cell / self.columns);
        [
            self.west + column as f64 / CELLS,
            self.north + row as f64 / CELLS,
        ]
    }

    fn cell(&self, [x, z]: GroundSpot) -> Option<usize> {
        let column = ((x - self.west) * CELLS).round();
        let row = ((z - self.north) * CELLS).round();
        let rows = self.ways.len() / self.columns;
        let inside =
            (0.0..self.columns as f64).contains(&column) && (0.0..rows as f64).contains(&row);
        inside.then(|| row as usize * self.columns + column as usize)
    }
}

fn on_map([x, z]: GroundSpot) -> Spot {
    Spot { x, z }
}

pub(super) fn distance([x, z]: GroundSpot, [to_x, to_z]: GroundSpot) -> f64 {
    (to_x - x).hypot(to_z - z)
}

#[cfg(test)]
mod tests {
    use contract::world_map::{Ground, MapBounds, MapGround, Mood, Spawn, Tile, WorldMap};

    use super::*;

    /// Two rooms with one door, and a third that nobody reaches.
    fn rooms() -> WalkGround {
        let rows = [
            "....~~~....~~~~..",
            "...........~~~~..",
            "....~~~....~~~~..",
            "....~~~....~~~~..",
        ];
        let tile = |ground| Tile {
            ground,
            height: 0.0,
        };
        WalkGround::of(Terrain::new(&WorldMap {
            id: "rooms".to_owned(),
            bounds: MapBounds {
                west: 0,
                east: 16,
                north: 0,
                south: 3,
            },
            spawns: vec![Spawn {
                x: 0.0,
                z: 0.0,
                radius: 0.0,
            }],
            ground: MapGround {
                legend: [('.', tile(Ground::Stone)), ('~', tile(Ground::Water))].into(),
                rows: rows.map(str::to_owned).to_vec(),
            },
            things: Vec::new(),
            areas: Vec::new(),
            mood: Mood::Day,
        }))
    }

    #[test]
    fn a_way_leads_through_the_door() {
        let ground = rooms();
        let goal = [10.0, 3.0];
        let distances = ground.distances(goal);
        // Not in the middle of a cell.
        let mut at = [0.1, 3.2];
        let mut corners = 0;
        while let Some(corner) = ground.corner(at, &distances) {
            assert!(ground.is_clear(at, corner), "{at:?} to {corner:?}");
            at = corner;
            corners += 1;
        }
        assert!(distance(at, goal) < 0.1, "{at:?}");
        assert!(corners < 10, "{corners} corners");
    }

    #[test]
    fn walls_are_in_the_way() {
        let ground = rooms();
        assert!(ground.is_clear([1.0, 1.0], [9.0, 1.0]));
        assert!(!ground.is_clear([1.0, 3.0], [9.0, 3.0]));
        assert!(!ground.is_open([5.0, 2.0]) && !ground.is_open([-9.0, 900.0]));
    }

    #[test]
    fn what_cannot_be_reached_is_no_ground() {
        let ground = rooms();
        assert!(ground.is_open([15.0, 1.0]));
        assert!(ground.spots().all(|[x, _]| x <= 10.5));
    }

    #[test]
    fn the_harbour_is_walked_from_the_lighthouse_to_the_jetty() {
        let ground = WalkGround::of(Terrain::new(&WorldMap::harbour()));
        for goal in [[15.0, 1.5], [0.5, 13.5], [-5.5, -8.0]] {
            let nearest = ground.spots().map(|spot| distance(spot, goal));
            assert!(nearest.fold(f64::MAX, f64::min) < 0.5, "{goal:?}");
        }
    }
}
