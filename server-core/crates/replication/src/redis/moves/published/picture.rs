//! What the model compares of [`PublishedMoves`]: everything but times, which it lets pass as they are wanted.

use std::hash::{Hash, Hasher};

use super::*;

impl PublishedMoves {
    fn picture(&self) -> impl Hash + Eq + '_ {
        let player = |(id, it): (_, &PublishedPlayer)| {
            let json: Box<str> = it.json.get().into();
            (id, it.fence, json, it.sequence, it.mirrored)
        };
        let answer = |it: &MovesAnswer| {
            let parts = (it.part, it.parts, it.left.clone());
            (it.asker.clone(), it.question, parts)
        };
        (
            self.players.iter().map(player).collect::<Vec<_>>(),
            self.waiting.iter().collect::<Vec<_>>(),
            self.sequence,
            &self.asked,
            self.answers.iter().map(answer).collect::<Vec<_>>(),
            &self.unmirrored,
        )
    }

    /// Each player in a part of its own.
    pub(in crate::redis) fn in_small_parts() -> Self {
        Self {
            size: PartSize(1),
            ..Self::default()
        }
    }

    /// Redis has all that was told.
    pub(in crate::redis) fn is_mirrored(&self) -> bool {
        self.players.values().all(|it| it.mirrored)
    }

    /// The last frame.
    pub(in crate::redis) fn sequence(&self) -> u64 {
        self.sequence
    }

    /// Whether an answer to this node is to come.
    pub(in crate::redis) fn is_asked_by(&self, asker: &str) -> bool {
        self.asked.contains_key(asker) || self.answers.iter().any(|it| it.asker == asker)
    }

    /// The whole answer as it would be now.
    pub(in crate::redis) fn answer_now(
        &self,
        question: MovesQuestion,
        now: Instant,
        fence_of: impl Fn(&PlayerId, u64) -> Option<u64>,
    ) -> Vec<(StatePart, Vec<MovedPlayer>)> {
        let mut told = self.clone();
        told.asked.clear();
        told.answers.clear();
        told.ask("", question);
        let parts = std::iter::from_fn(|| told.take_part(now, &fence_of));
        parts.map(|(_, part, players)| (part, players)).collect()
    }
}

impl PartialEq for PublishedMoves {
    fn eq(&self, other: &Self) -> bool {
        self.picture() == other.picture()
    }
}

impl Eq for PublishedMoves {}

impl Hash for PublishedMoves {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.picture().hash(state);
    }
}
