//! Bytes that are not our protocol. They cost at most their own connection.

use bytes::Bytes;
use serde_json::Value;
use tests::{EnginePacket, TestServer, without_rate_limits};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::witness::Witness;

/// Whoever uploads reads nothing before the last byte has left.
#[tokio::test]
async fn a_refusal_reaches_who_is_still_sending() {
    const LEN: usize = 12 * 1024 * 1024;
    let server = TestServer::start().await;
    for (path, status) in [
        ("/admin/assets/sprites", "401"),
        ("/auth/login", "400"),
        ("/nowhere", "404"),
    ] {
        let mut stream = TcpStream::connect(server.address()).await.unwrap();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {LEN}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(&vec![b' '; LEN]).await.unwrap();
        let mut answer = Vec::new();
        while !answer.windows(4).any(|it| it == b"\r\n\r\n") {
            assert_ne!(stream.read_buf(&mut answer).await.unwrap(), 0, "{path}");
        }
        let answer = String::from_utf8_lossy(&answer);
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{path}: {answer}"
        );
    }
}

#[tokio::test]
async fn broken_packets_cost_their_own_connection_at_most() {
    let server = TestServer::with(without_rate_limits).await;
    let mut witness = Witness::of(&server).await;
    let open = "999-[\"player:join\",{\"_placeholder\":true,\"num\":0}]";
    let texts = [
        "",
        "4",
        "42",
        "42{",
        "42[]",
        "42[1]",
        "4277[\"player:join\",{\"a\":",
        "4277[\"player:join\",NaN]",
        "4277[\"player:join\",[[[[[[[[",
        "42[null]",
        "42[{}]",
        "42\"x\"",
        "9",
        "x",
        "b",
        "4299999999999999999999[\"player:join\"]",
        "42-1[\"player:join\"]",
        "43",
        "431[]",
        "439[1]",
        "44",
        "44{\"message\":\"x\"}",
        "45",
        "451-",
        "451-[\"x\"]",
        "45-[\"x\"]",
        "46",
        "461-1[]",
        "47",
        "5",
        "6",
        "3",
        "3probe",
        "2",
        "2probe",
        "0",
        "0{}",
        "1",
        "40garbage",
        "40{\"auth\":",
        "40[]",
        "42/nowhere,[\"player:join\",{}]",
        "42/,[\"x\"]",
        "40/é,",
        "\u{0}\u{1e}",
        "4\u{1e}4",
    ];
    for text in texts
        .map(str::to_owned)
        .into_iter()
        .chain([format!("45{open}"), format!("46{open}")])
    {
        for connect in [server.connect(), server.connect().polling()] {
            let mut client = connect.open().await;
            client.send(vec![EnginePacket::Text(text.clone())]).await;
            witness.check(&text).await;
        }
    }
    let mut client = server.onlooker().await;
    client
        .send(vec![EnginePacket::Binary(Bytes::from_static(
            b"\xff\x00nobody asked",
        ))])
        .await;
    witness.check("an attachment of nothing").await;
}

#[tokio::test]
async fn raw_bytes_are_not_our_protocol() {
    let server = TestServer::start().await;
    let mut witness = Witness::of(&server).await;
    let upgrade = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\n\
                   Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
                   Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    let garbage: Vec<u8> = (0..4096_u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    for head in [
        "",
        "GET / HTTP/1.1\r\n",
        "POST /socket.io/?EIO=4&transport=polling&sid=x HTTP/1.1\r\nContent-Length: 5\r\n\r\n",
        upgrade,
    ] {
        let mut stream = TcpStream::connect(server.address()).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        // The server may hang up in the middle of it.
        let _ = stream.write_all(&garbage).await;
        let _ = stream.shutdown().await;
        let mut answer = Vec::new();
        let _ = tests::soon("the server to hang up", stream.read_to_end(&mut answer)).await;
        witness.check(head).await;
    }
    for query in [
        "EIO=3&transport=polling",
        "EIO=4&transport=carrier-pigeon",
        "EIO=4",
        "",
        "EIO=4&transport=polling&sid=nonsense",
    ] {
        let path = format!("/socket.io/?{query}");
        let answer = server
            .http()
            .call(http::Method::GET, &path, &[], &Value::Null)
            .await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
    }
    witness.check("handshakes of other protocols").await;
}

#[tokio::test]
async fn a_body_that_never_ends_costs_its_own_connection() {
    let server = TestServer::with(|config| {
        config.listen.header_timeout = std::time::Duration::from_millis(200);
    })
    .await;
    let polling = "/socket.io/?EIO=4&transport=polling";
    let mut http = server.http();
    let opened = http
        .call(http::Method::GET, polling, &[], &Value::Null)
        .await;
    let open: Value = serde_json::from_str(&opened.text()[1..]).unwrap();
    let session = format!("{polling}&sid={}", open["sid"].as_str().unwrap());
    for path in ["/auth/login", &session] {
        let mut stream = TcpStream::connect(server.address()).await.unwrap();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
             Content-Length: 1000\r\n\r\n{{"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut rest = Vec::new();
        let ended = tests::soon("the end of the connection", stream.read_to_end(&mut rest)).await;
        // Whatever it says before: nothing waits for the rest.
        drop(ended);
    }
}
