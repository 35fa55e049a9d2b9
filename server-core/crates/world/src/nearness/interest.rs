//! Where the clients of a node have others near or in the middle, as the node says it to other nodes.
//!
//! Each node has cells of its own, so it is said in plain squares of each map. It reaches a little further than the
//! rings: whoever walks on is heard of before they have come to the edge of what was said.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use contract::{Player, PlayerId};
use foldhash::{HashMap, HashSet};

use super::rings::{MIDDLE_REACH, RingKind};
use super::{CellId, Nearness, map_of};

/// Side of a square, in tiles.
const SIDE: f64 = 8.0;
/// Tiles that somebody walks until the others have heard of it.
const AHEAD: f64 = 6.0;
/// Runs of squares that are said of one map; of one that has more, all is near.
const RUNS_SAID: usize = 512;
/// Squares on a side of what one cell has near, at most; beyond, all of its map is.
const MOST_ACROSS: i32 = 64;
/// Maps of which something is said; in a world that has more, everything is near.
const MAPS_SAID: usize = 256;

/// Squares of one row, both ends included, that have the same ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct SquareRun {
    z: i32,
    from: i32,
    to: i32,
    ring: RingKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum MapInterest {
    Whole,
    /// In the order of rows, and of squares in them.
    Runs(Vec<SquareRun>),
}

/// See the module. What is not said is far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interest {
    /// By the name's digest. `None`: everything is near.
    maps: Option<BTreeMap<u64, MapInterest>>,
}

impl Interest {
    /// The ring in which a player stands there.
    pub(super) fn ring_of(&self, player: &Player) -> RingKind {
        let Some(maps) = &self.maps else {
            return RingKind::Near;
        };
        match maps.get(&digest(map_of(player))) {
            None => RingKind::Far,
            Some(MapInterest::Whole) => RingKind::Near,
            Some(MapInterest::Runs(runs)) => {
                let (x, z) = (square(player.position.x), square(player.position.z));
                let behind = runs.partition_point(|run| (run.z, run.from) <= (z, x));
                let run = behind.checked_sub(1).and_then(|place| runs.get(place));
                match run {
                    Some(run) if run.z == z && run.to >= x => run.ring,
                    _ => RingKind::Far,
                }
            }
        }
    }

    /// Reads what [`fmt::Display`] writes.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        if text == EVERYTHING {
            return Some(Self { maps: None });
        }
        let maps = text.lines().map(read_map).collect::<Option<_>>()?;
        Some(Self { maps: Some(maps) })
    }
}

/// What a node says whose clients have everything near, or which does not know.
pub const EVERYTHING: &str = "*";

/// A line for each map: its digest and `*`, or ring, row, and first and last square of each run.
impl fmt::Display for Interest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(maps) = &self.maps else {
            return f.write_str(EVERYTHING);
        };
        for (number, (digest, interest)) in maps.iter().enumerate() {
            if number > 0 {
                f.write_char('\n')?;
            }
            write!(f, "{digest:x}")?;
            match interest {
                MapInterest::Whole => f.write_str(" *")?,
                MapInterest::Runs(runs) => {
                    for SquareRun { z, from, to, ring } in runs {
                        let ring = if *ring == RingKind::Near { 'n' } else { 'm' };
                        write!(f, " {ring} {z} {from} {to}")?;
                    }
                }
            }
        }
        Ok(())
    }
}

fn read_map(line: &str) -> Option<(u64, MapInterest)> {
    let mut words = line.split(' ');
    let digest = u64::from_str_radix(words.next()?, 16).ok()?;
    let mut runs: Vec<SquareRun> = Vec::new();
    while let Some(word) = words.next() {
        let ring = match word {
            "*" => return Some((digest, MapInterest::Whole)),
            "n" => RingKind::Near,
            "m" => RingKind::Middle,
            _ => return None,
        };
        let mut number = || words.next()?.parse().ok();
        let (z, from, to) = (number()?, number()?, number()?);
        let follows = runs.last().is_none_or(|it| (it.z, it.to) < (z, from));
        if from > to || !follows {
            return None;
        }
        runs.push(SquareRun { z, from, to, ring });
    }
    Some((digest, MapInterest::Runs(runs)))
}

/// The squares of one map, while they are gathered.
#[derive(Debug, Default)]
struct Gathered {
    is_whole: bool,
    /// By row and place in it.
    squares: BTreeMap<(i32, i32), RingKind>,
}

impl Gathered {
    /// Everything within `reach` of a rectangle is in this ring, or nearer.
    fn take(&mut self, [west, north, east, south]: [i32; 4], reach: f64, ring: RingKind) {
        let further = (reach / SIDE).ceil().min(f64::from(MOST_ACROSS)) as i32;
        if (east - west).max(south - north) + 2 * further > MOST_ACROSS {
            self.is_whole |= ring == RingKind::Near;
            return;
        }
        for z in north - further..=south + further {
            for x in west - further..=east + further {
                let known = self.squares.entry((z, x)).or_insert(ring);
                *known = ring.min(*known);
            }
        }
    }

    fn finish(self) -> MapInterest {
        let mut runs: Vec<SquareRun> = Vec::new();
        for ((z, x), ring) in self.squares {
            match runs.last_mut() {
                Some(run) if (run.z, run.to + 1, run.ring) == (z, x, ring) => run.to = x,
                _ => runs.push(SquareRun {
                    z,
                    from: x,
                    to: x,
                    ring,
                }),
            }
        }
        match self.is_whole || runs.len() > RUNS_SAID {
            true => MapInterest::Whole,
            false => MapInterest::Runs(runs),
        }
    }
}

