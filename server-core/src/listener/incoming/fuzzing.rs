//! For the fuzz target `incoming_frames` and the replay of its corpus.

use super::{Excess, IncomingBytes};

/// Reads what a websocket brings, in pieces of `size`, as an owner and as a task that shows it first.
///
/// # Panics
/// When a byte is lost, doubled or changed that nobody took, or when one of the two sees an excess
/// that the other would not.
pub fn fuzz(bytes: &[u8], size: usize) {
    let mut incoming = websocket();
    let mut pieces = bytes.chunks(size);
    let by_owner = pieces.try_for_each(|piece| incoming.read(piece));
    let (left, shown) = show(bytes, size, |_| false);
    match shown {
        Ok(()) => assert_eq!(left, bytes, "what nobody took is left"),
        Err(_) => assert!(by_owner.is_err(), "only who shows texts sees an excess"),
    }
    let (left, _) = show(bytes, size, |text| text.starts_with("42"));
    assert!(left.len() <= bytes.len());
}

fn websocket() -> IncomingBytes {
    let mut incoming = IncomingBytes::default();
    // Nothing is refused before anything came.
    let _ = incoming.begin_frames(b"");
    incoming
}

/// What is left to the owner or waits for more, and whether all was read.
fn show(
    bytes: &[u8],
    size: usize,
    mut take: impl FnMut(&str) -> bool,
) -> (Vec<u8>, Result<(), Excess>) {
    let mut incoming = websocket();
    let mut left = Vec::new();
    for piece in bytes.chunks(size) {
        let mut read = [&incoming.ahead, piece].concat();
        loop {
            let passed = match incoming.pass(&mut read, &mut take) {
                Ok(passed) => passed,
                Err(excess) => return (left, Err(excess)),
            };
            left.extend_from_slice(&read[passed.clone()]);
            incoming.keep(&read[passed.end..], passed.is_empty());
            if passed.is_empty() {
                break;
            }
            read.clone_from(&incoming.ahead);
        }
    }
    left.extend_from_slice(&incoming.ahead);
    (left, Ok(()))
}
