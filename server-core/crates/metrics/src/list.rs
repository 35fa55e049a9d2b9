//! The list of metrics in `docs/metrics.md`, made from what the page of a server says.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::Metrics;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/metrics.md");

/// What a name says its values are in; Prometheus' own rules for names.
fn unit(name: &str) -> &'static str {
    let base = name.strip_suffix("_total").unwrap_or(name);
    match base.rsplit('_').next() {
        Some("seconds") => "seconds",
        Some("bytes") => "bytes",
        Some("ratio") => "0 to 1",
        Some("up") => "0 or 1",
        _ => "count",
    }
}

fn names(page: &str) -> HashSet<&str> {
    let heads = page.lines().filter_map(|line| line.strip_prefix("# TYPE "));
    heads.filter_map(|head| head.split(' ').next()).collect()
}

/// The labels of a metric but for `le`, which every histogram has.
fn labels(page: &str, name: &str) -> String {
    let sample = page
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix('{'));
    let label = sample.and_then(|rest| rest.split('=').next());
    label.map_or_else(String::new, |label| format!("`{label}`"))
}

fn table() -> String {
    let metrics = Metrics::default();
    let alone = metrics.render();
    metrics.link.exists();
    let page = metrics.render();
    let alone = names(&alone);
    let mut table =
        "| Name | Type | Unit | Labels | What it says |\n|---|---|---|---|---|\n".to_owned();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some((name, help)) = line
            .strip_prefix("# HELP ")
            .and_then(|it| it.split_once(' '))
        else {
            continue;
        };
        let kind = lines
            .next()
            .and_then(|line| line.rsplit(' ').next())
            .unwrap_or_default();
        let several = if alone.contains(name) {
            ""
        } else {
            " Only with Redis."
        };
        let (unit, labels) = (unit(name), labels(&page, name));
        let _ = writeln!(
            table,
            "| `{name}` | {kind} | {unit} | {labels} | {help}{several} |"
        );
    }
    table
}

/// `UPDATE_METRICS=1 cargo test -p metrics list` rewrites it.
#[test]
fn the_list_names_every_metric() {
    let text = std::fs::read_to_string(PATH).unwrap().replace("\r\n", "\n");
    let (before, rest) = text.split_once("<!-- metrics:").unwrap();
    let (how, rest) = rest.split_once("-->\n").unwrap();
    let (_, after) = rest.split_once("<!-- end of metrics -->").unwrap();
    let table = table();
    let expected =
        format!("{before}<!-- metrics:{how}-->\n\n{table}\n<!-- end of metrics -->{after}");
    if std::env::var_os("UPDATE_METRICS").is_some() {
        std::fs::write(PATH, &expected).unwrap();
    } else {
        assert!(
            text == expected,
            "run UPDATE_METRICS=1 cargo test -p metrics list"
        );
    }
}
