//! Engine.IO below the events: heartbeats, polls, and sessions that move to a websocket.

mod connect;
mod heartbeat;
mod parked;
mod polling;
mod strange;
mod upgrade;

use std::net::SocketAddr;

use http::{HeaderMap, Method, StatusCode};
use serde_json::Value;
use tests::{Http, HttpAnswer, TestServer, soon};

const OPEN: &str = "/socket.io/?EIO=4&transport=polling";
/// Stands between the packets of one body.
const SEPARATOR: char = '\u{1e}';

/// A session that polls, one request at a time, when a test asks for it.
struct Session {
    address: SocketAddr,
    sid: String,
    headers: HeaderMap,
    reading: Http,
    writing: Http,
}

impl Session {
    /// Opens a session.
    async fn open(server: &TestServer) -> Self {
        Self::try_open(server, HeaderMap::new())
            .await
            .expect("the session opens")
    }

    /// Opens a session with these headers, or gives the refusal.
    async fn try_open(server: &TestServer, headers: HeaderMap) -> Result<Self, HttpAnswer> {
        let mut reading = server.http();
        let answer = soon(
            "the handshake",
            reading.request(Method::GET, OPEN, &headers, String::new()),
        );
        let answer = answer.await.expect("an answer");
        if answer.status != StatusCode::OK {
            return Err(answer);
        }
        let open: Value = serde_json::from_str(&answer.text()[1..]).expect("the open packet");
        Ok(Self {
            address: server.address(),
            sid: open["sid"].as_str().expect("a session id").to_owned(),
            headers,
            reading,
            writing: server.http(),
        })
    }

    /// Opens a session and enters the world, without reading anything of it.
    async fn connected(server: &TestServer) -> Self {
        let mut session = Self::open(server).await;
        session.post("40").await;
        session
    }

    fn path(&self) -> String {
        format!("{OPEN}&sid={}", self.sid)
    }

    async fn post(&mut self, packets: &str) -> HttpAnswer {
        let (path, headers) = (self.path(), self.headers.clone());
        let request = self
            .writing
            .request(Method::POST, &path, &headers, packets.to_owned());
        soon("an answer to a POST", request)
            .await
            .expect("an answer")
    }

    /// One poll.
    async fn poll(&mut self) -> HttpAnswer {
        let (path, headers) = (self.path(), self.headers.clone());
        let request = self
            .reading
            .request(Method::GET, &path, &headers, String::new());
        soon("an answer to a poll", request)
            .await
            .expect("an answer")
    }

    /// Polls until a packet that begins with `start`, which it gives.
    async fn packet(&mut self, start: &str) -> String {
        loop {
            let answer = self.poll().await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
            let text = answer.text();
            if let Some(found) = text.split(SEPARATOR).find(|it| it.starts_with(start)) {
                return found.to_owned();
            }
        }
    }

    /// Everything that waits for this client, by the answer to an event sent now.
    async fn settle(&mut self, ack: u32) -> String {
        self.post(&format!("42{ack}[\"fence\"]")).await;
        self.packet(&format!("43{ack}[")).await
    }
}
