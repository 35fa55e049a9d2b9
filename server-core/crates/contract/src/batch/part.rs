//! Parts of batches: what several batches hold is encoded once.

use bytes::{BufMut as _, Bytes, BytesMut};

use super::{BatchEncoder, END, VERSION};

/// Some changes as they stand in a batch, whatever stands around them; see [`BatchEncoder::finish_part`].
#[derive(Debug, Clone, Default)]
pub struct BatchPart {
    pub(super) records: Bytes,
    pub(super) changes: usize,
}

impl BatchPart {
    /// How many changes it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.changes
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes == 0
    }
}

/// The batch of some parts, in their order.
///
/// ```
/// use contract::batch::{self, BatchEncoder, PlayerChange};
///
/// let mut encoder = BatchEncoder::default();
/// let parts = ["ada", "adam"].map(|id| {
///     encoder.push(&PlayerChange { id, animation: Some("walk"), ..PlayerChange::default() });
///     encoder.finish_part()
/// });
/// let whole = batch::joined(&[&parts[1], &parts[0]]);
/// assert_eq!(batch::decode(&whole)?[1].id, "ada");
/// # Ok::<(), contract::batch::BatchError>(())
/// ```
#[must_use]
pub fn joined(parts: &[&BatchPart]) -> Bytes {
    let room = parts.iter().map(|part| part.records.len()).sum::<usize>();
    let mut batch = BytesMut::with_capacity(room + 2);
    batch.put_u8(VERSION);
    for part in parts {
        batch.put_slice(&part.records);
    }
    batch.put_u8(END);
    batch.freeze()
}

impl BatchEncoder {
    /// Hands out what was pushed as a part of batches that [`joined`] makes. Its first record shares nothing with what
    /// comes before it there. The encoder is then at the start of the next one.
    pub fn finish_part(&mut self) -> BatchPart {
        let changes = self.len();
        let mut records = self.finish();
        records.truncate(records.len() - 1);
        BatchPart {
            records: records.slice(1..),
            changes,
        }
    }
}
