//! Whom a sanction is about.

use std::fmt::Debug;
use std::hash::Hash;

/// Whom a kind of sanctions may be about.
pub trait Subject: Clone + Debug + Eq + Hash {
    /// The table of these sanctions.
    const TABLE: &'static str;

    /// What is kept beside the mirror to find subjects in it.
    type Index: Debug + Default;

    /// What the subject is, in a word.
    fn kind(&self) -> &'static str;

    /// The subject as text.
    fn text(&self) -> String;

    /// Reads what [`Self::kind`] and [`Self::text`] write.
    fn parse(kind: &str, text: String) -> Option<Self>;

    /// Notes in the index that there are sanctions of this subject.
    fn note_in(&self, _index: &mut Self::Index) {}
}
