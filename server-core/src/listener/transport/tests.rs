//! A websocket's owner and direct frames on one real connection.

use std::net::IpAddr;

use futures_util::SinkExt;
use futures_util::StreamExt;
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::*;
use crate::listener::admission::Admission;

/// A server's transport and the client's end.
async fn connection() -> (Transport, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = TcpStream::connect(listener.local_addr().unwrap())
        .await
        .unwrap();
    let (stream, peer) = listener.accept().await.unwrap();
    let admission = Arc::new(Admission::new(0, Arc::new(|_: IpAddr| true)));
    let place = admission.enter(peer.ip()).unwrap();
    (Transport::new(stream, place), client)
}

fn text_frame(text: &str) -> Bytes {
    let len = u16::try_from(text.len()).unwrap();
    let mut frame = match len {
        0..=125 => vec![0x81, u8::try_from(len).unwrap()],
        _ => [&[0x81, 126][..], &len.to_be_bytes()].concat(),
    };
    frame.extend_from_slice(text.as_bytes());
    frame.into()
}

/// The text of each message until the connection ends.
async fn read_all(client: TcpStream) -> Vec<String> {
    let mut messages = Vec::new();
    let mut client = WebSocketStream::from_raw_socket(client, Role::Client, None).await;
    while let Some(Ok(message)) = client.next().await {
        if let Message::Text(text) = message {
            messages.push(text.to_string());
        }
    }
    messages
}

#[tokio::test]
async fn direct_frames_follow_what_the_owner_wrote_before_the_gate() {
    let (transport, client) = connection().await;
    let handle = transport.handle();
    let reading = tokio::spawn(read_all(client));
    let owner = WebSocketStream::from_raw_socket(transport, Role::Server, None).await;
    let (mut sink, mut stream) = owner.split();
    let owner_reads = tokio::spawn(async move { while stream.next().await.is_some() {} });
    handle.hold_until(text_frame("gate"));
    assert!(handle.write(text_frame("direct 1"), usize::MAX));
    handle.flush_now();
    // In one breath: the gate is neither first nor last in what the owner's library writes.
    for text in ["owner 1", "owner 2", "gate", "owner 3"] {
        sink.feed(Message::text(text)).await.unwrap();
    }
    sink.flush().await.unwrap();
    while handle.waiting_bytes() > 0 {
        tokio::task::yield_now().await;
    }
    sink.send(Message::text("owner 4")).await.unwrap();
    handle.cut();
    owner_reads.await.unwrap();
    drop(sink);
    let heard = reading.await.unwrap();
    assert_eq!(heard[..2], ["owner 1", "owner 2"]);
    let mut rest = heard[2..].to_vec();
    rest.sort();
    assert_eq!(rest, ["direct 1", "owner 3", "owner 4"]);
    assert_eq!(heard.last().map(String::as_str), Some("owner 4"));
}

#[tokio::test]
async fn frames_of_both_stay_whole_and_in_order_when_the_client_is_slow() {
    const EACH: usize = 300;
    let (transport, client) = connection().await;
    socket2::SockRef::from(transport.tcp())
        .set_send_buffer_size(4096)
        .unwrap();
    let handle = transport.handle();
    let owner = WebSocketStream::from_raw_socket(transport, Role::Server, None).await;
    let (mut sink, mut stream) = owner.split();
    let owner_reads = tokio::spawn(async move { while stream.next().await.is_some() {} });
    let padding = "x".repeat(3000);
    handle.hold_until(text_frame("gate"));
    for number in 0..EACH {
        assert!(handle.write(text_frame(&format!("d {number} {padding}")), usize::MAX));
        match number % 2 {
            0 => handle.flush_now(),
            _ => handle.flush_soon(),
        }
    }
    let owner_writes = tokio::spawn({
        let padding = padding.clone();
        async move {
            sink.send(Message::text("gate")).await.unwrap();
            for number in 0..EACH {
                let text = format!("o {number} {padding}");
                sink.send(Message::text(text)).await.unwrap();
            }
            sink
        }
    });
    let mut client = WebSocketStream::from_raw_socket(client, Role::Client, None).await;
    let mut next = [0, 0];
    while next != [EACH, EACH] {
        let message = client.next().await.unwrap().unwrap().into_text().unwrap();
        let mut words = message.split(' ');
        let writer = usize::from(words.next() == Some("o"));
        assert_eq!(words.next(), Some(next[writer].to_string().as_str()));
        assert_eq!(words.next().map(str::len), Some(padding.len()));
        next[writer] += 1;
    }
    assert_eq!(handle.waiting_bytes(), 0);
    drop(owner_writes.await.unwrap());
    handle.cut();
    owner_reads.await.unwrap();
}

#[tokio::test]
async fn a_dropped_transport_holds_nothing() {
    let (transport, mut client) = connection().await;
    let handle = transport.handle();
    handle.hold_until(text_frame("gate"));
    assert!(handle.write(text_frame("never"), usize::MAX));
    drop(transport);
    assert!(handle.is_cut());
    assert_eq!(handle.waiting_bytes(), 0);
    assert_eq!(client.read(&mut [0; 8]).await.unwrap(), 0);
}
