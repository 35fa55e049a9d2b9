//! Whether a move of another node's player is news.

use super::Owners;
use contract::PlayerId;

/// See the module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::redis) enum MoveCheck {
    /// That node holds the player under this very fence.
    Apply,
    /// The claim under which it was made is not known here yet.
    Early,
    /// Somebody else holds the player.
    Stale,
}

impl Owners {
    /// Looks at a move that `node` told under `fence`.
    pub(in crate::redis) fn check_move(&self, node: &str, id: &PlayerId, fence: u64) -> MoveCheck {
        let known = match (self.local.get(id), self.remote.get(id)) {
            (Some(local), _) => local.fence,
            (None, Some(remote)) if remote.fence == fence && remote.claim.node == node => {
                return MoveCheck::Apply;
            }
            (None, Some(remote)) => remote.fence,
            (None, None) => 0,
        };
        match fence > known {
            true => MoveCheck::Early,
            false => MoveCheck::Stale,
        }
    }

    /// The fence under which a player is held here that the world may still know under `fence`; `None` when it is not held any more.
    pub(in crate::redis) fn fence_of(&self, id: &PlayerId, fence: u64) -> Option<u64> {
        let local = self.local.get(id)?;
        (local.fence == fence || local.was == fence).then_some(local.fence)
    }
}
