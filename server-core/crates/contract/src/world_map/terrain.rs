//! A map as somebody walks on it: heights, what is in the way, and whether one spot is reached from another.
//!
//! Pure geometry; it knows no player and no clock. The pages walk by the same rules (`ui/src/player/map`).

use std::collections::{HashSet, VecDeque};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Ground, MapBounds, Spawn, Tile, WorldMap};

/// Half of a person's width on the ground, in tiles.
pub const BODY_HALF_WIDTH: f64 = 0.24;

/// Highest difference between two tiles that a person steps over, in tiles.
pub const STEP_HEIGHT: f64 = 0.5;

/// Share of a tile over which a step is spread, on either side of the edge: nobody jumps on stairs.
#[cfg(test)]
pub(crate) const STEP_BLEND: f64 = 0.22;

/// Longest piece of a way that is looked at as one, in tiles.
const STRIDE: f64 = 0.12;

/// Cells per tile of the grid on which ways are searched.
const CELLS: f64 = 2.0;

const SEA: Tile = Tile {
    ground: Ground::Water,
    height: -0.75,
};

/// A place on the ground, in world units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spot {
    /// To the right.
    pub x: f64,
    /// Towards the viewer.
    pub z: f64,
}

impl Spot {
    /// Tiles between the two.
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.z - other.z)
    }
}

/// Ground that something takes.
#[derive(Debug, Clone, Copy)]
struct BlockedGround {
    west: f64,
    east: f64,
    north: f64,
    south: f64,
}

/// What of a map is needed to walk on it. Made once, then shared.
#[derive(Debug, Clone)]
pub struct Terrain {
    id: String,
    bounds: MapBounds,
    spawns: Vec<Spawn>,
    columns: usize,
    tiles: Vec<Tile>,
    obstacles: Vec<BlockedGround>,
}

impl Terrain {
    /// Of a map that was read.
    #[must_use]
    pub fn new(map: &WorldMap) -> Self {
        let rows = map.ground.rows.iter();
        let letters = rows.flat_map(|row| row.chars());
        let tiles = letters.map(|letter| map.ground.legend.get(&letter).copied().unwrap_or(SEA));
        let obstacles = map.things.iter().flat_map(|thing| {
            let footprints = thing.kind.footprints().iter();
            footprints.map(|print| {
                let middle = thing.x + print.x * thing.size;
                BlockedGround {
                    west: middle - print.half_width * thing.size,
                    east: middle + print.half_width * thing.size,
                    north: thing.z - print.back * thing.size,
                    south: thing.z + print.front,
                }
            })
        });
        Self {
            id: map.id.clone(),
            bounds: map.bounds,
            spawns: map.spawns.clone(),
            columns: map.ground.rows.first().map_or(0, |row| row.chars().count()),
            tiles: tiles.collect(),
            obstacles: obstacles.collect(),
        }
    }

    /// What `metadata.mapId` says of who walks here.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Outermost tiles.
    #[must_use]
    pub fn bounds(&self) -> MapBounds {
        self.bounds
    }

    /// Where newcomers stand.
    #[must_use]
    pub fn spawns(&self) -> &[Spawn] {
        &self.spawns
    }

    fn tile_at(&self, column: i64, row: i64) -> Tile {
        let offset = |at: i64, first: i16| usize::try_from(at - i64::from(first)).ok();
        let column = offset(column, self.bounds.west).filter(|it| *it < self.columns);
        let place = column.zip(offset(row, self.bounds.north));
        let tile = place.and_then(|(column, row)| self.tiles.get(row * self.columns + column));
        tile.copied().unwrap_or(SEA)
    }

    /// The tile under a spot; open sea beyond the map.
    #[must_use]
    pub fn tile_under(&self, spot: Spot) -> Tile {
        self.tile_at(nearest(spot.x), nearest(spot.z))
    }

    /// Whether a person has room here: dry ground without a step under the feet, and nothing in the way.
    #[must_use]
    pub fn can_stand(&self, spot: Spot) -> bool {
        let here = self.tile_under(spot);
        if here.ground == Ground::Water {
            return false;
        }
        let beside = [
            (-BODY_HALF_WIDTH, 0.0),
            (BODY_HALF_WIDTH, 0.0),
            (0.0, -BODY_HALF_WIDTH),
            (0.0, BODY_HALF_WIDTH),
        ];
        let has_ground = beside.iter().all(|(dx, dz)| {
            let tile = self.tile_under(Spot {
                x: spot.x + dx,
                z: spot.z + dz,
            });
            tile.ground != Ground::Water && (tile.height - here.height).abs() <= STEP_HEIGHT
        });
        has_ground
            && !self.obstacles.iter().any(|it| {
                spot.x > it.west - BODY_HALF_WIDTH
                    && spot.x < it.east + BODY_HALF_WIDTH
                    && spot.z > it.north - BODY_HALF_WIDTH / 2.0
                    && spot.z < it.south + BODY_HALF_WIDTH / 2.0
            })
    }

    /// Whether one walks straight from one spot to the other.
    #[must_use]
    pub fn is_clear(&self, from: Spot, to: Spot) -> bool {
        let steps = (from.distance(to) / STRIDE).ceil().max(1.0);
        let mut height = self.tile_under(from).height;
        let mut step = 1.0;
        while step <= steps {
            let share = step / steps;
            let spot = Spot {
                x: from.x + (to.x - from.x) * share,
                z: from.z + (to.z - from.z) * share,
            };
            let tile = self.tile_under(spot);
            if (tile.height - height).abs() > STEP_HEIGHT || !self.can_stand(spot) {
                return false;
            }
            height = tile.height;
            step += 1.0;
        }
        true
    }

    /// Every spot of a grid, two to a tile, that is reached on foot from this one, nearest first.
    #[must_use]
    pub fn reached_from(&self, start: Spot) -> Vec<Spot> {
        let cell = |spot: Spot| (nearest(spot.x * CELLS), nearest(spot.z * CELLS));
        let mut seen = HashSet::from([cell(start)]);
        let mut waiting = VecDeque::from([start]);
        let mut reached = Vec::new();
        while let Some(here) = waiting.pop_front() {
            reached.push(here);
            for (dx, dz) in [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)] {
                let there = Spot {
                    x: here.x + dx / CELLS,
                    z: here.z + dz / CELLS,
                };
                if !seen.contains(&cell(there)) && self.is_clear(here, there) {
                    seen.insert(cell(there));
                    waiting.push_back(there);
                }
            }
        }
        reached
    }
}

/// The column or row of a coordinate; what is no number lies far out at sea.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a float beyond the range of integers becomes the outermost of them"
)]
fn nearest(coordinate: f64) -> i64 {
    if coordinate.is_nan() {
        return i64::MAX / 4;
    }
    // As pages round: a half belongs to the tile in the east or south.
    let rounded = (coordinate + 0.5).floor();
    rounded.clamp(-1e9, 1e9) as i64
}
