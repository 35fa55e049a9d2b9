//! Engine.IO over a websocket, on a TCP stream we own.

use std::io;
use std::net::SocketAddr;

use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use http::{HeaderMap, HeaderValue, Request, header};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{Error, Message, client::IntoClientRequest};

use crate::paced::PacedStream;
use crate::packet::{EnginePacket, Gone};

type EngineStream = WebSocketStream<PacedStream>;

pub(crate) struct WebSocket {
    sink: SplitSink<EngineStream, Message>,
    stream: SplitStream<EngineStream>,
}

impl WebSocket {
    /// Opens a websocket over `stream`; the second value is what the handshake answered.
    pub(crate) async fn open(
        stream: io::Result<PacedStream>,
        address: SocketAddr,
        headers: &HeaderMap,
    ) -> Result<(Self, HeaderMap), Error> {
        let url = format!("ws://{address}/socket.io/?EIO=4&transport=websocket");
        let mut request: Request<()> = url.into_client_request()?;
        request.headers_mut().remove(header::HOST);
        request.headers_mut().extend(headers.clone());
        if !headers.contains_key(header::HOST) {
            let host = HeaderValue::from_str(&address.to_string()).expect("an address");
            request.headers_mut().insert(header::HOST, host);
        }
        let (stream, response) = tokio_tungstenite::client_async(request, stream?).await?;
        let (sink, stream) = stream.split();
        Ok((Self { sink, stream }, response.headers().clone()))
    }

    pub(crate) async fn send(
        &mut self,
        frames: Vec<EnginePacket>,
        arrived: &mut Vec<EnginePacket>,
    ) -> Result<(), Gone> {
        let Self { sink, stream } = self;
        let sending = async {
            for frame in frames {
                sink.feed(message(frame)).await?;
            }
            sink.flush().await
        };
        tokio::pin!(sending);
        loop {
            tokio::select! {
                biased;
                sent = &mut sending => return sent.map_err(|_| Gone),
                frame = receive(stream) => match frame {
                    Some(frame) => arrived.push(frame),
                    None => return Err(Gone),
                },
            }
        }
    }

    pub(crate) async fn receive(&mut self) -> Option<EnginePacket> {
        receive(&mut self.stream).await
    }
}

async fn receive(stream: &mut SplitStream<EngineStream>) -> Option<EnginePacket> {
    loop {
        match stream.next().await {
            Some(Ok(Message::Text(text))) => return Some(EnginePacket::Text(text.to_string())),
            Some(Ok(Message::Binary(bytes))) => return Some(EnginePacket::Binary(bytes)),
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {}
            Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
        }
    }
}

fn message(frame: EnginePacket) -> Message {
    match frame {
        EnginePacket::Text(text) => Message::text(text),
        EnginePacket::Binary(bytes) => Message::Binary(bytes),
    }
}
