//! A bounded row of lines, numbered.

use std::collections::VecDeque;

use parking_lot::Mutex;

use contract::admin::{LogLevel, LogLine};
use contract::text::folded;

/// See the module.
#[derive(Debug)]
pub struct Ring {
    limit: usize,
    // Held to push or copy lines, never across an await; nothing that logs runs under it.
    state: Mutex<RingState>,
}

#[derive(Debug, Default)]
struct RingState {
    lines: VecDeque<LogLine>,
    last: u64,
}

/// What was found behind a number.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Oldest first.
    pub lines: Vec<LogLine>,
    /// Lines that matched and were left out, because there were too many or they are gone.
    pub skipped: u64,
    /// Number of the newest line there is, to ask again from.
    pub last: u64,
}

impl Ring {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            state: Mutex::default(),
        }
    }

    pub(super) fn push(&self, mut line: LogLine) {
        let mut state = self.state.lock();
        state.last += 1;
        line.seq = state.last;
        state.lines.push_back(line);
        while state.lines.len() > self.limit {
            state.lines.pop_front();
        }
    }

    /// Number of the newest line.
    #[must_use]
    pub fn last(&self) -> u64 {
        self.state.lock().last
    }

    /// Lines behind number `behind` that are as grave as `level`: the newest `limit` of them.
    #[must_use]
    pub fn behind(&self, behind: u64, level: LogLevel, limit: usize) -> Found {
        let state = self.state.lock();
        let first = state.lines.front().map_or(state.last + 1, |line| line.seq);
        let lost = first.saturating_sub(behind + 1);
        let start = state.lines.partition_point(|line| line.seq <= behind);
        let fitting = || {
            state
                .lines
                .range(start..)
                .filter(|line| line.level <= level)
        };
        let total = fitting().count();
        Found {
            lines: fitting()
                .skip(total.saturating_sub(limit))
                .cloned()
                .collect(),
            skipped: lost + total.saturating_sub(limit) as u64,
            last: state.last,
        }
    }

    /// Lines as grave as `level` that hold `search` in any case: the newest `limit` of them, and how
    /// many there are.
    #[must_use]
    pub fn find(&self, level: LogLevel, search: &str, limit: usize) -> (u64, Vec<LogLine>) {
        let search = folded(search);
        let state = self.state.lock();
        let holds = |text: &str| folded(text).contains(&search);
        let fits = |line: &&LogLine| {
            line.level <= level
                && (search.is_empty()
                    || holds(&line.message)
                    || holds(&line.target)
                    || line
                        .fields
                        .iter()
                        .any(|(key, value)| holds(key) || holds(value)))
        };
        let found: Vec<&LogLine> = state.lines.iter().filter(fits).collect();
        let lines = found.iter().skip(found.len().saturating_sub(limit));
        (
            found.len() as u64,
            lines.map(|line| (*line).clone()).collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(levels: &[LogLevel]) -> Ring {
        let ring = Ring::new(3);
        for (number, level) in levels.iter().enumerate() {
            ring.push(LogLine {
                seq: 0,
                at: String::new(),
                level: *level,
                target: "test".to_owned(),
                message: format!("Line {}", number + 1),
                fields: Default::default(),
            });
        }
        ring
    }

    #[test]
    fn the_oldest_lines_make_room_and_are_counted() {
        let ring = ring(&[LogLevel::Info; 5]);
        let seqs = |found: &Found| found.lines.iter().map(|line| line.seq).collect::<Vec<_>>();
        let found = ring.behind(0, LogLevel::Info, 10);
        assert_eq!(
            (seqs(&found), found.skipped, found.last),
            (vec![3, 4, 5], 2, 5)
        );
        let found = ring.behind(3, LogLevel::Info, 1);
        assert_eq!((seqs(&found), found.skipped), (vec![5], 1));
        assert_eq!(ring.behind(5, LogLevel::Info, 10).lines, []);
    }

    #[test]
    fn lines_are_found_by_level_and_text() {
        let ring = ring(&[LogLevel::Error, LogLevel::Debug, LogLevel::Warn]);
        let found = |level, search: &str| ring.find(level, search, 10).0;
        assert_eq!(found(LogLevel::Trace, ""), 3);
        assert_eq!(found(LogLevel::Warn, ""), 2);
        assert_eq!(found(LogLevel::Trace, "LINE 2"), 1);
        assert_eq!(found(LogLevel::Trace, "TEST"), 3);
        assert_eq!(found(LogLevel::Warn, "line 2"), 0);
        assert_eq!(ring.find(LogLevel::Trace, "", 1).1[0].message, "Line 3");
    }
}
