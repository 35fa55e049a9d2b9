//! The stream of updates that all clients with the feature `batch2` on this node read.
//!
//! Fed while somebody reads it and forgotten when nobody does. One encoding serves every reader, and one keyframe
//! everybody who comes in, or comes back into step, between two flushes.

use contract::batch::stream::{PlayerStep, StreamEncoder};
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

    /// Adds a player's change to the frame that is being made.
    pub(crate) fn push(&mut self, delta: &Delta<'_>, metadata: Option<&str>) {
        let at = delta.player.position;
        self.encoder.push(&PlayerStep {
            id: delta.player.id.as_str(),
            position: [at.x, at.y, at.z],
            full: delta.is_full(),
            animation: delta.animation(),
            name: delta.name(),
            metadata,
        });
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
