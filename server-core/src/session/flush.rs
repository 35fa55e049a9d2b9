//! One flush: what changed since the last one, encoded once for everybody.

use std::collections::HashSet;

use bytes::Bytes;

use crate::protocol::PlayerId;
use crate::protocol::batch::{BatchEncoder, PlayerChange};
use crate::world::{ConnectionId, Delta, Json, WorldState};

/// The changes of one flush.
#[derive(Debug)]
pub(crate) struct Flush {
    pub(crate) entries: Vec<FlushEntry>,
    /// The binary attachment of `players:updated`, when somebody reads it.
    pub(crate) batch: Option<Bytes>,
    holders: HashSet<ConnectionId>,
    /// Revision of the oldest change.
    oldest: u64,
}

/// One changed player.
#[derive(Debug)]
pub(crate) struct FlushEntry {
    pub(crate) id: PlayerId,
    pub(crate) holder: Option<ConnectionId>,
    pub(crate) fence: u64,
    /// When it changed last; see [`WorldState::revision`].
    pub(crate) revision: u64,
    /// The whole player, when somebody reads single updates or another node shows it.
    pub(crate) json: Option<Json>,
}

/// Which forms of a flush somebody will read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Audience {
    pub(crate) plain: bool,
    pub(crate) batch: bool,
    /// Other nodes are told of the players held here.
    pub(crate) peers: bool,
}

impl Flush {
    /// Takes all pending changes out of the world. `None` when there are none.
    pub(crate) fn take(world: &mut WorldState, audience: Audience) -> Option<Self> {
        let mut entries: Vec<FlushEntry> = Vec::with_capacity(world.changed_count());
        let mut encoder = audience.batch.then(BatchEncoder::default);
        world.drain_changes(|mut delta| {
            if let Some(encoder) = &mut encoder {
                encode(encoder, &delta);
            }
            let is_told = audience.plain || (audience.peers && delta.holder.connection.is_some());
            entries.push(FlushEntry {
                id: delta.player.id.clone(),
                holder: delta.holder.connection,
                fence: delta.holder.fence,
                revision: delta.revision,
                json: is_told.then(|| delta.json()),
            });
        });
        let batch = encoder.map(|mut encoder| encoder.finish());
        let holders = entries.iter().filter_map(|entry| entry.holder).collect();
        let oldest = entries.iter().map(|entry| entry.revision).min()?;
        Some(Self {
            entries,
            batch,
            holders,
            oldest,
        })
    }

    /// The changes a recipient has to hear of: all but its own and those that its last snapshot,
    /// taken at revision `seen`, contained.
    pub(crate) fn entries_for(
        &self,
        recipient: ConnectionId,
        seen: u64,
    ) -> impl Iterator<Item = &FlushEntry> {
        self.entries
            .iter()
            .filter(move |entry| entry.holder != Some(recipient) && entry.revision > seen)
    }

    /// The newest state of the changed players that connections of this node hold.
    pub(crate) fn held_here(&self) -> Vec<(PlayerId, u64, Json)> {
        self.entries
            .iter()
            .filter(|entry| entry.holder.is_some())
            .filter_map(|entry| Some((entry.id.clone(), entry.fence, entry.json.clone()?)))
            .collect()
    }

    /// Whether every change is newer than revision `seen`.
    pub(crate) fn is_newer_than(&self, seen: u64) -> bool {
        self.oldest > seen
    }

    /// How many deliveries the batch is to `recipient`; its own echo does not count.
    pub(crate) fn len_without(&self, recipient: ConnectionId) -> u64 {
        self.entries.len() as u64 - u64::from(self.holders.contains(&recipient))
    }
}

/// Full players for a batch client that missed a flush.
pub(crate) fn catch_up(world: &mut WorldState, missed: &[PlayerId]) -> Option<Bytes> {
    let mut encoder = BatchEncoder::default();
    let mut any = false;
    for id in missed {
        if let Some(delta) = world.full(id) {
            encode(&mut encoder, &delta);
            any = true;
        }
    }
    any.then(|| encoder.finish())
}

fn encode(encoder: &mut BatchEncoder, delta: &Delta<'_>) {
    let metadata = delta.metadata();
    encoder.push(&PlayerChange {
        id: delta.player.id.as_str(),
        full: delta.is_full(),
        position: delta.position(),
        animation: delta.animation(),
        name: delta.name(),
        metadata: metadata.as_deref(),
    });
}
