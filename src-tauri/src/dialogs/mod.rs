//! Native dialogs behind a trait, so that tests can answer them.
//!
//! Every method blocks until the person has answered: call them from a thread that may wait, never
//! from the one that draws.

use std::path::{Path, PathBuf};

mod native;
#[cfg(feature = "scripted-dialogs")]
mod scripted;

pub(crate) use native::NativeDialogs;
#[cfg(feature = "scripted-dialogs")]
pub(crate) use scripted::ScriptedDialogs;

/// Files of one kind, as a dialog offers them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FileKind {
    /// What people call it.
    pub(crate) name: &'static str,
    /// Endings without the dot; empty for any.
    pub(crate) endings: &'static [&'static str],
}

/// Something to decide by two buttons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Question {
    /// The question itself.
    pub(crate) title: String,
    /// What follows from it.
    pub(crate) text: String,
    /// The verb that goes on.
    pub(crate) yes: String,
    /// The word that does not.
    pub(crate) no: String,
}

/// What the program asks a person in dialogs of the system. `None` and `false`: they changed their
/// mind.
pub(crate) trait FileDialogs: Send + Sync {
    /// Where to save a file; `name` is suggested.
    fn save(&self, title: &str, name: &str) -> Option<PathBuf>;
    /// Which file to open.
    fn open(&self, title: &str, kind: FileKind) -> Option<PathBuf>;
    /// Which folder to use; `start` is shown first.
    fn folder(&self, title: &str, start: &Path) -> Option<PathBuf>;
    /// Whether to go on.
    fn ask(&self, question: &Question) -> bool;
}
