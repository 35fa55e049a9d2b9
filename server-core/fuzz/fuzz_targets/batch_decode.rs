//! Any bytes are read or refused: no panic, and what is accepted can be written again and means the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use contract::batch::{BatchEncoder, PlayerChange, decode};

fuzz_target!(|data: &[u8]| {
    let Ok(changes) = decode(data) else { return };
    let mut encoder = BatchEncoder::default();
    for change in &changes {
        encoder.push(&PlayerChange {
            id: &change.id,
            full: change.full,
            position: change.position,
            animation: change.animation,
            name: change.name,
            metadata: change.metadata,
        });
    }
    let batch = encoder.finish();
    assert_eq!(decode(&batch).as_deref(), Ok(changes.as_slice()));
});
