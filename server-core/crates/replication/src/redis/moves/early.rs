//! Moves that came before the claim under which they were made.

use indexmap::IndexMap;

use contract::PlayerId;

/// Moves that are kept. A claim that does not come at all is a gap in the nodes' common order, and the resync that mends it asks
/// for the moves as well. Of one whose claim is only late nobody would hear again, so its node is asked when it had to go.
const KEPT: usize = 1024;

/// See the module. `T` is the state that a move brings: the newest of each player is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::redis) struct EarlyMoves<T> {
    kept: IndexMap<PlayerId, EarlyMove<T>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct EarlyMove<T> {
    node: String,
    fence: u64,
    state: T,
}

impl<T> Default for EarlyMoves<T> {
    fn default() -> Self {
        Self {
            kept: IndexMap::new(),
        }
    }
}

#[cfg(test)]
impl<T: std::hash::Hash> std::hash::Hash for EarlyMoves<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.kept.iter().for_each(|kept| kept.hash(state));
    }
}

impl<T> EarlyMoves<T> {
    /// Keeps a move of `node` until the claim comes; the node whose move had to go for it, which was kept for the longest time.
    pub(in crate::redis) fn keep(
        &mut self,
        id: &PlayerId,
        node: &str,
        fence: u64,
        state: T,
    ) -> Option<String> {
        if self.kept.get(id).is_some_and(|kept| kept.fence > fence) {
            return None;
        }
        let node = node.to_owned();
        self.kept
            .insert(id.clone(), EarlyMove { node, fence, state });
        if self.kept.len() <= KEPT {
            return None;
        }
        let (_, gone) = self.kept.shift_remove_index(0)?;
        Some(gone.node)
    }

    /// A claim of `node` came: what the player has done since, if that is known. Moves under older ones are forgotten.
    pub(in crate::redis) fn take(&mut self, id: &PlayerId, node: &str, fence: u64) -> Option<T> {
        if self.kept.get(id).is_none_or(|kept| kept.fence > fence) {
            return None;
        }
        let kept = self.kept.shift_remove(id)?;
        (kept.fence == fence && kept.node == node).then_some(kept.state)
    }

    /// Nobody comes in any more under this fence or an older one.
    pub(in crate::redis) fn forget(&mut self, id: &PlayerId, fence: u64) {
        if self.kept.get(id).is_some_and(|kept| kept.fence <= fence) {
            self.kept.shift_remove(id);
        }
    }

    /// Forgets moves of nodes that are not there any more.
    pub(in crate::redis) fn retain(&mut self, is_there: impl Fn(&str) -> bool) {
        self.kept.retain(|_, kept| is_there(&kept.node));
    }

    pub(in crate::redis) fn clear(&mut self) {
        self.kept.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str) -> PlayerId {
        PlayerId::trusted(name)
    }

    #[test]
    fn the_newest_move_is_kept_until_its_very_claim_comes() {
        let mut early = EarlyMoves::default();
        let ada = id("ada");
        early.keep(&ada, "n", 8, 1);
        early.keep(&ada, "n", 8, 2);
        early.keep(&ada, "m", 7, 9);
        assert_eq!(early.take(&ada, "m", 7), None, "an older claim");
        assert_eq!(early.take(&ada, "n", 8), Some(2));
        assert_eq!(early.take(&ada, "n", 8), None, "once");
        early.keep(&ada, "n", 8, 3);
        assert_eq!(
            early.take(&ada, "m", 8),
            None,
            "two nodes named the same fence"
        );
    }

    #[test]
    fn what_is_over_is_forgotten() {
        let mut early = EarlyMoves::default();
        let ada = id("ada");
        early.keep(&ada, "n", 8, 1);
        early.forget(&ada, 7);
        early.retain(|node| node == "n");
        assert_eq!(early.take(&ada, "n", 8), Some(1));
        early.keep(&ada, "n", 8, 1);
        early.forget(&ada, 8);
        assert_eq!(early.take(&ada, "n", 8), None);
        early.keep(&ada, "n", 8, 1);
        early.retain(|node| node == "m");
        assert_eq!(early.take(&ada, "n", 8), None);
    }

    #[test]
    fn the_oldest_goes_when_there_are_too_many() {
        let mut early = EarlyMoves::default();
        for n in 0..KEPT {
            assert_eq!(early.keep(&id(&n.to_string()), "n", 1, n), None);
        }
        let gone = early.keep(&id(&KEPT.to_string()), "m", 1, KEPT);
        assert_eq!(gone.as_deref(), Some("n"), "it can be asked");
        assert_eq!(early.take(&id("0"), "n", 1), None);
        assert_eq!(early.take(&id("1"), "n", 1), Some(1));
        assert_eq!(early.take(&id(&KEPT.to_string()), "m", 1), Some(KEPT));
        assert_eq!(early.keep(&id("2"), "n", 1, 2), None);
        assert_eq!(early.keep(&id("0"), "n", 1, 0), None);
        assert_eq!(early.keep(&id("1"), "n", 1, 1), None);
        let gone = early.keep(&id("new"), "n", 1, 0);
        assert!(gone.is_some() && early.take(&id("2"), "n", 1).is_none());
        assert_eq!(early.take(&id("3"), "n", 1), Some(3), "in their order");
    }
}
