//! Files know each other in one direction: none leads back to itself by what it uses. A folder and what lies in it
//! count as one direction, since a module names its parts.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::tree::{root, sources};

/// Where a module stands in its crate.
type ModulePath = Vec<String>;

type Uses = BTreeMap<ModulePath, BTreeSet<ModulePath>>;

fn place(file: &Path) -> ModulePath {
    let mut place: ModulePath = file
        .with_extension("")
        .iter()
        .map(|it| it.to_string_lossy().into_owned())
        .collect();
    place.pop_if(|it| ["mod", "lib", "main"].contains(&it.as_str()));
    place
}

/// Tests may look at everything.
fn is_test(place: &ModulePath) -> bool {
    let is_test = |it: &String| it.contains("test") || it == "properties";
    place.iter().any(is_test)
}

/// The paths that a `use` with braces stands for.
fn spread(text: &str, before: &str, paths: &mut Vec<String>) {
    let mut depth = 0;
    let parts = text.split(|it| {
        depth += i32::from(it == '{') - i32::from(it == '}');
        it == ',' && depth == 0
    });
    for part in parts {
        match part.split_once('{') {
            Some((head, rest)) => {
                let inner = rest.rsplit_once('}').map_or(rest, |it| it.0);
                spread(inner, &format!("{before}{head}"), paths);
            }
            None => paths.push(format!("{before}{part}")),
        }
    }
}

/// The paths that a file names, without those of its own tests.
fn named(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let code: String = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| [line, " "])
        .collect();
    let mut paths = Vec::new();
    for used in code.split("use ").skip(1) {
        let used: String = used.split(';').next().unwrap().split_whitespace().collect();
        spread(&used, "", &mut paths);
    }
    let inline = code.split(|it: char| !it.is_alphanumeric() && it != '_' && it != ':');
    let starts = ["crate::", "super::"];
    paths.extend(
        inline
            .filter(|path| starts.iter().any(|it| path.starts_with(it)))
            .map(str::to_owned),
    );
    paths
}

/// The module of this crate that a path leads to, if it leads to one.
fn target(
    path: &str,
    from: &ModulePath,
    modules: &BTreeMap<ModulePath, String>,
) -> Option<ModulePath> {
    let mut parts = path.split("::").peekable();
    let mut at = match *parts.peek()? {
        "crate" => ModulePath::new(),
        "super" | "self" => from.clone(),
        _ => return None,
    };
    for part in parts {
        match part {
            "crate" | "self" => {}
            "super" => drop(at.pop()?),
            _ => {
                at.push(part.to_owned());
                if !modules.contains_key(&at) {
                    at.pop();
                    break;
                }
            }
        }
    }
    let is_family = at.starts_with(from) || from.starts_with(&at);
    (!is_family && !is_test(&at)).then_some(at)
}

/// What is left of the uses when whoever uses nothing that is left has gone, again and again: rings, and what leads
/// to them.
fn rings(mut uses: Uses) -> Uses {
    loop {
        let left: BTreeSet<ModulePath> = uses.keys().cloned().collect();
        uses.retain(|_, targets| targets.iter().any(|it| left.contains(it)));
        if uses.len() == left.len() {
            return uses;
        }
    }
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
        let modules: BTreeMap<ModulePath, String> = sources(&source, &["rs"])
            .iter()
            .map(|path| {
                (
                    place(path.strip_prefix(&source).unwrap()),
                    fs::read_to_string(path).unwrap(),
                )
            })
            .collect();
        let uses: Uses = modules
            .iter()
            .filter(|(place, _)| !is_test(place))
            .map(|(place, text)| {
                let targets = named(text).into_iter();
                let targets = targets.filter_map(|path| target(&path, place, &modules));
                (place.clone(), targets.collect())
            })
            .collect();
        found += uses.values().map(BTreeSet::len).sum::<usize>();
        for (place, targets) in rings(uses) {
            rings_found.push((source.display().to_string(), place, targets));
        }
    }
    assert!(found > 500, "it reads what files use: {found}");
    assert!(
        rings_found.is_empty(),
        "these use each other, over others or at once, or what does: {rings_found:?}"
    );
}
