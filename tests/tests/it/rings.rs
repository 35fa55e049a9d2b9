//! Files know each other in one direction: none leads back to itself by what it uses. A folder and what lies in it
//! count as one direction, since a module names its parts.

use std::collections::BTreeSet;
use std::fs;

use crate::tree::root;
use crate::uses::{ModulePath, Uses, uses};

/// Whether a module leads back to itself.
fn is_on_a_ring(place: &ModulePath, uses: &Uses) -> bool {
    let mut reached: BTreeSet<&ModulePath> = BTreeSet::new();
    let mut next: Vec<&ModulePath> = uses[place].iter().collect();
    while let Some(at) = next.pop() {
        if reached.insert(at) {
            next.extend(uses.get(at).into_iter().flatten());
        }
    }
    reached.contains(place)
}

/// The modules on rings, and what they name of each other.
fn rings(mut uses: Uses) -> Uses {
    let all = uses.clone();
    uses.retain(|place, _| is_on_a_ring(place, &all));
    let left: BTreeSet<ModulePath> = uses.keys().cloned().collect();
    for targets in uses.values_mut() {
        targets.retain(|it| left.contains(it));
    }
    uses
}

#[test]
fn no_file_leads_back_to_itself() {
    let crates = root().join("server-core/crates");
    let mut folders: Vec<_> = fs::read_dir(crates)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    folders.extend(["server-core", "src-tauri", "tests"].map(|it| root().join(it)));
    let mut rings_found = Vec::new();
    let mut found = 0;
    for folder in folders {
        let source = folder.join("src");
        let uses = uses(&source, "server_core");
        found += uses.values().map(BTreeSet::len).sum::<usize>();
        for (place, targets) in rings(uses) {
            rings_found.push((source.display().to_string(), place, targets));
        }
    }
    assert!(found > 500, "it reads what files use: {found}");
    assert!(
        rings_found.is_empty(),
        "these use each other, over others or at once: {rings_found:?}"
    );
}

#[test]
fn a_ring_is_seen_through_what_a_module_passes_on() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let root = "mod load_test;\nmod page;\nmod values;\npub use page::{Page as Sheet, Words};\n#[cfg(test)]\nmod tests;\n";
    write("lib.rs", root);
    write(
        "load_test.rs",
        "use crate::Sheet;\nuse super::values::Value;\n",
    );
    write(
        "page.rs",
        "//! Not `crate::values`.\nfn page() { super::load_test::run() }\n",
    );
    write("tests.rs", "use crate::page::Page;\n");
    write(
        "values.rs",
        "#[cfg(test)]\nmod tests {\n    use crate::load_test;\n}\n",
    );
    let on_rings = rings(uses(folder.path(), "of_ours"));
    let names: Vec<_> = on_rings.keys().map(|it| it.join("::")).collect();
    assert_eq!(names, ["load_test", "page"]);
}
