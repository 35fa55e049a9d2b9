//! Lines of the log for the watchers who want them.

use super::Viewer;
use crate::session::frame::Frame;
use crate::session::to_json;
use contract::admin::feed;
use contract::admin::log::LogLines;

/// Lines sent at once; more are counted as skipped.
const BATCH: usize = 200;

/// Sends a watcher the lines that came since the last time.
pub(super) fn send(viewer: &Viewer) {
    let Some((level, behind)) = viewer.wanted_logs() else {
        return;
    };
    let found = crate::logs::ring().behind(behind, level, BATCH);
    viewer.logs_sent(found.last);
    if found.lines.is_empty() && found.skipped == 0 {
        return;
    }
    let lines = LogLines {
        lines: found.lines,
        skipped: found.skipped,
    };
    viewer.push(Frame::event(feed::LOGS, to_json(&lines)));
}
