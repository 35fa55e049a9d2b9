//! Rank and file: a tile for each bot, which it never leaves.

use contract::load_test::CrowdSpread;

/// Tiles per axis over which the bots spread evenly.
const TILES: u32 = 61;
/// The first tile of an axis.
const FIRST: u32 = 2;
/// Tiles per axis of one of two clusters.
const CLUSTER: u32 = 12;
/// Tiles per axis of the one square.
const SQUARE: u32 = 8;

/// The tile of the bot `index`. Where there are more bots than tiles, several share one.
pub(super) fn tile(spread: CrowdSpread, index: u32) -> [f64; 2] {
    let [x, z] = match spread {
        CrowdSpread::Even => within(index, TILES),
        CrowdSpread::Square => within(index, SQUARE).map(|it| it + (TILES - SQUARE) / 2),
        CrowdSpread::Clusters => {
            let corner = match index.is_multiple_of(2) {
                true => 0,
                false => TILES - CLUSTER,
            };
            within(index / 2, CLUSTER).map(|it| it + corner)
        }
    };
    [f64::from(FIRST + x), f64::from(FIRST + z)]
}

fn within(index: u32, tiles: u32) -> [u32; 2] {
    [index % tiles, index / tiles % tiles]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(spread: CrowdSpread, indexes: impl Iterator<Item = u32>) -> [f64; 4] {
        let fold = |[west, east, north, south]: [f64; 4], [x, z]: [f64; 2]| {
            [west.min(x), east.max(x), north.min(z), south.max(z)]
        };
        let none = [f64::MAX, f64::MIN, f64::MAX, f64::MIN];
        indexes.map(|it| tile(spread, it)).fold(none, fold)
    }

    #[test]
    fn spreads_are_what_their_names_say() {
        assert_eq!(span(CrowdSpread::Even, 0..5000), [2.0, 62.0, 2.0, 62.0]);
        assert_eq!(span(CrowdSpread::Square, 0..5000), [28.0, 35.0, 28.0, 35.0]);
        let [even, odd] = [0, 1].map(|first| (first..5000).step_by(2));
        assert_eq!(span(CrowdSpread::Clusters, even), [2.0, 13.0, 2.0, 13.0]);
        assert_eq!(span(CrowdSpread::Clusters, odd), [51.0, 62.0, 51.0, 62.0]);
    }
}
