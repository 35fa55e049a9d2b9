//! The modules of a crate as its files show them, but for its tests: which others each one names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::tree::sources;

/// Where a module stands in its crate.
pub(crate) type ModulePath = Vec<String>;

/// Which modules each module names.
pub(crate) type Uses = BTreeMap<ModulePath, BTreeSet<ModulePath>>;

/// The code of every module.
type Modules = BTreeMap<ModulePath, String>;

/// What the modules of a crate name of each other. A module and those inside it are one family, whose arrows do not
/// count; what a module passes on from another one is named there. `own` is how the crate is called from outside, by a
/// binary that stands in the same folder.
pub(crate) fn uses(source: &Path, own: &str) -> Uses {
    let modules = modules(source, own);
    let modules = CrateNames::of(&modules);
    let all = modules.0.iter();
    all.map(|(place, module)| {
        let targets = module.named.iter();
        let targets = targets.filter_map(|path| modules.target(path, place));
        let is_family = |it: &ModulePath| it.starts_with(place) || place.starts_with(it);
        (place.clone(), targets.filter(|it| !is_family(it)).collect())
    })
    .collect()
}

fn place(file: &Path) -> ModulePath {
    let mut place: ModulePath = file
        .with_extension("")
        .iter()
        .map(|it| it.to_string_lossy().into_owned())
        .collect();
    place.pop_if(|it| ["mod", "lib"].contains(&it.as_str()));
    place
}

/// Tests may look at everything, and are no part of the picture.
fn modules(source: &Path, own: &str) -> Modules {
    let mut modules = Modules::new();
    let mut tests = Vec::new();
    for file in sources(source, &["rs"]) {
        let text = fs::read_to_string(&file).unwrap();
        let within = file.strip_prefix(source).unwrap();
        let (code, files) = without_tests(&text);
        let beside = place(&within.with_file_name("mod.rs"));
        tests.extend(files.into_iter().map(|it| match it {
            TestFile::Inside(name) => [place(within), vec![name]].concat(),
            TestFile::Beside(name) => [beside.clone(), vec![name]].concat(),
        }));
        modules.insert(place(within), code.replace(&format!("{own}::"), "crate::"));
    }
    modules.retain(|place, _| !tests.iter().any(|it| place.starts_with(it)));
    modules
}

enum TestFile {
    /// Where modules of this name stand.
    Inside(String),
    /// Where its path says.
    Beside(String),
}

/// The code of a file up to the tests at its end, and the files that hold tests of it.
fn without_tests(text: &str) -> (String, Vec<TestFile>) {
    let mut code = String::new();
    let mut files = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let is_test = ["#[cfg(test)]", "#[cfg(all(test,"];
        if !is_test.iter().any(|it| line.starts_with(it)) {
            let is_comment = line.trim_start().starts_with("//");
            code.extend([if is_comment { "" } else { line }, " "]);
            continue;
        }
        let mut path = None;
        let declared = lines.by_ref().find(|line| {
            path = path.or(line.strip_prefix("#[path = \""));
            !line.starts_with(['#', ' ', ')'])
        });
        let declared = declared.unwrap_or_default();
        let Some((_, name)) = declared.split_once("mod ") else {
            code.extend([declared, " "]);
            continue;
        };
        let Some(name) = name.strip_suffix(';') else {
            break;
        };
        files.push(match path.and_then(|it| it.split_once(".rs")) {
            Some((path, _)) => TestFile::Beside(path.to_owned()),
            None => TestFile::Inside(name.to_owned()),
        });
    }
    (code, files)
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

/// The paths that code takes in by `use`. A new name stands behind an `@`.
fn taken_in(code: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for used in code.split("use ").skip(1) {
        let used = used.split(';').next().unwrap().replace(" as ", "@");
        let used: String = used.split_whitespace().collect();
        spread(&used, "", &mut paths);
    }
    paths
}

/// The paths that code names where it needs them.
fn inline(code: &str) -> impl Iterator<Item = &str> {
    let words = code.split(|it: char| !it.is_alphanumeric() && it != '_' && it != ':');
    words.filter(|it| it.contains("::"))
}

/// What modules name and what names they have.
struct CrateNames(BTreeMap<ModulePath, ModuleNames>);

struct ModuleNames {
    named: Vec<String>,
    /// Which path stands behind a name that came in by `use`.
    used: BTreeMap<String, String>,
}

impl CrateNames {
    fn of(modules: &Modules) -> Self {
        let names = modules.iter().map(|(place, code)| {
            let is_inside = |path: &str| {
                let first = path.split("::").next().unwrap().to_owned();
                modules.contains_key(&[place.clone(), vec![first]].concat())
            };
            let mut named: Vec<_> = inline(code).map(str::to_owned).collect();
            let mut used = BTreeMap::new();
            for path in taken_in(code) {
                let (path, name) = match path.split_once('@') {
                    Some((path, name)) => (path, name),
                    None => (path.as_str(), path.rsplit("::").next().unwrap()),
                };
                let path = match is_inside(path) {
                    true => format!("self::{path}"),
                    false => path.to_owned(),
                };
                named.push(path.clone());
                used.insert(name.to_owned(), path);
            }
            (place.clone(), ModuleNames { named, used })
        });
        Self(names.collect())
    }

    /// The module of this crate that a path leads to, if it leads to one.
    fn target(&self, path: &str, from: &ModulePath) -> Option<ModulePath> {
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
                    if !self.0.contains_key(&at) {
                        at.pop();
                        let behind = self.0.get(&at)?.used.get(part);
                        let behind = behind.and_then(|it| self.target(it, &at));
                        return Some(behind.unwrap_or(at));
                    }
                }
            }
        }
        Some(at)
    }
}
