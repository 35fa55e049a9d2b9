//! The parts of the page.

use std::fmt::{self, Write as _};

use super::super::table::{bytes, facts, grouped, latency_rows};
use super::super::{Doubt, Ended, LoadTestReport};
use super::{Escaped, has_trouble};
use crate::stats::Summary;

pub(super) fn verdicts(page: &mut String, report: &LoadTestReport) -> fmt::Result {
    if report.thresholds.is_empty() && !has_trouble(report) {
        return Ok(());
    }
    page.push_str("<ul class=\"verdicts\">\n");
    // The text is HTML.
    let mut item = |class: &str, word: &str, text: &str| {
        writeln!(page, "<li class=\"{class}\"><b>{word}</b> {text}</li>")
    };
    if report.ended == Ended::TargetLost {
        item(
            "bad",
            "Vanished",
            "The server ended every connection; the numbers reach until then.",
        )?;
    }
    for (doubt, reason) in doubts(report) {
        let kind = match doubt {
            Some(doubt) => {
                let json = serde_json::to_string(doubt).unwrap_or_default();
                format!("data-doubt=\"{}\"", Escaped(&json))
            }
            None => "translate=\"no\" lang=\"en\"".to_owned(),
        };
        let text = format!("<span {kind}>{}</span>", Escaped(reason));
        item("bad", "Not valid", &text)?;
    }
    for verdict in &report.thresholds {
        let (class, word) = match verdict.passed {
            true => ("good", "Kept"),
            false => ("bad", "Broken"),
        };
        item(
            class,
            word,
            &format!(
                "<span translate=\"no\">{}:</span> {}",
                Escaped(&verdict.threshold),
                Escaped(&verdict.detail)
            ),
        )?;
    }
    page.push_str("</ul>\n");
    Ok(())
}

/// Why a run is not valid, with the code where there is one: reports of old versions have sentences alone.
fn doubts(report: &LoadTestReport) -> impl Iterator<Item = (Option<&Doubt>, &str)> {
    let reasons = report.invalid_because.iter().enumerate();
    reasons.map(|(at, reason)| (report.doubts.get(at), reason.as_str()))
}

/// The few numbers that answer most questions.
pub(super) fn figures_at_a_glance(page: &mut String, report: &LoadTestReport) -> fmt::Result {
    let totals = &report.totals;
    let arrived = &totals.deliveries;
    let per_second = format!("{}/s", grouped(totals.delivered_per_second as u64));
    let due = totals.delivered_percent;
    let due = due.map_or("-".to_owned(), |it| format!("{it:.2}%"));
    let cost = report.server.as_ref().and_then(|it| it.cpu_us_per_delivery);
    let cost = cost.map_or("-".to_owned(), |us| format!("{us:.3} µs"));
    let fanout = report.latency.fanout.summary.as_ref();
    let fanout = fanout.map_or("-".to_owned(), |it| format!("{:.1} ms", it.p99_ms));
    let near = report.latency.near.summary.as_ref();
    let near = near.map_or("-".to_owned(), |it| format!("{:.1} ms", it.p99_ms));
    let arrival = report.latency.arrival.summary.as_ref();
    let arrival = arrival.map_or("-".to_owned(), |it| format!("{:.1} ms", it.p99_ms));
    let step = totals.bytes_per_step;
    let step = step.map_or("-".to_owned(), |it| format!("{it:.1} B"));
    let wrong = totals.missing.last_states + arrived.duplicated + arrived.reordered;
    let cells = [
        ("Delivered", per_second, false),
        ("Arrived of due", due, false),
        ("Fan-out p99", fanout, false),
        ("Near p99", near, false),
        ("Arrival p99", arrival, false),
        ("CPU per delivery", cost, false),
        ("Bytes a step", step, false),
        ("Lost or doubled", grouped(wrong), wrong > 0),
        (
            "Errors",
            grouped(report.errors.total),
            report.errors.total > 0,
        ),
    ];
    page.push_str("<dl class=\"glance\">\n");
    for (name, value, bad) in cells {
        let class = if bad { " class=\"bad\"" } else { "" };
        writeln!(page, "<div><dt>{name}</dt><dd{class}>{value}</dd></div>")?;
    }
    page.push_str("</dl>\n");
    Ok(())
}

