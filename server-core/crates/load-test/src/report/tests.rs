//! Every output of one scripted run, as reviewed snapshots.

use std::time::Duration;

use chrono::DateTime;

use super::{
    ChartTheme, Doubt, Ended, LoadTestReport, RunFacts, chart_images, charts, compile, evaluate,
    html, sheet, text,
};
use crate::LoadTestConfig;
use crate::sequence::Numbering;
use crate::stats::{Missing, Processes, Recorder};
use crate::{DurationLimit, Plan, Thresholds};

const MS: u64 = 1000;

/// Three clients, four seconds; the third update of client 0 is refused, and one state never
/// arrives at client 2.
fn report() -> LoadTestReport {
    let mut plan = Plan::new(LoadTestConfig {
        clients: 3,
        duration: Duration::from_secs(4),
        update_interval: Duration::from_millis(500),
        ..LoadTestConfig::default()
    });
    plan.run_id = "test".to_owned();
    let mut recorder = Recorder::new(3, Numbering::Tile);
    for client in 0..3 {
        recorder.connected();
        recorder.joined(client, 2 * MS, 0, u64::from(client + 1) * 7 * MS);
        recorder.bytes_in(120, false);
        // Client 2 stands far from the others.
        let x = f64::from(client / 2) * 40.0;
        recorder.deliveries.moved(client, [x, 2.0]);
        recorder
            .deliveries
            .snapshot(client, (0..3).map(|it| (it, 0)));
    }
    for step in 0..8_u64 {
        let at = (step * 500 + 20) * MS;
        for sender in 0..3 {
            let number = recorder.deliveries.next(sender);
            recorder.sent(sender, at, at);
            recorder.acknowledged(sender, at, at + (3 + step) * MS);
            for receiver in (0..3).filter(|it| *it != sender) {
                if (step, sender, receiver) == (7, 1, 2) {
                    continue;
                }
                let delay = (10 + step * 3 + u64::from(receiver)) * MS;
                recorder.received((receiver, sender), (number, at), at + delay);
                recorder.bytes_in(9, false);
            }
        }
        if step == 3 {
            recorder.error(0, at, "refused: rate-limited", "Too many <updates>.");
        }
        if step % 2 == 1 {
            let processes = Processes {
                generator_cpu_percent: Some(4.0),
                server_cpu_percent: Some(8.0 + step as f64),
                server_memory_bytes: Some(30_000_000 + step * 100_000),
                host_cpu_percent: Some(20.0),
                host_memory_percent: Some(50.0),
            };
            recorder.end_second((step / 2 + 1) * 1000 * MS, processes);
        }
    }
    for client in 0..3 {
        recorder.left(client);
        recorder.disconnected(client, false, true);
    }
    let facts = RunFacts {
        started_at: DateTime::from_timestamp(1_767_225_600, 0).unwrap(),
        ended: Ended::Completed,
        missing: Missing {
            last_states: 1,
            updates: 1,
            ..Missing::default()
        },
        settled: None,
        server_pid: Some(4711),
    };
    let mut report = compile(&plan, &recorder, facts);
    report.version = "0.0.0".to_owned();
    evaluate(
        &mut report,
        &Thresholds {
            max_fanout_p99: Some(DurationLimit(Duration::from_millis(25))),
            max_errors: Some(3),
            ..Thresholds::default()
        },
    );
    report
}

#[test]
fn the_terminal() {
    insta::assert_snapshot!(text(&report()));
}

#[test]
fn the_json() {
    insta::assert_json_snapshot!(report());
}

#[test]
fn the_csv() {
    insta::assert_snapshot!(super::csv(&report().seconds));
}

#[test]
fn a_picture_says_that_its_run_is_not_valid() {
    let red = image::Rgb([0xFF, 0x80, 0x8B]);
    let header = |report: &LoadTestReport| {
        let sheet = sheet(report, ChartTheme::Dark).unwrap();
        let image = image::load_from_memory(&sheet).unwrap().into_rgb8();
        let reds = image.rows().take(300).flatten();
        (image.height(), reds.filter(|it| **it == red).count())
    };
    let valid = report();
    let invalid = LoadTestReport {
        invalid_because: vec!["The bots' machine was busy.".to_owned()],
        ..report()
    };
    let (plain, none) = header(&valid);
    let (taller, some) = header(&invalid);
    assert_eq!(none, 0);
    assert!(taller > plain && some > 100, "{some} red pixels");
}

