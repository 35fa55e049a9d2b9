//! A world so large that distance decides how often a client is told of whom; see `docs/nearness.md`.
//!
//! [`world::nearness`] says which cells each client is told of in a flush and since when. Here that becomes frames:
//! each cell's changes are encoded once for each beat since which somebody is owed them, and a frame is made once for
//! all clients of the same history. Readers of the stream have everybody's turn from the stream, which is the
//! same for all of them, and who is nearer between its frames.

use std::sync::Arc;
use std::time::Duration;

use foldhash::HashMap;
use tokio::time::Instant;

use super::connection::Connection;
use super::flush::encode;
use super::frame::{Frame, FrameGroup};
use super::live::Live;
use super::sights::{ClientSight, Sights};
use super::stream::{StreamFrame, UpdateStream};
use crate::SessionConfig;
use contract::batch::stream::NearEncoder;
use contract::batch::{self, BatchEncoder, BatchPart, UpdateForm};
use contract::{PlayerId, SharedJson, events};
use world::WorldState;
use world::nearness::{Beat, CellId, CellSelection};

/// Of the nearest so many are near at least; some more than are promised, since everybody walks on before it is looked at again.
const NEAREST: usize = 110;
/// Bytes of `player:updated` around the player.
const AROUND_PLAYER: usize = 32;
/// Clients that have missed much and are told in one flush: each is an encoding of its own.
const CATCH_UPS: usize = 64;

/// What one flush encodes by distance, each thing once.
#[derive(Debug, Default)]
pub(crate) struct NearFlush {
    /// The changed players that connections of this node hold, when other nodes show them and are told at once.
    pub(crate) held: Vec<(PlayerId, u64, SharedJson)>,
    /// Players that changed.
    pub(crate) changed: usize,
    /// Whether somebody who takes more is still owed something that was due.
    pub(crate) lags: bool,
    encoder: BatchEncoder,
    near: NearEncoder,
    /// By cell, since when it is owed, and whether that is for readers of the stream, as the frames.
    parts: HashMap<(CellId, Beat, bool), BatchPart>,
    /// Of who is told of beside their cell, for whom no stream says it.
    overdue: Option<BatchPart>,
    /// By selection, and whether that is for readers of the stream. `None` when it would be empty.
    groups: HashMap<(usize, bool), Option<NearGroup>>,
    players: HashMap<PlayerId, Frame>,
    /// What a reader of the stream has read before this flush.
    follows: u32,
    streamed: Option<StreamFrame>,
    /// What it is told where nothing is to be said beside the stream.
    stream_alone: Option<NearGroup>,
    steps: u64,
    caught_up: usize,
}

/// A frame, and how many changes it tells of.
#[derive(Debug)]
struct BatchedFrame {
    frame: Frame,
    changes: u64,
}

/// What all clients of the same history are told.
#[derive(Debug, Clone)]
struct NearGroup {
    frames: Arc<FrameGroup>,
    changes: u64,
}

impl NearFlush {
    /// What a selection says and, for a reader of the `stream`, that before it. `None` when it would be empty.
    fn group(
        &mut self,
        world: &mut WorldState,
        selection: Option<&CellSelection>,
        stream: Option<&UpdateStream>,
    ) -> Option<NearGroup> {
        let Some(selection) = selection else {
            return stream.and_then(|_| self.stream_alone());
        };
        let key = (selection.number, stream.is_some());
        if let Some(group) = self.groups.get(&key) {
            return group.clone();
        }
        let group = match self.frame(world, selection, stream) {
            Some(near) => {
                let streamed = self.streamed.as_ref().filter(|_| stream.is_some());
                let steps = streamed.map_or(0, |_| self.steps);
                let streamed = streamed.map(|it| it.frame.clone());
                let frames = streamed.into_iter().chain([near.frame]);
                Some(NearGroup {
                    frames: Arc::new(FrameGroup::new(frames.collect())),
                    changes: near.changes + steps,
                })
            }
            None => stream.and_then(|_| self.stream_alone()),
        };
        self.groups.insert(key, group.clone());
        group
    }

    /// What readers of the stream are told beside whom nobody has changed.
    fn stream_alone(&mut self) -> Option<NearGroup> {
        let streamed = self.streamed.as_ref()?;
        let alone = self.stream_alone.get_or_insert_with(|| NearGroup {
            frames: Arc::new(FrameGroup::new(vec![streamed.frame.clone()])),
            changes: self.steps,
        });
        Some(alone.clone())
    }

