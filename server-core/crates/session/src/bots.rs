//! The mark by which others know a program from a person. A service account bears it whatever its client sends.

use contract::payload::PlayerPatch;
use serde_json::Value;

/// The metadata that pages read.
const BOT: &str = "bot";

/// Puts the mark on whoever comes in.
pub(super) fn mark(patch: &mut PlayerPatch) {
    let metadata = patch.metadata.get_or_insert_default();
    metadata.insert(BOT.to_owned(), Value::Bool(true));
}

/// Keeps the mark as it is: an update that does not speak of it stays as small as it came.
pub(super) fn keep_mark(patch: &mut PlayerPatch) {
    if let Some(mark) = patch.metadata.as_mut().and_then(|it| it.get_mut(BOT)) {
        *mark = Value::Bool(true);
    }
}
