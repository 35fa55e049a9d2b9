//! Only packet `5` changes the transport: an upgrade that ends before it leaves the session as it
//! was, polling (Engine.IO, "Upgrade").

use futures_util::{SinkExt as _, StreamExt as _};
use http::StatusCode;
use serde_json::json;
use tests::{TestServer, soon, without_rate_limits};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::Session;

pub(super) type Socket = WebSocketStream<TcpStream>;

impl Session {
    /// A websocket that would carry on this session.
    async fn try_upgrade(&self) -> Result<Socket, Error> {
        let url = format!(
            "ws://{}/socket.io/?EIO=4&transport=websocket&sid={}",
            self.address, self.sid
        );
        let stream = TcpStream::connect(self.address).await?;
        // What is sent first arrives first, also beside other connections.
        stream.set_nodelay(true)?;
        let opening = tokio_tungstenite::client_async(url, stream);
        Ok(soon("the websocket", opening).await?.0)
    }

    pub(super) async fn upgrade(&self) -> Socket {
        self.try_upgrade().await.expect("it answers 101")
    }
}

pub(super) async fn send(socket: &mut Socket, text: &str) {
    let sent = socket.send(Message::text(text.to_owned())).await;
    sent.expect("the websocket is open");
}

pub(super) async fn receive(socket: &mut Socket) -> String {
    let message = soon("a packet", socket.next()).await;
    let message = message.expect("it goes on").expect("it works");
    message.into_text().expect("text").to_string()
}

/// Writes bytes as they are; what comes back is the caller's business.
async fn write_raw(socket: &mut Socket, bytes: &[u8]) {
    let written = socket.get_mut().write_all(bytes).await;
    written.expect("the connection is open");
}

/// What a proxy or a virus scanner does to a websocket.
#[derive(Debug, Clone, Copy)]
enum Fault {
    AbortAtOnce,
    Mute,
    AbortAfterProbe,
    MuteAfterProbe,
    Garbage,
    WrongPacket,
    /// `5` first, then what would have been right.
    MovesFirst,
    ProbesTwice,
    /// A frame that is not masked, as no client may send it.
    Unmasked,
    /// `2probe`, in two frames.
    InPieces,
    /// A control frame of more bytes than there may be in one.
    LargePing,
}

#[tokio::test]
async fn a_failed_upgrade_leaves_the_session_polling() {
    let server = TestServer::with(without_rate_limits).await;
    let mut ada = server.player("ada").await;
    for fault in [
        Fault::AbortAtOnce,
        Fault::Mute,
        Fault::AbortAfterProbe,
        Fault::MuteAfterProbe,
        Fault::Garbage,
        Fault::WrongPacket,
        Fault::MovesFirst,
        Fault::ProbesTwice,
        Fault::Unmasked,
        Fault::InPieces,
        Fault::LargePing,
    ] {
        let mut session = Session::connected(&server).await;
        session.packet("42[\"world:state\"").await;
        let mut socket = session.upgrade().await;
        let mut kept = None;
        match fault {
            Fault::AbortAtOnce => drop(socket),
            Fault::Mute => kept = Some(socket),
            Fault::AbortAfterProbe => {
                send(&mut socket, "2probe").await;
                assert_eq!(receive(&mut socket).await, "3probe");
                drop(socket);
            }
            Fault::MuteAfterProbe => {
                send(&mut socket, "2probe").await;
                assert_eq!(receive(&mut socket).await, "3probe");
                kept = Some(socket);
            }
            Fault::Garbage => {
                let bytes = Message::binary(vec![7_u8; 200]);
                socket.send(bytes).await.expect("the websocket is open");
                kept = Some(socket);
            }
            Fault::WrongPacket => {
                send(&mut socket, "42[\"player:join\",{\"playerId\":\"eve\"}]").await;
                kept = Some(socket);
            }
            Fault::MovesFirst => {
                for text in ["5", "2probe", "5"] {
                    send(&mut socket, text).await;
                }
                kept = Some(socket);
            }
            Fault::ProbesTwice => {
                for text in ["2probe", "2probe", "5"] {
                    send(&mut socket, text).await;
                }
                kept = Some(socket);
            }
            Fault::Unmasked => write_raw(&mut socket, b"\x81\x062probe\x81\x015").await,
            Fault::InPieces => {
                let pieces = b"\x01\x83\0\0\0\x002pr\x80\x83\0\0\0\0obe\x81\x81\0\0\0\x005";
                write_raw(&mut socket, pieces).await;
            }
            Fault::LargePing => {
                let ping = [&b"\x89\xFE\x01\0\0\0\0\0"[..], &[b'x'; 256]].concat();
                write_raw(&mut socket, &ping).await;
            }
        }
        for line in 0..3 {
            let said = json!({"content": format!("{fault:?} {line}")});
            assert_eq!(ada.call("chat:message", said).await["ok"], true);
            let heard = session.packet("42[\"chat:message\"").await;
            assert!(heard.contains(&format!("{fault:?} {line}")), "{heard}");
        }
        let answer = session.settle(1).await;
        assert!(answer.contains("unknown-event"), "{fault:?}: {answer}");
        drop(kept);
    }
}

