//! Engine.IO over HTTP long polling.

use std::collections::VecDeque;
use std::net::SocketAddr;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::{HeaderMap, Method, StatusCode};
use serde_json::Value;

use crate::Http;
use crate::paced::ClientLine;
use crate::packet::{EnginePacket, Gone};

/// Stands between the packets of one body.
const SEPARATOR: char = '\u{1e}';

pub(crate) struct PollingClient {
    reading: Http,
    writing: Http,
    headers: HeaderMap,
    path: String,
    arrived: VecDeque<EnginePacket>,
}

impl PollingClient {
    /// Opens a session; the second value is what the handshake answered.
    pub(crate) async fn open(
        address: SocketAddr,
        line: ClientLine,
        headers: &HeaderMap,
    ) -> Result<(Self, HeaderMap), StatusCode> {
        let mut reading = Http::over(address, line);
        let opened = "/socket.io/?EIO=4&transport=polling";
        let answer = reading
            .request(Method::GET, opened, headers, String::new())
            .await
            .ok_or(StatusCode::BAD_GATEWAY)?;
        if answer.status != StatusCode::OK {
            return Err(answer.status);
        }
        let arrived: VecDeque<EnginePacket> = packets(&answer.text()).collect();
        let Some(EnginePacket::Text(open)) = arrived.front() else {
            panic!("no open packet: {arrived:?}");
        };
        let open: Value = serde_json::from_str(&open[1..]).expect("the open packet is JSON");
        let sid = open["sid"].as_str().expect("a session id");
        let polling = Self {
            reading,
            writing: Http::to(address),
            headers: headers.clone(),
            path: format!("{opened}&sid={sid}"),
            arrived,
        };
        Ok((polling, answer.headers))
    }

    pub(crate) async fn send(&mut self, frames: &[EnginePacket]) -> Result<(), Gone> {
        let body: Vec<String> = frames.iter().map(text).collect();
        let body = body.join(&SEPARATOR.to_string());
        let answer = self
            .writing
            .request(Method::POST, &self.path, &self.headers, body)
            .await;
        match answer {
            Some(answer) if answer.status == StatusCode::OK => Ok(()),
            _ => Err(Gone),
        }
    }

    pub(crate) async fn receive(&mut self) -> Option<EnginePacket> {
        while self.arrived.is_empty() {
            let answer = self
                .reading
                .request(Method::GET, &self.path, &self.headers, String::new())
                .await
                .filter(|answer| answer.status == StatusCode::OK)?;
            self.arrived.extend(packets(&answer.text()));
        }
        self.arrived.pop_front()
    }
}

fn packets(body: &str) -> impl Iterator<Item = EnginePacket> {
    body.split(SEPARATOR).map(|packet| {
        packet.strip_prefix('b').map_or_else(
            || EnginePacket::Text(packet.to_owned()),
            |data| EnginePacket::Binary(BASE64_STANDARD.decode(data).expect("base64").into()),
        )
    })
}

fn text(frame: &EnginePacket) -> String {
    match frame {
        EnginePacket::Text(text) => text.clone(),
        EnginePacket::Binary(bytes) => format!("b{}", BASE64_STANDARD.encode(bytes)),
    }
}
