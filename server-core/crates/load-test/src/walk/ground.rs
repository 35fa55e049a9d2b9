//! Where bots may walk: cells of half a tile, and how far each is from a place.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A point on the ground: x and z in tiles.
pub(super) type GroundSpot = [f64; 2];

/// A rectangle that may be walked on, its edges included, in tiles.
#[derive(Debug, Clone, Copy)]
pub(super) struct FloorPart {
    pub(super) west: f64,
    pub(super) east: f64,
    pub(super) north: f64,
    pub(super) south: f64,
}

/// Cells per tile.
const CELLS: f64 = 2.0;
/// Length of a look along a line, in tiles: shorter than a cell.
const LOOK: f64 = 0.2;
/// Cost of a step to the side and of one across, about 1 to the root of 2.
const COSTS: [u32; 2] = [10, 14];
/// What a cell that cannot be reached costs.
const NEVER: u32 = u32::MAX;
/// Cells that a way looks ahead for a corner that can be cut.
const AHEAD: usize = 8;

/// See the module. Every cell of it can be reached from every other.
#[derive(Debug)]
pub(super) struct WalkGround {
    west: f64,
    north: f64,
    columns: usize,
    open: Vec<bool>,
    cells: Vec<usize>,
}

/// How far each cell is from one of them.
#[derive(Debug)]
pub(super) struct GroundDistances(Vec<u32>);

impl WalkGround {
    /// All cells whose middle lies in one of the rectangles and that can be reached from `entrance`.
    pub(super) fn of(floors: &[FloorPart], entrance: GroundSpot) -> Self {
        let least = |edge: fn(&FloorPart) -> f64| floors.iter().map(edge).fold(f64::MAX, f64::min);
        let most = |edge: fn(&FloorPart) -> f64| floors.iter().map(edge).fold(f64::MIN, f64::max);
        // A rim of closed cells, so that neighbours are never looked for outside of the list.
        let edge = |value: f64, by: f64| ((value * CELLS).floor() + by) / CELLS;
        let (west, north) = (
            edge(least(|it| it.west), -2.0),
            edge(least(|it| it.north), -2.0),
        );
        let (east, south) = (
            edge(most(|it| it.east), 3.0),
            edge(most(|it| it.south), 3.0),
        );
        let columns = ((east - west) * CELLS) as usize + 1;
        let rows = ((south - north) * CELLS) as usize + 1;
        let mut ground = Self {
            west,
            north,
            columns,
            open: vec![false; columns * rows],
            cells: Vec::new(),
        };
        for cell in 0..columns * rows {
            let [x, z] = ground.middle(cell);
            ground.open[cell] = floors
                .iter()
                .any(|it| (it.west..=it.east).contains(&x) && (it.north..=it.south).contains(&z));
        }
        let reached = ground.distances(entrance);
        for cell in 0..columns * rows {
            ground.open[cell] = reached.0[cell] != NEVER;
        }
        ground.cells = (0..columns * rows)
            .filter(|cell| ground.open[*cell])
            .collect();
        ground
    }

    /// The middles of all cells.
    pub(super) fn spots(&self) -> impl Iterator<Item = GroundSpot> {
        self.cells.iter().map(|cell| self.middle(*cell))
    }

    /// Whether one may stand there.
    pub(super) fn is_open(&self, spot: GroundSpot) -> bool {
        self.cell(spot).is_some_and(|cell| self.open[cell])
    }

    /// Whether nothing is in the way of a straight line.
    pub(super) fn is_clear(&self, from: GroundSpot, to: GroundSpot) -> bool {
        let steps = (distance(from, to) / LOOK).ceil().max(1.0);
        (0..=steps as usize).all(|step| {
            let part = step as f64 / steps;
            self.is_open([0, 1].map(|axis| from[axis] + (to[axis] - from[axis]) * part))
        })
    }

    /// How far every cell is from a place.
    pub(super) fn distances(&self, from: GroundSpot) -> GroundDistances {
        let mut costs = vec![NEVER; self.open.len()];
        let mut waiting = BinaryHeap::new();
        if let Some(start) = self.cell(from).filter(|cell| self.open[*cell]) {
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
        let mut cell = self.cell(from)?;
        let mut corner = None;
        for _ in 0..AHEAD {
            let costs = &distances.0;
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

    /// Open cells beside one, and what a step there costs. Across only where both sides are open.
    fn neighbours(&self, cell: usize) -> impl Iterator<Item = (usize, u32)> {
        let (up, down) = (cell.wrapping_sub(self.columns), cell + self.columns);
        let (left, right) = (cell.wrapping_sub(1), cell + 1);
        let open = |cell: usize| self.open.get(cell).copied().unwrap_or(false);
        let sides = [up, down, left, right].map(|side| (side, COSTS[0], open(side)));
        let across = [(up, left), (up, right), (down, left), (down, right)];
        let across = across.map(|(vertical, side)| {
            let corner = vertical.wrapping_add(side).wrapping_sub(cell);
            let both = open(vertical) && open(side);
            (corner, COSTS[1], both && open(corner))
        });
        let all = sides.into_iter().chain(across);
        all.filter_map(|(next, cost, open)| open.then_some((next, cost)))
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
        let rows = self.open.len() / self.columns;
        let inside =
            (0.0..self.columns as f64).contains(&column) && (0.0..rows as f64).contains(&row);
        inside.then(|| row as usize * self.columns + column as usize)
    }
}

pub(super) fn distance([x, z]: GroundSpot, [to_x, to_z]: GroundSpot) -> f64 {
    (to_x - x).hypot(to_z - z)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn floor(west: f64, east: f64, north: f64, south: f64) -> FloorPart {
        FloorPart {
            west,
            east,
            north,
            south,
        }
    }

    /// Two rooms with one door, and a third that nobody reaches.
    fn rooms() -> WalkGround {
        let floors = [
            floor(0.0, 3.0, 0.0, 3.0),
            floor(3.0, 5.0, 1.0, 1.0),
            floor(5.0, 8.0, 0.0, 3.0),
            floor(20.0, 22.0, 0.0, 3.0),
        ];
        WalkGround::of(&floors, [0.0, 0.0])
    }

    #[test]
    fn a_way_leads_through_the_door() {
        let ground = rooms();
        let goal = [8.0, 3.0];
        let distances = ground.distances(goal);
        let mut at = [0.0, 3.0];
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
        assert!(ground.is_clear([1.0, 1.0], [7.0, 1.0]));
        assert!(!ground.is_clear([1.0, 3.0], [7.0, 3.0]));
        assert!(!ground.is_open([4.0, 2.0]) && !ground.is_open([-9.0, 900.0]));
    }

    #[test]
    fn what_cannot_be_reached_is_no_ground() {
        let ground = rooms();
        assert!(!ground.is_open([21.0, 1.0]));
        assert!(ground.spots().all(|[x, _]| x <= 8.0));
    }
}
