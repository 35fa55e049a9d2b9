//! What no client sends: requests and packets of a stranger, on either transport.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use http::StatusCode;
use tests::{TestServer, soon, without_rate_limits};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};

use super::Session;
use super::connect::BareSocket;
use super::upgrade::{receive, send};
use crate::witness::Witness;

/// Sends a head and gives the one that comes back.
async fn ask(server: &TestServer, target: &str, headers: &str) -> String {
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let head = format!("GET /socket.io/{target} HTTP/1.1\r\nHost: x\r\n{headers}\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let reading = async {
        while !answer.windows(4).any(|it| it == b"\r\n\r\n") {
            let count = stream.read_buf(&mut answer).await.unwrap();
            assert_ne!(count, 0, "ended: {}", String::from_utf8_lossy(&answer));
        }
    };
    soon("an answer's head", reading).await;
    String::from_utf8_lossy(&answer).into_owned()
}

/// The library reads these as a request of version 4, or upgrades the connection to whatever is asked
/// for: a session that no cap counts, and a websocket whose CONNECTs nobody bounds.
#[tokio::test]
async fn a_request_that_is_not_understood_opens_nothing() {
    let server = TestServer::start().await;
    let websocket = |upgrade: &str| {
        format!(
            "Connection: Upgrade\r\nUpgrade: {upgrade}\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        )
    };
    for (target, headers) in [
        ("?EIO=4=4&transport=polling", String::new()),
        ("?EIO=4&transport=polling=x", String::new()),
        ("?EIO=4=4&transport=websocket", websocket("websocket")),
        ("?EIO=4&transport=websocket=x", websocket("websocket")),
        ("?EIO=4&transport=websocket", websocket("h2c")),
        ("?EIO=4&transport=websocket", websocket("websocket, h2c")),
        (
            "?EIO=4&transport=websocket&sid=AAAA",
            websocket("websocket"),
        ),
        ("", String::new()),
    ] {
        let answer = ask(&server, target, &headers).await;
        assert!(
            answer.starts_with("HTTP/1.1 400"),
            "{target} {headers}: {answer}"
        );
    }
}

/// Packets that only a server sends, or only during an upgrade.
#[tokio::test]
async fn packets_at_odd_times_end_the_session_at_most() {
    let server = TestServer::with(without_rate_limits).await;
    let mut witness = Witness::of(&server).await;
    for packet in [
        "", "0", "0{}", "1", "1x", "2", "2probe", "3", "3probe", "4", "44", "49", "5", "5x", "6",
        "6x", "7", "b", "bAAAA", "b!", "\u{0}", "4\u{0}", "41", "42", "43[]", "451-[]",
    ] {
        for enter in [false, true] {
            let mut socket = BareSocket::open(&server).await;
            if enter {
                socket.send(&["40"]).await;
                socket.packet("42[\"world:state\"").await.unwrap();
            }
            socket.send(&[packet]).await;
            // It goes on, or ends and says so; it does not hang.
            let goes_on = async {
                let sent = socket.0.send(Message::text("40/nowhere")).await;
                sent.is_ok() && socket.packet("44/nowhere").await.is_some()
            };
            let on_websocket = soon(&format!("what becomes of {packet:?}"), goes_on).await;

            let mut session = Session::open(&server).await;
            if enter {
                session.post("40").await;
                session.packet("42[\"world:state\"").await;
            }
            session.post(packet).await;
            session.post("40/nowhere").await;
            let goes_on = async {
                loop {
                    let answer = session.poll().await;
                    match (answer.status, answer.text().contains("44/nowhere")) {
                        (StatusCode::OK, false) => {}
                        (_, goes_on) => return goes_on,
                    }
                }
            };
            let polling = soon(&format!("what becomes of {packet:?}"), goes_on).await;
            let harmless = matches!(packet, "2" | "3") || (enter && packet.starts_with("41"));
            if harmless {
                assert!(on_websocket && polling, "{packet:?}");
            }
            if packet.starts_with('1') {
                assert!(!on_websocket && !polling, "{packet:?}");
            }
        }
    }
    witness.check("packets at odd times").await;
}

#[tokio::test]
async fn of_two_polls_at_once_one_is_an_error_and_both_end() {
    let server = TestServer::start().await;
    let mut witness = Witness::of(&server).await;
    let mut session = Session::open(&server).await;
    let mut other = server.http();
    let path = session.path();
    let headers = http::HeaderMap::new();
    let second = other.request(http::Method::GET, &path, &headers, String::new());
    let (first, second) = tokio::join!(session.poll(), second);
    let second = second.expect("an answer");
    let statuses = [first.status, second.status];
    assert!(statuses.contains(&StatusCode::BAD_REQUEST), "{statuses:?}");
    assert_eq!(
        session.poll().await.status,
        StatusCode::BAD_REQUEST,
        "as on the reference server"
    );
    witness.check("two polls at once").await;
}

/// Packets that are sent while a websocket is tried are taken, and what the websocket's end makes of a
/// session is nothing.
#[tokio::test]
async fn a_post_while_a_websocket_is_tried_is_taken() {
    let server = TestServer::start().await;
    for probes in [false, true] {
        let mut session = Session::connected(&server).await;
        session.packet("42[\"world:state\"").await;
        let mut socket = session.upgrade().await;
        if probes {
            send(&mut socket, "2probe").await;
            assert_eq!(receive(&mut socket).await, "3probe");
        }
        assert_eq!(session.post("421[\"fence\"]").await.status, StatusCode::OK);
        session.packet("431[").await;
        send(&mut socket, "5").await;
        if probes {
            send(&mut socket, "422[\"fence\"]").await;
            while !receive(&mut socket).await.starts_with("432[") {}
        } else {
            // Nobody moves who has not probed.
            session.settle(2).await;
        }
    }
}

fn fragment(text: &str, first: bool, last: bool) -> Message {
    let kind = match first {
        true => OpCode::Data(Data::Text),
        false => OpCode::Data(Data::Continue),
    };
    Message::Frame(Frame::message(text.to_owned(), kind, last))
}

#[tokio::test]
async fn connects_to_unknown_namespaces_in_fragments_are_bounded_as_well() {
    let server = TestServer::start().await;
    let mut witness = Witness::of(&server).await;
    for enter in [false, true] {
        let mut socket = BareSocket::open(&server).await;
        if enter {
            socket.send(&["40"]).await;
            socket.packet("42[\"world:state\"").await.unwrap();
        }
        // With a heartbeat's answer of the websocket between the pieces.
        for piece in [
            fragment("4", true, false),
            Message::Ping(bytes::Bytes::from_static(b"x")),
            fragment("0/no", false, false),
            fragment("where", false, true),
        ] {
            socket.0.send(piece).await.unwrap();
        }
        let refused = socket.packet("44").await;
        let words = "44/nowhere,{\"message\":\"Invalid namespace\"}";
        assert_eq!(refused.as_deref(), Some(words));
        let mut sent = socket.0.send(fragment("4", true, false)).await;
        sent = sent.and(socket.0.send(fragment("0/", false, false)).await);
        for _ in 0..200 {
            if sent.is_ok() {
                sent = socket.0.send(fragment("name", false, false)).await;
            }
        }
        let ended = async { while let Some(Ok(_)) = socket.0.next().await {} };
        soon("the end of an excessive CONNECT", ended).await;
    }
    witness.check("CONNECTs in fragments").await;
}

/// Connections that are opened and never say who they are do not stay.
#[tokio::test]
async fn who_never_connects_is_sent_away() {
    let server = TestServer::with(|config| {
        config.listen.connect_timeout = Duration::from_millis(300);
        config.listen.header_timeout = Duration::from_millis(300);
        config.listen.upgrade_timeout = Duration::from_millis(300);
    })
    .await;
    let mut socket = BareSocket::open(&server).await;
    assert_eq!(socket.packet("4").await, None);
    let mut session = Session::open(&server).await;
    let ended = async { while session.poll().await.status == StatusCode::OK {} };
    soon("the end of the session", ended).await;
    // A head that never ends, and a websocket that never moves: its session has ended meanwhile.
    let mut half = TcpStream::connect(server.address()).await.unwrap();
    half.write_all(b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\n")
        .await
        .unwrap();
    let session = Session::open(&server).await;
    let mut moving = session.upgrade().await;
    let closed = async {
        let mut read = Vec::new();
        // A reset is an end as well.
        let _ = half.read_to_end(&mut read).await;
        while let Some(Ok(_)) = moving.next().await {}
    };
    soon("the end of what is half open", closed).await;
}
