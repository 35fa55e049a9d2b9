//! What each chart shows. Pure: seconds in, numbers out.

use super::super::LoadTestReport;
use super::theme::Ink;
use crate::stats::{Processes, Second, Summary};

/// Points a line may have; a longer run shows the highest value of each stretch.
const POINTS: usize = 600;

/// One line.
#[derive(Debug, Clone)]
pub(super) struct Series {
    pub(super) name: &'static str,
    pub(super) ink: Ink,
    /// The value of the whole run, beside the name.
    pub(super) readout: String,
    /// Time in seconds and value; a gap where nothing was measured.
    pub(super) points: Vec<(f64, Option<f64>)>,
    pub(super) look: LineStyle,
    /// Against the right axis.
    pub(super) right: bool,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineStyle {
    Line,
    Filled,
    Dashed,
}

/// One chart.
#[derive(Debug, Clone)]
pub(super) struct Chart {
    pub(super) slug: &'static str,
    /// With the unit of the left axis.
    pub(super) title: &'static str,
    pub(super) series: Vec<Series>,
    /// A limit that was set for what is shown.
    pub(super) limit: Option<f64>,
    /// End of the time axis in seconds.
    pub(super) end: f64,
}

impl Chart {
    /// The chart in words.
    pub(super) fn description(&self) -> String {
        let values = self
            .series
            .iter()
            .map(|series| format!("{} {}", series.name, series.readout));
        format!("{}: {}", self.title, values.collect::<Vec<_>>().join(", "))
    }

