//! Dialogs that a test has answered beforehand; only in programs built for tests.

use std::path::{Path, PathBuf};

use super::{FileDialogs, FileKind, Question};

/// Names the file with the answers.
pub(crate) const ANSWERS: &str = "COMUTINY_DIALOG_ANSWERS";

/// Answers every dialog from a file: one line each, a path, `yes`, or nothing for "changed my mind".
/// A line is taken away once it was used.
pub(crate) struct ScriptedDialogs {
    answers: PathBuf,
}

impl ScriptedDialogs {
    /// The answers this process was started with, if any.
    pub(crate) fn of_process() -> Option<Self> {
        let answers = std::env::var_os(ANSWERS).map(PathBuf::from)?;
        Some(Self { answers })
    }

    fn next(&self, asked: &str) -> Option<String> {
        let text = std::fs::read_to_string(&self.answers).unwrap_or_default();
        let (answer, rest) = text.split_once('\n').unwrap_or((&text, ""));
        tracing::info!(asked, answer, "a dialog was answered by script");
        if let Err(error) = std::fs::write(&self.answers, rest) {
            tracing::warn!(%error, "the answers could not be written back");
        }
        Some(answer.to_owned()).filter(|answer| !answer.is_empty())
    }
}

impl FileDialogs for ScriptedDialogs {
    fn save(&self, title: &str, _name: &str) -> Option<PathBuf> {
        self.next(title).map(PathBuf::from)
    }

    fn open(&self, title: &str, _kind: FileKind) -> Option<PathBuf> {
        self.next(title).map(PathBuf::from)
    }

    fn folder(&self, title: &str, _start: &Path) -> Option<PathBuf> {
        self.next(title).map(PathBuf::from)
    }

    fn ask(&self, question: &Question) -> bool {
        self.next(&question.title).as_deref() == Some("yes")
    }
}
