//! A search for a terminal: a sentence for each try, and a table at the end.

use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{CellAlignment, Table};

use super::{KneeEnd, KneeReport, KneeTry};
use crate::report::grouped;

/// One try: `400 clients: 41.2 ms, held`.
#[must_use]
pub fn sentence(tried: &KneeTry) -> String {
    let measured = tried.measured_ms;
    let measured = measured.map_or("nothing measured".to_owned(), |ms| format!("{ms:.1} ms"));
    format!(
        "{} clients: {measured}, {}",
        grouped(tried.clients.into()),
        verdict(tried)
    )
}

fn verdict(tried: &KneeTry) -> String {
    match (tried.held, &tried.why) {
        (true, _) => "held".to_owned(),
        (false, None) => "too many".to_owned(),
        (false, Some(why)) => format!("too many: {why}"),
    }
}

/// All tries by size, and the answer. Ends with a line break.
#[must_use]
pub fn text(report: &KneeReport) -> String {
    let mut table = Table::new();
    let measured = format!("fan-out {}, ms", report.percentile);
    table.load_preset(UTF8_HORIZONTAL_ONLY).set_header([
        "Clients",
        &measured,
        "server, % of a core",
        "verdict",
    ]);
    let mut tries: Vec<&KneeTry> = report.tries.iter().collect();
    tries.sort_by_key(|it| it.clients);
    let cell = |value: Option<f64>| value.map_or("-".to_owned(), |it| format!("{it:.1}"));
    for tried in tries {
        table.add_row([
            grouped(tried.clients.into()),
            cell(tried.measured_ms),
            cell(tried.server_cpu_percent),
            verdict(tried),
        ]);
    }
    for column in table.column_iter_mut().take(3) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    format!("{table}\n\n{}\n", answer(report))
}

fn answer(report: &KneeReport) -> String {
    let limit = format!("a fan-out {} of {} ms", report.percentile, report.limit_ms);
    let KneeReport {
        target_url, took_s, ..
    } = report;
    let took = format!("It took {took_s:.0} s.");
    let Some(holds) = report.holds else {
        return match report.ended {
            KneeEnd::HoldsNobody => {
                format!("{target_url} holds nobody within {limit}. {took}")
            }
            _ => format!(
                "Nothing can be said about {target_url} yet. {}{took}",
                why(report)
            ),
        };
    };
    let holds = grouped(holds.into());
    let bound = match report.too_many {
        Some(too_many) => format!("; {} are too many", grouped(too_many.into())),
        None => String::new(),
    };
    format!(
        "{target_url} holds {holds} clients within {limit}{bound}. {}{took}",
        why(report)
    )
}

fn why(report: &KneeReport) -> &'static str {
    match report.ended {
        KneeEnd::Found | KneeEnd::HoldsNobody => "",
        KneeEnd::HoldsAll => "More were not tried. ",
        KneeEnd::GeneratorLimit => {
            "With more, the load test itself was too slow for its numbers to count: use another machine for it. "
        }
        KneeEnd::OutOfTime => "There was no time to look closer. ",
        KneeEnd::Interrupted => "The search was stopped. ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(clients: u32, ms: f64, held: bool) -> KneeTry {
        KneeTry {
            clients,
            held,
            measured_ms: Some(ms),
            server_cpu_percent: None,
            why: None,
        }
    }

    #[test]
    fn the_answer_is_a_sentence() {
        let mut report = KneeReport {
            target_url: "http://localhost:4000".to_owned(),
            percentile: "p99",
            limit_ms: 100.0,
            holds: Some(1234),
            too_many: Some(1280),
            ended: KneeEnd::Found,
            took_s: 93.4,
            tries: vec![tried(1280, 141.0, false), tried(1234, 97.3, true)],
        };
        let shown = text(&report);
        let expected = "http://localhost:4000 holds 1 234 clients within a fan-out p99 of 100 ms; \
                        1 280 are too many. It took 93 s.\n";
        assert!(shown.ends_with(expected), "{shown}");
        assert!(shown.find("97.3") < shown.find("141.0"), "by size: {shown}");
        (report.too_many, report.ended) = (None, KneeEnd::GeneratorLimit);
        assert!(text(&report).contains("the load test itself was too slow"));
        (report.holds, report.ended) = (None, KneeEnd::HoldsNobody);
        assert!(text(&report).contains("holds nobody within"));
        assert_eq!(
            sentence(&report.tries[0]),
            "1 280 clients: 141.0 ms, too many"
        );
    }
}
