//! Numbering updates inside an ordinary position, so that a receiver can tell which update it got.
//!
//! A position stays a plausible one: the bot moves within one tile, with three decimals, as
//! `PROTOCOL.md` advises. The thousandths of x and z carry the number; nothing of it is in metadata,
//! so any server of the contract delivers it, whole or in a batch.

/// Numbers before the code repeats. Receivers undo the repetition with [`unwrap`].
const CODES: u64 = 1_000_000;

/// Tiles per axis over which the bots spread.
const TILES: u32 = 61;

/// The place of the bot `index` when it sends its update number `sequence` (0 is its join).
#[must_use]
pub(super) fn place(index: u32, sequence: u64) -> [f64; 3] {
    let code = (sequence % CODES) as u32;
    let (low, high) = (code % 1000, code / 1000);
    let x = (2 + index % TILES) * 1000 + low;
    // The low digits are mixed in so that both coordinates move at every step.
    let z = (2 + index / TILES % TILES) * 1000 + (high + 7 * low) % 1000;
    [f64::from(x) / 1000.0, 0.0, f64::from(z) / 1000.0]
}

/// The code within a position, or nothing when the position has more than three decimals.
#[must_use]
pub(super) fn code(x: f64, z: f64) -> Option<u64> {
    let (low, mixed) = (thousandths(x)?, thousandths(z)?);
    let high = (mixed + 1000 * 7 - 7 * low % 1000) % 1000;
    Some(high * 1000 + low)
}

/// The newest update number up to `newest` that has this code.
#[must_use]
pub(super) fn unwrap(code: u64, newest: u64) -> Option<u64> {
    let candidate = newest - newest % CODES + code;
    if candidate <= newest {
        Some(candidate)
    } else {
        candidate.checked_sub(CODES)
    }
}

fn thousandths(coordinate: f64) -> Option<u64> {
    let scaled = coordinate * 1000.0;
    let rounded = scaled.round();
    let exact = (scaled - rounded).abs() < 1e-3 && (0.0..1e9).contains(&rounded);
    exact.then_some(rounded as u64 % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_comes_back() {
        for index in [0, 1, 60, 61, 999, 99_999] {
            for sequence in (0..3000).chain([999_999, 1_000_000, 1_234_567, 12_345_678]) {
                let [x, _, z] = place(index, sequence);
                let read = code(x, z).and_then(|code| unwrap(code, sequence + 5));
                assert_eq!(read, Some(sequence), "bot {index}");
            }
        }
    }

    #[test]
    fn what_was_never_sent_is_not_invented() {
        assert_eq!(unwrap(7, 6), None);
        assert_eq!(code(1.23456, 2.0), None);
        assert_eq!(code(-1.0, 2.0), None);
        assert_eq!(code(f64::INFINITY, 2.0), None);
    }
}
