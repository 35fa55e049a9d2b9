//! What has to be made before it can leave an [`Outbox`](super::Outbox), which takes longer than a lock may be held.

use std::sync::Arc;

use crate::announcements::Announcements;
use crate::frame::Frame;
use world::SharedSnapshot;

/// See the module. Everybody's is the same, so it is made once.
#[derive(Debug, Clone)]
pub(crate) enum Unmade {
    /// A snapshot, packed.
    Packed(Arc<SharedSnapshot>),
    /// A snapshot as JSON.
    Json(Arc<SharedSnapshot>),
    /// What a crowd is told on a tick, packed.
    Announced(Arc<Announcements>),
}

impl Unmade {
    /// What a frame that waits lacks.
    pub(super) fn of(frame: &Frame) -> Option<Self> {
        let json = |snapshot: &Arc<SharedSnapshot>| {
            (!snapshot.has_json()).then(|| Self::Json(snapshot.clone()))
        };
        match frame {
            Frame::PackedWorld(snapshot) if !snapshot.is_packed() => {
                Some(Self::Packed(snapshot.clone()))
            }
            // It is too large to be packed.
            Frame::PackedWorld(snapshot) if snapshot.packed().is_none() => json(snapshot),
            Frame::World(snapshot) => json(snapshot),
            Frame::JoinAck { answer, .. } => answer.state.as_ref().and_then(json),
            _ => None,
        }
    }

    /// Makes it. Not for callers that hold a lock for which others wait.
    pub(crate) fn make(&self) {
        match self {
            Self::Packed(snapshot) => {
                snapshot.packed();
            }
            Self::Json(snapshot) => {
                snapshot.json();
            }
            Self::Announced(announced) => {
                announced.packed();
            }
        }
    }

    /// Whether it is to be packed, and so waits for a flush in a small world as well.
    pub(crate) fn is_packed(&self) -> bool {
        matches!(self, Self::Packed(_) | Self::Announced(_))
    }
}
