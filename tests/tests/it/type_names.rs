//! One name, one type: what a search finds is what is meant.

use std::collections::HashMap;
use std::fs;

use crate::tree::{root, sources};

/// The name of the type that a line declares. An associated type belongs to its trait.
fn declared(line: &str) -> Option<&str> {
    let (is_inner, line) = (line.starts_with(' '), line.trim_start());
    let (is_public, after) = match line.strip_prefix("pub") {
        Some(after) if after.starts_with('(') => (true, after.split_once(") ")?.1),
        Some(after) => (true, after.trim_start()),
        None => (false, line),
    };
    let (kind, name) = after.split_once(' ')?;
    let is_type = match kind {
        "struct" | "enum" | "trait" | "union" => true,
        "type" => is_public || !is_inner,
        _ => false,
    };
    let name = name.split(|it: char| !it.is_alphanumeric()).next()?;
    (is_type && name.starts_with(char::is_uppercase)).then_some(name)
}

#[test]
fn no_name_stands_for_two_types() {
    let mut names: HashMap<String, Vec<String>> = HashMap::new();
    for folder in ["server-core", "src-tauri", "tests"] {
        for path in sources(&root().join(folder), &["rs"]) {
            let text = fs::read_to_string(&path).unwrap();
            for name in text.lines().filter_map(declared) {
                let place = path.strip_prefix(root()).unwrap().display().to_string();
                names.entry(name.to_owned()).or_default().push(place);
            }
        }
    }
    names.retain(|_, places| places.len() > 1);
    assert!(
        names.is_empty(),
        "each needs a more precise name: {names:#?}"
    );
}