    /// A batch of all of a selection or, beside the `stream`, what that does not say.
    fn frame(
        &mut self,
        world: &mut WorldState,
        selection: &CellSelection,
        stream: Option<&UpdateStream>,
    ) -> Option<BatchedFrame> {
        let beside = stream.is_some();
        let cells = selection.cells.iter().filter(|it| !(beside && it.by_all));
        for it in cells.clone() {
            let (encoder, near) = (&mut self.encoder, &mut self.near);
            let part = self.parts.entry((it.cell, it.since, beside));
            part.or_insert_with(|| {
                world.changes_of(it.cell, it.since, |delta| {
                    let metadata = delta.metadata();
                    match stream {
                        Some(stream) => stream.push_near(near, &delta, metadata.as_deref()),
                        None => encode(encoder, &delta, metadata.as_deref()),
                    }
                });
                match beside {
                    true => near.finish_part(),
                    false => encoder.finish_part(),
                }
            });
        }
        if !beside && self.overdue.is_none() {
            let encoder = &mut self.encoder;
            world.changes_overdue(|delta| encode(encoder, &delta, delta.metadata().as_deref()));
            self.overdue = Some(encoder.finish_part());
        }
        let overdue = self.overdue.as_ref().filter(|_| !beside);
        let parts = cells.filter_map(|it| self.parts.get(&(it.cell, it.since, beside)));
        let parts = parts.chain(overdue).filter(|part| !part.is_empty());
        let parts: Vec<&BatchPart> = parts.collect();
        (!parts.is_empty()).then(|| BatchedFrame {
            frame: match stream {
                Some(stream) => stream.near(&parts),
                None => Frame::binary(events::PLAYERS_UPDATED, batch::joined(&parts)),
            },
            changes: parts.iter().map(|part| part.len() as u64).sum(),
        })
    }

    fn player(&mut self, world: &mut WorldState, id: &PlayerId) -> Option<Frame> {
        if let Some(frame) = self.players.get(id) {
            return Some(frame.clone());
        }
        let frame = Frame::event(events::PLAYER_UPDATED, world.json_of(id)?);
        self.players.insert(id.clone(), frame.clone());
        Some(frame)
    }
}

impl Live {
    /// Begins a flush by distance. `None` while a world is small.
    pub(crate) fn begin_near_flush(&mut self, now: Instant, peers: bool) -> Option<NearFlush> {
        let reads_stream = self.audience(peers).stream;
        let distance = self.distance.as_mut()?;
        let (stream, held_back) = (&mut self.stream, &mut self.forwarding.held_back);
        let beat = distance.beat_at(now);
        let mut near_flush = NearFlush {
            follows: stream.number(),
            ..NearFlush::default()
        };
        self.world.note_changes(beat, |mut delta| {
            near_flush.changed += 1;
            if reads_stream {
                stream.introduce(&delta);
            }
            let is_ours = peers && delta.holder.connection.is_some();
            if is_ours && held_back.note(delta.player, beat) {
                let held = (delta.player.id.clone(), delta.holder.fence, delta.json());
                near_flush.held.push(held);
            }
        });
        if near_flush.changed > 0 {
            distance.note_change(now);
        }
        let selection = self.world.select_far(&mut distance.stream);
        if let (true, Some(selection)) = (reads_stream, selection) {
            for cell in &selection.cells {
                self.world.changes_of(cell.cell, cell.since, |delta| {
                    stream.push(&delta, delta.metadata().as_deref());
                    near_flush.steps += 1;
                });
            }
            self.world.changes_overdue(|delta| {
                stream.push(&delta, delta.metadata().as_deref());
                near_flush.steps += 1;
            });
            if stream.has_changes() {
                near_flush.streamed = Some(stream.finish(&self.world));
            }
        }
        Some(near_flush)
    }

    /// This connection has the whole world of this moment.
    pub(crate) fn note_seen(&mut self, connection: &Connection) {
        if let (Some(distance), Some(nearness)) = (&mut self.distance, self.world.nearness()) {
            let sight = match connection.updates.is_batched() {
                true => ClientSight::Batched(nearness.fresh_view()),
                false => ClientSight::Single(nearness.fresh_plain_view()),
            };
            distance.note(connection.id, sight);
        }
    }