    /// The largest value on one side; a limit is part of the left one.
    pub(super) fn top(&self, right: bool) -> f64 {
        let values = self
            .series
            .iter()
            .filter(|series| series.right == right)
            .flat_map(|series| series.points.iter().filter_map(|point| point.1));
        let limit = self.limit.filter(|_| !right);
        values.chain(limit).fold(0.0, f64::max)
    }
}

/// The charts that this report has numbers for.
pub(super) fn all(report: &LoadTestReport) -> Vec<Chart> {
    let latency = &report.latency;
    let limit = |name| {
        let verdict = report.thresholds.iter().find(|it| it.threshold == name)?;
        verdict.limit_ms
    };
    let percentiles = |slug, title, whole: &Option<Summary>, pick: Pick, limit| {
        let whole = whole.as_ref()?;
        Some(chart(
            report,
            slug,
            title,
            limit,
            lines(report, whole, pick),
        ))
    };
    let fanout = percentiles(
        "fan-out",
        "Fan-out, ms",
        &latency.fanout.summary,
        |second| second.fanout.as_ref(),
        limit("max-fanout-p99"),
    );
    let update = percentiles(
        "update",
        "Update to ack, ms",
        &latency.update.summary,
        |second| second.update.as_ref(),
        limit("max-update-p95"),
    );
    let join = percentiles(
        "join",
        "Join to ack, ms",
        &latency.join.summary,
        |second| second.join.as_ref(),
        limit("max-join-p95"),
    );
    let arrival = percentiles(
        "arrival",
        "Arrival, ms",
        &latency.arrival.summary,
        |second| second.arrival.as_ref(),
        None,
    );
    let plain = |slug, title, series| Some(chart(report, slug, title, None, series));
    let errors = (report.errors.total > 0).then(|| errors(report));
    [
        fanout,
        update,
        plain("deliveries", "Deliveries and clients", crowd(report)),
        processor(report).and_then(|series| plain("processor", "Processor, % of one core", series)),
        join,
        arrival,
        distance(report)
            .and_then(|series| plain("distance", "Fan-out p99 by distance, ms", series)),
        plain("bytes", "Bytes per delivered update", bytes(report)),
        memory(report).and_then(|series| plain("memory", "Memory of the server, MB", series)),
        errors.and_then(|series| plain("errors", "Errors per second", series)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

type Pick = fn(&Second) -> Option<&Summary>;

fn chart(
    report: &LoadTestReport,
    slug: &'static str,
    title: &'static str,
    limit: Option<f64>,
    series: Vec<Series>,
) -> Chart {
    let seconds = whole(&report.seconds).last().map_or(1.0, |it| it.at_s);
    Chart {
        slug,
        title,
        series,
        limit,
        end: seconds.max(1.0),
    }
}

fn lines(report: &LoadTestReport, whole: &Summary, pick: Pick) -> Vec<Series> {
    type Percentile = fn(&Summary) -> f64;
    let all: [(_, _, Percentile, _); 4] = [
        ("p50", Ink::P50, |it| it.p50_ms, LineStyle::Line),
        ("p95", Ink::P95, |it| it.p95_ms, LineStyle::Line),
        ("p99", Ink::P99, |it| it.p99_ms, LineStyle::Line),
        ("max", Ink::Max, |it| it.max_ms, LineStyle::Dashed),
    ];
    let line = |(name, ink, value, look): (_, _, Percentile, _)| Series {
        name,
        ink,
        readout: short_ms(value(whole)),
        points: points(report, |second| pick(second).map(value)),
        look,
        right: false,
    };
    all.into_iter().map(line).collect()
}

fn crowd(report: &LoadTestReport) -> Vec<Series> {
    let delivered = Series {
        name: "per second",
        ink: Ink::Tide,
        readout: short(report.totals.delivered_per_second),
        points: points(report, |second| Some(second.delivered as f64)),
        look: LineStyle::Filled,
        right: false,
    };
    let clients = Series {
        name: "clients",
        ink: Ink::Text2,
        readout: report.connections.joined.to_string(),
        points: points(report, |second| Some(second.clients as f64)),
        look: LineStyle::Line,
        right: true,
    };
    vec![delivered, clients]
}

/// Near and far ones side by side; without far ones there is nothing to compare.
fn distance(report: &LoadTestReport) -> Option<Vec<Series>> {
    let (near, far) = (&report.latency.near.summary, &report.latency.far.summary);
    type PickSecond = fn(&Second) -> Option<f64>;
    let line = |name, ink, whole: &Summary, pick: PickSecond, look| Series {
        name,
        ink,
        readout: short_ms(whole.p99_ms),
        points: points(report, pick),
        look,
        right: false,
    };
    let near_p99: PickSecond = |second| second.near.as_ref().map(|it| it.p99_ms);
    let far_p99: PickSecond = |second| second.far.as_ref().map(|it| it.p99_ms);
    Some(vec![
        line(
            "near",
            Ink::Tide,
            near.as_ref()?,
            near_p99,
            LineStyle::Filled,
        ),
        line("far", Ink::Violet, far.as_ref()?, far_p99, LineStyle::Line),
    ])
}

fn bytes(report: &LoadTestReport) -> Vec<Series> {
    let each = |second: &Second| {
        let delivered = second.delivered as f64;
        (second.delivered > 0).then(|| second.bytes_in as f64 / delivered)
    };
    let whole = report.totals.bytes_per_step;
    vec![Series {
        name: "bytes",
        ink: Ink::Tide,
        readout: whole.map_or("-".to_owned(), |it| short(it)),
        points: points(report, each),
        look: LineStyle::Filled,
        right: false,
    }]
}

fn processor(report: &LoadTestReport) -> Option<Vec<Series>> {
    let percent = |value: f64| format!("{value:.0}");
    let server = report.server.as_ref().map(|server| Series {
        name: "server",
        ink: Ink::Tide,
        readout: percent(server.cpu_percent),
        points: points(report, |second| second.processes.server_cpu_percent),
        look: LineStyle::Filled,
        right: false,
    });
    let bots = report.generator.cpu_percent.map(|share| Series {
        name: "bots",
        ink: Ink::Violet,
        readout: percent(share),
        points: points(report, |second| second.processes.generator_cpu_percent),
        look: LineStyle::Line,
        right: false,
    });
    let series: Vec<Series> = [server, bots].into_iter().flatten().collect();
    (!series.is_empty()).then_some(series)
}

fn memory(report: &LoadTestReport) -> Option<Vec<Series>> {
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    let used = |it: &Processes| it.server_memory_bytes.map(megabytes);
    let server = report.server.as_ref()?;
    Some(vec![Series {
        name: "at most",
        ink: Ink::Tide,
        readout: short_ms(megabytes(server.memory_peak_bytes)),
        points: points(report, |second| used(&second.processes)),
        look: LineStyle::Filled,
        right: false,
    }])
}

fn errors(report: &LoadTestReport) -> Vec<Series> {
    vec![Series {
        name: "total",
        ink: Ink::Danger,
        readout: report.errors.total.to_string(),
        points: points(report, |second| Some(second.errors as f64)),
        look: LineStyle::Filled,
        right: false,
    }]
}

/// A peak must stay visible when a long run is squeezed into few points, so the highest value of
/// each stretch is shown.
fn points(
    report: &LoadTestReport,
    value: impl Fn(&Second) -> Option<f64>,
) -> Vec<(f64, Option<f64>)> {
    let rows = whole(&report.seconds);
    let stretch = rows.len().div_ceil(POINTS).max(1);
    let highest = |rows: &[Second]| {
        let at = rows.last().map_or(0.0, |second| second.at_s);
        (at, rows.iter().filter_map(&value).reduce(f64::max))
    };
    rows.chunks(stretch).map(highest).collect()
}

/// The seconds without a last one that is mostly missing, in which everybody leaves.
fn whole(rows: &[Second]) -> &[Second] {
    match rows {
        [rest @ .., before, last] if last.at_s - before.at_s < 0.5 => &rows[..=rest.len()],
        all => all,
    }
}

/// A number with three digits that matter: `0.42`, `25.2`, `398k`.
pub(super) fn short(value: f64) -> String {
    match value.abs() {
        small if small < 10_000.0 => format!("{}", (value * 100.0).round() / 100.0),
        large if large < 1e6 => format!("{}k", (value / 1e3 * 10.0).round() / 10.0),
        _ => format!("{}M", (value / 1e6 * 100.0).round() / 100.0),
    }
}

/// A duration in the unit that fits it: `1 µs`, `70 ms`, `1.5 s`.
pub(super) fn with_unit(ms: f64) -> String {
    match ms {
        small if small < 1.0 => format!("{} µs", short(small * 1e3)),
        large if large < 1e3 => format!("{} ms", short(large)),
        _ => format!("{} s", short(ms / 1e3)),
    }
}

fn short_ms(ms: f64) -> String {
    match ms {
        small if small < 10.0 => format!("{small:.2}"),
        large if large < 1000.0 => format!("{large:.1}"),
        _ => format!("{ms:.0}"),
    }
}
