//! One name, one type: what a search finds is what is meant.

use std::{collections::HashMap, fs, path::Path};

/// The name of the type that a line makes known beyond its module.
fn declared(line: &str) -> Option<&str> {
    let after = line.trim_start().strip_prefix("pub")?;
    let scope = after.find(") ").filter(|_| after.starts_with('('));
    let (kind, name) = after.get(scope.map_or(1, |it| it + 2)..)?.split_once(' ')?;
    let is_type = ["struct", "enum", "trait", "type", "union"].contains(&kind);
    let name = name.split(|it: char| !it.is_alphanumeric()).next()?;
    (is_type && !name.is_empty()).then_some(name)
}

fn note(folder: &Path, names: &mut HashMap<String, u32>) {
    for path in fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()) {
        if path.is_dir() && !path.ends_with("target") {
            note(&path, names);
        } else if path.extension().is_some_and(|it| it == "rs") {
            for name in fs::read_to_string(&path)
                .unwrap()
                .lines()
                .filter_map(declared)
            {
                *names.entry(name.to_owned()).or_default() += 1;
            }
        }
    }
}

#[test]
fn no_public_name_stands_for_two_types() {
    let (root, mut names) = (Path::new(env!("CARGO_MANIFEST_DIR")), HashMap::new());
    for folder in ["../server-core", "../src-tauri", "../tests"] {
        note(&root.join(folder), &mut names);
    }
    names.retain(|_, count| *count > 1);
    assert!(
        names.is_empty(),
        "each needs a more precise name: {names:#?}"
    );
}
