//! Where a cell is: a square of a map, or a share of those who stand in the smallest one.

use super::{MapSpot, length};

/// Levels of the largest and the smallest square; a side is two to the power of the level, in tiles.
const LARGEST: i8 = 6;
const SMALLEST: i8 = -1;
/// Coordinates beyond are taken to be here: it keeps the numbers of squares whole.
const EDGE: f64 = 1e8;
/// Bits of a player's number that part a crowd on one spot.
const DEEPEST: u8 = 10;

/// See the module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Square {
    pub(super) map: u32,
    level: i8,
    x: i32,
    z: i32,
    /// Below the smallest square: how many pairs of bits of a player's number decide, and what they are.
    depth: u8,
    share: u32,
}

impl Square {
    /// The largest one around a spot.
    pub(super) fn around(spot: MapSpot) -> Self {
        Self::at(spot, LARGEST)
    }

    fn at(spot: MapSpot, level: i8) -> Self {
        Self {
            map: spot.map,
            level,
            x: place(spot.x, level),
            z: place(spot.z, level),
            depth: 0,
            share: 0,
        }
    }

    /// The part of this one in which a player stands.
    pub(super) fn part_of(self, spot: MapSpot, slot: u32) -> Self {
        match self.level > SMALLEST {
            true => Self::at(spot, self.level - 1),
            false => Self {
                depth: self.depth + 1,
                share: share(slot, self.depth + 1),
                ..self
            },
        }
    }

    /// All its parts.
    pub(super) fn parts(self) -> [Self; 4] {
        [0, 1, 2, 3].map(|part: i32| match self.level > SMALLEST {
            true => Self {
                level: self.level - 1,
                x: self.x * 2 + (part & 1),
                z: self.z * 2 + (part >> 1),
                ..self
            },
            false => Self {
                depth: self.depth + 1,
                share: self.share | (part as u32) << (2 * self.depth),
                ..self
            },
        })
    }

    /// Whether it is a smallest square, or a share of those who stand in one.
    pub(super) fn is_smallest(self) -> bool {
        self.level == SMALLEST
    }

    pub(super) fn can_split(self) -> bool {
        self.depth < DEEPEST
    }

    pub(super) fn holds(self, spot: MapSpot, slot: u32) -> bool {
        let here = Self::at(spot, self.level);
        (here.map, here.x, here.z) == (self.map, self.x, self.z)
            && share(slot, self.depth) == self.share
    }

    /// West, north, east and south of it.
    pub(super) fn bounds(self) -> [f64; 4] {
        let side = side(self.level);
        let [x, z] = [self.x, self.z].map(|place| f64::from(place) * side);
        // What lies on its eastern or southern edge is outside.
        [x, z, (x + side).next_down(), (z + side).next_down()]
    }

    /// How far a spot of the same map is from this square.
    pub(super) fn distance(self, spot: MapSpot) -> f64 {
        let side = side(self.level);
        let gap = |at: f64, place: i32| {
            let start = f64::from(place) * side;
            (start - at).max(at - start - side).max(0.0)
        };
        let [x, z] = [spot.x, spot.z].map(|at| at.clamp(-EDGE, EDGE));
        length(gap(x, self.x), gap(z, self.z))
    }

    /// How far two squares of one map are from each other; those that touch are not.
    pub(super) fn gap(self, other: Self) -> f64 {
        let sides = [self, other].map(|it| side(it.level));
        let gap = |ours: i32, theirs: i32| {
            let (ours, theirs) = (f64::from(ours) * sides[0], f64::from(theirs) * sides[1]);
            (theirs - ours - sides[0])
                .max(ours - theirs - sides[1])
                .max(0.0)
        };
        length(gap(self.x, other.x), gap(self.z, other.z))
    }

    /// Tells shares of one spot apart: a client prefers other ones than its neighbour.
    pub(super) fn apart(self, other: Self) -> u32 {
        self.share ^ other.share
    }
}

fn side(level: i8) -> f64 {
    const SIDES: [f64; (LARGEST - SMALLEST + 1) as usize] =
        [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0];
    SIDES[(level - SMALLEST) as usize]
}

fn place(at: f64, level: i8) -> i32 {
    (at.clamp(-EDGE, EDGE) / side(level)).floor() as i32
}

fn share(slot: u32, depth: u8) -> u32 {
    slot & ((1 << (2 * depth)) - 1)
}
