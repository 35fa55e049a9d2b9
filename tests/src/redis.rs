//! A Redis of a test's own: on a port nobody else uses, with a directory that goes with it.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::resp::value_length;
use services::{free_port, signal};

use crate::soon;

/// A running redis-server. Dropping it ends it.
pub struct RedisServer {
    port: u16,
    arguments: Vec<String>,
    process: Option<Child>,
    directory: TempDir,
    /// The port behind TLS, where there is one.
    tls: Option<u16>,
    /// The port for other servers of a cluster.
    pub(crate) bus: String,
}

impl RedisServer {
    /// A Redis that keeps nothing on disk.
    pub async fn start() -> Self {
        Self::with(&[]).await
    }

    /// A Redis with further arguments, as on its command line.
    pub async fn with(arguments: &[&str]) -> Self {
        let mut server = Self::absent();
        server.arguments = arguments.iter().map(|&it| it.to_owned()).collect();
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
            tls: None,
            bus: String::new(),
        }
    }

    /// Its address for `REDIS_URL` without TLS.
    pub fn plain_url(&self) -> String {
        format!("redis://127.0.0.1:{}/0", self.port)
    }

    /// Its address for `REDIS_URL`.
    pub fn url(&self) -> String {
        match self.tls {
            Some(port) => format!("rediss://127.0.0.1:{port}/0"),
            None => self.plain_url(),
        }
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

    /// The answer to a command: a text, or the first line of what else it is; `None` when nobody
    /// answers.
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
        if line.starts_with('$') && line.trim_end() != "$-1" {
            let length = line[1..].trim_end().parse().ok()?;
            let mut text = vec![0; length];
            stream.read_exact(&mut text).await.ok()?;
            return String::from_utf8(text).ok();
        }
        (read > 0).then(|| line.trim_end().to_owned())
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A server that says it is Redis 6.2, and nothing else.
pub async fn old_redis() -> SocketAddr {
    const HELLO: &str = "%3\r\n$6\r\nserver\r\n$5\r\nredis\r\n$7\r\nversion\r\n$6\r\n6.2.14\r\n$5\r\nproto\r\n:3\r\n";
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
    let listener = listener.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut asked = Vec::new();
                while let Ok(1..) = stream.read_buf(&mut asked).await {
                    while let Some(length) = value_length(&asked) {
                        let command: Vec<u8> = asked.drain(..length).collect();
                        let hello = command.windows(5).any(|word| word == b"HELLO");
                        let answer = if hello {
                            HELLO
                        } else {
                            "-ERR unknown command\r\n"
                        };
                        let _ = stream.write_all(answer.as_bytes()).await;
                    }
                }
            });
        }
    });
    address
}

/// A Redis behind TLS, and the file with the authority its clients have to trust.
pub async fn tls_redis() -> (RedisServer, PathBuf) {
    let mut server = RedisServer::absent();
    let directory = server.directory().to_owned();
    let script = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -keyout ca.key -out ca.crt \
         && openssl req -newkey rsa:2048 -nodes -subj /CN=redis -keyout redis.key -out redis.csr \
         && printf 'subjectAltName=IP:127.0.0.1' > san \
         && openssl x509 -req -in redis.csr -CA ca.crt -CAkey ca.key -days 2 -extfile san -out redis.crt";
    let made = Command::new("sh")
        .args(["-c", script])
        .current_dir(&directory)
        .stderr(Stdio::null())
        .status()
        .expect("a shell");
    assert!(made.success(), "openssl makes certificates");
    let file = |name: &str| directory.join(name).display().to_string();
    server.tls = Some(free_port());
    server.arguments = [
        ("--tls-port", server.tls.unwrap_or_default().to_string()),
        ("--tls-cert-file", file("redis.crt")),
        ("--tls-key-file", file("redis.key")),
        ("--tls-ca-cert-file", file("ca.crt")),
        ("--tls-auth-clients", "no".to_owned()),
    ]
    .into_iter()
    .flat_map(|(name, value)| [name.to_owned(), value])
    .collect();
    server.restart().await;
    (server, directory.join("ca.crt"))
}
