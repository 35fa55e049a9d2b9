//! Time as nearness counts it, and when a cell's turn comes.

/// A twentieth of a second, counted from the moment distances began to matter.
pub type Beat = u32;

/// Length of a beat, in milliseconds.
pub const BEAT_MS: u64 = 50;
/// Everybody is told of every cell at least once in so many beats.
pub const FAR_BEATS: Beat = 16;
/// How often a client is told of a cell in its middle ring. A divisor of [`FAR_BEATS`].
pub(super) const MIDDLE_BEATS: Beat = 8;

/// The last turn up to beat `at` of what comes every `period` beats.
pub(super) fn last_turn(phase: Beat, period: Beat, at: Beat) -> Beat {
    let behind = (at % period + period - phase % period) % period;
    at.saturating_sub(behind)
}

/// Whether it has a turn after beat `after`, and up to beat `now`.
pub(super) fn has_turn(phase: Beat, period: Beat, after: Beat, now: Beat) -> bool {
    last_turn(phase, period, now) > after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_comes_once_in_each_period() {
        for phase in 0..20 {
            let turns = (1..=160).filter(|now| has_turn(phase, FAR_BEATS, now - 1, *now));
            assert_eq!(turns.count(), 10);
            assert!(has_turn(phase, FAR_BEATS, 40, 56));
        }
        assert_eq!(last_turn(3, 16, 18), 3);
        assert_eq!(last_turn(3, 16, 19), 19);
        assert_eq!(last_turn(3, 16, 2), 0);
    }
}
