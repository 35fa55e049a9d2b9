//! How a load test ends, as the code of its process: one list for a test and for the search of the largest crowd.

/// The run counts and a threshold was broken.
pub(super) const THRESHOLD_BROKEN: u8 = 3;
/// The load test itself was too slow for the numbers to count.
pub(super) const INVALID: u8 = 4;
/// The server vanished during the run.
pub(super) const TARGET_LOST: u8 = 5;
/// Nobody joined, so there is nothing to say about the server.
pub(super) const NOBODY_JOINED: u8 = 6;

/// What its help says about them.
pub(super) const EXIT_CODES: &str = "Exit codes: 0 all is well, 1 the run could not start, 2 wrong usage, \
3 a threshold was broken, 4 the load test itself was too slow for its numbers to count, \
5 the server vanished, 6 nobody could join, 130 or 143 stopped by a signal.";
