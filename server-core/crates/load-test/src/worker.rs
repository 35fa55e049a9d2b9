//! A run in a process of its own, led by the process that started it.
//!
//! The parent writes one line to standard input, an [`RunRequest`], and keeps the pipe open: anything
//! more, or its end, ends the run in order, so that no run outlives a parent that crashed. Standard
//! output carries one [`RunProgress`] a line: every second as it ends, and last the report or why there
//! is none.

use std::io::{self, BufRead, Write};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use super::{Plan, run};
use crate::LoadTestConfig;
use contract::admin::load_test::{LoadTestObstacle, LoadTestPlan};
use contract::load_test::{LoadTestReport, Second};

/// The hidden sub-command of every program that embeds the server.
pub const COMMAND: &str = "load-test-worker";

/// What a run shall do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RunRequest {
    /// What, and against which server.
    pub plan: LoadTestPlan,
    /// Where that server is.
    pub addresses: Vec<SocketAddr>,
    /// The server's process, when it runs here.
    pub server_pid: Option<u32>,
    /// Marks the clients as bots. Sent over the pipe, never as an argument others could read.
    pub run_token: Option<String>,
}

/// One line of the stream.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunProgress {
    /// A second is over.
    Second(Box<Second>),
    /// The run is over.
    Report(Box<LoadTestReport>),
    /// There is no report.
    Failed(Failed),
}

/// Why there is no report.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Failed {
    /// A sentence.
    pub message: String,
    /// What kept the first client from connecting, if that was it.
    pub obstacle: Option<LoadTestObstacle>,
}

impl From<RunRequest> for Plan {
    fn from(request: RunRequest) -> Self {
        let (plan, millis) = (request.plan, Duration::from_millis);
        Self {
            mode: plan.mode,
            ack_every: plan.ack_every.max(1),
            chat_interval: (plan.chat_interval_ms > 0).then(|| millis(plan.chat_interval_ms)),
            addresses: request.addresses,
            server_pid: request.server_pid,
            run_token: request.run_token,
            ..Self::new(LoadTestConfig {
                target_url: plan.target_url,
                clients: plan.clients as usize,
                duration: millis(plan.duration_ms),
                update_interval: millis(plan.update_interval_ms),
                spawn_interval: millis(plan.spawn_interval_ms),
                crowd: plan.crowd,
            })
        }
    }
}

/// Carries out the order on standard input. Blocks until the run is over.
#[must_use]
pub fn main() -> ExitCode {
    match serve(io::stdin().lock(), io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        // Nobody reads any more.
        Err(_) => ExitCode::FAILURE,
    }
}

/// As [`main`], with the order from `input` and the lines to `output`. Whatever follows on standard
/// input is awaited in a thread that ends with the process.
///
/// # Errors
/// When `output` takes no more.
fn serve(mut input: impl BufRead, output: impl Write) -> io::Result<()> {
    let mut output = Lines(output, Ok(()));
    let mut line = String::new();
    input.read_line(&mut line)?;
    let request: RunRequest = match serde_json::from_str(&line) {
        Ok(request) => request,
        Err(error) => {
            output.write(&RunProgress::Failed(Failed {
                message: format!("The order cannot be read: {error}"),
                obstacle: None,
            }));
            return output.1;
        }
    };
    drop(input);
    let stop = CancellationToken::new();
    let stopped = stop.clone();
    thread::spawn(move || {
        let _ = io::stdin().lock().read_line(&mut String::new());
        stopped.cancel();
    });
    let result = run(request.into(), &stop, &mut |second| {
        output.write(&RunProgress::Second(Box::new(second.clone())));
        if output.1.is_err() {
            stop.cancel();
        }
    });
    output.write(&match result {
        Ok(report) => RunProgress::Report(Box::new(report)),
        Err(error) => RunProgress::Failed(Failed {
            message: format!("{error}."),
            obstacle: Some(error.obstacle()),
        }),
    });
    output.1
}

/// Writes lines until one fails.
struct Lines<W>(W, io::Result<()>);

impl<W: Write> Lines<W> {
    fn write(&mut self, progress: &RunProgress) {
        if self.1.is_ok() {
            self.1 = self.try_write(progress);
        }
    }

    fn try_write(&mut self, progress: &RunProgress) -> io::Result<()> {
        let mut line = serde_json::to_vec(progress)?;
        line.push(b'\n');
        self.0.write_all(&line)?;
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use contract::load_test::{CrowdPlan, CrowdShape, Mode};

    use super::*;

    #[test]
    fn a_request_that_cannot_be_read_is_answered() {
        let mut output = Vec::new();
        serve(&b"{}\n"[..], &mut output).unwrap();
        let answer = serde_json::from_slice(&output).unwrap();
        assert!(matches!(answer, RunProgress::Failed(why) if why.message.contains("plan")));
    }

    #[test]
    fn a_request_travels_whole() {
        let request = RunRequest {
            plan: LoadTestPlan {
                target_url: "http://localhost:4000".to_owned(),
                own: true,
                clients: 7,
                duration_ms: 1000,
                update_interval_ms: 100,
                spawn_interval_ms: 10,
                chat_interval_ms: 0,
                mode: Mode::Batch,
                ack_every: 0,
                crowd: CrowdPlan {
                    shape: CrowdShape::Storm,
                    ..CrowdPlan::default()
                },
            },
            addresses: vec!["127.0.0.1:4000".parse().unwrap()],
            server_pid: None,
            run_token: Some("t".to_owned()),
        };
        let line = serde_json::to_string(&request).unwrap();
        assert_eq!(serde_json::from_str::<RunRequest>(&line).unwrap(), request);
        let plan = Plan::from(request);
        assert_eq!((plan.knobs.clients, plan.ack_every), (7, 1));
        assert_eq!(plan.knobs.crowd.shape, CrowdShape::Storm);
        assert_eq!(plan.chat_interval, None);
    }
}
