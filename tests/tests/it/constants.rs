//! The numbers in the pages about mechanisms are those of the code.

use std::collections::HashMap;
use std::fs;

use crate::tree::{root, sources};

/// By the name of a setting or constant, every value that is declared under it.
type Declared = HashMap<String, Vec<String>>;

/// A quantity in its smallest unit, milliseconds or bytes, or a word as it stands.
fn quantity(text: &str) -> String {
    let mut words = text.trim_matches(['`', ' ']).split(' ');
    let first = words.next().unwrap_or_default();
    let factor = match words.next() {
        Some("s") => 1000,
        Some("kB") => 1000,
        Some("MB") => 1_000_000,
        Some("KiB") => 1 << 10,
        Some("MiB") => 1 << 20,
        _ => 1,
    };
    match first.replace([',', '_'], "").parse::<u64>() {
        Ok(number) => (number * factor).to_string(),
        Err(_) => first.to_owned(),
    }
}

/// The value of a constant, where it is a number or a time.
fn value(expression: &str) -> Option<String> {
    let (number, factor) = match expression.strip_prefix("Duration::from_") {
        Some(time) => match time.trim_end_matches(')').split_once('(')? {
            ("secs", number) => (number, 1000),
            ("millis", number) => (number, 1),
            _ => return None,
        },
        None => (expression, 1),
    };
    let numbers = number.split('*').map(|it| it.trim().replace('_', ""));
    let numbers: Option<Vec<u64>> = numbers.map(|it| it.parse().ok()).collect();
    Some((numbers?.iter().product::<u64>() * factor).to_string())
}

fn constants(declared: &mut Declared) {
    for folder in ["server-core", "src-tauri"] {
        for path in sources(&root().join(folder), &["rs"]) {
            let text = fs::read_to_string(&path).unwrap();
            for after in text.split("const ").skip(1) {
                let Some((name, rest)) = after.split_once(": ") else {
                    continue;
                };
                let Some((_, rest)) = rest.split_once('=') else {
                    continue;
                };
                let expression = rest.split(';').next().unwrap().trim();
                if let Some(value) = value(expression) {
                    declared.entry(name.to_owned()).or_default().push(value);
                }
            }
        }
    }
}

/// The cells of the rows of each table whose head begins with `head`.
fn rows<'a>(page: &'a str, head: &[&str]) -> Vec<Vec<&'a str>> {
    let cells = |row: &'a str| -> Vec<&'a str> {
        let cells = row.trim_matches('|').split(" | ");
        cells.map(str::trim).collect()
    };
    let tables = page.split("\n\n");
    let tables = tables.filter_map(|table| {
        let mut lines = table.lines().map(cells);
        let is_wanted = lines.next().is_some_and(|it| it.starts_with(head));
        is_wanted.then(|| lines.skip(1).collect::<Vec<_>>())
    });
    tables.flatten().collect()
}

/// The table of settings is compared with the code by a test of the server.
fn settings(declared: &mut Declared) {
    let page = fs::read_to_string(root().join("server-core/docs/settings.md")).unwrap();
    for row in rows(&page, &["Environment", "Flag", "Default"]) {
        let name = row[0].trim_matches('`').to_owned();
        declared.entry(name).or_default().push(quantity(row[2]));
    }
}

#[test]
fn the_pages_name_the_values_that_are_in_force() {
    let mut declared = Declared::new();
    settings(&mut declared);
    constants(&mut declared);
    let mut compared = 0;
    let mut wrong = Vec::new();
    for path in sources(&root().join("server-core/docs"), &["md"]) {
        let page = fs::read_to_string(&path).unwrap();
        let heads = [["name", "default"], ["name", "value"]];
        for row in heads.iter().flat_map(|head| rows(&page, head)) {
            let names = row[0].split('`').skip(1).step_by(2);
            let values: Vec<_> = row[1].split(", ").map(quantity).collect();
            for (place, name) in names.enumerate() {
                compared += 1;
                let said = values.get(place).unwrap_or(&values[0]);
                let known = declared.get(name);
                if !known.is_some_and(|it| it.contains(said)) {
                    wrong.push(format!("{}: {name} {said}, not {known:?}", path.display()));
                }
            }
        }
    }
    assert!(compared > 50, "it finds the tables: {compared}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
