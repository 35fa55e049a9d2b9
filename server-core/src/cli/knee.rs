//! `load-test --find-knee`: the largest crowd that a server holds.

use std::io::{self, Write as _};
use std::process::ExitCode;
use std::thread;

use anyhow::anyhow;
use load_test::Plan;
use load_test::knee::{KneeEnd, KneeLimit, KneePace, KneeReport, find_knee, sentence, text};
use tokio_util::sync::CancellationToken;

use super::exit_codes::{INVALID, THRESHOLD_BROKEN};
use super::signals::Signals;

/// Searches in a thread of its own, as a load test runs. Each try is said as it ends, on standard
/// error; the answer is standard output.
pub(super) async fn run(
    plan: Plan,
    limit: KneeLimit,
    json: bool,
    mut signals: Signals,
) -> anyhow::Result<ExitCode> {
    let stop = CancellationToken::new();
    let (done, mut finished) = tokio::sync::oneshot::channel();
    eprintln!("Looking for the largest crowd with a {limit}.");
    thread::Builder::new().name("load-test".to_owned()).spawn({
        let stop = stop.clone();
        move || {
            let pace = KneePace::default();
            let found = find_knee(&plan, limit, pace, &stop, &mut |tried| {
                eprintln!("  {}", sentence(tried));
            });
            // Nobody listens any more after a second signal.
            let _ = done.send(found);
        }
    })?;
    let mut stopped_by = None;
    let found = loop {
        tokio::select! {
            found = &mut finished => break found,
            signal = signals.next() => match stopped_by {
                None => {
                    stopped_by = Some(signal);
                    stop.cancel();
                }
                Some(_) => return Ok(ExitCode::from(signal.exit_code())),
            },
        }
    };
    let found = found.map_err(|_| anyhow!("the load test broke; this is a bug"))??;
    let mut out = io::stdout().lock();
    match json {
        true => writeln!(out, "{}", serde_json::to_string(&found)?)?,
        false => write!(out, "\n{}", text(&found))?,
    }
    Ok(match stopped_by {
        Some(signal) => ExitCode::from(signal.exit_code()),
        None => ExitCode::from(code(&found)),
    })
}

fn code(found: &KneeReport) -> u8 {
    match (found.ended, found.holds) {
        (KneeEnd::HoldsNobody, _) => THRESHOLD_BROKEN,
        (KneeEnd::GeneratorLimit, None) => INVALID,
        _ => 0,
    }
}
