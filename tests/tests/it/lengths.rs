//! One idea a file: long files hide a second one.

use std::fs;

use crate::tree::{root, sources};

/// At this many lines a file is split.
const LIMIT: usize = 500;

#[test]
fn no_file_is_longer_than_its_idea() {
    let written = ["rs", "ts", "tsx", "js", "mjs", "css", "lua", "py", "sh"];
    let mut long = Vec::new();
    for path in sources(root(), &written) {
        let is_made = ["generated", "fixtures"]
            .iter()
            .any(|it| path.iter().any(|part| part == *it));
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        if lines > LIMIT && !is_made {
            long.push(format!("{}: {lines} lines", path.display()));
        }
    }
    assert!(long.is_empty(), "find the seam in each: {long:#?}");
}