    /// Queues what a connection that takes more is told in this flush, which hands it over. Returns how many updates
    /// that is.
    pub(crate) fn queue_near(
        &mut self,
        near_flush: &mut NearFlush,
        connection: &Connection,
        plain_bytes: usize,
    ) -> u64 {
        let Some(distance) = &mut self.distance else {
            return 0;
        };
        let world = &mut self.world;
        let view = match distance.of(connection.id) {
            None => return 0,
            Some(ClientSight::Single(view)) => {
                let selected = world.select_plain(view, connection.id, plain_bytes, AROUND_PLAYER);
                near_flush.lags |= view.is_late();
                if selected.is_empty() {
                    return 0;
                }
                let frames = selected
                    .iter()
                    .filter_map(|id| near_flush.player(world, id));
                let group = Arc::new(FrameGroup::new(frames.collect()));
                connection.queue_near_group(&group, None);
                return selected.len() as u64;
            }
            Some(ClientSight::Batched(view)) => view,
        };
        let is_streamed = connection.updates == UpdateForm::Stream;
        let in_step = !is_streamed || connection.stream_at() == Some(near_flush.follows);
        if !in_step || world.is_late(view) {
            if near_flush.caught_up >= CATCH_UPS {
                near_flush.lags = true;
                return 0;
            }
            near_flush.caught_up += 1;
        }
        let beside = (is_streamed && in_step).then_some(&self.stream);
        let selection = world.select(view, connection.id, beside.is_some());
        if !in_step {
            // The batch says what the keyframe does not show.
            let near = selection.and_then(|it| near_flush.frame(world, &it, None));
            let changes = near.as_ref().map_or(0, |it| it.changes);
            let near = near.into_iter().map(|it| it.frame);
            let keyframe = self.stream.keyframe();
            connection.queue_near(near.chain([keyframe]), None);
            return changes;
        }
        let Some(group) = near_flush.group(world, selection.as_deref(), beside) else {
            return 0;
        };
        let streamed = near_flush.streamed.as_ref().filter(|_| is_streamed);
        connection.queue_near_group(&group.frames, streamed.map(|it| it.number));
        group.changes
    }

    /// Ends a flush: whether distance decides in the next one, and on which tick.
    pub(crate) fn review_distance(&mut self, session: &SessionConfig, now: Instant) {
        self.world.finish_flush();
        let players = self.world.player_count();
        let from = session.nearness_from;
        match &self.distance {
            None if from > 0 && players > from => self.begin_distance(now),
            // A little below, so that somebody who comes and goes does not turn the world over.
            Some(_) if players < from - from / 10 => self.end_distance(),
            _ => {}
        }
        let least = session.flush_interval;
        let tick = self.distance.as_ref().map(|it| it.tick().max(least));
        self.pacer.set_crowd(tick);
    }

    fn begin_distance(&mut self, now: Instant) {
        self.world.watch_distance(NEAREST, 1);
        let Some(nearness) = self.world.nearness() else {
            return;
        };
        self.distance = Some(Sights::new(nearness.fresh_view(), now));
        for connection in self.roster().iter() {
            self.note_seen(connection);
        }
    }

    /// Everybody catches up with what they are owed.
    fn end_distance(&mut self) {
        let Some(distance) = self.distance.take() else {
            return;
        };
        for (id, sight) in distance.into_clients() {
            let Some(connection) = self.get(id).cloned() else {
                continue;
            };
            match sight {
                ClientSight::Batched(view) => {
                    let owed = self.world.owed(&view).into_iter();
                    connection.note_missed(owed.map(|id| (id, None)));
                }
                ClientSight::Single(view) => {
                    let owed = self.world.owed_plain(&view).into_iter();
                    connection.note_missed(owed.map(|(id, json)| (id, Some(json))));
                }
            }
        }
        self.world.forget_distance();
    }

    /// The flush took so long. Returns the tick in milliseconds; 0 while everything leaves at once.
    pub(crate) fn follow_load(&mut self, took: Duration) -> i64 {
        let Some(distance) = &mut self.distance else {
            return 0;
        };
        distance.follow_load(took);
        i64::try_from(distance.tick().as_millis()).unwrap_or(i64::MAX)
    }
}

#[cfg(test)]
mod tests;
