//! A websocket's owner and direct frames on one real connection.

mod fences;
mod tls;

use std::task::{Wake, Waker};

use bytes::Bytes;
use futures_util::SinkExt;
use futures_util::StreamExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::*;
use crate::ListenConfig;
use crate::unfinished::{CountedFor, UnfinishedBytes};

/// A server's transport and the client's end.
async fn connection() -> (Transport, TcpStream) {
    connection_with(None).await
}

async fn connection_with(tls: Option<Arc<TlsLayer>>) -> (Transport, TcpStream) {
    let patience = ListenConfig::default().header_timeout;
    connection_within(patience, tls).await
}

async fn connection_within(
    patience: Duration,
    tls: Option<Arc<TlsLayer>>,
) -> (Transport, TcpStream) {
    let limit = ListenConfig::default().max_unfinished_bytes_per_address;
    connection_of(patience, tls, &UnfinishedBytes::new(limit)).await
}

async fn connection_of(
    patience: Duration,
    tls: Option<Arc<TlsLayer>>,
    unfinished: &Arc<UnfinishedBytes>,
) -> (Transport, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = TcpStream::connect(listener.local_addr().unwrap())
        .await
        .unwrap();
    let (stream, _) = listener.accept().await.unwrap();
    let counted_for = CountedFor::new(unfinished.clone());
    let transport = Transport::new(stream, tls, patience, counted_for);
    (transport, client)
}

/// A connection that has become a websocket, seen from both ends.
async fn websocket() -> (Transport, TcpStream) {
    let (mut transport, client) = connection().await;
    transport.begin_frames(b"").unwrap();
    (transport, client)
}

/// A masked text frame of `len` letters.
fn masked_frame(len: u16) -> Vec<u8> {
    let mut frame = vec![0x81, 0x80 | 126];
    frame.extend_from_slice(&len.to_be_bytes());
    frame.extend_from_slice(&[0; 4]);
    frame.resize(frame.len() + usize::from(len), b'x');
    frame
}

#[tokio::test]
async fn a_message_that_does_not_end_ends_the_connection() {
    const PATIENCE: Duration = Duration::from_millis(50);
    for is_whole in [false, true] {
        let (mut transport, mut client) = connection_within(PATIENCE, None).await;
        transport.begin_frames(b"").unwrap();
        let frame = masked_frame(4096);
        let sent = if is_whole {
            frame.len()
        } else {
            frame.len() - 1
        };
        client.write_all(&frame[..sent]).await.unwrap();
        let mut taken = vec![0; sent];
        transport.read_exact(&mut taken).await.unwrap();
        // Silence between two messages is no delay.
        let more = timeout(PATIENCE * 4, transport.read(&mut taken)).await;
        let ended = more.map(|end| end.unwrap_err().kind());
        assert_eq!(ended.ok(), (!is_whole).then_some(io::ErrorKind::TimedOut));
    }
}

