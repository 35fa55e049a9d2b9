//! What lies around a cell.

use std::sync::Arc;

use super::beat::{Beat, FAR_BEATS, last_turn};
use super::grid::Cell;
use super::square::Square;
use super::{CellId, MapSpot, Nearness};

/// The cells around one, besides itself, that are near at least.
const AROUND: usize = 8;
/// How much further than the near ring the middle one reaches.
pub(super) const MIDDLE_REACH: f64 = 1.4;
/// Near and middle together hold at most so many times as many as are near at least.
const MOST_NEAR: usize = 4;
/// Cells that are looked at, the nearest; somebody stands in each.
const LOOKED_AT: usize = 256;
/// Rings are looked at anew in so many beats.
pub(super) const RINGS_BEATS: Beat = 2 * FAR_BEATS;

/// How often a client is told of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RingKind {
    Near,
    Middle,
    Far,
}

/// The cells that those who stand in one cell have nearer than far.
#[derive(Debug, Clone)]
pub(super) struct Rings {
    /// Tells these from all others.
    pub(super) number: u32,
    /// Ascending, both.
    pub(super) near: Vec<CellId>,
    pub(super) middle: Vec<CellId>,
}

impl Rings {
    pub(super) fn ring_of(&self, cell: CellId) -> RingKind {
        match self {
            _ if self.near.binary_search(&cell).is_ok() => RingKind::Near,
            _ if self.middle.binary_search(&cell).is_ok() => RingKind::Middle,
            _ => RingKind::Far,
        }
    }

    /// Near and middle.
    pub(super) fn cells(&self) -> impl Iterator<Item = CellId> {
        self.near.iter().chain(&self.middle).copied()
    }
}

/// The rings around a cell as they were found last, and what has begun in them since.
#[derive(Debug)]
pub(super) struct RingPlan {
    rings: Arc<Rings>,
    pub(super) made: Beat,
    pub(super) home: Square,
    /// How far the near ring reaches from there.
    pub(super) within: f64,
}

impl RingPlan {
    /// Takes in those of some new cells that are near or in the middle: as those that `ended` in their place were, or by
    /// where they are. Returns whether that makes other rings, under this `number`.
    pub(super) fn take_in(
        &mut self,
        begun: &[(CellId, Square)],
        ended: &[CellId],
        number: u32,
    ) -> bool {
        let inherited = ended.iter().map(|id| self.rings.ring_of(*id)).min();
        let ring = |square: Square| match inherited {
            Some(ring) => ring,
            None if square.map != self.home.map => RingKind::Far,
            None => match self.home.gap(square) {
                gap if gap <= self.within => RingKind::Near,
                gap if gap <= self.within * MIDDLE_REACH => RingKind::Middle,
                _ => RingKind::Far,
            },
        };
        let of_ring = |kind: RingKind| -> Vec<CellId> {
            let cells = begun.iter().filter(|(_, square)| ring(*square) == kind);
            cells.map(|(id, _)| *id).collect()
        };
        let (near, middle) = (of_ring(RingKind::Near), of_ring(RingKind::Middle));
        if near.is_empty() && middle.is_empty() {
            return false;
        }
        let rings = Arc::make_mut(&mut self.rings);
        rings.number = number;
        // Numbers of cells grow, so both go on ascending.
        rings.near.extend(near);
        rings.middle.extend(middle);
        true
    }
}

/// A cell of the same map.
struct Neighbour<'a> {
    id: CellId,
    cell: &'a Cell,
    gap: f64,
}

impl Nearness {
    /// The rings around a cell, looked at anew with each turn of its phase.
    pub(super) fn rings_around(&mut self, id: CellId) -> Arc<Rings> {
        let old = self.plans.get(&id);
        if let Some(plan) = old {
            let looked = last_turn(id.0, RINGS_BEATS, self.now);
            if plan.made >= looked {
                return plan.rings.clone();
            }
        }
        let home = self.grid.get(id).map(|cell| cell.square);
        let (near, middle, within) = self.find_rings(id);
        let same = old.map(|plan| &plan.rings);
        let same = same.filter(|old| old.near == near && old.middle == middle);
        let rings = same.cloned().unwrap_or_else(|| {
            Arc::new(Rings {
                number: self.next_rings,
                near,
                middle,
            })
        });
        self.next_rings = self.next_rings.max(rings.number + 1);
        if let Some(home) = home {
            let plan = RingPlan {
                rings: rings.clone(),
                made: self.now,
                home,
                within,
            };
            self.plans.insert(id, plan);
        }
        rings
    }

