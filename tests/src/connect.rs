//! How a client connects: transport, identity, features, and where it comes from.

use std::net::{IpAddr, SocketAddr};

use http::{HeaderMap, HeaderName, StatusCode, header};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Error;

use crate::client::Client;
use crate::codec::Packet;
use crate::http::cookie_of;
use crate::paced::ClientLine;
use crate::packet::EnginePacket;
use crate::polling::PollingClient;
use crate::soon;
use crate::websocket::WebSocket;
use crate::wire::ClientWire;

/// How to connect; nothing happens before [`Connect::open`].
#[derive(Debug, Clone)]
#[must_use]
pub struct Connect {
    address: SocketAddr,
    auth: Value,
    headers: HeaderMap,
    polling: bool,
    line: ClientLine,
    namespace: &'static str,
}

impl Connect {
    /// A connection to any server that speaks Socket.IO.
    pub fn to(address: SocketAddr) -> Self {
        Self {
            address,
            auth: json!({}),
            headers: HeaderMap::new(),
            polling: false,
            line: ClientLine::default(),
            namespace: "",
        }
    }

    /// Sets a field of the handshake's `auth`.
    pub fn auth(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.auth[key] = value.into();
        self
    }

    /// Asks for batched updates.
    pub fn batch(self) -> Self {
        self.auth("features", json!(["batch"]))
    }

    /// Asks for updates as a stream, and for batched ones where a server knows no more.
    pub fn stream(self) -> Self {
        self.auth("features", json!(["batch2", "batch"]))
    }

    /// Asks for packed events, beside what it asks for already.
    pub fn packed(self) -> Self {
        let asked = self.auth["features"].as_array();
        let mut features = asked.cloned().unwrap_or_default();
        features.push("packed".into());
        self.auth("features", features)
    }

    /// Sends a header with every request.
    pub fn header(mut self, name: HeaderName, value: &str) -> Self {
        self.headers.append(name, value.parse().expect("a header"));
        self
    }

    /// Sends a cookie with every request.
    pub fn cookie(self, name: &str, value: &str) -> Self {
        self.header(header::COOKIE, &format!("{name}={value}"))
    }

    /// Enters the namespace of the administration.
    pub fn administration(mut self) -> Self {
        self.namespace = "/admin,";
        self
    }

    /// Uses long polling instead of a websocket.
    pub fn polling(mut self) -> Self {
        self.polling = true;
        self
    }

    /// Keeps the kernel from reading ahead for a client that does not read.
    pub fn receive_buffer(mut self, bytes: u32) -> Self {
        self.line.receive_buffer = Some(bytes);
        self
    }

    /// Reads so many bytes a second, without a pause.
    pub fn reading(mut self, bytes_per_second: u32) -> Self {
        self.line.bytes_per_second = Some(bytes_per_second);
        self
    }

    /// Comes from this address of the machine (websocket only).
    pub fn from(mut self, source: IpAddr) -> Self {
        self.line.source = Some(source);
        self
    }

    /// Goes to this address of the machine.
    pub fn at(mut self, address: IpAddr) -> Self {
        self.address.set_ip(address);
        self
    }

    /// Opens the transport only: no CONNECT is sent.
    ///
    /// # Errors
    /// The status with which the handshake was refused.
    pub async fn dial(&self) -> Result<Client, StatusCode> {
        let opening = async {
            if self.polling {
                let (polling, headers) =
                    PollingClient::open(self.address, self.line, &self.headers).await?;
                return Ok((ClientWire::Polling(Box::new(polling)), headers));
            }
            let stream = self.line.dial(self.address).await;
            match WebSocket::open(stream, self.address, &self.headers).await {
                Ok((socket, headers)) => Ok((ClientWire::WebSocket(Box::new(socket)), headers)),
                Err(Error::Http(response)) => Err(response.status()),
                Err(_) => Err(StatusCode::BAD_GATEWAY),
            }
        };
        let (wire, headers) = soon("the handshake", opening).await?;
        let guest_cookie = cookie_of(&headers, "guest_token");
        Ok(Client::over(wire, guest_cookie, self.namespace))
    }

    /// Opens the transport and enters the namespace.
    ///
    /// # Panics
    /// When the server lets nobody in.
    pub async fn open(&self) -> Client {
        self.try_open()
            .await
            .unwrap_or_else(|refused| panic!("no CONNECT but {refused}"))
    }

    /// As [`Self::open`], for who may be refused.
    ///
    /// # Errors
    /// What `connect_error` carries.
    ///
    /// # Panics
    /// When the transport itself is refused.
    pub async fn try_open(&self) -> Result<Client, Value> {
        let mut client = self.dial().await.expect("the handshake succeeds");
        client.send(vec![self.hello()]).await;
        loop {
            match soon("CONNECT", client.packet()).await {
                Some(Packet::Connected(_)) => return Ok(client),
                Some(Packet::ConnectError(error)) => return Err(error),
                Some(Packet::Open(_) | Packet::Ping) => {}
                other => panic!("no CONNECT but {other:?}"),
            }
        }
    }

    /// The CONNECT packet with this `auth`.
    pub fn hello(&self) -> EnginePacket {
        EnginePacket::Text(format!("40{}{}", self.namespace, self.auth))
    }
}
