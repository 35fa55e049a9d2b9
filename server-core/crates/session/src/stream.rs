//! The stream of updates that all clients with the feature `batch2` on this node read.
//!
//! Fed while somebody reads it and forgotten when nobody does. One encoding serves every reader, and one keyframe
//! everybody who comes in, or comes back into step, between two flushes.

use contract::batch::BatchPart;
use contract::batch::stream::{NearEncoder, PlayerStep, StreamEncoder};
use contract::events;
use world::{Delta, WorldState};

use super::frame::Frame;

/// One frame of the stream.
#[derive(Debug)]
pub(crate) struct StreamFrame {
    /// Its place in the stream: it can be read by whoever has read the one before.
    pub(crate) number: u32,
    /// `players:updated`.
    pub(crate) frame: Frame,
}

/// See the module.
#[derive(Debug)]
pub(crate) struct UpdateStream {
    encoder: StreamEncoder,
    /// The one of this moment, once somebody has needed it.
    keyframe: Option<Frame>,
}

impl UpdateStream {
    /// A stream that no client of another node, or of this node's former life, takes for its own.
    pub(crate) fn new() -> Self {
        let epoch = uuid::Uuid::new_v4().as_u128() as u32;
        Self {
            encoder: StreamEncoder::new(epoch),
            keyframe: None,
        }
    }

    /// Forgets what it said; nobody has read it for a while.
    pub(crate) fn restart(&mut self) {
        self.encoder.restart();
        self.keyframe = None;
    }

    /// Number of the frame that was said last.
    pub(crate) fn number(&self) -> u32 {
        self.encoder.number()
    }

    /// Whether the frame that is being made holds anything yet.
    pub(crate) fn has_changes(&self) -> bool {
        self.encoder.has_changes()
    }

    /// Adds a player's change to the frame that is being made.
    pub(crate) fn push(&mut self, delta: &Delta<'_>, metadata: Option<&str>) {
        self.encoder.push(&step(delta, metadata));
    }

    /// Has readers know the player of a change by its slot, whether or not it steps in this frame.
    pub(crate) fn introduce(&mut self, delta: &Delta<'_>) {
        let step = step(delta, None);
        self.encoder.introduce(step.id, step.position);
    }

    /// Adds a player's change to what is said of those who are near.
    pub(crate) fn push_near(
        &self,
        near: &mut NearEncoder,
        delta: &Delta<'_>,
        metadata: Option<&str>,
    ) {
        let step = step(delta, metadata);
        if let Some(slot) = self.encoder.slot(step.id) {
            near.push(slot, &step);
        }
    }

    /// What some readers are told of those who are near, behind the frame that was closed last.
    pub(crate) fn near(&self, parts: &[&BatchPart]) -> Frame {
        Frame::binary(events::PLAYERS_UPDATED, self.encoder.near_frame(parts))
    }

    /// Closes the frame.
    pub(crate) fn finish(&mut self, world: &WorldState) -> StreamFrame {
        self.keyframe = None;
        let frame = self.encoder.finish(|id| world.has_player(id));
        StreamFrame {
            number: self.encoder.number(),
            frame: Frame::binary(events::PLAYERS_UPDATED, frame),
        }
    }

    /// What somebody has to know before the next frame.
    pub(crate) fn keyframe(&mut self) -> Frame {
        let encoder = &mut self.encoder;
        let keyframe = self
            .keyframe
            .get_or_insert_with(|| Frame::keyframe(encoder.number(), encoder.keyframe()));
        keyframe.clone()
    }
}

fn step<'a>(delta: &'a Delta<'_>, metadata: Option<&'a str>) -> PlayerStep<'a> {
    let at = delta.player.position;
    PlayerStep {
        id: delta.player.id.as_str(),
        position: [at.x, at.y, at.z],
        full: delta.is_full(),
        animation: delta.animation(),
        name: delta.name(),
        metadata,
    }
}
