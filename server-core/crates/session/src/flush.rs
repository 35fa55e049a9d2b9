//! One flush: what changed since the last one, encoded once for everybody.

use std::ops::Range;

use foldhash::HashSet;
use foldhash::fast::RandomState;

use super::frame::{Frame, Updates};
use super::stream::{StreamFrame, UpdateStream};
use contract::SharedJson;
use contract::batch::{BatchEncoder, PlayerChange};
use contract::{PlayerId, events};
use world::{ConnectionId, Delta, WorldState};

/// The changes of one flush.
#[derive(Debug)]
pub(crate) struct Flush {
    pub(crate) entries: Vec<FlushEntry>,
    /// The changed players in the order of `entries`, when somebody reads single updates.
    pub(crate) updates: Option<Updates>,
    /// `players:updated` as a batch that stands alone, when somebody reads it.
    pub(crate) batch: Option<Frame>,
    /// `players:updated` as the next frame of the stream, when somebody reads that.
    pub(crate) streamed: Option<StreamFrame>,
    /// The changed players that connections of this node hold, when other nodes show them.
    pub(crate) held: Vec<(PlayerId, u64, SharedJson)>,
    holders: HashSet<ConnectionId>,
    /// Revision of the oldest change.
    oldest: u64,
}

/// One changed player.
#[derive(Debug)]
pub(crate) struct FlushEntry {
    pub(crate) id: PlayerId,
    pub(crate) holder: Option<ConnectionId>,
    /// When it changed last; see [`WorldState::revision`].
    pub(crate) revision: u64,
}

impl FlushEntry {
    pub(crate) fn concerns(&self, recipient: ConnectionId, seen: u64) -> bool {
        self.holder != Some(recipient) && self.revision > seen
    }
}

/// Which forms of a flush somebody will read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Audience {
    pub(crate) plain: bool,
    pub(crate) batch: bool,
    pub(crate) stream: bool,
    /// Other nodes are told of the players held here.
    pub(crate) peers: bool,
}

impl Flush {
    /// Takes all pending changes out of the world. `None` when there are none.
    pub(crate) fn take(
        world: &mut WorldState,
        stream: &mut UpdateStream,
        audience: Audience,
    ) -> Option<Self> {
        let most = world.changed_count();
        let mut flush = Self::gather(stream, audience, most, |take| world.drain_changes(take))?;
        flush.streamed = audience.stream.then(|| stream.finish(world));
        Some(flush)
    }

    /// Takes the pending change of the player a connection holds. `None` when there is none.
    pub(crate) fn take_of(
        world: &mut WorldState,
        stream: &mut UpdateStream,
        connection: ConnectionId,
        audience: Audience,
    ) -> Option<Self> {
        let mut flush = Self::gather(stream, audience, 1, |take| {
            world.drain_change(connection, take);
        })?;
        flush.streamed = audience.stream.then(|| stream.finish(world));
        Some(flush)
    }

    fn gather(
        stream: &mut UpdateStream,
        audience: Audience,
        most: usize,
        drain: impl FnOnce(&mut dyn FnMut(Delta<'_>)),
    ) -> Option<Self> {
        let mut entries: Vec<FlushEntry> = Vec::with_capacity(most);
        let mut players = Vec::with_capacity(if audience.plain {
            entries.capacity()
        } else {
            0
        });
        let mut held = Vec::new();
        let mut encoder = audience.batch.then(BatchEncoder::default);
        drain(&mut |mut delta| {
            let is_batched = audience.batch || audience.stream;
            let metadata = if is_batched { delta.metadata() } else { None };
            if let Some(encoder) = &mut encoder {
                encode(encoder, &delta, metadata.as_deref());
            }
            if audience.stream {
                stream.push(&delta, metadata.as_deref());
            }
            entries.push(FlushEntry {
                id: delta.player.id.clone(),
                holder: delta.holder.connection,
                revision: delta.revision,
            });
            if audience.plain {
                players.push(delta.json());
            }
            if audience.peers && delta.holder.connection.is_some() {
                held.push((delta.player.id.clone(), delta.holder.fence, delta.json()));
            }
        });
        let batch =
            encoder.map(|mut encoder| Frame::binary(events::PLAYERS_UPDATED, encoder.finish()));
        let mut holders = HashSet::with_capacity_and_hasher(entries.len(), RandomState::default());
        holders.extend(entries.iter().filter_map(|entry| entry.holder));
        let oldest = entries.iter().map(|entry| entry.revision).min()?;
        Some(Self {
            entries,
            updates: audience.plain.then(|| Updates::new(players)),
            batch,
            streamed: None,
            held,
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
            .filter(move |entry| entry.concerns(recipient, seen))
    }

    /// The positions of [`Self::entries_for`], as few ranges as there are.
    pub(crate) fn ranges_for(
        &self,
        recipient: ConnectionId,
        seen: u64,
    ) -> impl Iterator<Item = Range<usize>> {
        let mut next = 0;
        std::iter::from_fn(move || {
            let concerns = |entry: &FlushEntry| entry.concerns(recipient, seen);
            let start = next + self.entries[next..].iter().position(concerns)?;
            let rest = &self.entries[start..];
            let len = rest.iter().position(|entry| !concerns(entry));
            next = start + len.unwrap_or(rest.len());
            Some(start..next)
        })
    }

    /// The changed player at `position`, when somebody reads single updates.
    pub(crate) fn player(&self, position: usize) -> Option<SharedJson> {
        let players = self.updates.as_ref()?.players(position..position + 1);
        players.first().cloned()
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
pub(crate) fn catch_up(world: &mut WorldState, missed: &[PlayerId]) -> Option<Frame> {
    let mut encoder = BatchEncoder::default();
    let mut any = false;
    for id in missed {
        if let Some(delta) = world.full(id) {
            encode(&mut encoder, &delta, delta.metadata().as_deref());
            any = true;
        }
    }
    any.then(|| Frame::binary(events::PLAYERS_UPDATED, encoder.finish()))
}

pub(crate) fn encode(encoder: &mut BatchEncoder, delta: &Delta<'_>, metadata: Option<&str>) {
    encoder.push(&PlayerChange {
        id: delta.player.id.as_str(),
        full: delta.is_full(),
        position: delta.position(),
        animation: delta.animation(),
        name: delta.name(),
        metadata,
    });
}
