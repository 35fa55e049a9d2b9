//! The process of a run: this program, started once more.

use std::io;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command};
use tokio::time::timeout;

use load_test::worker::{COMMAND, RunProgress, RunRequest};

/// What of this server's environment a run needs: certificates of https, libraries that a package
/// brings along, and what Windows opens no socket without. Secrets stay here.
const KEPT: &[&str] = &[
    "LD_LIBRARY_PATH",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
    "SystemRoot",
    "TEMP",
    "TMP",
    "TMPDIR",
];

/// How long a process that said its last word may take to end.
const LAST_BREATH: Duration = Duration::from_secs(5);

/// See the module. Killed when dropped.
pub(super) struct Worker {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    /// Closing it tells the run to end.
    stdin: Option<ChildStdin>,
}

impl Worker {
    /// Starts `program`, or this one, and gives it the request.
    pub(super) async fn start(program: Option<&Path>, request: &RunRequest) -> io::Result<Self> {
        let own;
        let program = match program {
            Some(program) => program,
            None => {
                own = std::env::current_exe()?;
                &own
            }
        };
        let mut command = Command::new(program);
        command
            .arg(COMMAND)
            .env_clear()
            .envs(
                KEPT.iter()
                    .filter_map(|name| Some((name, std::env::var_os(name)?))),
            )
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        // Ctrl-C at a terminal reaches every process of the group at once; the run is ended by its
        // server, which wants the report.
        #[cfg(unix)]
        command.process_group(0);
        // No console window.
        #[cfg(windows)]
        command.creation_flags(0x0800_0000);
        let mut child = command.spawn()?;
        let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
        let mut stdin = child.stdin.take().ok_or_else(gone)?;
        let stdout = child.stdout.take().ok_or_else(gone)?;
        if let Some(stderr) = child.stderr.take() {
            tokio::spawn(log(stderr));
        }
        let mut line = serde_json::to_vec(request)?;
        line.push(b'\n');
        // A process that is gone already says so by its end.
        let _ = stdin.write_all(&line).await;
        Ok(Self {
            child,
            lines: BufReader::new(stdout).lines(),
            stdin: Some(stdin),
        })
    }

    /// The next word of the run; `None` when there will be none. Safe to drop while it waits.
    pub(super) async fn next(&mut self) -> Option<RunProgress> {
        loop {
            let line = self.lines.next_line().await.ok().flatten()?;
            match serde_json::from_str(&line) {
                Ok(progress) => return Some(progress),
                Err(error) => tracing::warn!(%error, "a line of a load test cannot be read"),
            }
        }
    }

    /// Tells the run to end in order.
    pub(super) fn stop(&mut self) {
        self.stdin = None;
    }

    /// Waits until the process is gone; one that does not go is killed.
    pub(super) async fn end(mut self) -> io::Result<ExitStatus> {
        self.stop();
        match timeout(LAST_BREATH, self.child.wait()).await {
            Ok(status) => status,
            Err(_) => {
                self.child.start_kill()?;
                self.child.wait().await
            }
        }
    }

    /// Kills the process.
    pub(super) async fn kill(mut self) {
        // It may be gone already.
        let _ = self.child.kill().await;
    }
}

/// What the process complains about goes to this server's log.
async fn log(stderr: ChildStderr) {
    let mut lines = BufReader::new(stderr).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        tracing::warn!(line, "the process of a load test complains");
    }
}
