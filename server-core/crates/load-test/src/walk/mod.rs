//! Where bots are, what they do there, and what they say: rank and file for figures that compare, or
//! as people for whoever looks on.
//!
//! [`BotSteps`] is all that a client knows of it. Pure: times and numbers are arguments. `march` is the one
//! way; for the other `ground` finds ways over the map, `places` are where one meets, `people` are those
//! who go there.

mod ground;
mod march;
mod names;
mod people;
mod places;
mod sentences;

use contract::load_test::{CrowdPlan, CrowdSpread, CrowdWalk};
use ground::GroundSpot;
use people::Strollers;

use crate::sequence::Numbering;

/// What a bot's figure does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BotAnimation {
    Idle,
    Walk,
}

impl BotAnimation {
    /// The word of the contract.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Walk => "walk",
        }
    }
}

/// Which way a bot looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BotHeading {
    Up,
    Down,
    Left,
    Right,
}

impl BotHeading {
    /// The word of `metadata.heading`.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Left => "left",
            Self::Right => "right",
        }
    }

    /// The stronger axis wins; `None` for no way at all.
    fn along([x, z]: GroundSpot, [to_x, to_z]: GroundSpot) -> Option<Self> {
        let (east, south) = (to_x - x, to_z - z);
        if east.abs() < 1e-6 && south.abs() < 1e-6 {
            return None;
        }
        Some(match east.abs() >= south.abs() {
            true if east < 0.0 => Self::Left,
            true => Self::Right,
            false if south < 0.0 => Self::Up,
            false => Self::Down,
        })
    }
}

/// One update of a bot. What did not change is left out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct BotStep {
    /// x and z, with the number of the update in them.
    pub(crate) place: [f64; 2],
    pub(crate) animation: Option<BotAnimation>,
    pub(crate) heading: Option<BotHeading>,
}

/// The steps of all bots of a run.
#[derive(Debug)]
pub(crate) enum BotSteps {
    /// Rank and file.
    March(CrowdSpread),
    /// As people do.
    People(Box<StrollerSteps>),
}

/// People, and what was told of each.
#[derive(Debug)]
pub(crate) struct StrollerSteps {
    people: Strollers,
    told: Vec<Option<(BotAnimation, BotHeading)>>,
}

impl BotSteps {
    pub(crate) fn new(plan: CrowdPlan, clients: u32) -> Self {
        match plan.walk {
            CrowdWalk::March => Self::March(plan.spread),
            CrowdWalk::People => Self::People(Box::new(StrollerSteps {
                people: Strollers::new(plan, clients),
                told: vec![None; clients as usize],
            })),
        }
    }

    /// How positions carry numbers.
    pub(crate) fn numbering(&self) -> Numbering {
        match self {
            Self::March(_) => Numbering::Tile,
            Self::People(_) => Numbering::Grain,
        }
    }

    /// What a bot is called, so that everybody knows it from a person.
    pub(crate) fn name(&self, index: u32) -> String {
        match self {
            Self::March(_) => names::name_in_rank(index),
            Self::People(_) => names::full_name(index),
        }
    }

    /// How a bot comes in: with everything that is known of it.
    pub(crate) fn enter(&mut self, index: u32, number: u64, now: u64) -> BotStep {
        if let Self::People(people) = self {
            people.told[index as usize] = None;
        }
        self.next(index, number, now)
    }

    /// The update number `number` of a bot, sent at `now` microseconds of the run.
    pub(crate) fn next(&mut self, index: u32, number: u64, now: u64) -> BotStep {
        let numbering = self.numbering();
        match self {
            Self::March(spread) => BotStep {
                place: numbering.mark(march::tile(*spread, index), number),
                animation: None,
                heading: None,
            },
            Self::People(steps) => {
                let (at, animation, heading) = steps.people.go_on(index, now);
                let told = steps.told[index as usize].replace((animation, heading));
                BotStep {
                    place: numbering.mark(at, number),
                    animation: (told.map(|it| it.0) != Some(animation)).then_some(animation),
                    heading: (told.map(|it| it.1) != Some(heading)).then_some(heading),
                }
            }
        }
    }

    /// What a bot says as its message number `number`.
    pub(crate) fn say(&mut self, index: u32, number: i64) -> String {
        match self {
            Self::March(_) => format!("Word {number} of {index}."),
            Self::People(steps) => steps.people.say(index),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(walk: CrowdWalk) -> BotSteps {
        let plan = CrowdPlan {
            walk,
            ..CrowdPlan::default()
        };
        BotSteps::new(plan, 10)
    }

    #[test]
    fn who_marches_says_where_it_is_and_no_more() {
        let mut steps = steps(CrowdWalk::March);
        let step = steps.enter(3, 0, 0);
        assert_eq!(
            (step.place, step.animation, step.heading),
            ([5.0, 2.0], None, None)
        );
        assert_eq!(steps.next(3, 1, 0).place, [5.001, 2.007]);
        assert_eq!(steps.name(3), "bot Lucas 4");
    }

    #[test]
    fn who_walks_says_only_what_changed() {
        let mut steps = steps(CrowdWalk::People);
        let first = steps.enter(3, 0, 0);
        assert!(first.animation.is_some() && first.heading.is_some());
        let second = steps.next(3, 1, 1);
        assert_eq!((second.animation, second.heading), (None, None));
        // A client that was dropped and comes back tells everything again.
        assert!(steps.enter(3, 1, 2).heading.is_some());
        assert_eq!(steps.name(3), "bot Finn 4");
    }
}
