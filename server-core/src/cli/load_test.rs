//! `load-test`: runs many clients against a server and says how it did.

use std::fs;
use std::io::{self, BufRead as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use indicatif::{ProgressBar, ProgressStyle};
use load_test::knee::KneeLimit;
use load_test::stats::Second;
use load_test::{self, ChartTheme, DurationLimit, Ended, LoadTestReport, Mode, Plan, Thresholds};
use server_core::config::Loaded;
use tokio_util::sync::CancellationToken;

use super::exit_codes::{EXIT_CODES, INVALID, NOBODY_JOINED, TARGET_LOST, THRESHOLD_BROKEN};
use super::knee;
use super::signals::{Signal, Signals};

/// The command, without the flags of the knobs.
pub(super) fn command() -> Command {
    let flag = |name: &'static str| Arg::new(name).long(name);
    let limit = |name| {
        flag(name)
            .value_parser(value_parser!(DurationLimit))
            .value_name("TIME")
    };
    let file = |name| {
        flag(name)
            .value_parser(value_parser!(PathBuf))
            .value_name("FILE")
    };
    Command::new("load-test")
        .about("Load a server with many clients and measure it")
        .after_help(EXIT_CODES)
        .arg(
            flag("mode")
                .value_parser(value_parser!(Mode))
                .value_name("plain|batch|batch1")
                .default_value("plain")
                .help("How the clients ask for the updates of others; batch is the newest form of batches"),
        )
        .arg(
            flag("plain-percent")
                .value_parser(value_parser!(u32).range(0..=100))
                .value_name("N")
                .default_value("0")
                .help("Let N in a hundred clients ask for single updates, whatever the mode is"),
        )
        .arg(
            flag("read-percent")
                .value_parser(value_parser!(u32).range(1..=100))
                .value_name("N")
                .default_value("100")
                .help("Read what N in a hundred clients receive, and count frames and bytes of the others"),
        )
        .arg(
            flag("from-all-in")
                .action(ArgAction::SetTrue)
                .conflicts_with("find-knee")
                .help("Begin to measure when all clients are in, and go on for LOAD_DURATION_MS"),
        )
        .arg(
            flag("ack-every")
                .value_parser(value_parser!(u64).range(1..))
                .value_name("N")
                .default_value("1")
                .help("Ask for an ack on one update in N"),
        )
        .arg(
            flag("idle")
                .action(ArgAction::SetTrue)
                .help("Join and stand still"),
        )
        .arg(
            flag("chat-interval-ms")
                .value_parser(value_parser!(u64).range(1..))
                .value_name("MS")
                .help("Let each client say something that often"),
        )
        .arg(limit("max-join-p95").help("Fail when joins take longer, such as 800us, 50ms or 1.5s"))
        .arg(limit("max-update-p95").help("Fail when acks of updates take longer"))
        .arg(limit("max-fanout-p99").help("Fail when updates reach others later"))
        .arg(
            flag("max-errors")
                .value_parser(value_parser!(u64))
                .value_name("N")
                .help("Fail when there are more errors"),
        )
        .arg(
            flag("find-knee")
                .value_parser(value_parser!(KneeLimit))
                .value_name("p99=TIME")
                .conflicts_with_all(["csv", "report", "charts", "progress-json", "idle"])
                .help(
                    "Find the largest crowd whose fan-out stays within a time, such as p99=100ms, in three \
                     minutes at most; begins with the clients of LOAD_CLIENTS",
                ),
        )
        .arg(
            flag("json")
                .action(ArgAction::SetTrue)
                .help("Print one JSON object instead of tables"),
        )
        .arg(
            flag("progress-json")
                .action(ArgAction::SetTrue)
                .help("Print each second as a line of JSON on standard error instead of a bar"),
        )
        .arg(file("csv").help("Write the seconds of the run to a CSV file"))
        .arg(file("report").help("Write a report with charts to one HTML file"))
        .arg(
            file("charts")
                .value_name("DIR")
                .help("Write the charts to a directory, as SVG and PNG, dark and light"),
        )
        .arg(
            flag("server-pid")
                .value_parser(value_parser!(u32))
                .value_name("PID")
                .help("The server's process, when it runs here and is not found by its port"),
        )
        .arg(
            flag("run-token-stdin")
                .action(ArgAction::SetTrue)
                .help("Read the token that marks the clients as bots from standard input"),
        )
}

/// Runs the test in a thread of its own, so that signals are heard whatever it does. The first
/// signal ends it with a report, a second one ends the process.
pub(super) async fn run(arguments: &ArgMatches, loaded: &Loaded) -> anyhow::Result<ExitCode> {
    let mut signals = Signals::listen()?;
    let plan = plan(arguments, loaded)?;
    if let Some(limit) = copied::<KneeLimit>(arguments, "find-knee") {
        return knee::run(plan, limit, arguments.get_flag("json"), signals).await;
    }
    let stop = CancellationToken::new();
    let progress = ProgressLine::new(arguments, plan.knobs.duration);
    let (done, mut finished) = tokio::sync::oneshot::channel();
    thread::Builder::new().name("load-test".to_owned()).spawn({
        let stop = stop.clone();
        move || {
            let result = load_test::run(plan, &stop, &mut |second| progress.show(second));
            progress.finish();
            // Nobody listens any more after a second signal.
            let _ = done.send(result);
        }
    })?;
    let mut stopped_by = None;
    let result = loop {
        tokio::select! {
            result = &mut finished => break result,
            signal = signals.next() => match stopped_by {
                None => {
                    stopped_by = Some(signal);
                    stop.cancel();
                }
                Some(_) => return Ok(ExitCode::from(signal.exit_code())),
            },
        }
    };
    let mut report = result.map_err(|_| anyhow!("the load test broke; this is a bug"))??;
    load_test::evaluate(&mut report, &thresholds(arguments));
    write(arguments, &report)?;
    if report.connections.joined == 0 {
        eprintln!("comutiny-server: {}", nobody_joined(&report));
    }
    Ok(ExitCode::from(code(&report, stopped_by)))
}

fn plan(arguments: &ArgMatches, loaded: &Loaded) -> anyhow::Result<Plan> {
    let mut plan = Plan::new(loaded.config.load_test.clone());
    plan.mode = copied(arguments, "mode").unwrap_or_default();
    plan.ack_every = copied(arguments, "ack-every").unwrap_or(1);
    plan.plain_percent = copied(arguments, "plain-percent").unwrap_or(0);
    plan.read_percent = copied(arguments, "read-percent").unwrap_or(100);
    plan.from_all_in = arguments.get_flag("from-all-in");
    plan.idle = arguments.get_flag("idle");
    plan.chat_interval = copied(arguments, "chat-interval-ms").map(Duration::from_millis);
    plan.server_pid = copied(arguments, "server-pid");
    if arguments.get_flag("run-token-stdin") {
        let line = io::stdin().lock().lines().next().transpose()?;
        plan.run_token = line.map(|line| line.trim().to_owned());
    }
    Ok(plan)
}

fn thresholds(arguments: &ArgMatches) -> Thresholds {
    Thresholds {
        max_join_p95: copied(arguments, "max-join-p95"),
        max_update_p95: copied(arguments, "max-update-p95"),
        max_fanout_p99: copied(arguments, "max-fanout-p99"),
        max_errors: copied(arguments, "max-errors"),
    }
}

fn write(arguments: &ArgMatches, report: &LoadTestReport) -> anyhow::Result<()> {
    // Files first: a closed pipe must not cost the report.
    if let Some(path) = arguments.get_one::<PathBuf>("csv") {
        save(path, load_test::csv(&report.seconds).as_bytes())?;
    }
    if let Some(path) = arguments.get_one::<PathBuf>("report") {
        save(path, load_test::html(report)?.as_bytes())?;
    }
    if let Some(directory) = arguments.get_one::<PathBuf>("charts") {
        save_charts(directory, report)?;
    }
    let mut out = io::stdout().lock();
    match arguments.get_flag("json") {
        true => writeln!(out, "{}", serde_json::to_string(report)?)?,
        false => write!(out, "{}", load_test::text(report))?,
    }
    Ok(())
}

fn save_charts(directory: &Path, report: &LoadTestReport) -> anyhow::Result<()> {
    fs::create_dir_all(directory)
        .with_context(|| format!("{} cannot be made", directory.display()))?;
    for theme in [ChartTheme::Dark, ChartTheme::Light] {
        let file = |slug: &str, ending: &str| {
            directory.join(format!("{slug}-{}.{ending}", theme.as_str()))
        };
        for drawing in load_test::charts(report, theme)? {
            save(&file(drawing.slug, "svg"), drawing.standalone().as_bytes())?;
        }
        for (slug, image) in load_test::chart_images(report, theme)? {
            save(&file(slug, "png"), &image)?;
        }
    }
    Ok(())
}

fn save(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    fs::write(path, content).with_context(|| format!("{} cannot be written", path.display()))
}

/// What matters most comes first: numbers that do not count break no threshold.
fn code(report: &LoadTestReport, stopped_by: Option<Signal>) -> u8 {
    match stopped_by {
        _ if report.ended == Ended::TargetLost => TARGET_LOST,
        Some(signal) => signal.exit_code(),
        None if report.connections.joined == 0 => NOBODY_JOINED,
        None if !report.valid => INVALID,
        None if !report.passed() => THRESHOLD_BROKEN,
        None => 0,
    }
}

fn nobody_joined(report: &LoadTestReport) -> String {
    let target = &report.plan.target_url;
    match report.errors.samples.first() {
        Some(error) => format!("Nobody could join at {target}: {}", error.message),
        None => format!(
            "Nobody could join at {target}: joins were not answered. Is that a CoMutiNy server?"
        ),
    }
}

fn copied<T: Clone + Copy + Send + Sync + 'static>(
    arguments: &ArgMatches,
    name: &str,
) -> Option<T> {
    arguments.get_one::<T>(name).copied()
}

/// How far the run is, on standard error.
enum ProgressLine {
    Bar(ProgressBar),
    Lines,
}

impl ProgressLine {
    fn new(arguments: &ArgMatches, duration: Duration) -> Self {
        if arguments.get_flag("progress-json") {
            return Self::Lines;
        }
        // Hides itself when standard error is no terminal.
        let bar = ProgressBar::new(duration.as_secs().max(1));
        let style = ProgressStyle::with_template("{bar:40.cyan} {pos}/{len} s  {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self::Bar(bar)
    }

    fn show(&self, second: &Second) {
        match self {
            Self::Bar(bar) => {
                bar.set_position(second.at_s as u64);
                let fanout = second.fanout.as_ref();
                let p99 = fanout.map_or("-".to_owned(), |it| format!("{:.1} ms", it.p99_ms));
                bar.set_message(format!(
                    "{} clients, {} deliveries/s, fan-out p99 {p99}, {} errors",
                    second.clients, second.delivered, second.errors
                ));
            }
            Self::Lines => {
                if let Ok(line) = serde_json::to_string(second) {
                    eprintln!("{line}");
                }
            }
        }
    }

    fn finish(&self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}
