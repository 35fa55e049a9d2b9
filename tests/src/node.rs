//! A node as a process of its own, so that it can be killed and stopped.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use tempfile::TempDir;

use crate::{Client, Connect, Http, TestCluster, signal};

/// A running `comutiny-server`. Dropping it kills it.
pub struct NodeProcess {
    process: Option<Child>,
    address: SocketAddr,
    data: Arc<TempDir>,
}

impl NodeProcess {
    /// Starts a node over a data directory that nodes share, with these further settings.
    ///
    /// # Panics
    /// When the program has not been built.
    pub async fn start(data: Arc<TempDir>, redis: &str, settings: &[(&str, &str)]) -> Self {
        let mut command = Command::new(program());
        command
            .env_clear()
            .env("DATA_DIR", data.path())
            .env("SERVER_HOST", "127.0.0.1")
            .env("SERVER_PORT", "0")
            .env("JWT_SECRET", TestCluster::JWT_SECRET)
            .env("REDIS_URL", redis)
            .env("RATE_JOINS", "1000000")
            .env("RATE_JOINS_BURST", "1000000")
            .envs(settings.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log_of(data.path()));
        let mut process = command.spawn().expect("the program starts");
        let out = process.stdout.take().expect("a pipe");
        let reading = tokio::task::spawn_blocking(move || {
            let mut lines = BufReader::new(out).lines().map_while(Result::ok);
            let link = lines.find(|line| line.contains("http://localhost:"))?;
            // The rest is read so that the node never waits for us.
            std::thread::spawn(move || lines.for_each(drop));
            link.trim_end_matches('/').rsplit(':').next()?.parse().ok()
        });
        let port: Option<u16> = reading.await.expect("its output is read");
        let port = port.unwrap_or_else(|| panic!("no node started; see {}", log_path(data.path())));
        Self {
            process: Some(process),
            address: (Ipv4Addr::LOCALHOST, port).into(),
            data,
        }
    }

    /// Sends it a signal.
    pub fn signal(&self, name: &str) {
        signal(self.pid(), name);
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.process.as_ref().expect("it runs").id()
    }

    /// Kills it without a warning.
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }

    /// Waits for its end, after a signal.
    pub async fn ended(mut self) -> Option<i32> {
        let process = self.process.take();
        tokio::task::spawn_blocking(move || process?.wait().ok()?.code())
            .await
            .expect("it is waited for")
    }

    /// What it shares with the others.
    pub fn data(&self) -> Arc<TempDir> {
        self.data.clone()
    }

    /// Plain HTTP to it.
    pub fn http(&self) -> Http {
        Http::to(self.address)
    }

    /// A connection to be adjusted and opened.
    pub fn connect(&self) -> Connect {
        Connect::to(self.address)
    }

    /// A connected guest that has read its snapshot and joined under `id`.
    pub async fn player(&self, id: &str) -> Client {
        let mut client = self.connect().open().await;
        client.expect("world:state").await;
        client.join(id).await;
        client
    }
}

impl Drop for NodeProcess {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The server as a program: beside the test binary, where cargo puts it.
///
/// # Panics
/// When it has not been built.
#[must_use]
pub fn program() -> PathBuf {
    let test = std::env::current_exe().expect("a path");
    let path = test
        .ancestors()
        .nth(2)
        .expect("a target directory")
        .join("comutiny-server");
    assert!(
        path.exists(),
        "build it first: cargo build -p server-core --bin comutiny-server"
    );
    path
}

fn log_path(data: &Path) -> String {
    data.join("nodes.log").display().to_string()
}

fn log_of(data: &Path) -> Stdio {
    let mut options = std::fs::OpenOptions::new();
    let log = options.create(true).append(true).open(log_path(data));
    log.expect("a log file").into()
}