#[tokio::test]
async fn packet_five_moves_the_session() {
    let server = TestServer::start().await;
    let mut ada = server.player("ada").await;
    let mut session = Session::connected(&server).await;
    session.packet("42[\"world:state\"").await;
    // A poll that waits is answered when the websocket has been probed, so that the client can move.
    let mut socket = session.upgrade().await;
    let probing = async {
        send(&mut socket, "2probe").await;
        assert_eq!(receive(&mut socket).await, "3probe");
    };
    let (answer, ()) = tokio::join!(session.poll(), probing);
    assert_eq!(answer.text(), "6");
    let said = ada
        .call("chat:message", json!({"content": "between"}))
        .await;
    assert_eq!(said["ok"], true);
    // What follows `5` in the same breath is not lost.
    let first = "421[\"player:join\",{\"playerId\":\"moved\"}]";
    for text in ["5", first] {
        socket
            .feed(Message::text(text.to_owned()))
            .await
            .expect("the websocket is open");
    }
    socket.flush().await.expect("the websocket is open");
    let mut heard = Vec::new();
    while !heard.iter().any(|it: &String| it.starts_with("431[")) {
        heard.push(receive(&mut socket).await);
    }
    assert!(heard[0].contains("between"), "{heard:?}");
    send(&mut socket, "422[\"player:leave\"]").await;
    while !receive(&mut socket).await.starts_with("432[") {}
    let refused = session.poll().await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    // It moves once: another websocket is closed, as on the reference server, and it goes on.
    let mut another = session.upgrade().await;
    match soon("the end of another websocket", another.next()).await {
        Some(Ok(Message::Close(_))) => {}
        other => panic!("{other:?}"),
    }
    send(&mut socket, "423[\"fence\"]").await;
    while !receive(&mut socket).await.starts_with("433[") {}
}

/// A client moves without waiting for anything, and polls once more on another connection, which another
/// thread may read first.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_moved_polls_no_more() {
    const ROUNDS: usize = 300;
    let server = TestServer::start().await;
    for round in 0..ROUNDS {
        let mut session = Session::open(&server).await;
        let mut socket = session.upgrade().await;
        for text in ["2probe", "5"] {
            send(&mut socket, text).await;
        }
        let refused = session.poll().await;
        let answer = (refused.status, refused.text());
        assert_eq!(
            answer.0,
            StatusCode::BAD_REQUEST,
            "round {round}: {answer:?}"
        );
        assert_eq!(receive(&mut socket).await, "3probe");
        send(&mut socket, "40").await;
        assert!(receive(&mut socket).await.starts_with("40{"));
    }
}

#[tokio::test]
async fn a_session_that_nobody_knows_is_not_upgraded() {
    let (here, elsewhere) = tokio::join!(TestServer::start(), TestServer::start());
    let mut session = Session::open(&elsewhere).await;
    session.address = here.address();
    match session.try_upgrade().await {
        Err(Error::Http(answer)) => assert_eq!(answer.status(), StatusCode::BAD_REQUEST),
        other => panic!("{other:?}"),
    }
}

/// A websocket's frame, masked with zeros, whose text is split in two by the network while the world
/// begins to read along: it arrives whole.
#[tokio::test]
async fn a_frame_that_comes_in_pieces_around_connect_is_read_whole() {
    use tokio::io::AsyncReadExt as _;

    let frame = |text: &str| {
        let mut frame = vec![0x81, 0x80 | 126];
        frame.extend_from_slice(&u16::try_from(text.len()).unwrap().to_be_bytes());
        frame.extend_from_slice(&[0; 4]);
        frame.extend_from_slice(text.as_bytes());
        frame
    };
    let server = TestServer::start().await;
    for split in [1, 3, 7, 9, 40, 300] {
        let mut stream = TcpStream::connect(server.address()).await.unwrap();
        let head = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\n\
                    Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
                    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut read = Vec::new();
        let mut until = async |stream: &mut TcpStream, what: &str| {
            let reading = async {
                while !String::from_utf8_lossy(&read).contains(what) {
                    let count = stream.read_buf(&mut read).await.unwrap();
                    assert_ne!(count, 0, "ended before {what} ({split})");
                }
            };
            soon(what, reading).await;
        };
        until(&mut stream, "pingInterval").await;
        let join = format!(
            "421[\"player:join\",{{\"playerId\":\"split-{split}\",\"name\":\"{}\"}}]",
            "n".repeat(400)
        );
        let join = frame(&join);
        stream
            .write_all(&[&frame("40"), &join[..split]].concat())
            .await
            .unwrap();
        until(&mut stream, "world:state").await;
        stream.write_all(&join[split..]).await.unwrap();
        until(&mut stream, "431[").await;
        stream
            .write_all(&frame("422[\"player:leave\"]"))
            .await
            .unwrap();
        until(&mut stream, "432[").await;
    }
}
