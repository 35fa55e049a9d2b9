//! What a step of one player costs every reader of a stream.

#[path = "../benches/walks/mod.rs"]
mod walks;

use walks::{CROWD, Walk, bytes_per_step};

/// The promise, in bytes on average, with everything around a frame counted.
const MOST_BYTES: f64 = 3.5;

#[test]
fn a_step_takes_at_most_three_and_a_half_bytes_however_people_walk() {
    for walk in Walk::ROUNDED {
        let bytes = bytes_per_step(walk, CROWD, 60);
        let name = walk.name();
        assert!(bytes <= MOST_BYTES, "{name}: {bytes:.2} bytes a step");
    }
}

/// Doubles that use all their bits cannot be said in fewer than eight bytes each.
#[test]
fn a_step_that_uses_every_bit_takes_little_more_than_its_numbers() {
    let bytes = bytes_per_step(Walk::EveryBit, CROWD, 10);
    assert!((16.0..20.0).contains(&bytes), "{bytes:.2}");
}
