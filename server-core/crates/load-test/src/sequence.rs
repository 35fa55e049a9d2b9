//! Numbering updates inside an ordinary position, so that a receiver can tell which update it got.
//!
//! A position stays a plausible one, with three decimals, as `PROTOCOL.md` advises. The thousandths of x
//! and z carry the number; nothing of it is in metadata, so any server of the contract delivers it, whole
//! or in a batch.

/// Tiles whose thousandths are told apart; a position is never farther out.
const FARTHEST: f64 = 1e6;

/// How the thousandths of a position carry the number of an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Numbering {
    /// All of them: the bot moves within one tile, a thousandth at every step.
    #[default]
    Tile,
    /// What is left of them after whole multiples of [`GRAIN`]: the bot is where it walked to, give or
    /// take a fortieth of a tile, which is a pixel.
    Grain,
}

/// Thousandths of a tile within which a walking bot's place carries its number. Divides 1000, so that
/// it means the same in every tile.
const GRAIN: i64 = 50;

impl Numbering {
    /// Numbers before they repeat. Receivers undo the repetition with [`Numbering::number`].
    fn codes(self) -> u64 {
        match self {
            Self::Tile => 1_000_000,
            Self::Grain => (GRAIN * GRAIN) as u64,
        }
    }

    /// A place near x and z, or in their tile, that carries the number `sequence`.
    #[must_use]
    pub(super) fn mark(self, [x, z]: [f64; 2], sequence: u64) -> [f64; 2] {
        let code = (sequence % self.codes()) as i64;
        let marked = match self {
            Self::Tile => {
                let (low, high) = (code % 1000, code / 1000);
                // The low digits are mixed in so that both coordinates move at every step.
                let mixed = (high + 7 * low) % 1000;
                [x as i64 * 1000 + low, z as i64 * 1000 + mixed]
            }
            Self::Grain => {
                let near = |coordinate: f64, digits: i64| {
                    let wished = (coordinate * 1000.0).round() as i64;
                    wished - (wished - digits + GRAIN / 2).rem_euclid(GRAIN) + GRAIN / 2
                };
                [near(x, code % GRAIN), near(z, code / GRAIN)]
            }
        };
        marked.map(|thousandths| thousandths as f64 / 1000.0)
    }

    /// The newest number up to `newest` that a position with this [`code`] carries.
    #[must_use]
    pub(super) fn number(self, code: u64, newest: u64) -> Option<u64> {
        let (low, high) = (code / 1000, code % 1000);
        let code = match self {
            Self::Tile => (high + 1000 * 7 - 7 * low % 1000) % 1000 * 1000 + low,
            Self::Grain => {
                let grain = GRAIN as u64;
                high % grain * grain + low % grain
            }
        };
        let codes = self.codes();
        let candidate = newest - newest % codes + code;
        if candidate <= newest {
            Some(candidate)
        } else {
            candidate.checked_sub(codes)
        }
    }
}

/// The thousandths of a position, or nothing when it has more than three decimals.
#[must_use]
pub(super) fn code(x: f64, z: f64) -> Option<u64> {
    Some(thousandths(x)? * 1000 + thousandths(z)?)
}

fn thousandths(coordinate: f64) -> Option<u64> {
    let scaled = coordinate * 1000.0;
    let rounded = scaled.round();
    let exact = (scaled - rounded).abs() < 1e-3 && coordinate.abs() < FARTHEST;
    exact.then_some((rounded as i64).rem_euclid(1000) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: [Numbering; 2] = [Numbering::Tile, Numbering::Grain];

    #[test]
    fn every_number_comes_back() {
        for numbering in BOTH {
            for place in [[2.0, 2.0], [62.0, 3.0], [17.0, 62.0]] {
                let late = [999_999, 1_000_000, 1_234_567, 12_345_678];
                for sequence in (0..3000).chain(late) {
                    let [x, z] = numbering.mark(place, sequence);
                    let read = code(x, z).and_then(|code| numbering.number(code, sequence + 5));
                    assert_eq!(read, Some(sequence), "{numbering:?} at {place:?}");
                }
            }
        }
    }

    #[test]
    fn who_walks_is_where_it_walked_to() {
        for step in -4000..4000_i64 {
            let place = [step as f64 / 317.0, -step as f64 / 211.0];
            let sequence = step.unsigned_abs();
            let [x, z] = Numbering::Grain.mark(place, sequence);
            assert!((x - place[0]).abs() < 0.026 && (z - place[1]).abs() < 0.026);
            let read = code(x, z).and_then(|code| Numbering::Grain.number(code, sequence));
            assert_eq!(read, Some(sequence), "at {place:?}");
        }
    }

    #[test]
    fn who_marches_stays_in_its_tile() {
        for sequence in [0, 1, 142, 999, 1000, 999_999] {
            let [x, z] = Numbering::Tile.mark([7.0, 9.0], sequence);
            assert!((7.0..8.0).contains(&x) && (9.0..10.0).contains(&z));
        }
    }

    #[test]
    fn what_was_never_sent_is_not_invented() {
        let [x, z] = Numbering::Tile.mark([2.0, 2.0], 7);
        assert_eq!(
            code(x, z).and_then(|it| Numbering::Tile.number(it, 6)),
            None
        );
        assert_eq!(code(1.23456, 2.0), None);
        assert_eq!(code(f64::INFINITY, 2.0), None);
        assert_eq!(code(f64::NAN, 2.0), None);
    }
}
