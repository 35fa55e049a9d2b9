//! In which form a client is told of updates.

use crate::events::{FEATURE_BATCH, FEATURE_BATCH2};

/// In which form a client is told of updates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UpdateForm {
    /// One `player:updated` for each.
    #[default]
    Single,
    /// `players:updated`, each of which stands alone: version 1.
    Batch,
    /// `players:updated`, each of which goes on from the one before: version 2.
    Stream,
}

impl UpdateForm {
    /// The best of those that a handshake's features name.
    pub fn of<'a>(features: impl Iterator<Item = &'a str>) -> Self {
        features.fold(Self::Single, |best, feature| match feature {
            FEATURE_BATCH2 => Self::Stream,
            FEATURE_BATCH if best == Self::Single => Self::Batch,
            _ => best,
        })
    }

    /// Whether many players come in one event.
    #[must_use]
    pub fn is_batched(self) -> bool {
        self != Self::Single
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_form_is_taken_whatever_the_order() {
        let check = |features: &[&str], form| {
            assert_eq!(UpdateForm::of(features.iter().copied()), form);
        };
        check(&[], UpdateForm::Single);
        check(&["batch3", "log"], UpdateForm::Single);
        check(&["batch"], UpdateForm::Batch);
        check(&["batch2"], UpdateForm::Stream);
        check(&["batch", "batch2"], UpdateForm::Stream);
        check(&["batch2", "batch"], UpdateForm::Stream);
    }
}
