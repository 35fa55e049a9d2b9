//! Bots that behave like people: they go to a place where others are, stand there for a while, look at
//! who speaks, and go on.

use contract::load_test::CrowdPlan;
use contract::world_map::{Terrain, WorldMap};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use super::ground::{GroundSpot, WalkGround, distance};
use super::names::first_name;
use super::places::{self, MeetingPlace};
use super::sentences::sentence;
use super::{BotAnimation, BotHeading};

/// Tiles per second: people stroll; the page's own pace is 4.
const PACE: std::ops::Range<f64> = 1.6..2.8;
/// Seconds that one stands at a place.
const REST: std::ops::Range<f64> = 5.0..22.0;
/// Places one looks at before one chooses.
const CHOICES: usize = 3;
/// Seconds of walking that are made up for at once, when a bot sends seldom.
const LONGEST_STEP: f64 = 20.0;

#[derive(Debug)]
struct Person {
    at: GroundSpot,
    /// Where it will stand.
    goal: GroundSpot,
    /// The corner it walks to.
    corner: Option<GroundSpot>,
    /// In the list of places.
    place: usize,
    walks: bool,
    /// When it goes on, in microseconds of the run.
    stays_until: u64,
    moved_at: u64,
    pace: f64,
    heading: BotHeading,
}

/// All of them. What they do depends on the plan and the times alone, not on the run.
#[derive(Debug)]
pub(super) struct Strollers {
    ground: WalkGround,
    places: Vec<MeetingPlace>,
    persons: Vec<Person>,
    random: StdRng,
    plan: CrowdPlan,
    said: usize,
}

impl Strollers {
    pub(super) fn new(plan: CrowdPlan, clients: u32) -> Self {
        let mut random = StdRng::seed_from_u64(u64::from(clients));
        let ground = WalkGround::of(Terrain::new(&WorldMap::harbour()));
        let places = places::choose(&ground, plan.spread, clients, &mut random);
        let mut people = Self {
            ground,
            places,
            persons: Vec::new(),
            random,
            plan,
            said: 0,
        };
        for index in 0..clients {
            people.place(index);
        }
        people
    }

    fn place(&mut self, index: u32) {
        let place = self.liked(usize::MAX);
        let at = self.places[place].take(index);
        let person = Person {
            at,
            goal: at,
            corner: None,
            place,
            walks: false,
            // Some go on at once, so that a crowd that has just come does not stand still.
            stays_until: seconds(self.random.random_range(0.0..REST.end)),
            moved_at: 0,
            pace: self.random.random_range(PACE),
            heading: BotHeading::Down,
        };
        self.persons.push(person);
        let middle = self.places[place].middle;
        self.look_at(index, middle);
    }

    /// Lets time pass for one of them. Says where it is, what it does and which way it looks.
    pub(super) fn go_on(&mut self, index: u32, now: u64) -> (GroundSpot, BotAnimation, BotHeading) {
        let person = &mut self.persons[index as usize];
        let passed = now.saturating_sub(person.moved_at) as f64 / 1e6;
        person.moved_at = now;
        if !person.walks && now >= person.stays_until {
            self.set_out(index);
        }
        if self.persons[index as usize].walks {
            self.walk(index, passed.min(LONGEST_STEP), now);
        }
        let person = &self.persons[index as usize];
        let animation = match person.walks {
            true => BotAnimation::Walk,
            false => BotAnimation::Idle,
        };
        (person.at, animation, person.heading)
    }

    /// What one of them says. Who stands with it turns to it, and it to one of them.
    pub(super) fn say(&mut self, index: u32) -> String {
        self.said += 1;
        let number = self.random.random_range(0..usize::MAX / 2);
        let Person {
            at, place, walks, ..
        } = self.persons[index as usize];
        let company: Vec<u32> = self.places[place]
            .company()
            .filter(|other| *other != index && !self.persons[*other as usize].walks)
            .collect();
        if walks || company.is_empty() {
            return sentence(self.plan.language, number, None);
        }
        for other in &company {
            self.look_at(*other, at);
        }
        let listener = company[self.said % company.len()];
        let there = self.persons[listener as usize].at;
        self.look_at(index, there);
        sentence(self.plan.language, number, Some(first_name(listener)))
    }

    fn set_out(&mut self, index: u32) {
        let before = self.persons[index as usize].place;
        let place = self.liked(before);
        self.places[before].leave(index);
        let goal = self.places[place].take(index);
        let person = &mut self.persons[index as usize];
        (person.place, person.goal, person.corner) = (place, goal, None);
        person.walks = true;
    }

    /// The best of a few other places.
    fn liked(&mut self, but: usize) -> usize {
        let count = self.places.len();
        let choices: Vec<usize> = (0..CHOICES)
            .map(|_| self.random.random_range(0..count.max(1)))
            .filter(|place| *place != but)
            .collect();
        let appeal = |place: &usize| self.places[*place].appeal();
        let best = choices.into_iter().max_by_key(appeal);
        best.unwrap_or((but.wrapping_add(1)) % count.max(1))
    }