pub(super) fn latencies(page: &mut String, report: &LoadTestReport) -> fmt::Result {
    page.push_str(
        "<section>\n<h2>Latency</h2>\n<div class=\"wide\"><table>\n<thead><tr><th>ms</th><th>p50</th>\
         <th>p90</th><th>p95</th><th>p99</th><th>max</th><th>samples</th></tr></thead>\n<tbody>\n",
    );
    for (name, cells) in latency_rows(report) {
        write!(page, "<tr><th scope=\"row\">{name}</th>")?;
        for cell in cells {
            write!(page, "<td>{cell}</td>")?;
        }
        page.push_str("</tr>\n");
    }
    page.push_str(
        "</tbody>\n</table></div>\n<p class=\"quiet\">Fan-out runs from the emit of an update to the \
         moment a peer knows it or a newer one. The age of a state counts those that arrived \
         themselves. An emit that had to wait counts from the moment it was due. \
         Near are clients within ten tiles; an arrival runs from the first packet of a connection to the \
         join's ack.</p>\n</section>\n",
    );
    Ok(())
}

pub(super) fn counts(page: &mut String, report: &LoadTestReport) -> fmt::Result {
    page.push_str(
        "<section>\n<h2>Counts</h2>\n<div class=\"wide\"><table class=\"facts\">\n<tbody>\n",
    );
    for (name, text) in facts(report) {
        let text = Escaped(&text);
        writeln!(
            page,
            "<tr><th scope=\"row\">{name}</th><td>{text}</td></tr>"
        )?;
    }
    page.push_str("</tbody>\n</table></div>\n</section>\n");
    Ok(())
}

pub(super) fn errors(page: &mut String, report: &LoadTestReport) -> fmt::Result {
    if report.errors.total == 0 {
        return Ok(());
    }
    page.push_str(
        "<section>\n<h2>Errors</h2>\n<div class=\"wide\"><table class=\"facts\">\n\
         <thead><tr><th>Error</th><th>Count</th></tr></thead>\n<tbody>\n",
    );
    for (kind, count) in &report.errors.by_kind {
        let (kind, count) = (Escaped(kind), grouped(*count));
        writeln!(
            page,
            "<tr><th scope=\"row\">{kind}</th><td>{count}</td></tr>"
        )?;
    }
    page.push_str("</tbody>\n</table></div>\n<h3>The first ones</h3>\n<div class=\"wide\"><table class=\"facts\">\n<tbody>\n");
    for sample in &report.errors.samples {
        writeln!(
            page,
            "<tr><th scope=\"row\">{:.1} s, client {}</th><td><b>{}</b> <span translate=\"no\" lang=\"en\">{}</span></td></tr>",
            sample.at_s,
            sample.client,
            Escaped(&sample.kind),
            Escaped(&sample.message)
        )?;
    }
    page.push_str("</tbody>\n</table></div>\n</section>\n");
    Ok(())
}

/// What the charts show, for those who do not see them.
pub(super) fn seconds(page: &mut String, report: &LoadTestReport) -> fmt::Result {
    page.push_str(
        "<details>\n<summary>Every second as a table</summary>\n<div class=\"wide\"><table>\n<thead><tr>\
         <th>s</th><th>clients</th><th>sent</th><th>delivered</th><th>coalesced</th><th>fan-out p50</th>\
         <th>p95</th><th>p99</th><th>update p50</th><th>p95</th><th>p99</th><th>server %</th>\
         <th>memory</th><th>bots %</th><th>errors</th></tr></thead>\n<tbody>\n",
    );
    let missing = || "-".to_owned();
    for second in &report.seconds {
        let processes = &second.processes;
        let percent = |value: Option<f64>| value.map_or_else(missing, |it| it.to_string());
        let [fanout, update] = [&second.fanout, &second.update].map(|it| percentiles(it.as_ref()));
        write!(page, "<tr><th scope=\"row\">{:.1}</th>", second.at_s)?;
        let counts = [
            second.clients,
            second.sent,
            second.delivered,
            second.coalesced,
        ];
        let tail = [
            percent(processes.server_cpu_percent),
            processes.server_memory_bytes.map_or_else(missing, bytes),
            percent(processes.generator_cpu_percent),
            second.errors.to_string(),
        ];
        let cells = counts.into_iter().map(grouped);
        for cell in cells.chain(fanout).chain(update).chain(tail) {
            write!(page, "<td>{cell}</td>")?;
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table></div>\n</details>\n");
    Ok(())
}

fn percentiles(summary: Option<&Summary>) -> [String; 3] {
    let Some(summary) = summary else {
        return std::array::from_fn(|_| "-".to_owned());
    };
    [summary.p50_ms, summary.p95_ms, summary.p99_ms].map(|ms| format!("{ms:.2}"))
}