#[test]
fn the_page() {
    let page = html(&report()).unwrap();
    // Style and drawings have their own places of review.
    let body = page.split_once("<body>").unwrap().1;
    let (before, rest) = body.split_once("<section class=\"charts\"").unwrap();
    let (charts, after) = rest.split_once("</section>").unwrap();
    let (after, json) = after.split_once("<script").unwrap();
    insta::assert_snapshot!(format!("{before}{after}"));
    assert_eq!(
        charts.matches("<svg").count(),
        40,
        "dark and light, wide and for phones"
    );
    assert!(json.contains(r"Too many \u003cupdates>."));
    assert!(!page.contains("http://www.w3.org/1999/xlink"));
    assert!(
        !page.contains("src=\"") && !page.contains("<link"),
        "not self-contained"
    );
}

#[test]
fn why_a_run_is_not_valid_is_told_by_its_code() {
    let doubts = vec![
        Doubt::GeneratorBusy { percent: 96.4 },
        Doubt::SentLate { late: 3, sent: 100 },
    ];
    let invalid = LoadTestReport {
        valid: false,
        invalid_because: doubts.iter().map(Doubt::to_string).collect(),
        doubts,
        ..report()
    };
    let page = html(&invalid).unwrap();
    for doubt in &invalid.doubts {
        let json = serde_json::to_value(doubt).unwrap();
        let code = json["code"].as_str().unwrap();
        let shown = format!("\"{code}\": ({{");
        assert!(page.contains(&shown), "{code} is in no other language");
        let marked = json.to_string().replace('"', "&quot;");
        let line = format!("<span data-doubt=\"{marked}\">{doubt}</span>");
        assert!(page.contains(&line), "{line}");
    }
    let old = LoadTestReport {
        doubts: Vec::new(),
        ..invalid
    };
    let line = "<span translate=\"no\" lang=\"en\">3 of 100 updates";
    assert!(html(&old).unwrap().contains(line));
}

#[test]
fn the_charts() {
    let charts = charts(&report(), ChartTheme::Dark).unwrap();
    let slugs: Vec<_> = charts.iter().map(|chart| chart.slug).collect();
    let expected = [
        "fan-out",
        "update",
        "deliveries",
        "processor",
        "join",
        "arrival",
        "distance",
        "bytes",
        "memory",
        "errors",
    ];
    assert_eq!(slugs, expected);
    insta::assert_snapshot!(charts[0].description.clone() + "\n" + &charts[0].svg);
}

#[test]
fn the_images_are_as_large_as_two_screens_pixels() {
    for theme in [ChartTheme::Dark, ChartTheme::Light] {
        for (slug, file) in chart_images(&report(), theme).unwrap() {
            let image = image::load_from_memory(&file).unwrap();
            assert_eq!((image.width(), image.height()), (1120, 504), "{slug}");
        }
    }
}

#[test]
fn the_sheet_holds_all_charts_and_is_a_picture_of_its_own() {
    for theme in [ChartTheme::Dark, ChartTheme::Light] {
        let image = image::load_from_memory(&sheet(&report(), theme).unwrap()).unwrap();
        assert_eq!((image.width(), image.height()), (2336, 2832), "{theme:?}");
    }
}

#[test]
fn a_run_without_anything_still_has_a_page() {
    let plan = Plan::new(LoadTestConfig::default());
    let facts = RunFacts {
        started_at: DateTime::from_timestamp(0, 0).unwrap(),
        ended: Ended::TargetLost,
        missing: Missing::default(),
        settled: None,
        server_pid: None,
    };
    let report = compile(&plan, &Recorder::new(50, Numbering::Tile), facts);
    let page = html(&report).unwrap();
    assert!(page.contains("vanished") && page.contains("<b>Vanished</b>"));
    assert_eq!(report.totals.delivered_percent, None);
}