    fn walk(&mut self, index: u32, mut left: f64, now: u64) {
        let person = &mut self.persons[index as usize];
        let place = &self.places[person.place];
        let from = person.at;
        while left > 1e-6 {
            let corner = match person.corner {
                Some(corner) => corner,
                None if self.ground.is_clear(person.at, person.goal) => person.goal,
                // Every place can be reached, and its stands from its middle.
                None => match self.ground.corner(person.at, &place.distances) {
                    Some(corner) => corner,
                    None if person.at == place.middle => person.goal,
                    None => place.middle,
                },
            };
            person.corner = Some(corner);
            let away = distance(person.at, corner);
            let can = person.pace * left;
            if can < away {
                let part = can / away;
                person.at =
                    [0, 1].map(|axis| person.at[axis] + (corner[axis] - person.at[axis]) * part);
                break;
            }
            person.at = corner;
            person.corner = None;
            left -= away / person.pace;
            if corner == person.goal {
                person.walks = false;
                person.stays_until = now + seconds(self.random.random_range(REST));
                break;
            }
        }
        let (walks, at) = (person.walks, person.at);
        let towards = match walks {
            true => BotHeading::along(from, at),
            // Who has arrived looks at the others.
            false => BotHeading::along(at, place.middle),
        };
        if let Some(heading) = towards {
            person.heading = heading;
        }
    }

    fn look_at(&mut self, index: u32, spot: GroundSpot) {
        let person = &mut self.persons[index as usize];
        if let Some(heading) = BotHeading::along(person.at, spot) {
            person.heading = heading;
        }
    }
}

fn seconds(value: f64) -> u64 {
    (value * 1e6) as u64
}

#[cfg(test)]
mod tests {
    use contract::load_test::{BotLanguage, CrowdSpread, CrowdWalk};

    use super::*;

    fn people(spread: CrowdSpread, clients: u32) -> Strollers {
        let plan = CrowdPlan {
            spread,
            walk: CrowdWalk::People,
            ..CrowdPlan::default()
        };
        Strollers::new(plan, clients)
    }

    /// Two minutes of a crowd that moves ten times a second: whom `look` sees, where and how.
    fn watch(
        people: &mut Strollers,
        clients: u32,
        mut look: impl FnMut(u32, GroundSpot, BotAnimation),
    ) {
        for tick in 1..1200_u64 {
            for index in 0..clients {
                let (at, animation, _) = people.go_on(index, tick * 100_000);
                look(index, at, animation);
            }
        }
    }

    #[test]
    fn nobody_leaves_the_ground_or_jumps() {
        for spread in [
            CrowdSpread::Even,
            CrowdSpread::Clusters,
            CrowdSpread::Square,
        ] {
            let mut people = people(spread, 60);
            let ground = WalkGround::of(Terrain::new(&WorldMap::harbour()));
            // A line is looked at every 0.12 tiles: a corner may be cut by half of that.
            let stands = |[x, z]: GroundSpot| {
                let near = [
                    [0.0, 0.0],
                    [0.06, 0.06],
                    [0.06, -0.06],
                    [-0.06, 0.06],
                    [-0.06, -0.06],
                ];
                near.iter().any(|by| ground.is_open([x + by[0], z + by[1]]))
            };
            let mut before: Vec<GroundSpot> = people.persons.iter().map(|it| it.at).collect();
            watch(&mut people, 60, |index, at, _| {
                assert!(stands(at), "{at:?}");
                let went = distance(before[index as usize], at);
                assert!(went <= PACE.end * 0.1 + 1e-9, "{went} tiles at once");
                before[index as usize] = at;
            });
        }
    }

    #[test]
    fn they_walk_and_they_stand() {
        let mut people = people(CrowdSpread::Even, 60);
        let mut walking = 0;
        let mut moved = std::collections::HashSet::new();
        watch(&mut people, 60, |index, _, animation| {
            if animation == BotAnimation::Walk {
                walking += 1;
                moved.insert(index);
            }
        });
        let share = f64::from(walking) / (60.0 * 1199.0);
        assert!((0.1..0.8).contains(&share), "{share} of the time");
        assert_eq!(moved.len(), 60, "everybody walks in two minutes");
    }

    #[test]
    fn they_stand_together() {
        let mut people = people(CrowdSpread::Even, 60);
        watch(&mut people, 60, |_, _, _| {});
        let in_company = people.persons.iter().enumerate().filter(|(index, it)| {
            let others = people.places[it.place].company();
            others.filter(|other| *other as usize != *index).count() > 0
        });
        let count = in_company.count();
        assert!(count > 40, "{count} of 60");
    }

    #[test]
    fn spreads_keep_to_their_ground() {
        let mut square = people(CrowdSpread::Square, 200);
        watch(&mut square, 200, |_, [x, z], _| {
            assert!(x.abs() < 5.0 && z.abs() < 5.0, "{x} {z}");
        });
        let clusters = people(CrowdSpread::Clusters, 200);
        let plaza = clusters.persons.iter();
        assert!(plaza.filter(|it| distance(it.at, [0.0, 0.0]) < 4.0).count() == 0);
    }

    #[test]
    fn whoever_speaks_is_looked_at() {
        let mut people = people(CrowdSpread::Square, 12);
        let company: Vec<u32> = people.places[people.persons[0].place].company().collect();
        assert!(company.len() > 1, "nobody stands with the first");
        people.persons.iter_mut().for_each(|it| it.walks = false);
        assert!(!people.say(0).is_empty());
        let speaker = people.persons[0].at;
        for other in company.into_iter().filter(|it| *it != 0) {
            let listener = &people.persons[other as usize];
            assert_eq!(
                BotHeading::along(listener.at, speaker),
                Some(listener.heading)
            );
        }
    }

    #[test]
    fn what_is_said_varies() {
        let mut people = people(CrowdSpread::Even, 30);
        people.plan.language = BotLanguage::Es;
        let said: std::collections::HashSet<_> = (0..30).map(|it| people.say(it)).collect();
        assert!(said.len() > 12, "{said:?}");
    }
}
