//! Places where bots meet: each has room for a few who stand around its middle.

use std::f64::consts::TAU;

use contract::load_test::CrowdSpread;
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;

use super::ground::{GroundDistances, GroundSpot, WalkGround, distance};

/// Tiles between the middles of two places, at least.
const APART: f64 = 1.8;
/// Bots for each place, about.
const BOTS_A_PLACE: usize = 4;
/// Most places: each keeps how far every cell is from it.
const MOST: usize = 256;
/// Tiles around the middle of a cluster, and of the one square, in which its places lie.
const CLUSTER: f64 = 3.0;
const SQUARE: f64 = 2.0;
/// Those who stand around the middle, ring by ring: how many, and how far from it in tiles.
const RINGS: [(u32, f64); 4] = [(6, 0.7), (11, 1.3), (16, 1.9), (21, 2.5)];

/// Where one bot may stand, and whether one does.
#[derive(Debug)]
struct Stand {
    spot: GroundSpot,
    taken_by: Option<u32>,
}

/// One place.
#[derive(Debug)]
pub(super) struct MeetingPlace {
    pub(super) middle: GroundSpot,
    pub(super) distances: GroundDistances,
    stands: Vec<Stand>,
}

impl MeetingPlace {
    fn at(middle: GroundSpot, ground: &WalkGround) -> Self {
        let around = |(count, radius): (u32, f64)| {
            (0..count).map(move |number| {
                let angle = TAU * f64::from(number) / f64::from(count) + radius;
                [
                    middle[0] + radius * angle.cos(),
                    middle[1] + radius * angle.sin(),
                ]
            })
        };
        let stands = RINGS.into_iter().flat_map(around);
        let free = |spot| Stand {
            spot,
            taken_by: None,
        };
        Self {
            middle,
            distances: ground.distances(middle),
            stands: stands
                .filter(|spot| ground.is_clear(middle, *spot))
                .map(free)
                .collect(),
        }
    }

    /// Who is there or on the way.
    pub(super) fn company(&self) -> impl Iterator<Item = u32> {
        self.stands.iter().filter_map(|it| it.taken_by)
    }

    /// Takes the innermost free stand. Where none is, all stand closer: beside the middle.
    pub(super) fn take(&mut self, bot: u32) -> GroundSpot {
        let free = self.stands.iter_mut().find(|it| it.taken_by.is_none());
        match free {
            Some(stand) => {
                stand.taken_by = Some(bot);
                stand.spot
            }
            None => self.middle,
        }
    }

    /// The bot goes elsewhere.
    pub(super) fn leave(&mut self, bot: u32) {
        for stand in &mut self.stands {
            if stand.taken_by == Some(bot) {
                stand.taken_by = None;
            }
        }
    }

    /// How much one likes to join them: best are a few people, and nobody squeezes in.
    pub(super) fn appeal(&self) -> u32 {
        match self.company().count() {
            0 => 2,
            1..=4 => 3,
            5..=9 => 1,
            _ => 0,
        }
    }
}

/// The places of a crowd of this size.
pub(super) fn choose(
    ground: &WalkGround,
    spread: CrowdSpread,
    clients: u32,
    random: &mut StdRng,
) -> Vec<MeetingPlace> {
    let mut spots: Vec<GroundSpot> = ground.spots().filter(in_spread(ground, spread)).collect();
    spots.shuffle(random);
    let wanted = (clients as usize / BOTS_A_PLACE).clamp(4, MOST);
    let mut chosen: Vec<GroundSpot> = Vec::new();
    for spot in spots {
        if chosen.len() < wanted && chosen.iter().all(|it| distance(*it, spot) >= APART) {
            chosen.push(spot);
        }
    }
    let place = |middle: GroundSpot| MeetingPlace::at(middle, ground);
    chosen.into_iter().map(place).collect()
}

/// Which spots belong to a spread.
fn in_spread(ground: &WalkGround, spread: CrowdSpread) -> impl Fn(&GroundSpot) -> bool {
    let entrance = ground.entrance();
    let farthest = |from: GroundSpot| {
        let by = |a: &GroundSpot, b: &GroundSpot| distance(from, *a).total_cmp(&distance(from, *b));
        ground.spots().max_by(by).unwrap_or(from)
    };
    // The two ends of the map.
    let one = farthest(entrance);
    let other = farthest(one);
    move |spot| match spread {
        CrowdSpread::Even => true,
        CrowdSpread::Clusters => [one, other]
            .iter()
            .any(|it| distance(*it, *spot) <= CLUSTER),
        CrowdSpread::Square => (0..2).all(|axis| (spot[axis] - entrance[axis]).abs() <= SQUARE),
    }
}
