//! What no client sends: requests and packets of a stranger, on either transport.

use tests::{TestServer, soon};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Sends a head and gives the one that comes back.
async fn ask(server: &TestServer, target: &str, headers: &str) -> String {
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let head = format!("GET /socket.io/{target} HTTP/1.1\r\nHost: x\r\n{headers}\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let reading = async {
        while !answer.windows(4).any(|it| it == b"\r\n\r\n") {
            let count = stream.read_buf(&mut answer).await.unwrap();
            assert_ne!(count, 0, "cut: {}", String::from_utf8_lossy(&answer));
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