    /// The near cells, those in the middle, and how far the near ones reach.
    fn find_rings(&self, id: CellId) -> (Vec<CellId>, Vec<CellId>, f64) {
        let Some(home) = self.grid.get(id) else {
            return (Vec::new(), Vec::new(), 0.0);
        };
        let mut around: Vec<Neighbour<'_>> = self
            .grid
            .of_map(home.square.map)
            .map(|(id, cell)| Neighbour {
                id,
                cell,
                gap: home.square.gap(cell.square),
            })
            .collect();
        let nearer = |a: &Neighbour<'_>, b: &Neighbour<'_>| {
            let apart = |it: &Neighbour<'_>| home.square.apart(it.cell.square);
            let gaps = a.gap.total_cmp(&b.gap);
            gaps.then(apart(a).cmp(&apart(b))).then(a.id.cmp(&b.id))
        };
        if around.len() > LOOKED_AT {
            around.select_nth_unstable_by(LOOKED_AT, nearer);
            around.truncate(LOOKED_AT);
        }
        around.sort_unstable_by(nearer);
        let spots = self.spots(home);
        // With as many players as it takes the reach is at most this; with all within that it is exact.
        let enough = self.count_of(&around, self.nearest + 1).max(AROUND + 1);
        let reach = self.reach_of(&spots, around.iter().take(enough));
        let within = farthest(&reach);
        let reach = self.reach_of(&spots, around.iter().take_while(|it| it.gap <= within));
        let within = farthest(&reach);
        // In a crowd on one spot all are equally near: these are as many as anybody can follow.
        let most = self.count_of(&around, MOST_NEAR * self.nearest);
        let is_near = |place: usize, square: Square| {
            let reaches = |(spot, reach): (&MapSpot, &f64)| square.distance(*spot) <= *reach;
            place <= AROUND || place < most && spots.iter().zip(&reach).any(reaches)
        };
        let (mut near, mut middle) = (Vec::new(), Vec::new());
        for (place, it) in around.iter().enumerate().take(most.max(AROUND + 1)) {
            if is_near(place, it.cell.square) {
                near.push(it.id);
            } else if it.gap <= within * MIDDLE_REACH {
                middle.push(it.id);
            }
        }
        near.sort_unstable();
        middle.sort_unstable();
        (near, middle, within)
    }

    fn spots(&self, cell: &Cell) -> Vec<MapSpot> {
        let people = cell.members.iter().filter_map(|slot| self.at(*slot));
        people.map(|person| person.spot).collect()
    }

    /// How many of the first cells hold so many players.
    fn count_of(&self, around: &[Neighbour<'_>], players: usize) -> usize {
        let mut sum = 0;
        let filled = around.iter().position(|it| {
            sum += it.cell.members.len();
            sum >= players
        });
        filled.map_or(around.len(), |last| last + 1)
    }

    /// How far each spot has to the last of its nearest, among those who stand in some cells.
    fn reach_of<'a>(
        &self,
        spots: &[MapSpot],
        cells: impl Iterator<Item = &'a Neighbour<'a>>,
    ) -> Vec<f64> {
        let others: Vec<MapSpot> = cells.flat_map(|it| self.spots(it.cell)).collect();
        let mut distances = Vec::with_capacity(others.len());
        let reach = spots.iter().map(|spot| {
            distances.clear();
            distances.extend(others.iter().map(|other| spot.distance(*other)));
            match distances.len() > self.nearest {
                // It is itself the very nearest.
                true => {
                    *distances
                        .select_nth_unstable_by(self.nearest, f64::total_cmp)
                        .1
                }
                false => f64::MAX,
            }
        });
        reach.collect()
    }
}

fn farthest(reach: &[f64]) -> f64 {
    reach.iter().copied().fold(0.0, f64::max)
}
