//! What a step of one player costs every reader of a stream.

#[path = "../benches/walks/mod.rs"]
mod walks;

use walks::{CROWD, Walk, bytes_per_step};

/// The promise, in bytes on average, with everything around a frame counted.
const MOST_BYTES: f64 = 3.5;

/// What `PROTOCOL.md` says, and that all who round their coordinates keep the promise.
#[test]
fn a_step_takes_at_most_three_and_a_half_bytes_however_people_walk() {
    let page = include_str!("../../../PROTOCOL.md");
    let mut wrong = Vec::new();
    for walk in Walk::ROUNDED.into_iter().chain([Walk::EveryBit]) {
        let bytes = bytes_per_step(walk, CROWD, 60);
        let row = format!("| {} | {bytes:.1} |", walk.name());
        let promised = walk == Walk::EveryBit || bytes <= MOST_BYTES;
        if !promised || !page.contains(&row) {
            wrong.push(row);
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "rows of PROTOCOL.md");
}
