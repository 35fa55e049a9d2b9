//! The parts of the built-in map on which nothing is in the way: people also walk between the trees,
//! bots keep to the plaza, the promenade, the paths, the terrace, the jetty and the lighthouse's rock.

use super::ground::FloorPart;

/// Where newcomers come in: the middle of the compass rose.
pub(super) const ENTRANCE: [f64; 2] = [0.0, 0.0];

const fn floor(west: f64, east: f64, north: f64, south: f64) -> FloorPart {
    FloorPart {
        west,
        east,
        north,
        south,
    }
}

/// Overlapping rectangles, each at least half a person away from water, walls and edges.
pub(super) const FLOORS: &[FloorPart] = &[
    // The plaza, and the promenade to both sides of it.
    floor(-3.7, 3.7, -4.0, 4.0),
    floor(-9.8, -3.5, -2.2, 1.4),
    floor(3.5, 9.8, -2.2, 1.4),
    // The bridge, and the rock in front of the lighthouse.
    floor(9.5, 13.4, -0.2, 0.2),
    floor(12.8, 15.9, 0.2, 1.2),
    // The path to the jetty, the jetty and its arms.
    floor(-1.4, 1.4, 3.5, 8.0),
    floor(-0.9, 0.9, 8.0, 14.2),
    floor(-4.2, 4.2, 11.8, 12.2),
    // The stairs, and the terrace before the houses.
    floor(-1.2, 1.2, -8.5, -4.0),
    floor(-6.2, 6.2, -8.5, -7.9),
    // The western beach and the eastern lawn, each with the way that leads there.
    floor(-8.6, -8.0, 1.0, 4.5),
    floor(-9.4, -7.9, 4.0, 5.2),
    floor(6.95, 7.55, 1.0, 3.5),
    floor(6.0, 9.6, 3.3, 4.2),
];
