//! Reads batches, each of them once.

use std::collections::VecDeque;

use bytes::Bytes;

use crate::load_test::plan::Names;
use crate::load_test::sequence;
use crate::load_test::stats::Recorder;
use crate::protocol::batch::{BatchError, Changes};

/// Batches remembered. Recipients of one flush read it within a moment of each other.
const REMEMBERED: usize = 4;

/// One bot's change: who, which number, and when that update was sent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Change {
    pub(super) sender: u32,
    pub(super) update: (u64, u64),
}

#[derive(Debug)]
struct Batch {
    bytes: Bytes,
    changes: Vec<Change>,
}

/// The batches read last. The server sends the same bytes to all sockets, so a thousand clients in
/// one process need to decode them once; comparing bytes is what keeps it honest.
#[derive(Debug, Default)]
pub(super) struct Batches(VecDeque<Batch>);

impl Batches {
    /// The changes in `bytes`.
    ///
    /// # Errors
    /// When the bytes are no batch.
    pub(super) fn read(
        &mut self,
        bytes: &Bytes,
        names: &Names,
        recorder: &Recorder,
    ) -> Result<&[Change], BatchError> {
        let known = self.0.iter().position(|batch| batch.bytes == *bytes);
        let index = match known {
            Some(index) => index,
            None => {
                let reuse = if self.0.len() < REMEMBERED {
                    None
                } else {
                    self.0.pop_back()
                };
                let mut changes = reuse.map_or_else(Vec::new, |batch| batch.changes);
                changes.clear();
                for change in Changes::new(bytes) {
                    let change = change?;
                    changes.extend(resolve(&change.id, change.position, names, recorder));
                }
                self.0.push_front(Batch {
                    // A copy: the original may hold the whole read buffer of its socket.
                    bytes: Bytes::copy_from_slice(bytes),
                    changes,
                });
                0
            }
        };
        Ok(&self.0[index].changes)
    }
}

fn resolve(
    id: &str,
    position: Option<[f64; 3]>,
    names: &Names,
    recorder: &Recorder,
) -> Option<Change> {
    let sender = names.index(id)?;
    let [x, _, z] = position?;
    let update = recorder.deliveries.resolve(sender, sequence::code(x, z)?)?;
    Some(Change { sender, update })
}
