//! The report for a terminal.

use comfy_table::presets::{NOTHING, UTF8_HORIZONTAL_ONLY};
use comfy_table::{CellAlignment, Table};

use contract::load_test::{CrowdPlan, CrowdShape, CrowdSpread, CrowdWalk, Knobs, LoadTestTotals};

use super::{Ended, LoadTestReport};
use crate::LoadTestVerdict;
use crate::stats::Summary;

/// Tables of everything, with plain sentences about what matters. Ends with a line break.
#[must_use]
pub fn text(report: &LoadTestReport) -> String {
    let mut parts = vec![headline(report), latencies(report), counts(report)];
    if report.errors.total > 0 {
        parts.push(errors(report));
    }
    let verdict = |verdict: &LoadTestVerdict| {
        let word = if verdict.passed { "kept" } else { "BROKEN" };
        format!("{} {word}: {}", verdict.threshold, verdict.detail)
    };
    let verdicts: Vec<String> = report.thresholds.iter().map(verdict).collect();
    if !verdicts.is_empty() {
        parts.push(verdicts.join("\n"));
    }
    for reason in &report.invalid_because {
        parts.push(format!("INVALID: {reason}."));
    }
    parts.join("\n\n") + "\n"
}

pub(super) fn headline(report: &LoadTestReport) -> String {
    let plan = &report.plan;
    let seconds = |ms: u64| ms as f64 / 1000.0;
    let moving = match plan.update_interval_ms {
        0 => "standing still".to_owned(),
        ms => format!("one update every {} s each", seconds(ms)),
    };
    let shape = crowd_words(&plan.crowd);
    let ended = match report.ended {
        Ended::Completed => "",
        Ended::Interrupted => " Stopped early.",
        Ended::TargetLost => " The server vanished: every connection was lost.",
    };
    format!(
        "{} {} clients against {}, {moving}, {} s{shape}.{ended}{}",
        plan.clients,
        plan.mode.as_str(),
        plan.target_url,
        seconds(plan.duration_ms),
        reservations(plan),
    )
}

/// What the figures do not say by themselves.
fn reservations(plan: &Knobs) -> String {
    let mut sentences = String::new();
    if plan.plain_percent > 0 {
        sentences += &format!(
            " {}% of the clients get single updates.",
            plan.plain_percent
        );
    }
    if plan.from_all_in {
        sentences += " Measured from when all were in and the server had come to rest.";
    }
    if plan.read_percent < 100 {
        sentences += &format!(
            " What {}% of the clients received was read, of the others frames and bytes were counted: deliveries, \
             latencies and losses are those of the former.",
            plan.read_percent
        );
    }
    sentences
}

/// What is unusual about a crowd: `; storm, in two clusters`.
fn crowd_words(crowd: &CrowdPlan) -> String {
    let shape = match crowd.shape {
        CrowdShape::Steady => None,
        CrowdShape::Ramp => Some("a ramp".to_owned()),
        CrowdShape::Storm => Some("all at once".to_owned()),
        CrowdShape::Restart => Some(format!(
            "{} s without anybody",
            f64::from(crowd.outage_ms) / 1000.0
        )),
        CrowdShape::Slow => Some(format!(
            "{}% on lines of {} kB/s",
            crowd.slow_percent, crowd.slow_kbps
        )),
    };
    let spread = match crowd.spread {
        CrowdSpread::Even => None,
        CrowdSpread::Clusters => Some("in two clusters".to_owned()),
        CrowdSpread::Square => Some("in one square".to_owned()),
    };
    let walk = match crowd.walk {
        CrowdWalk::March => None,
        CrowdWalk::People => Some("walking like people".to_owned()),
    };
    let words: Vec<String> = shape.into_iter().chain(spread).chain(walk).collect();
    match words.is_empty() {
        true => String::new(),
        false => format!("; {}", words.join(", ")),
    }
}

fn latencies(report: &LoadTestReport) -> String {
    let mut table = Table::new();
    let header = ["Latency, ms", "p50", "p90", "p95", "p99", "max", "samples"];
    table.load_style(UTF8_HORIZONTAL_ONLY).set_header(header);
    for (name, cells) in latency_rows(report) {
        table.add_row(std::iter::once(name.to_owned()).chain(cells));
    }
    align(&mut table);
    table.to_string()
}

/// Name, p50, p90, p95, p99, max and number of samples of each distribution.
pub(super) fn latency_rows(report: &LoadTestReport) -> Vec<(&'static str, [String; 6])> {
    let latency = &report.latency;
    let always = [
        ("Join to ack", &latency.join),
        ("Update to ack", &latency.update),
        ("Fan-out", &latency.fanout),
        ("Age of states", &latency.age),
    ];
    // A report of an older version does not have these, and few runs have slow lines.
    let sometimes = [
        ("Arrival", &latency.arrival),
        ("Fan-out, near", &latency.near),
        ("Fan-out, far", &latency.far),
        ("On slow lines", &latency.slow),
        ("Of single updates", &latency.single),
    ];
    let sometimes = sometimes.into_iter().filter(|it| it.1.summary.is_some());
    let rows = always.into_iter().chain(sometimes);
    rows.map(|(name, distribution)| {
        let cells = distribution.summary.as_ref().map(summary_cells);
        let none = || std::array::from_fn(|_| "-".to_owned());
        (name, cells.unwrap_or_else(none))
    })
    .collect()
}

