//! The table of crates and modules in ARCHITECTURE.md, compared with manifests and `use` lines.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

type Arrows = BTreeMap<String, BTreeSet<String>>;

fn server_core() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../server-core")
}

/// The names in backticks of a cell.
fn names(cell: &str) -> BTreeSet<String> {
    let odd = cell.split('`').skip(1).step_by(2);
    odd.map(str::to_owned).collect()
}

/// What each part may know: the last column of the table whose first cell is `heading`.
fn written(heading: &str) -> Arrows {
    let page = fs::read_to_string(server_core().join("ARCHITECTURE.md")).unwrap();
    let head = format!("| {heading} |");
    let rows = page.lines().skip_while(|line| !line.starts_with(&head));
    let rows = rows.skip(2).take_while(|line| line.starts_with('|'));
    rows.map(|row| {
        let cells: Vec<_> = row.trim_matches('|').split('|').collect();
        let name = names(cells[0]).pop_first().expect("a row names its part");
        (name, names(cells[cells.len() - 1]))
    })
    .collect()
}

/// The crates that each manifest names, but for its tests.
fn found_in_manifests() -> Arrows {
    let folders = fs::read_dir(server_core().join("crates")).unwrap();
    let mut manifests: Vec<_> = folders.map(|it| it.unwrap().path()).collect();
    manifests.extend([server_core(), server_core().join("../src-tauri")]);
    let manifests: Vec<_> = manifests
        .iter()
        .map(|it| fs::read_to_string(it.join("Cargo.toml")).unwrap())
        .collect();
    let name = |manifest: &String| {
        let mut lines = manifest.lines();
        let name = lines.find_map(|it| it.strip_prefix("name = "));
        name.unwrap().trim_matches('"').to_owned()
    };
    let all: BTreeSet<_> = manifests.iter().map(name).collect();
    let known = |manifest: &String| {
        let lines = manifest.lines().skip_while(|it| *it != "[dependencies]");
        let lines = lines.skip(1).take_while(|it| !it.starts_with('['));
        let names = lines.filter_map(|it| it.split(['.', ' ', '=']).next());
        names
            .map(str::to_owned)
            .filter(|it| all.contains(it))
            .collect()
    };
    manifests.iter().map(|it| (name(it), known(it))).collect()
}

fn sources(of: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(of).unwrap().map(|it| it.unwrap().path()) {
        let name = entry.file_name().unwrap().to_str().unwrap();
        if name.contains("test") {
            continue;
        }
        match entry.is_dir() {
            true => sources(&entry, found),
            false if name.ends_with(".rs") => found.push(entry),
            false => {}
        }
    }
}

/// The modules that each module of the server names, but for its tests and comments.
fn found_in_sources(modules: &Arrows) -> Arrows {
    let src = server_core().join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut arrows: Arrows = modules
        .keys()
        .map(|it| (it.clone(), BTreeSet::new()))
        .collect();
    for file in files {
        let within = file.strip_prefix(&src).unwrap();
        let module = within.iter().next().unwrap().to_str().unwrap();
        let Some(known) = arrows.get_mut(module.trim_end_matches(".rs")) else {
            continue;
        };
        let text = fs::read_to_string(&file).unwrap();
        let code = text
            .split("#[cfg(test)]\nmod tests {")
            .next()
            .unwrap_or_default();
        for line in code.lines().filter(|it| !it.trim_start().starts_with("//")) {
            for begins in ["crate::", "server_core::"] {
                for path in line.split(begins).skip(1) {
                    let end = path.find(|c: char| !c.is_alphanumeric() && c != '_');
                    let name = &path[..end.unwrap_or(path.len())];
                    let itself = within.starts_with(name) || module == format!("{name}.rs");
                    if modules.contains_key(name) && !itself {
                        known.insert(name.to_owned());
                    }
                }
            }
        }
    }
    arrows
}

#[test]
fn crates_know_what_is_written_and_nothing_else() {
    assert_eq!(found_in_manifests(), written("crate"));
}

#[test]
fn modules_know_what_is_written_and_nothing_else() {
    let written = written("module");
    assert_eq!(found_in_sources(&written), written);
}
