//! Where a player is and how it moves, as both sides of a stream remember it.
//!
//! Coordinates are whole numbers of tenths, hundredths, thousandths or ten-thousandths of a unit where that is exact, so
//! that differences of them are exact as well, and somebody who walks evenly has the same difference each time. The
//! division back gives every bit of the number, see [`number`](super::super::number). What is no such decimal is a raw
//! double.

use super::super::BatchError;
use super::super::number::{INTEGER_LIMIT, scaled};

/// Most digits after the point of a coordinate that is not raw.
pub(super) const MOST_DECIMALS: u8 = 4;

const SCALES: [f64; MOST_DECIMALS as usize + 1] = [1.0, 10.0, 100.0, 1000.0, 10_000.0];

/// One coordinate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Axis {
    /// A decimal.
    Fixed {
        /// The place, in the smallest digit; its absolute value is below [`INTEGER_LIMIT`].
        at: i32,
        /// How far the last step went; below twice that limit.
        pace: i32,
    },
    /// Anything else, finite.
    Raw(f64),
}

/// What a step says about one coordinate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Turn {
    /// As far as the step before. What is raw stays.
    On,
    /// It stands still.
    Still,
    /// So much further than the step before. What was raw is from here on this number, standing still.
    By(i32),
    /// This double.
    To(f64),
}

/// The state of one slot besides its id.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Motion {
    pub(super) decimals: u8,
    pub(super) axes: [Axis; 3],
}

impl Axis {
    /// Standing at `value`.
    fn standing(value: f64, decimals: u8) -> Self {
        scaled(value, scale(decimals)).map_or(Self::Raw(value), |at| Self::Fixed { at, pace: 0 })
    }

    fn value(self, decimals: u8) -> f64 {
        match self {
            Self::Fixed { at, .. } => f64::from(at) / scale(decimals),
            Self::Raw(value) => value,
        }
    }

    /// What takes this axis to `value`.
    fn turn_to(self, value: f64, decimals: u8) -> Turn {
        match (self, scaled(value, scale(decimals))) {
            (Self::Fixed { at, pace }, Some(next)) if at + pace == next => Turn::On,
            (Self::Fixed { at, .. }, Some(next)) if at == next => Turn::Still,
            (Self::Fixed { at, pace }, Some(next)) => Turn::By(next - at - pace),
            (Self::Raw(raw), _) if raw.to_bits() == value.to_bits() => Turn::On,
            (Self::Raw(_), Some(next)) => Turn::By(next),
            (_, None) => Turn::To(value),
        }
    }

    fn take(&mut self, turn: Turn) -> Result<(), BatchError> {
        match (&mut *self, turn) {
            (Self::Fixed { at, pace }, Turn::On) => {
                *at = inside(i64::from(*at) + i64::from(*pace))?
            }
            (Self::Fixed { pace, .. }, Turn::Still) => *pace = 0,
            (Self::Fixed { at, pace }, Turn::By(more)) => {
                let further = i64::from(*pace) + i64::from(more);
                let next = inside(i64::from(*at) + further)?;
                *pace = next - *at;
                *at = next;
            }
            (Self::Raw(_), Turn::On | Turn::Still) => {}
            (Self::Raw(_), Turn::By(at)) => {
                *self = Self::Fixed {
                    at: inside(at.into())?,
                    pace: 0,
                };
            }
            (_, Turn::To(value)) if value.is_finite() => *self = Self::Raw(value),
            (_, Turn::To(_)) => return Err(BatchError::NotFinite),
        }
        Ok(())
    }

    /// The same place with `factor` times smaller digits; a double where the number would be too large.
    fn refined(self, decimals: u8, factor: i32) -> Self {
        let Self::Fixed { at, pace } = self else {
            return self;
        };
        match inside(i64::from(at) * i64::from(factor)) {
            Ok(at) => Self::Fixed {
                at,
                pace: within(pace.saturating_mul(factor)).unwrap_or(0),
            },
            Err(_) => Self::Raw(self.value(decimals)),
        }
    }
}

impl Motion {
    /// Standing at a position.
    pub(super) fn standing(position: [f64; 3]) -> Self {
        let decimals = decimals_of(position, 0);
        Self {
            decimals,
            axes: position.map(|value| Axis::standing(value, decimals)),
        }
    }

    pub(super) fn position(&self) -> [f64; 3] {
        self.axes.map(|axis| axis.value(self.decimals))
    }

    /// Goes over to more decimals.
    pub(super) fn refine(&mut self, decimals: u8) {
        let factor = 10_i32.pow(u32::from(decimals - self.decimals));
        for axis in &mut self.axes {
            *axis = axis.refined(self.decimals, factor);
        }
        self.decimals = decimals;
    }

    /// Follows `position`. Returns what was said, and the decimals if there are more now.
    pub(super) fn follow(&mut self, position: [f64; 3]) -> (Option<u8>, [Turn; 3]) {
        let decimals = decimals_of(position, self.decimals);
        let more = (decimals > self.decimals).then_some(decimals);
        if more.is_some() {
            self.refine(decimals);
        }
        let mut turns = [Turn::On; 3];
        for ((axis, turn), value) in self.axes.iter_mut().zip(&mut turns).zip(position) {
            *turn = axis.turn_to(value, decimals);
            if axis.take(*turn).is_err() {
                // Out of reach for a difference, which `turn_to` does not propose.
                *turn = Turn::To(value);
                *axis = Axis::Raw(value);
            }
        }
        (more, turns)
    }

    pub(super) fn take(&mut self, turns: [Turn; 3]) -> Result<(), BatchError> {
        for (axis, turn) in self.axes.iter_mut().zip(turns) {
            axis.take(turn)?;
        }
        Ok(())
    }
}

/// The fewest decimals, at least `least`, with which as much of a position as can be is a decimal.
fn decimals_of(position: [f64; 3], least: u8) -> u8 {
    let of = |value: f64| (least..=MOST_DECIMALS).find(|it| scaled(value, scale(*it)).is_some());
    position.into_iter().filter_map(of).max().unwrap_or(least)
}

fn scale(decimals: u8) -> f64 {
    SCALES[usize::from(decimals.min(MOST_DECIMALS))]
}

/// A place that can be held.
pub(super) fn inside(at: i64) -> Result<i32, BatchError> {
    match i32::try_from(at) {
        Ok(it) if it.unsigned_abs() < INTEGER_LIMIT.unsigned_abs() => Ok(it),
        _ => Err(BatchError::OutOfRange),
    }
}

/// A pace that can be held: between two places.
pub(super) fn within(pace: i32) -> Option<i32> {
    (pace.unsigned_abs() < 2 * INTEGER_LIMIT.unsigned_abs()).then_some(pace)
}