fn summary_cells(summary: &Summary) -> [String; 6] {
    let ms = |value: f64| format!("{value:.2}");
    [
        ms(summary.p50_ms),
        ms(summary.p90_ms),
        ms(summary.p95_ms),
        ms(summary.p99_ms),
        ms(summary.max_ms),
        grouped(summary.count),
    ]
}

fn counts(report: &LoadTestReport) -> String {
    let mut table = Table::new();
    table.load_style(NOTHING);
    for (name, text) in facts(report) {
        table.add_row([name.to_owned(), text]);
    }
    table.to_string()
}

/// What was counted, a name and a line each.
pub(super) fn facts(report: &LoadTestReport) -> Vec<(&'static str, String)> {
    let (totals, connections) = (&report.totals, &report.connections);
    let (arrived, missing) = (&totals.deliveries, &totals.missing);
    let percent = |value: Option<f64>| value.map_or("-".to_owned(), |it| format!("{it:.2}%"));
    let mut rows = vec![
        (
            "Clients",
            format!(
                "{} connected, {} joined, {} left, {} disconnected, {} lost, {} failed",
                connections.connected,
                connections.joined,
                connections.left,
                connections.disconnected,
                connections.lost,
                connections.failed,
            ),
        ),
        (
            "Updates",
            format!(
                "{} sent, {} acks",
                grouped(totals.sent),
                grouped(totals.acks)
            ),
        ),
        (
            "Deliveries",
            format!(
                "{} of {} due ({}), {} coalesced; {}/s",
                grouped(arrived.received),
                grouped(totals.due),
                percent(totals.delivered_percent),
                grouped(arrived.coalesced),
                grouped(totals.delivered_per_second as u64),
            ),
        ),
        (
            "Lost",
            format!(
                "{} last states, {} updates, {} joined, {} left",
                missing.last_states, missing.updates, missing.joined, missing.left
            ),
        ),
        (
            "Wrong",
            format!(
                "{} doubled, {} reordered, {} stray, {} joined twice, {} left twice",
                arrived.duplicated,
                arrived.reordered,
                arrived.stray,
                arrived.joined_doubled,
                arrived.left_doubled
            ),
        ),
        (
            "Bytes",
            format!(
                "{} in, {} out{}",
                bytes(totals.bytes_in),
                bytes(totals.bytes_out),
                bytes_each(totals),
            ),
        ),
    ];
    if let Some(ms) = totals.all_in_ms {
        let after = match report.plan.crowd.shape {
            CrowdShape::Restart => "the outage",
            _ => "the start",
        };
        rows.push(("All in", format!("{:.2} s after {after}", ms / 1000.0)));
    }
    if let Some(ms) = totals.settled_ms {
        let text = format!("{:.2} s after the last update", ms / 1000.0);
        rows.push(("All known", text));
    }
    if connections.dropped > 0 {
        let text = format!("{} connections, by the run itself", connections.dropped);
        rows.push(("Dropped", text));
    }
    if let Some(server) = &report.server {
        let each = server.cpu_us_per_delivery;
        let each = each.map_or(String::new(), |us| format!(", {us:.3} µs per delivery"));
        rows.push((
            "Server",
            format!(
                "process {}: {:.1}% of a core{each}, {} at most",
                server.pid,
                server.cpu_percent,
                bytes(server.memory_peak_bytes)
            ),
        ));
    }
    let generator = &report.generator;
    rows.push((
        "Load test",
        format!(
            "{} of a core, {} late sends",
            generator
                .cpu_percent
                .map_or("-".to_owned(), |it| format!("{it:.1}%")),
            generator.late_sends
        ),
    ));
    rows
}

/// `; 7.9 B a step, 3.2 kB/s a client`, as far as it is known.
fn bytes_each(totals: &LoadTestTotals) -> String {
    let step = totals.bytes_per_step.map(|it| format!("{it:.1} B a step"));
    let client = totals.bytes_per_client;
    let client = client.map(|it| format!("{}/s a client", bytes(it as u64)));
    let plain = totals.bytes_per_plain_client;
    let plain = plain.map(|it| format!("{}/s one with single updates", bytes(it as u64)));
    let each: Vec<String> = step.into_iter().chain(client).chain(plain).collect();
    match each.is_empty() {
        true => String::new(),
        false => format!("; {}", each.join(", ")),
    }
}

fn errors(report: &LoadTestReport) -> String {
    let mut table = Table::new();
    table
        .load_style(UTF8_HORIZONTAL_ONLY)
        .set_header(["Error", "count"]);
    for (kind, count) in &report.errors.by_kind {
        table.add_row([kind.clone(), grouped(*count)]);
    }
    align(&mut table);
    let samples = report.errors.samples.iter().map(|sample| {
        format!(
            "\n  {:.1} s, client {}: {}: {}",
            sample.at_s, sample.client, sample.kind, sample.message
        )
    });
    format!("{table}\nThe first ones:{}", samples.collect::<String>())
}

/// Everything but the first column holds numbers.
fn align(table: &mut Table) {
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
}

/// 1234567 as `1 234 567`, a form that means the same in every language.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

/// Bytes in the largest unit that leaves a number above one.
pub(super) fn bytes(count: u64) -> String {
    let units = ["B", "kB", "MB", "GB"];
    let mut value = count as f64;
    let mut unit = units[0];
    for next in &units[1..] {
        if value < 1000.0 {
            break;
        }
        value /= 1000.0;
        unit = next;
    }
    match unit {
        "B" => format!("{value} {unit}"),
        _ => format!("{value:.1} {unit}"),
    }
}
