//! The table of crates and modules in ARCHITECTURE.md, compared with manifests and `use` lines.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::tree::sources;
use crate::uses::uses;

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
        let tables = manifest.split("\n[").filter(|it| {
            let head = it.split(']').next().unwrap_or_default();
            head.ends_with("dependencies") && !head.ends_with("dev-dependencies")
        });
        let lines = tables.flat_map(str::lines);
        let names = lines.filter_map(|it| it.split(['.', ' ', '=']).next());
        names
            .map(str::to_owned)
            .filter(|it| all.contains(it))
            .collect()
    };
    manifests.iter().map(|it| (name(it), known(it))).collect()
}

/// The modules that each module of the server names, but for its tests and comments.
fn found_in_sources() -> Arrows {
    let mut arrows = Arrows::new();
    for (place, targets) in uses(&server_core().join("src"), "server_core") {
        // The roots name everything.
        let Some(name) = place.first().filter(|it| *it != "main") else {
            continue;
        };
        let known = arrows.entry(name.clone()).or_default();
        let targets = targets.into_iter().filter_map(|it| it.into_iter().next());
        known.extend(targets.filter(|it| it != name));
    }
    arrows
}

#[test]
fn crates_know_what_is_written_and_nothing_else() {
    assert_eq!(found_in_manifests(), written("crate"));
}

#[test]
fn modules_know_what_is_written_and_nothing_else() {
    assert_eq!(found_in_sources(), written("module"));
}

/// Alone, a node is a cluster of one: only where a hub is made is there one of two kinds.
#[test]
fn nobody_asks_which_hub_it_is() {
    let made = ["src/server/nodes.rs", "src/http/test_support.rs"];
    for path in sources(&server_core(), &["rs"]) {
        let is_own = path.starts_with(server_core().join("crates/replication"));
        if is_own || made.iter().any(|it| path.ends_with(it)) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for kind in ["Hub::Redis", "Hub::Memory"] {
            assert!(!text.contains(kind), "{}: {kind}", path.display());
        }
    }
}
