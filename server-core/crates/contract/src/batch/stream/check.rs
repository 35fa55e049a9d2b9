//! What both sides of a stream compute over all slots now and then, to notice that they differ.

use crc32fast::Hasher;

/// CRC-32 (ISO-HDLC, as in zlib) over each slot in ascending order: its number as four bytes, the id as UTF-8, and x, y,
/// z as doubles, all little-endian.
pub(super) fn checksum<'a>(slots: impl Iterator<Item = (u32, &'a str, [f64; 3])>) -> u32 {
    let mut hasher = Hasher::new();
    for (number, id, position) in slots {
        hasher.update(&number.to_le_bytes());
        hasher.update(id.as_bytes());
        for value in position {
            hasher.update(&value.to_le_bytes());
        }
    }
    hasher.finalize()
}