impl Nearness {
    /// Where these players have others near or in the middle.
    #[must_use]
    pub(crate) fn interest<'a>(&mut self, players: impl Iterator<Item = &'a PlayerId>) -> Interest {
        let homes = players.filter_map(|id| Some(self.person(id)?.1.cell));
        let homes: HashSet<CellId> = homes.collect();
        for home in &homes {
            // While nobody moves no flush looks at them.
            self.rings_around(*home);
        }
        let plans = homes.iter().filter_map(|home| self.plans.get(home));
        // Cells that lie in the same squares reach about as far.
        let mut reach: HashMap<(u32, [i32; 4]), f64> = HashMap::default();
        for plan in plans {
            let corners = plan.home.bounds().map(square);
            let known = reach.entry((plan.home.map, corners)).or_default();
            *known = known.max(plan.within);
        }
        let mut gathered: BTreeMap<u32, Gathered> = BTreeMap::new();
        for ((map, corners), within) in reach {
            let it = gathered.entry(map).or_default();
            let near = within + AHEAD;
            it.take(corners, near, RingKind::Near);
            it.take(corners, near * MIDDLE_REACH, RingKind::Middle);
        }
        if gathered.len() > MAPS_SAID {
            return Interest { maps: None };
        }
        let names = self.maps.iter().filter_map(|(name, number)| {
            let it = gathered.remove(number)?;
            Some((digest(name), it.finish()))
        });
        Interest {
            maps: Some(names.collect()),
        }
    }
}

fn square(at: f64) -> i32 {
    (at / SIDE).floor() as i32
}

/// Stands for a map's name, which clients make up. FNV-1a: every node and version has to come to the same.
fn digest(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |digest, byte| {
        (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::nearness::model::CrowdModel;
    use crate::{Holder, new_player};
    use contract::payload::{PlayerPatch, PositionPatch};
    use contract::{PayloadLimits, PlayerId};

    fn at(x: f64, z: f64, map: &str) -> Player {
        let position = PositionPatch {
            x: Some(x),
            z: Some(z),
            ..PositionPatch::default()
        };
        let mut metadata = contract::Metadata::new();
        metadata.insert("mapId".to_owned(), map.into());
        let patch = PlayerPatch {
            position,
            metadata: Some(metadata),
            ..PlayerPatch::default()
        };
        new_player(PlayerId::trusted("it"), patch, &PayloadLimits::default()).unwrap()
    }

    #[track_caller]
    fn check(interest: &Interest, player: &Player, expected: RingKind) {
        assert_eq!(interest.ring_of(player), expected);
        let read = Interest::read(&interest.to_string()).expect("what was written");
        assert_eq!(&read, interest);
    }

    #[test]
    fn whoever_stands_by_is_near_and_the_rest_is_far() {
        let mut crowd = CrowdModel::new(5);
        for n in 0..400 {
            crowd.join(n, f64::from(n % 20) + 100.0, f64::from(n / 20));
        }
        crowd.watch();
        crowd.reader(Some(0));
        crowd.flush(1, |_| true);
        let interest = crowd.world.interest().unwrap();
        check(&interest, &at(101.0, 1.0, ""), RingKind::Near);
        check(&interest, &at(90.0, -5.0, ""), RingKind::Near);
        check(&interest, &at(200.0, 0.0, ""), RingKind::Far);
        check(&interest, &at(101.0, 1.0, "cellar"), RingKind::Far);
    }

    #[test]
    fn whoever_rests_has_others_near_all_the_same() {
        let mut crowd = CrowdModel::new(5);
        for n in 0..400 {
            crowd.join(n, f64::from(n % 20) + 100.0, f64::from(n / 20));
        }
        crowd.watch();
        for _ in 0..100 {
            crowd.flush(1, |_| true);
        }
        let interest = crowd.world.interest().unwrap();
        check(&interest, &at(101.0, 1.0, ""), RingKind::Near);
    }

    #[test]
    fn where_few_are_all_of_a_map_is_near() {
        let mut crowd = CrowdModel::new(50);
        for n in 0..10 {
            crowd.join(n, f64::from(n) * 100.0, 0.0);
        }
        crowd.watch();
        crowd.reader(Some(0));
        crowd.flush(1, |_| true);
        let interest = crowd.world.interest().unwrap();
        check(&interest, &at(1e9, 0.0, ""), RingKind::Near);
    }

    #[test]
    fn without_clients_everything_is_far() {
        let mut crowd = CrowdModel::new(5);
        let elsewhere = Holder {
            connection: None,
            fence: 1,
        };
        crowd.world.join(at(0.0, 0.0, ""), elsewhere).unwrap();
        crowd.watch();
        crowd.flush(1, |_| true);
        let interest = crowd.world.interest().unwrap();
        check(&interest, &at(0.0, 0.0, ""), RingKind::Far);
    }

    #[test]
    fn what_no_node_writes_is_not_read() {
        let everything = Interest::read(EVERYTHING).unwrap();
        check(&everything, &at(0.0, 0.0, "anywhere"), RingKind::Near);
        for text in [
            "x",
            "1 n 0 3 2",
            "1 n 0 1",
            "1 n 0 0 4 m 0 4 5",
            "1 q 0 0 0",
        ] {
            assert_eq!(Interest::read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in "\\PC*", numbers in proptest::collection::vec(any::<i32>(), 0..9)) {
            let _ = Interest::read(&text);
            let words: Vec<String> = numbers.iter().map(i32::to_string).collect();
            if let Some(interest) = Interest::read(&format!("1 n {}", words.join(" "))) {
                let _ = interest.ring_of(&at(1e300, -1e300, ""));
            }
        }
    }
}
