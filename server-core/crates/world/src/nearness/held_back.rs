//! Moves of this node's players that other nodes are told when their turn has come.
//!
//! A move is held back where no other node has a client near. What is held back is the newest state alone, and nobody
//! has been told of it at all: in the frames that nodes number it does not exist yet.

use foldhash::{HashMap, HashMapExt as _};

use super::beat::{Beat, FAR_BEATS, MIDDLE_BEATS, has_turn};
use super::interest::Interest;
use super::map_of;
use super::rings::RingKind;
use contract::{Player, PlayerId};

/// Beats of a second that are left for the ticks on both nodes and for the way: the one on which a change waits to be noted,
/// the one on which its turn falls, and the one of the other node.
const WITHIN: Beat = 19;
const TICKS: Beat = 3;
/// Side of a square whose players have their turn together, in tiles.
const SIDE: f64 = 8.0;

/// When somebody's turn comes.
#[derive(Debug, Clone, Copy)]
struct ForwardTurn {
    phase: Beat,
    ring: RingKind,
    since: Beat,
}

/// See the module.
#[derive(Debug)]
pub struct HeldBack {
    /// What other nodes' clients have near; `None` while there is a node that is told everything.
    interests: Option<Vec<Interest>>,
    waiting: HashMap<PlayerId, ForwardTurn>,
    at: Beat,
}

impl Default for HeldBack {
    fn default() -> Self {
        Self {
            interests: None,
            waiting: HashMap::new(),
            at: 0,
        }
    }
}

impl HeldBack {
    /// The other nodes said what their clients have near; `None` when one of them is to be told everything.
    pub fn set_interests(&mut self, interests: Option<Vec<Interest>>) {
        self.interests = interests;
    }

    /// Somebody has changed in the flush of beat `now`. Returns whether the others are told at once.
    pub fn note(&mut self, player: &Player, now: Beat) -> bool {
        let ring = match &self.interests {
            None => RingKind::Near,
            Some(interests) => {
                let rings = interests.iter().map(|it| it.ring_of(player));
                rings.min().unwrap_or(RingKind::Far)
            }
        };
        if ring == RingKind::Near {
            self.waiting.remove(&player.id);
            return true;
        }
        match self.waiting.get_mut(&player.id) {
            Some(turn) => turn.ring = ring.min(turn.ring),
            None => {
                let turn = ForwardTurn {
                    phase: phase(player),
                    ring,
                    since: now,
                };
                self.waiting.insert(player.id.clone(), turn);
            }
        }
        false
    }

    /// Whether anybody waits.
    #[must_use]
    pub fn has_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Whose turn has come by beat `now`, while flushes come every `tick` beats. They wait no longer.
    pub fn take_due(&mut self, now: Beat, tick: Beat) -> Vec<PlayerId> {
        let (before, everything) = (self.at, self.interests.is_none());
        self.at = now;
        let far = WITHIN.saturating_sub(TICKS * tick).clamp(1, FAR_BEATS);
        let mut due = Vec::new();
        self.waiting.retain(|id, turn| {
            let period = match turn.ring {
                RingKind::Near => 1,
                RingKind::Middle => MIDDLE_BEATS.min(far),
                RingKind::Far => far,
            };
            let is_due = everything
                || has_turn(turn.phase, period, before, now)
                || now.saturating_sub(turn.since) >= period;
            if is_due {
                due.push(id.clone());
            }
            !is_due
        });
        due
    }
}

/// Those who stand together have their turn together, so that another node tells of few cells at a time.
fn phase(player: &Player) -> Beat {
    let place = |at: f64| (at / SIDE).floor() as i64 as u32;
    let (x, z) = (place(player.position.x), place(player.position.z));
    let map = map_of(player).bytes().fold(0, |sum: u32, byte| {
        sum.wrapping_mul(31).wrapping_add(byte.into())
    });
    // A knight's move apart, so that neighbours differ.
    let sum = x.wrapping_mul(5).wrapping_add(z.wrapping_mul(7));
    sum.wrapping_add(map) % FAR_BEATS
}
