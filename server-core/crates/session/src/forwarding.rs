//! What other nodes are told of the players of this one, at once or when its turn comes; see `docs/several-nodes.md`.

use std::sync::Arc;

use tokio::time::Instant;

use replication::PeerInterests;
use world::nearness::{HeldBack, Interest};

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Forwarding {
    pub(crate) held_back: HeldBack,
    /// Of what the other nodes said.
    pub(super) version: u64,
    /// When this node said what its clients have near, or began to look, while distance decides.
    pub(super) said: Option<Instant>,
}

impl Forwarding {
    /// The other nodes said something else than before.
    pub(super) fn follow(&mut self, interests: PeerInterests) {
        self.version = interests.version;
        let read = |texts: Vec<Arc<str>>| texts.iter().map(|text| Interest::read(text)).collect();
        // Of what cannot be read nothing is known.
        self.held_back.set_interests(interests.texts.and_then(read));
    }
}