/// Lets the system take little at once.
fn narrow(transport: &Transport) {
    let direct = transport.shared.direct.lock();
    let stream = direct.tcp().unwrap();
    socket2::SockRef::from(stream)
        .set_send_buffer_size(4096)
        .unwrap();
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

#[tokio::test]
async fn unfinished_messages_of_a_network_are_bounded_and_their_bytes_given_back() {
    let unfinished = UnfinishedBytes::new(60_000);
    let patience = ListenConfig::default().header_timeout;
    let begin = async || {
        let (mut transport, client) = connection_of(patience, None, &unfinished).await;
        transport.handle().counts_for(Some([192, 0, 2, 1].into()));
        transport.begin_frames(b"").unwrap();
        (transport, client)
    };
    let frame = masked_frame(60_000);
    let sent = async |transport: &mut Transport, client: &mut TcpStream, bytes: &[u8]| {
        client.write_all(bytes).await.unwrap();
        let mut read = vec![0; bytes.len()];
        transport.read_exact(&mut read).await.map(drop)
    };
    let (mut one, mut client) = begin().await;
    sent(&mut one, &mut client, &frame[..50_000]).await.unwrap();
    let (mut two, mut other) = begin().await;
    let full = sent(&mut two, &mut other, &frame[..50_000]).await;
    assert_eq!(full.unwrap_err().kind(), io::ErrorKind::QuotaExceeded);
    let (mut three, mut third) = begin().await;
    sent(&mut three, &mut third, &masked_frame(4096))
        .await
        .unwrap();
    // One is aborted and one message ends: there is room for another one.
    drop(two);
    sent(&mut one, &mut client, &frame[50_000..]).await.unwrap();
    sent(&mut three, &mut third, &frame[..50_000])
        .await
        .unwrap();
}

/// The text of each message until the connection ends.
async fn read_all(client: impl AsyncRead + AsyncWrite + Unpin) -> Vec<String> {
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
    handle.abort();
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
    let (transport, client) = connection().await;
    both_stay_whole(transport, client).await;
}

async fn both_stay_whole(transport: Transport, client: impl AsyncRead + AsyncWrite + Unpin) {
    const EACH: usize = 300;
    narrow(&transport);
    let handle = transport.handle();
    let owner = WebSocketStream::from_raw_socket(transport, Role::Server, None).await;
    let (mut sink, mut stream) = owner.split();
    let owner_reads = tokio::spawn(async move { while stream.next().await.is_some() {} });
    let padding = "x".repeat(3000);
    handle.hold_until(text_frame("gate"));
    for number in 0..EACH {
        let frame = text_frame(&format!("d {number} {padding}"));
        if number % 3 == 0 {
            assert!(handle.write_now(&frame, usize::MAX));
            continue;
        }
        assert!(handle.write(frame, usize::MAX));
        match number % 3 {
            1 => handle.flush_now(),
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
    handle.abort();
    owner_reads.await.unwrap();
}

#[tokio::test]
async fn what_the_system_does_not_take_at_once_follows_whole() {
    let (transport, client) = websocket().await;
    the_rest_follows(transport, client).await;
}

async fn the_rest_follows(transport: Transport, client: impl AsyncRead + AsyncWrite + Unpin) {
    narrow(&transport);
    let handle = transport.handle();
    let owner = WebSocketStream::from_raw_socket(transport, Role::Server, None).await;
    let (_sink, mut stream) = owner.split();
    let owner_reads = tokio::spawn(async move { while stream.next().await.is_some() {} });
    let texts: Vec<String> = (0..100).map(|it| format!("{it} ").repeat(15_000)).collect();
    for text in &texts {
        assert!(handle.write_now(&text_frame(text), usize::MAX));
    }
    assert!(handle.waiting_bytes() > 0, "nobody has read yet");
    assert!(!handle.write_now(&text_frame("too much"), 1));
    let mut client = WebSocketStream::from_raw_socket(client, Role::Client, None).await;
    for text in &texts {
        assert!(client.next().await.unwrap().unwrap() == Message::text(text));
    }
    assert_eq!(handle.waiting_bytes(), 0);
    handle.abort();
    owner_reads.await.unwrap();
}

#[tokio::test]
async fn a_dropped_transport_holds_nothing() {
    let (transport, mut client) = connection().await;
    let handle = transport.handle();
    handle.hold_until(text_frame("gate"));
    assert!(handle.write(text_frame("never"), usize::MAX));
    drop(transport);
    assert!(handle.is_aborted());
    assert_eq!(handle.waiting_bytes(), 0);
    assert_eq!(client.read(&mut [0; 8]).await.unwrap(), 0);
}

/// Takes what begins with `42`, and remembers it.
#[derive(Default)]
struct RecordingReader(Mutex<Vec<String>>);

impl TextReader for RecordingReader {
    fn take(&self, text: &str) -> bool {
        let takes = text.starts_with("42");
        if takes {
            self.0.lock().push(text.to_owned());
        }
        takes
    }
}

#[tokio::test]
async fn a_reader_takes_texts_and_the_owner_gets_the_rest_and_the_end() {
    let (transport, client) = websocket().await;
    the_owner_gets_the_rest(transport, client).await;
}

async fn the_owner_gets_the_rest(
    transport: Transport,
    client: impl AsyncRead + AsyncWrite + Unpin,
) {
    let handle = transport.handle();
    let reader = Arc::new(RecordingReader::default());
    let weak: Weak<dyn TextReader> = Arc::downgrade(&reader) as _;
    handle.show_texts(weak);
    let owner = WebSocketStream::from_raw_socket(transport, Role::Server, None).await;
    let (_sink, mut stream) = owner.split();
    let owner_reads = tokio::spawn(async move {
        let mut heard = Vec::new();
        while let Some(Ok(message)) = stream.next().await {
            heard.push(message);
        }
        assert!(stream.next().await.is_none(), "the end stays the end");
        heard
    });
    let mut client = WebSocketStream::from_raw_socket(client, Role::Client, None).await;
    let large = format!("42{}", "x".repeat(20_000));
    let all = ["42 a", "3", "42 b", &large, "42 c", "40"];
    for text in all {
        client.feed(Message::text(text)).await.unwrap();
    }
    client.close(None).await.unwrap();
    let heard = owner_reads.await.unwrap();
    let texts: Vec<_> = heard.iter().filter(|it| it.is_text()).cloned().collect();
    assert_eq!(texts, ["3", &large, "40"].map(Message::text));
    assert!(heard.last().is_some_and(Message::is_close));
    assert_eq!(*reader.0.lock(), ["42 a", "42 b", "42 c"]);
}

#[tokio::test]
async fn an_abort_ends_a_transport_whose_frames_are_read_beside_it() {
    let (mut transport, client) = websocket().await;
    let handle = transport.handle();
    let reader = Arc::new(RecordingReader::default());
    let weak: Weak<dyn TextReader> = Arc::downgrade(&reader) as _;
    handle.show_texts(weak);
    let mut first = [0; 8];
    let mut reads = Box::pin(transport.read(&mut first));
    // Starts the task that reads.
    assert!(futures_util::poll!(&mut reads).is_pending());
    handle.abort();
    assert!(reads.await.is_err());
    drop(client);
}

/// A task as its wakers know it.
struct FormerOwner;

impl Wake for FormerOwner {
    fn wake(self: Arc<Self>) {}
}

#[tokio::test]
async fn an_owner_that_has_let_go_is_kept_by_no_waker() {
    let (mut transport, mut client) = websocket().await;
    let owner = Arc::new(FormerOwner);
    let waker = Waker::from(owner.clone());
    let read = |transport: &mut Transport| {
        let (mut cx, mut bytes) = (Context::from_waker(&waker), [0; 8]);
        let transport = Pin::new(transport);
        let polled = transport.poll_read(&mut cx, &mut ReadBuf::new(&mut bytes));
        assert!(polled.is_pending());
    };
    read(&mut transport);
    let flushed = Pin::new(&mut transport).poll_flush(&mut Context::from_waker(&waker));
    assert!(flushed.is_ready());
    let reader = Arc::new(RecordingReader::default());
    transport
        .handle()
        .show_texts(Arc::downgrade(&reader) as Weak<dyn TextReader>);
    read(&mut transport);
    transport.change_owner();
    // Until the other task reads, it is who was reading that is woken.
    client.write_all(b"\x81\x82\0\0\0\x0042").await.unwrap();
    let taken = async {
        while reader.0.lock().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(10), taken).await.unwrap();
    drop(waker);
    assert_eq!(Arc::strong_count(&owner), 1);
}
