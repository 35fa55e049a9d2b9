//! A Redis of a test's own: on a port nobody else uses, with a directory that goes with it.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::{signal, soon};

/// A running redis-server. Dropping it ends it.
pub struct RedisServer {
    port: u16,
    arguments: Vec<String>,
    process: Option<Child>,
    directory: TempDir,
}

impl RedisServer {
    /// A Redis that keeps nothing on disk.
    pub async fn start() -> Self {
        Self::with(&[]).await
    }

    /// A Redis with further arguments, as on its command line.
    pub async fn with(arguments: &[&str]) -> Self {
        let mut server = Self {
            port: free_port(),
            arguments: arguments.iter().map(|&it| it.to_owned()).collect(),
            process: None,
            directory: TempDir::new().expect("a temporary directory"),
        };
        server.restart().await;
        server
    }

    /// A Redis that has not been started: its port refuses connections.
    pub fn absent() -> Self {
        Self {
            port: free_port(),
            arguments: Vec::new(),
            process: None,
            directory: TempDir::new().expect("a temporary directory"),
        }
    }

    /// Its address for `REDIS_URL`.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/0", self.port)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.port).into()
    }

    /// The directory it works in.
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// Starts it, with an empty memory, on the port it always had.
    ///
    /// # Panics
    /// When redis-server is not installed.
    pub async fn restart(&mut self) {
        self.kill();
        let child = Command::new("redis-server")
            .args(["--port", &self.port.to_string()])
            .args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
            .arg("--dir")
            .arg(self.directory.path())
            .args(&self.arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("redis-server is installed (apt-get install redis-server)");
        self.process = Some(child);
        soon("Redis to answer", async {
            while self.call(&["PING"]).await.is_none() {
                tokio::task::yield_now().await;
            }
        })
        .await;
    }

    /// Ends it at once: what it held is lost.
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }

    /// Stops it in mid-air: connections stay, nothing is answered.
    pub fn pause(&self) {
        signal(self.pid(), "STOP");
    }

    /// Lets it go on after [`Self::pause`].
    pub fn resume(&self) {
        signal(self.pid(), "CONT");
    }

    fn pid(&self) -> u32 {
        self.process.as_ref().expect("it runs").id()
    }

    /// The first line of the answer to a command; `None` when nobody answers.
    pub async fn call(&self, words: &[&str]) -> Option<String> {
        let stream = TcpStream::connect(self.address()).await.ok()?;
        let mut stream = BufReader::new(stream);
        let mut request = format!("*{}\r\n", words.len());
        for word in words {
            request += &format!("${}\r\n{word}\r\n", word.len());
        }
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut line = String::new();
        let read = stream.read_line(&mut line).await.ok()?;
        (read > 0).then(|| line.trim_end().to_owned())
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("an address").port()
}
