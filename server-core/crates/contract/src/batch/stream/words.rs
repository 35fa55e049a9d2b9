//! The animations that a stream has named: a step says one again in a byte.

use std::sync::Arc;

/// How many are remembered; the oldest makes room for a new one.
pub(super) const REMEMBERED: usize = 63;

/// Numbered from 1; 0 on the wire means that the text follows and is remembered.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    kept: Vec<Arc<str>>,
    /// The place that the next new one takes.
    next: usize,
}

impl Words {
    /// Those of a keyframe; `None` when the place of the next one is not as it would be.
    pub(super) fn restored(kept: Vec<Arc<str>>, next: usize) -> Option<Self> {
        let follows = match kept.len() {
            REMEMBERED => next < REMEMBERED,
            count => next == count && count < REMEMBERED,
        };
        follows.then_some(Self { kept, next })
    }

    /// All of them in the order of their places.
    pub(super) fn kept(&self) -> &[Arc<str>] {
        &self.kept
    }

    /// The place that the next new one takes.
    pub(super) fn next(&self) -> usize {
        self.next
    }

    /// The number of a word, if it is known.
    pub(super) fn number(&self, word: &str) -> Option<u8> {
        let place = self.kept.iter().position(|it| **it == *word)?;
        Some(place as u8 + 1)
    }

    /// The word of a number.
    pub(super) fn get(&self, number: u8) -> Option<&Arc<str>> {
        self.kept.get(usize::from(number).checked_sub(1)?)
    }

    /// Remembers a new word.
    pub(super) fn keep(&mut self, word: Arc<str>) {
        match self.kept.get_mut(self.next) {
            Some(place) => *place = word,
            None => self.kept.push(word),
        }
        self.next = (self.next + 1) % REMEMBERED;
    }
}
